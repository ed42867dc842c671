/** @module log-reader — reads events, commands, tree nodes, personal values and files. Writes nothing. */
import type {
  CaseId,
  LogReader,
  Page,
  PersonalValue,
  RawEvent,
  RecordedEvent,
} from "@wuding/engine";
import { readEnvelope } from "@wuding/engine";
import { newestCheckpoint, readCheckpoints } from "./checkpoints.ts";
import type { Connection } from "./connection.ts";
import { numberOfCase } from "./migrations.ts";
import type { Pen } from "./statement.ts";
import { statement } from "./statement.ts";
import { treeNode } from "./tree-nodes.ts";
import { asBytes, readable, typed } from "./typed-row.ts";

/** The reading part of the port over one connection, and what is committed for it. */
export const logReader = (connection: Connection): LogReader => ({
  readStream: async (stream) => readStream(connection, stream),
  streamVersion: async (stream) => streamVersion(connection, stream),
  readAll: async (page) => readAll(connection, page),
  readRaw: async (page) => readRaw(connection, page),
  listStreams: async (page) => listStreams(connection, page),
  findStreams: async (ending, limit) => findStreams(connection, ending, limit),
  streamsMentioning: async (text) => streamsMentioning(connection, text),
  findCommand: async (commandId) => findCommand(connection, commandId),
  readNodes: async (level, page) => readNodes(connection, level, page),
  treeNodes: async (places) => places.map((place) => treeNode(connection, place)),
  readCheckpoints: async (page) => readCheckpoints(connection, page),
  newestCheckpoint: async () => newestCheckpoint(connection),
  personalValues: async (seals) => personalValues(connection, seals),
  readCommands: async (page) =>
    connection
      .all(commandsAfter, { after: page.after ?? 0, limit: page.limit })
      .map((row) => typed(row, storedCommand)),
  readPersonal: async (page) =>
    connection
      .all(personalAfter, { after: page.after ?? "", limit: page.limit })
      .map((row) => typed(row, personalValue)),
  listFiles: async (page) =>
    connection
      .all(filesAfter, { after: page.after ?? "", limit: page.limit })
      .map((row) => typed(row, storedFile)),
  readFile: async (sha256) => readFile(connection, sha256),
  size: async () => sizeOf(connection),
});

const storedCommand = { place: "number", commandId: "string", first: "number", last: "number" };
const personalValue = { seal: "string", salt: "string", value: "string" };
const storedFile = { sha256: "string", size: "number" };

type StoredEvent = Readonly<{ body: string; leaf: string }>;

const recorded = ({ body, leaf }: StoredEvent): RecordedEvent => readEnvelope(body, leaf);

// As text from SQLite a hash costs a tenth of what a Buffer for its bytes costs to make.
const leafInHex = ({ sql }: Pen) => sql<string>`lower(hex(leaf))`.as("leaf");

const readStream = (connection: Connection, stream: CaseId | null): RecordedEvent[] => {
  const rows =
    stream === null ? connection.all(eventsOfLog) : connection.all(eventsOfCase, { stream });
  return rows.map(recorded);
};

/** The number of events of a stream. */
export const streamVersion = (connection: Connection, stream: CaseId | null): number =>
  stream === null
    ? (connection.get(countOfLogEvents)?.count ?? 0)
    : (connection.get(versionOfCase, { stream })?.version ?? 0);

const readAll = (connection: Connection, page: Page<number>): RecordedEvent[] =>
  connection.all(eventsAfter, { after: page.after ?? -1, limit: page.limit }).map(recorded);

const readRaw = (connection: Connection, page: Page<number>): RawEvent[] =>
  connection
    .all(bytesAfter, { after: page.after ?? -1, limit: page.limit })
    .map(({ seq, body, leaf, caseId, caseSeq, type, recordedAt }) => ({
      seq,
      body: asBytes(body),
      leaf: asBytes(leaf),
      columns: { caseId, caseSeq, type, recordedAt },
    }));

const listStreams = (connection: Connection, page: Page<CaseId>): CaseId[] =>
  connection
    .all(casesAfter, { after: page.after ?? "", limit: page.limit })
    .map((row) => readable(row.case_id));

/** Cases by the end of their names; by the whole last part (`/122`) it costs what it finds. */
const findStreams = (connection: Connection, ending: string, limit: number): CaseId[] => {
  const slash = ending.lastIndexOf("/");
  const found =
    slash < 0
      ? connection.all(casesEnding, { ending, limit })
      : connection.all(casesNumbered, { ending, number: ending.slice(slash + 1), limit });
  return found.map((row) => row.case_id);
};

const streamsMentioning = (connection: Connection, text: string): CaseId[] => {
  const pattern = `%${text.replaceAll(/[!%_]/g, "!$&")}%`;
  return connection.all(casesMentioning, { pattern }).map((row) => row.case_id);
};

const findCommand = (
  connection: Connection,
  commandId: string,
): Readonly<{ requestHash: string; events: RecordedEvent[] }> | undefined => {
  const found = connection.get(commandRow, { commandId });
  if (found === undefined) return undefined;
  const requestHash = Buffer.from(found.request_hash).toString("hex");
  return { requestHash, events: commandEvents(connection, found) };
};

export type CommandRow = Readonly<{
  request_hash: Uint8Array;
  first_seq: number;
  last_seq: number;
}>;

export const commandEvents = (connection: Connection, command: CommandRow): RecordedEvent[] =>
  connection.all(eventsBetween, { first: command.first_seq, last: command.last_seq }).map(recorded);

const readNodes = (connection: Connection, level: number, page: Page<number>): Uint8Array[] =>
  connection
    .all(nodesAfter, { level, after: page.after ?? -1, limit: page.limit })
    .map((row) => asBytes(row.hash));

const personalValues = (
  connection: Connection,
  seals: readonly string[],
): Map<string, PersonalValue> => {
  const values = new Map<string, PersonalValue>();
  for (const seal of seals) {
    const found = connection.get(personalOf, { seal });
    if (found !== undefined) values.set(seal, found);
  }
  return values;
};

const readFile = (connection: Connection, sha256: string): Uint8Array | undefined =>
  connection.get(fileOf, { sha256 })?.bytes;

const countOfLogEvents = statement("countOfLogEvents", ({ tables }) =>
  tables
    .selectFrom("event")
    .select((row) => row.fn.countAll<number>().as("count"))
    .where("case_id", "is", null),
);

const versionOfCase = statement("versionOfCase", ({ tables, sql }, given: { stream: CaseId }) =>
  tables
    .selectFrom("event")
    .select("case_seq as version")
    .where("case_id", "=", given.stream)
    .orderBy("case_seq", "desc")
    .limit(sql.lit(1)),
);

export const sizeOf = (connection: Connection): number =>
  (connection.get(lastPosition)?.seq ?? -1) + 1;

/** The log's name, from the first event; undefined while there is none. */
export const originOf = (connection: Connection): string | undefined => {
  const first = connection.all(eventsBetween, { first: 0, last: 0 })[0];
  if (first === undefined) return undefined;
  const { log } = JSON.parse(first.body) as { log?: unknown };
  return typeof log === "string" ? log : undefined;
};

export const commandRow = statement("commandRow", ({ tables }, given: { commandId: string }) =>
  tables
    .selectFrom("command")
    .select(["request_hash", "first_seq", "last_seq"])
    .where("cmd", "=", given.commandId),
);

const eventsOfCase = statement("eventsOfCase", (pen, given: { stream: CaseId }) =>
  pen.tables
    .selectFrom("event")
    .select(["body", leafInHex(pen)])
    .where("case_id", "=", given.stream)
    .orderBy("case_seq"),
);

const eventsOfLog = statement("eventsOfLog", (pen) =>
  pen.tables
    .selectFrom("event")
    .select(["body", leafInHex(pen)])
    .where("case_id", "is", null)
    .orderBy("seq"),
);

const eventsAfter = statement("eventsAfter", (pen, given: { after: number; limit: number }) =>
  pen.tables
    .selectFrom("event")
    .select(["body", leafInHex(pen)])
    .where("seq", ">", given.after)
    .orderBy("seq")
    .limit(given.limit),
);

const eventsBetween = statement("eventsBetween", (pen, given: { first: number; last: number }) =>
  pen.tables
    .selectFrom("event")
    .select(["body", leafInHex(pen)])
    .where("seq", ">=", given.first)
    .where("seq", "<=", given.last)
    .orderBy("seq"),
);

type RawRow = Readonly<{
  seq: number;
  body: Uint8Array;
  leaf: Uint8Array;
  caseId: string | null;
  caseSeq: number | null;
  type: string;
  recordedAt: string;
}>;

// As text, an invalid byte would be decoded to U+FFFD and hashed as something the file does not hold;
// and an index could hide what it does not list. A damaged file may hold NULL where none can be written.
const bytesAfter = statement(
  "bytesAfter",
  ({ sql }, given: { after: number; limit: number }) => sql<RawRow>`
select seq, ifnull(cast(body as blob), x'') as body, ifnull(cast(leaf as blob), x'') as leaf,
  case_id as "caseId", case_seq as "caseSeq", type, recorded_at as "recordedAt"
from event not indexed where seq > ${given.after} order by seq limit ${given.limit}`,
);

const casesAfter = statement(
  "casesAfter",
  ({ tables, sql }, given: { after: CaseId; limit: number }) =>
    tables
      .selectFrom("event")
      .select("case_id")
      .$narrowType<{ case_id: CaseId }>()
      .where("case_seq", "=", sql.lit(1))
      .where("case_id", ">", given.after)
      .orderBy("case_id")
      .limit(given.limit),
);

const casesNumbered = statement(
  "casesNumbered",
  ({ tables, sql }, given: { ending: string; number: string; limit: number }) =>
    tables
      .selectFrom("event")
      .select("case_id")
      .$narrowType<{ case_id: CaseId }>()
      .where("case_seq", "=", sql.lit(1))
      .where(sql.raw(numberOfCase), "=", given.number)
      .where(sql`substr(case_id, -length(${given.ending}))`, "=", given.ending)
      .orderBy("case_id")
      .limit(given.limit),
);

const casesEnding = statement(
  "casesEnding",
  ({ tables, sql }, given: { ending: string; limit: number }) =>
    tables
      .selectFrom("event")
      .select("case_id")
      .$narrowType<{ case_id: CaseId }>()
      .where("case_seq", "=", sql.lit(1))
      .where(sql`substr(case_id, -length(${given.ending}))`, "=", given.ending)
      .orderBy("case_id")
      .limit(given.limit),
);

const casesMentioning = statement(
  "casesMentioning",
  ({ sql }, given: { pattern: string }) => sql<{ case_id: CaseId }>`
select distinct case_id from event
where case_id is not null and body like ${given.pattern} escape '!' order by case_id`,
);

const nodesAfter = statement(
  "nodesAfter",
  ({ tables }, given: { level: number; after: number; limit: number }) =>
    tables
      .selectFrom("node")
      .select("hash")
      .where("level", "=", given.level)
      .where("idx", ">", given.after)
      .orderBy("idx")
      .limit(given.limit),
);

const personalOf = statement("personalOf", ({ tables }, given: { seal: string }) =>
  tables.selectFrom("personal").select(["seal", "salt", "value"]).where("seal", "=", given.seal),
);

type StoredCommandRow = Readonly<{
  place: number;
  commandId: string;
  first: number;
  last: number;
}>;

// Rows are only ever added, so their order is that of their events, and no index is needed for it.
const commandsAfter = statement(
  "commandsAfter",
  ({ sql }, given: { after: number; limit: number }) => sql<StoredCommandRow>`
select rowid as place, cmd as "commandId", first_seq as "first", last_seq as "last"
from command not indexed where rowid > ${given.after} order by rowid limit ${given.limit}`,
);

const personalAfter = statement(
  "personalAfter",
  ({ tables }, given: { after: string; limit: number }) =>
    tables
      .selectFrom("personal")
      .select(["seal", "salt", "value"])
      .where("seal", ">", given.after)
      .orderBy("seal")
      .limit(given.limit),
);

const filesAfter = statement("filesAfter", ({ tables }, given: { after: string; limit: number }) =>
  tables
    .selectFrom("file")
    .select(["sha256", "size"])
    .where("sha256", ">", given.after)
    .orderBy("sha256")
    .limit(given.limit),
);

const fileOf = statement("fileOf", ({ tables }, given: { sha256: string }) =>
  tables.selectFrom("file").select("bytes").where("sha256", "=", given.sha256),
);

const lastPosition = statement("lastPosition", ({ tables, sql }) =>
  tables.selectFrom("event").select("seq").orderBy("seq", "desc").limit(sql.lit(1)),
);
