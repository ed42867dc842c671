/**
 * @module writing-process — a program of its own that appends, and says what was acknowledged.
 *
 * Arguments: file, name of the process, number of appends. Every fifth goes to a case that all
 * processes write to. A line is the command id of an append that was acknowledged; when one is
 * refused for good, the last two lines are the codes of the refusal and of the next one.
 */
import { hash, randomBytes } from "node:crypto";
import { isEngineError } from "@wuding/engine";
import { openStore } from "../src/open-store.ts";

const [file = "", name = "", count = "0"] = process.argv.slice(2);
const store = await openStore(file, {
  clock: { now: () => Date.UTC(2026, 10, 22, 1, 2, 3, 456) },
  ids: { next: () => randomBytes(16).toString("base64url") },
  create: true,
  origin: "test.invalid/log",
});

const append = async (commandId: string, stream: string): Promise<void> => {
  for (;;) {
    const expectedVersion = (await store.readStream(stream)).length;
    const event = { type: "A", dataVersion: 1, on: "2026-11-21", data: {}, from: null, to: null };
    const streams = [{ stream, expectedVersion, rulebookHash: "sha256:0", events: [event] }];
    const requestHash = hash("sha256", commandId);
    try {
      await store.append({ commandId, requestHash, actor: { id: name }, streams });
      process.stdout.write(`${commandId}\n`);
      return;
    } catch (error) {
      if (!isEngineError(error, "VERSION_CONFLICT")) throw error;
    }
  }
};

/** What work was refused for, null when it succeeded. */
const refusalOf = async (work: Promise<unknown>): Promise<string | null> => {
  try {
    await work;
    return null;
  } catch (error) {
    return isEngineError(error) ? error.code : String(error);
  }
};

for (let n = 0; n < Number(count); n++) {
  const stream = n % 5 === 0 ? "a/1/shared" : `a/1/${name}`;
  const refusal = await refusalOf(append(`${name}-${n}`, stream));
  if (refusal === null) continue;
  process.stdout.write(`refused ${refusal}\nthen ${await refusalOf(store.size())}\n`);
  break;
}
await store.close();
