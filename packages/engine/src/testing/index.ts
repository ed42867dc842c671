/**
 * @module testing — what a store must keep, as a suite for vitest, and written clocks and ids. Whoever
 * writes a store of their own runs `describeStoreContract` on it.
 */
export type { OpenStore, Store, StoreGiven } from "./contract/given.ts";
export { countingIds } from "./counting-ids.ts";
export type { SettableClock } from "./settable-clock.ts";
export { runningClock, settableClock } from "./settable-clock.ts";
export { describeStoreContract } from "./store-contract.ts";
