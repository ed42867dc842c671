/** @module store — the casebook in one SQLite file. */
export { backUpCasebook } from "./backup.ts";
export type { OpenCasebookOptions } from "./casebook.ts";
export { openCasebook } from "./casebook.ts";
export type { FileInspection } from "./inspect.ts";
export { inspectFile } from "./inspect.ts";
export type { Store, StoreOptions } from "./open-store.ts";
export { openStore } from "./open-store.ts";
export type { Restoring } from "./restore.ts";
export { restoreCasebook } from "./restore.ts";
export type { CasebookStats } from "./stats.ts";
export { casebookStats } from "./stats.ts";
export type { UpgradePlan } from "./upgrade.ts";
export { upgradePlan } from "./upgrade.ts";
export { assertFree, publishFile, writeDurably } from "./write-durably.ts";
