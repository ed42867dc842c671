/**
 * @module settings — what SQLite must be told on every connection, and is asked to repeat.
 *
 * better-sqlite3 reopens an existing WAL file with `synchronous = NORMAL`, under which a power cut loses
 * acknowledged events; a test that looks only at a new file never sees it.
 */
import { platform } from "node:process";
import type { Connection } from "./connection.ts";
import { unavailable } from "./faults.ts";
import { statement } from "./statement.ts";

const settingsEverywhere: readonly (readonly [name: string, value: number])[] = [
  ["trusted_schema", 0],
  // FULL: a commit is on the disk before it is acknowledged.
  ["synchronous", 2],
  // With it INSERT OR REPLACE fires the triggers that forbid deleting.
  ["recursive_triggers", 1],
  ["foreign_keys", 1],
  ["cell_size_check", 1],
  ["journal_size_limit", 67_108_864],
];

// On macOS an ordinary fsync leaves the data in the drive's own cache.
const settingsOfMac: typeof settingsEverywhere = [
  ["fullfsync", 1],
  ["checkpoint_fullfsync", 1],
];

const settings =
  platform === "darwin" ? [...settingsEverywhere, ...settingsOfMac] : settingsEverywhere;

/** Makes the settings. They belong to the connection: the file is not changed. */
export const applySettings = (connection: Connection): void => {
  connection.execute(settings.map(([name, value]) => `PRAGMA ${name} = ${value};`).join(""));
};

/**
 * Reads the settings back, and the version of SQLite.
 * @throws Error when one is not kept: durability would not be what is promised
 */
export const assertSettings = (connection: Connection): void => {
  for (const [name, value] of settings) {
    const found = connection.pragma(name);
    if (found !== value) throw new Error(`SQLite keeps ${name} = ${String(found)}, not ${value}`);
  }
  const version = connection.get(sqliteVersion)?.version ?? "";
  if (!isSoundVersion(version)) {
    throw unavailable(connection.file, {
      zh: `SQLite ${version} 有可能丢失数据的缺陷，请更换版本`,
      en: `SQLite ${version} has a defect that can lose data; use another version`,
    });
  }
};

const sqliteVersion = statement(
  "sqliteVersion",
  ({ sql }) => sql<{ version: string }>`select sqlite_version() as version`,
);

/**
 * Whether a version of SQLite is free of the WAL-reset race, which from 3.7.0 to 3.51.2 could lose
 * committed data with two connections. 3.44.6 and 3.50.7 have the repair; 3.52.0 was withdrawn.
 */
export const isSoundVersion = (version: string): boolean => {
  if (version === "3.44.6" || version === "3.50.7") return true;
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  if (major !== 3) return major > 3;
  return minor === 51 ? patch >= 3 : minor > 51 && version !== "3.52.0";
};
