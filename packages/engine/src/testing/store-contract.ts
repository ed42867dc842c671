/**
 * @module store-contract — every promise of `ports/event-store.ts` and `ports/projection-store.ts`, as
 * one suite that each store runs. Two stores that pass it hold the same bytes for the same commands.
 */
import { describe } from "vitest";
import { appending } from "./contract/appending.ts";
import { batches } from "./contract/batches.ts";
import { besideTheLog } from "./contract/beside-the-log.ts";
import { checkpoints } from "./contract/checkpoints.ts";
import { commandIds } from "./contract/command-ids.ts";
import type { OpenStore } from "./contract/given.ts";
import { logBytes } from "./contract/log-bytes.ts";
import { projectionRows } from "./contract/projection-rows.ts";
import { reading } from "./contract/reading.ts";
import { recordingTime } from "./contract/recording-time.ts";
import { snapshots } from "./contract/snapshots.ts";
import { transactions } from "./contract/transactions.ts";

/** Runs the suite on stores that `openStore` makes: new and empty at each call, closed after each test. */
export const describeStoreContract = (name: string, openStore: OpenStore): void => {
  const groups = {
    appending,
    "command ids": commandIds,
    "the recording instant": recordingTime,
    "the bytes of the log": logBytes,
    reading,
    "personal values and files": besideTheLog,
    checkpoints,
    projections: projectionRows,
    batches,
    transactions,
    snapshots,
  } satisfies Record<string, (openStore: OpenStore) => void>;
  // oxlint-disable-next-line vitest/valid-title -- the title is the store's name
  describe(name, () => {
    for (const [subject, promises] of Object.entries(groups)) {
      // oxlint-disable-next-line vitest/valid-title -- the titles stand above
      describe(subject, () => {
        promises(openStore);
      });
    }
  });
};
