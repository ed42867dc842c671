/**
 * @module casebook-file — opens the one file of a casebook, and refuses every other file before
 * anything is written to it.
 *
 * An existing file is read by nothing but SQLite while it may be open: closing a second handle would
 * drop the locks that this process holds on it.
 */
import { EngineError } from "@wuding/engine";
import { accessSync, constants, readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { Connection } from "./connection.ts";
import { connectionThrough, inTransaction } from "./connection.ts";
import { loadDriver } from "./driver.ts";
import { altered, alteredSchema, codeOf, refusalOf, unavailable } from "./faults.ts";
import { applicationId, migrations, schemaOf, textsOf } from "./migrations.ts";
import { applySettings, assertSettings } from "./settings.ts";
import { statement } from "./statement.ts";

export type FileOptions = Readonly<{
  readOnly: boolean;
  /** How long a write waits for another program's. */
  busyTimeoutMs: number;
  /** Open it although its tables or triggers have been altered: to find out what else has. */
  acceptAltered?: boolean;
  /** Leave a file of an older version as it is for now; whoever asks for that brings it forward. */
  leaveOld?: boolean;
  /** Called when an error ends the connection. */
  onFailure?: () => void;
}>;

/**
 * A connection to an existing casebook.
 * @throws EngineError `NOT_FOUND`, `NOT_A_CASEBOOK`, `STORE_NEWER`, `STORE_UNAVAILABLE`, and `INTEGRITY`
 *   when its tables or triggers are not the ones we made
 */
export const openCasebookFile = (file: string, options: FileOptions): Connection => {
  const identity = identityOf(file);
  if (identity === undefined) throw new EngineError("NOT_FOUND", { what: "casebook", name: file });
  if (!statSync(file).isFile()) throw new EngineError("NOT_A_CASEBOOK", { file });
  try {
    return recognised(connect(file, options), options, identity);
  } catch (error) {
    // Without a folder to write in, or any room there, SQLite cannot open the index of a write-ahead log.
    const cause = error instanceof EngineError ? error.cause : error;
    const isFull = codeOf(cause) === "SQLITE_IOERR_SHMSIZE";
    if (!isFull && !/^SQLITE_(CANTOPEN|READONLY)/.test(codeOf(cause))) throw error;
    return recognised(connectionToCopy(file, isFull, cause), { ...options, readOnly: true });
  }
};

/** Device and inode of the file behind a name, undefined when there is none. */
export const identityOf = (file: string): string | undefined => {
  try {
    const found = statSync(file, { throwIfNoEntry: false });
    return found && `${found.dev}:${found.ino}`;
  } catch (error) {
    throw refusalOf(error, file);
  }
};

/**
 * A connection without any assumption about the file at `path`, which refusals call `file`.
 * `:memory:` and the like are names of files here.
 */
export const connect = (file: string, options: FileOptions, path = file): Connection => {
  const Driver = loadDriver();
  try {
    const handle = new Driver(resolve(path), {
      fileMustExist: true,
      readonly: options.readOnly,
      timeout: 0,
    });
    return connectionThrough(handle, file, options.busyTimeoutMs, { onFailure: options.onFailure });
  } catch (error) {
    throw refusalOf(error, file);
  }
};

/** Larger files are not read into memory whole. */
const copyBytesMax = 2 ** 30;

/**
 * A read-only connection to a copy in memory, for a medium or folder in which SQLite cannot work, or a disk
 * that is full. It is complete as long as no newer records wait in a write-ahead log beside the file.
 */
const connectionToCopy = (file: string, isFull: boolean, cause: unknown): Connection => {
  try {
    const log = statSync(`${file}-wal`, { throwIfNoEntry: false });
    if (log !== undefined && log.size > 0)
      throw unavailable(file, isFull ? "full" : "walUnreadable", cause);
    if (statSync(file).size > copyBytesMax) throw unavailable(file, "tooLarge", cause);
    const bytes = readFileSync(file);
    // The header's two version bytes say "WAL", which a database in memory cannot have.
    if (bytes[18] === 2) bytes.fill(1, 18, 20);
    const Driver = loadDriver();
    const readOnlyBecause = isFull ? "full" : "readOnly";
    return connectionThrough(new Driver(bytes, { readonly: true }), file, 0, { readOnlyBecause });
  } catch (error) {
    throw refusalOf(error, file);
  }
};

/** Makes sure that a connection leads to a casebook that this program knows, at its newest version. */
const recognised = (
  connection: Connection,
  options: FileOptions,
  identity?: string,
): Connection => {
  const { readOnly, acceptAltered = false, leaveOld = false } = options;
  try {
    applySettings(connection);
    assertOurs(connection);
    // whoever put another file in its place let this one be read only afterwards; a write-ahead log made
    // now would be beside that other file
    if (identity !== undefined && identityOf(connection.file) !== identity)
      throw unavailable(connection.file, "replaced");
    if (!readOnly) useWriteAheadLog(connection);
    assertSettings(connection);
    // what is not whole as it stands is not made into something newer
    if (!acceptAltered) assertSchema(connection);
    if (!readOnly && !leaveOld) migrate(connection);
    return connection;
  } catch (error) {
    connection.close();
    const isNoDatabase = codeOf(error instanceof EngineError ? error.cause : error);
    throw isNoDatabase === "SQLITE_NOTADB"
      ? new EngineError("NOT_A_CASEBOOK", { file: connection.file }, { cause: error })
      : error;
  }
};

const assertOurs = (connection: Connection): void => {
  const { file } = connection;
  const found = connection.pragma("application_id");
  const version = Number(connection.pragma("user_version"));
  if (found !== applicationId || version < 1) throw new EngineError("NOT_A_CASEBOOK", { file });
  const known = migrations.length;
  if (version > known) throw new EngineError("STORE_NEWER", { file, found: version, known });
};

const useWriteAheadLog = (connection: Connection): void => {
  if (connection.pragma("journal_mode") === "wal") return;
  try {
    // A file that may not be written to is readable in the mode it has.
    accessSync(connection.file, constants.W_OK);
  } catch {
    return;
  }
  if (connection.pragma("journal_mode = WAL") !== "wal")
    throw unavailable(connection.file, "noWal");
};

/** Whether a file is of an older version than this program makes. */
export const isOld = (connection: Connection): boolean =>
  Number(connection.pragma("user_version")) < migrations.length;

/** Brings a file to the newest version, step by step, all or nothing. */
export const migrate = (connection: Connection): void => {
  if (!isOld(connection)) return;
  inTransaction(connection, () => {
    // Asked again inside: another process may have done it while this one waited.
    const done = Number(connection.pragma("user_version"));
    for (const step of migrations.slice(done)) {
      for (const text of textsOf(step)) connection.execute(text);
    }
    connection.execute(
      `PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${migrations.length}`,
    );
  });
};

const schemaText = statement(
  "schemaText",
  ({ sql }) =>
    sql<{
      sql: string;
    }>`select sql from sqlite_schema where sql is not null and substr(name, 1, 7) <> 'sqlite_'`,
);

/** What of the tables, indexes and triggers is not as its version was made: missing, added or changed. */
export const schemaDifferences = (connection: Connection): readonly string[] => {
  const found = new Set(connection.all(schemaText).map((row) => row.sql));
  const schema = schemaOf(Number(connection.pragma("user_version")));
  const expected = new Set(schema);
  return [
    ...schema.filter((text) => !found.has(text)),
    ...[...found].filter((text) => !expected.has(text)),
  ];
};

const assertSchema = (connection: Connection): void => {
  if (schemaDifferences(connection).length === 0) return;
  if (connection.all(schemaText).length === 0) {
    throw new EngineError("NOT_A_CASEBOOK", { file: connection.file });
  }
  throw altered("ALTERED", alteredSchema);
};
