/**
 * @module bare — the limit: the same events by prepared statements of better-sqlite3, with the columns of
 * our `event` table and the same durability; no proof, no projections, no rules.
 */
import { createRequire } from "node:module";
import process from "node:process";

const load = createRequire(new URL("../../packages/store/dist/index.js", import.meta.url));

/** The driver that the store itself loads. */
const loadDriver = () =>
  load(Number(process.versions.napi) >= 10 ? "better-sqlite3-v13" : "better-sqlite3");

const table = `CREATE TABLE event(
  seq INTEGER PRIMARY KEY, case_id TEXT, case_seq INTEGER, type TEXT NOT NULL, recorded_at TEXT NOT NULL,
  body TEXT NOT NULL, leaf BLOB NOT NULL, UNIQUE(case_id, case_seq)) STRICT`;

/** A new file with the bare table: write-ahead log, `synchronous = FULL`. */
export const newBareLog = (file) => {
  const Driver = loadDriver();
  const database = new Driver(file);
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = FULL");
  database.exec(table);
  const insert = database.prepare("insert into event values (?, ?, ?, ?, ?, ?, ?)");
  const leaf = Buffer.alloc(32, 7);
  let seq = 0;
  return {
    database,
    /** Appends one event; the place in its case is the caller's to know. */
    append: (event, caseSeq) => {
      const at = new Date().toISOString();
      const { stream, type, ...more } = event;
      const body = JSON.stringify({ case: stream, caseSeq, seq, type, at, ...more });
      insert.run(seq, stream, caseSeq, type, at, body, leaf);
      seq += 1;
    },
  };
};

/** A file to read. */
export const readBare = (file) => new (loadDriver())(file, { readonly: true });
