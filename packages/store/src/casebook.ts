/** @module casebook — opens a casebook in a SQLite file, with the clock and ids of this machine. */
import { userInfo } from "node:os";
import type { Actor, Casebook, Clock, Ids, Rulebook } from "@wuding/engine";
import { createCasebook, EngineError, isEngineError, openCasebookOn } from "@wuding/engine";
import { nanoid } from "nanoid";
import type { Store, StoreOptions } from "./open-store.ts";
import { openStore } from "./open-store.ts";

/** 132 random bits in 22 base64url characters. */
const idLength = 22;

const machineClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };
const randomIds: Ids = { next: () => nanoid(idLength) };

export type OpenCasebookOptions = Readonly<{
  /** Make the casebook when there is none. */
  create?: boolean;
  /** Who records where a command does not say; the login name when absent. */
  actor?: Actor;
  /** For a new casebook: the log's name for life; a random one under `wuding.invalid/` when absent. */
  origin?: string;
  /** For a new casebook: the office, as reports print it. */
  office?: string;
  /** For a new casebook: its rulebook; the national one when absent. */
  rulebook?: Rulebook;
  /** Never change the file. */
  readOnly?: boolean;
  /** With `readOnly`: open a file whose tables or triggers have been altered, to audit it. */
  acceptAltered?: boolean;
  /** Sees the log before a file of an older version is brought forward, to sign it as it was. */
  beforeMigration?: StoreOptions["beforeMigration"];
  clock?: Clock;
  ids?: Ids;
}>;

/**
 * Opens the casebook in a file.
 * @throws EngineError `NOT_FOUND` when there is none and `create` is not set; `NOT_A_CASEBOOK`,
 * `STORE_NEWER`, `STORE_UNAVAILABLE`, `INTEGRITY`
 */
export const openCasebook = async (
  file: string,
  options: OpenCasebookOptions = {},
): Promise<Casebook> => {
  const {
    create = false,
    readOnly = false,
    acceptAltered = false,
    clock = machineClock,
    ids = randomIds,
  } = options;
  const actor = options.actor ?? { id: userInfo().username };
  // a log that is there has its name: no random one is made at every start
  const origin = options.origin ?? (create ? `wuding.invalid/${ids.next()}` : undefined);
  const store = await openStore(file, {
    create,
    readOnly,
    acceptAltered,
    clock,
    ids,
    ...(origin !== undefined && { origin }),
    ...(options.beforeMigration && { beforeMigration: options.beforeMigration }),
  });
  try {
    const opening = { store, clock, ids, actor, readOnly };
    if ((await store.size()) > 0) return await openCasebookOn(opening);
    // a file without its first event: just made, or left so by a process that was killed
    if (origin === undefined || !create)
      throw new EngineError("NOT_FOUND", { what: "casebook", name: file });
    const { office, rulebook } = options;
    return await begin({
      ...opening,
      origin,
      ...(office !== undefined && { office }),
      ...(rulebook && { rulebook }),
    });
  } catch (error) {
    await store.close();
    throw error;
  }
};

/** Writes the first event, unless another process has just done so. */
const begin = async (
  options: Parameters<typeof createCasebook>[0] & Readonly<{ store: Store }>,
): Promise<Casebook> => {
  try {
    return await createCasebook(options);
  } catch (error) {
    if (!isEngineError(error, "VERSION_CONFLICT")) throw error;
    return openCasebookOn(options);
  }
};
