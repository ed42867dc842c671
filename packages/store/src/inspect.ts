/** @module inspect — what SQLite itself says of a casebook's file; reads only. */
import type { Label } from "@wuding/engine";
import { statSync } from "node:fs";
import { openCasebookFile, schemaDifferences } from "./casebook-file.ts";
import { alteredSchema } from "./faults.ts";
import { statement } from "./statement.ts";

/** Settings of the connection that a report names; opening has asserted the ones that must hold. */
const reported = [
  "journal_mode",
  "synchronous",
  "foreign_keys",
  "trusted_schema",
  "recursive_triggers",
  "cell_size_check",
] as const;

export type FileInspection = Readonly<{
  /** What is wrong, one clause each, as `INTEGRITY` wants it; empty when nothing is. */
  faults: readonly Label[];
  sqliteVersion: string;
  /** What `PRAGMA integrity_check` found; empty when the file is sound. */
  integrity: readonly string[];
  /** Tables, indexes and triggers that are missing, added or changed; empty when all are ours. */
  schema: readonly string[];
  /** Rows that name a row which is not there. */
  foreignKeys: number;
  applicationId: number;
  userVersion: number;
  settings: Readonly<Record<(typeof reported)[number], string | number>>;
  pages: number;
  pageBytes: number;
  /** Bytes in the write-ahead log that are not necessarily in the file yet. */
  walBytes: number;
  events: number;
}>;

/**
 * Inspects a casebook's file through a connection of its own, also one that has been tampered with.
 * @throws EngineError as opening it does, `INTEGRITY` when SQLite cannot read it
 */
export const inspectFile = async (file: string): Promise<FileInspection> => {
  const connection = openCasebookFile(file, {
    readOnly: true,
    busyTimeoutMs: 15_000,
    acceptAltered: true,
  });
  try {
    const said = connection.all(integrityCheck).map((row) => row.said);
    const integrity = said.filter((line) => line !== "ok");
    const misnamed = connection.all(misnamedParts).map(({ name }) => name);
    const schema = [...schemaDifferences(connection), ...misnamed];
    const foreignKeys = connection.all(foreignKeyCheck).length;
    const settings = reported.map((name) => [name, connection.pragma(name)] as const);
    return {
      sqliteVersion: connection.get(version)?.version ?? "",
      faults: [
        ...(schema.length > 0 ? [alteredSchema] : []),
        ...integrity.map(damaged),
        ...(foreignKeys > 0 ? [damaged("foreign_key_check")] : []),
      ],
      integrity,
      schema,
      foreignKeys,
      applicationId: Number(connection.pragma("application_id")),
      userVersion: Number(connection.pragma("user_version")),
      settings: Object.fromEntries(settings) as FileInspection["settings"],
      pages: Number(connection.pragma("page_count")),
      pageBytes: Number(connection.pragma("page_size")),
      walBytes: statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0,
      events: connection.get(eventCount)?.events ?? 0,
    };
  } finally {
    connection.close();
  }
};

const damaged = (said: string): Label => ({
  zh: `SQLite 报告文件损坏：${said}`,
  en: `SQLite says that the file is damaged: ${said}`,
});

const version = statement(
  "version",
  ({ sql }) => sql<{ version: string }>`select sqlite_version() as version`,
);

const integrityCheck = statement(
  "integrityCheck",
  ({ sql }) =>
    sql<{ said: string }>`select integrity_check as said from pragma_integrity_check limit 20`,
);

const foreignKeyCheck = statement(
  "foreignKeyCheck",
  ({ sql }) => sql<{ table: string }>`select "table" from pragma_foreign_key_check`,
);

/** What stands in SQLite's own table under another kind, name or table than its text says. */
const misnamedParts = statement(
  "misnamedParts",
  ({ sql }) => sql<{ name: string }>`
select name from sqlite_schema where typeof(type) || typeof(name) || typeof(tbl_name) <> 'texttexttext'
  or typeof(sql) not in ('text', 'null') or case
  when type not in ('table', 'index', 'trigger') then 1
  when sql is null then type <> 'index' or name not glob 'sqlite_autoindex_' || tbl_name || '_[0-9]'
  when type = 'table' then name <> tbl_name or instr(sql, 'CREATE TABLE ' || name || '(') <> 1
  else instr(sql, 'CREATE ' || upper(type) || ' ' || name || ' ') <> 1
    or instr(sql, ' ON ' || tbl_name) = 0
end`,
);

const eventCount = statement(
  "eventCount",
  ({ sql }) => sql<{ events: number }>`select count(*) as events from event`,
);
