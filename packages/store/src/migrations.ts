/**
 * @module migrations — the tables of a casebook file as SQL, in numbered steps.
 *
 * A step that has been released is never edited: a change is a new step at the end. Steps only add, but
 * for projections, which are made anew from the log.
 * Every open compares what SQLite keeps of the file's tables with `schemaOf` its version.
 */

import type { Label } from "@wuding/engine";

/** `WUDG` as a big-endian 32-bit number, the application id in the header of every casebook file. */
export const applicationId = 0x57554447;

/** Statements that make something, and the names of what goes before: projections, and nothing else ever. */
export type Step = Readonly<{
  /** What it brings, for people. */
  label: Label;
  drops?: readonly string[];
  makes: readonly string[];
}>;

const appendOnly = (table: string): readonly string[] => [
  `CREATE TRIGGER ${table}_is_never_updated BEFORE UPDATE ON ${table}
BEGIN SELECT raise(ABORT, '${table} is append-only'); END`,
  `CREATE TRIGGER ${table}_is_never_deleted BEFORE DELETE ON ${table}
BEGIN SELECT raise(ABORT, '${table} is append-only'); END`,
];

/**
 * The part of a case's name after its last slash. It stands word for word in the index below and in
 * the queries that use it: SQLite takes the index only for the same expression.
 */
export const numberOfCase =
  "substr(case_id, length(rtrim(case_id, replace(case_id, '/', ''))) + 1)";

const first: readonly string[] = [
  `CREATE TABLE event(
  seq INTEGER PRIMARY KEY CHECK(seq>=0),
  case_id TEXT, case_seq INTEGER, type TEXT NOT NULL, recorded_at TEXT NOT NULL,
  body TEXT NOT NULL CHECK(length(CAST(body AS BLOB))<=65535), leaf BLOB NOT NULL CHECK(length(leaf)=32),
  UNIQUE(case_id, case_seq)) STRICT`,
  // INSERT OR REPLACE deletes rows without firing delete triggers while recursive_triggers is off,
  // and another program's connection has it off.
  `CREATE TRIGGER event_follows_the_last BEFORE INSERT ON event
WHEN NEW.seq IS NOT (SELECT ifnull(max(seq), -1) + 1 FROM event)
  OR EXISTS (SELECT 1 FROM event WHERE case_id = NEW.case_id AND case_seq = NEW.case_seq)
BEGIN SELECT raise(ABORT, 'event is append-only'); END`,
  ...appendOnly("event"),
  // One entry a case, not one an event: 122 finds cppcc/15-5/122 without reading every case's name.
  `CREATE INDEX event_by_case_number ON event(${numberOfCase}, case_id) WHERE case_seq = 1`,
  `CREATE TABLE command(cmd TEXT PRIMARY KEY, request_hash BLOB NOT NULL, first_seq INTEGER NOT NULL, last_seq INTEGER NOT NULL) STRICT`,
  ...appendOnly("command"),
  `CREATE TABLE node(level INTEGER, idx INTEGER, hash BLOB NOT NULL, PRIMARY KEY(level,idx)) STRICT, WITHOUT ROWID`,
  ...appendOnly("node"),
  `CREATE TABLE checkpoint(size INTEGER PRIMARY KEY, note BLOB NOT NULL) STRICT`,
  ...appendOnly("checkpoint"),
  `CREATE TABLE file(sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, bytes BLOB NOT NULL, CHECK(size=length(bytes))) STRICT`,
  ...appendOnly("file"),
  // No triggers: personal data can be erased, and projections can be thrown away.
  `CREATE TABLE personal(seal TEXT PRIMARY KEY, salt TEXT NOT NULL, value TEXT NOT NULL) STRICT, WITHOUT ROWID`,
  `CREATE TABLE projection_row(projection TEXT, stream TEXT, key TEXT, sort TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY(projection, stream, key)) STRICT, WITHOUT ROWID`,
  `CREATE INDEX projection_row_in_order ON projection_row(projection, sort, stream, key)`,
  `CREATE TABLE projection_tally(projection TEXT, key TEXT, count INTEGER NOT NULL, PRIMARY KEY(projection, key)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE projection_meta(version TEXT NOT NULL) STRICT`,
];

/** Witnesses' lines, which come after the checkpoint that they cosign has been kept. */
const second: readonly string[] = [
  `CREATE TABLE cosignature(size INTEGER NOT NULL REFERENCES checkpoint(size), line TEXT NOT NULL, PRIMARY KEY(size, line)) STRICT, WITHOUT ROWID`,
  ...appendOnly("cosignature"),
];

/**
 * The rows of a case beside each other, whichever projection they are of: a step of a case then rewrites
 * one page of the file, not one for each projection. What was there is rebuilt from the log.
 */
const third: Step = {
  label: {
    zh: "一件办件的汇总数据集中存放，按记录重新生成",
    en: "the rows of a case's projections lie together; they are made anew from the log",
  },
  drops: ["projection_row", "projection_row_in_order"],
  makes: [
    `CREATE TABLE projection_row(stream TEXT, projection TEXT, key TEXT, sort TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY(stream, projection, key)) STRICT, WITHOUT ROWID`,
    `CREATE INDEX projection_row_in_order ON projection_row(projection, sort, stream, key)`,
  ],
};

/** Step n makes a file of version n - 1 into one of version n (`PRAGMA user_version`). */
export const migrations: readonly Step[] = [
  { label: { zh: "建立办件库", en: "the casebook is made" }, makes: first },
  {
    label: {
      zh: "检查点的副署存入办件库",
      en: "witnesses' lines are kept with the checkpoints",
    },
    makes: second,
  },
  third,
];

/** The SQL of a step. Dropping a table takes its indexes along; projections alone are ever dropped. */
export const textsOf = ({ drops = [], makes }: Step): readonly string[] => [
  ...drops.slice(0, 1).map((table) => `DROP TABLE ${table}`),
  ...(drops.length > 0 ? ["DELETE FROM projection_tally", "DELETE FROM projection_meta"] : []),
  ...makes,
];

/** Every statement that a file of a version consists of, as SQLite keeps its text. */
export const schemaOf = (version: number): readonly string[] =>
  migrations
    .slice(0, version)
    .reduce<readonly string[]>(
      (schema, { drops = [], makes }) => [
        ...schema.filter((text) => !drops.includes(nameOf(text))),
        ...makes,
      ],
      [],
    );

/** The name of the table, index or trigger that a statement makes. */
const nameOf = (text: string): string => /^CREATE \w+ (\w+)/.exec(text)?.[1] ?? "";
