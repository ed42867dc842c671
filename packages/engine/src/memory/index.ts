/** @module memory — an event store and projections in memory, for tests and for embedders to start with. */
export type { MemoryStore, MemoryStoreOptions } from "./memory-store.ts";
export { createMemoryStore } from "./memory-store.ts";
