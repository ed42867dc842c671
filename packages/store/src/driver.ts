/** @module driver — the better-sqlite3 that fits the running Node. */
import type BetterSqlite3 from "better-sqlite3";
import { createRequire } from "node:module";

export type Driver = typeof BetterSqlite3;
export type DriverHandle = BetterSqlite3.Database;
export type DriverStatement = BetterSqlite3.Statement;

const load = createRequire(import.meta.url);

/**
 * Loads the native module; the first call costs some milliseconds. Version 13 needs Node-API 10 and
 * ends the process on an older one instead of refusing, so the choice is made before loading.
 */
export const loadDriver = (): Driver =>
  load(Number(process.versions.napi) >= 10 ? "better-sqlite3-v13" : "better-sqlite3") as Driver;
