/** @module tampering — changes a casebook's file behind its back. */
import { createRequire } from "node:module";

type Database = Readonly<{
  prepare(text: string): { all(): unknown[] };
  exec(text: string): unknown;
  close(): void;
}>;

// the driver that the store chooses for this Node.js
const driver = Number(process.versions.napi) >= 10 ? "better-sqlite3-v13" : "better-sqlite3";
export const BetterSqlite3 = createRequire(import.meta.url)(driver) as new (
  file: string,
) => Database;

/** Changes the file as somebody could who has SQLite: triggers away, change, triggers back. */
export const tamper = (file: string, change: string): void => {
  const database = new BetterSqlite3(file);
  const triggers = database
    .prepare("select name, sql from sqlite_schema where type = 'trigger'")
    .all() as readonly { name: string; sql: string }[];
  for (const { name } of triggers) database.exec(`drop trigger ${name}`);
  database.exec(change);
  for (const { sql } of triggers) database.exec(sql);
  database.close();
};
