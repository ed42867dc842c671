/**
 * @module sound-file — the look through a whole file before anything is written to it. SQLite writes to a
 * damaged file as long as it meets no damaged page on its way, and then there are two things to mend.
 */
import type { Connection } from "./connection.ts";
import { altered } from "./faults.ts";

/** Larger files are not looked through when nothing else is asked for: a MiB takes one to four milliseconds. */
export const lookedThroughMax = 16 * 2 ** 20;

/**
 * Holds the pages of a file against each other, its indexes against its tables, and every row against what its
 * table takes. What was changed within a row so that it could stand there is found by an audit alone.
 * @param bytesMax a larger file is believed
 * @throws EngineError `INTEGRITY`; the connection is then stopped
 */
export const assertSound = (connection: Connection, bytesMax: number): void => {
  const bytes = Number(connection.pragma("page_count")) * Number(connection.pragma("page_size"));
  if (bytes > bytesMax) return;
  // the check opens a temporary database, whose place nobody can change afterwards, and erasing wants it in memory
  connection.execute("PRAGMA temp_store = MEMORY");
  const found = String(connection.pragma("integrity_check(1)"));
  if (found === "ok") return;
  connection.stop();
  const where = found.replaceAll(/\s*\n\s*/gu, " ");
  throw altered("ALTERED", {
    zh: `文件已损坏（SQLite：${where}）`,
    en: `the file is damaged (SQLite: ${where})`,
  });
};
