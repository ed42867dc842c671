/**
 * @module stats — what a casebook's file holds, in figures, as it is at one moment; reads only.
 *
 * Counting a million rows means reading a million rows. What the log's form tells is told from it; of a long
 * log the kinds of its events and their bytes are estimated from a sample, and the figures say so.
 */
import { statSync } from "node:fs";
import { openCasebookFile } from "./casebook-file.ts";
import { newestCheckpoint } from "./checkpoints.ts";
import type { Connection } from "./connection.ts";
import { originOf, sizeOf } from "./log-reader.ts";
import { statement } from "./statement.ts";

export type CasebookStats = Readonly<{
  file: Readonly<{
    /** The number of the file's format, `PRAGMA user_version`. */
    format: number;
    /** Of the file itself, without its write-ahead log. */
    bytes: number;
    pages: number;
    pageBytes: number;
    /** Pages that nothing uses now and the next records will. */
    freePages: number;
    /** In the write-ahead log beside it. */
    walBytes: number;
  }>;
  log: Readonly<{
    /** The log's name; null while it is empty. */
    origin: string | null;
    events: number;
    cases: number;
    commands: number;
    /** Instants of the first and the last record, UTC; null while there is none. */
    firstRecordedAt: string | null;
    lastRecordedAt: string | null;
    /** Most frequent first. */
    types: readonly Readonly<{ type: string; count: number }>[];
    /** Bytes of an event's body on average, and what the whole file has for each event beyond them. */
    bodyBytes: number;
    otherBytes: number;
    /** Events that were looked at for types and bytes: all of them, or a sample at equal distances. */
    sampled: number;
  }>;
  projections: Readonly<{
    /** Fingerprint of the definitions that they were made with; null when they are not made. */
    version: string | null;
    rows: readonly Readonly<{ projection: string; count: number }>[];
    tallies: readonly Readonly<{ projection: string; count: number }>[];
  }>;
  /** Those that the casebook keeps of itself. */
  checkpoints: Readonly<{ count: number; newest: Readonly<{ size: number; note: string }> | null }>;
}>;

/** A log is read whole up to here: some tenths of a second. */
const usualSampleMax = 20_000;

/**
 * The figures of a casebook.
 * @param options `sampleMax`: so many events are looked at for types and bytes, 20,000 when not given
 * @throws EngineError as opening it does
 */
export const casebookStats = async (
  file: string,
  { sampleMax = usualSampleMax }: Readonly<{ sampleMax?: number }> = {},
): Promise<CasebookStats> => {
  const connection = openCasebookFile(file, { readOnly: true, busyTimeoutMs: 15_000 });
  try {
    connection.beginReading();
    const log = statsOfLog(connection, sampleMax);
    const bytes = pagesOf(connection);
    const newest = newestCheckpoint(connection);
    return {
      file: {
        format: Number(connection.pragma("user_version")),
        ...bytes,
        walBytes: statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0,
      },
      log: {
        ...log,
        otherBytes: log.events === 0 ? 0 : Math.max(0, bytes.bytes / log.events - log.bodyBytes),
      },
      projections: {
        version: connection.get(versionOfProjections)?.version ?? null,
        rows: connection.all(countsOfRows),
        tallies: connection.all(countsOfTallies),
      },
      checkpoints: {
        count: connection.get(countOfCheckpoints)?.count ?? 0,
        newest: newest ?? null,
      },
    };
  } finally {
    connection.close();
  }
};

const pagesOf = (
  connection: Connection,
): Readonly<Record<"bytes" | "pages" | "pageBytes" | "freePages", number>> => {
  const pages = Number(connection.pragma("page_count"));
  const pageBytes = Number(connection.pragma("page_size"));
  const freePages = Number(connection.pragma("freelist_count"));
  return { bytes: pages * pageBytes, pages, pageBytes, freePages };
};

const statsOfLog = (
  connection: Connection,
  sampleMax: number,
): Omit<CasebookStats["log"], "otherBytes"> => {
  const events = sizeOf(connection);
  const step = Math.max(1, Math.ceil(events / sampleMax));
  const found = connection.all(typesOfSample, { step, events });
  const sampled = found.reduce((sum, { count }) => sum + count, 0);
  const bytes = found.reduce((sum, one) => sum + one.bytes, 0);
  return {
    origin: originOf(connection) ?? null,
    events,
    cases: connection.get(countOfCases)?.count ?? 0,
    // rows are only ever added, so the last one's number is how many there are
    commands: connection.get(lastCommand)?.place ?? 0,
    firstRecordedAt: connection.get(recordedAtPlace, { seq: 0 })?.recordedAt ?? null,
    lastRecordedAt: connection.get(recordedAtPlace, { seq: events - 1 })?.recordedAt ?? null,
    types: found.map(({ type, count }) => ({
      type,
      count: step === 1 ? count : Math.round((count / sampled) * events),
    })),
    bodyBytes: sampled === 0 ? 0 : bytes / sampled,
    sampled,
  };
};

/** The types of every so many-th event. */
const typesOfSample = statement(
  "typesOfSample",
  ({ sql }, given: { step: number; events: number }) =>
    sql<{ type: string; count: number; bytes: number }>`
with recursive place(at) as (
  select 0 where 0 < ${given.events}
  union all select at + ${given.step} from place where at + ${given.step} < ${given.events})
select event.type, count(*) as count, sum(octet_length(event.body)) as bytes
from place cross join event on event.seq = place.at group by event.type order by 2 desc, 1`,
);

const countOfCases = statement(
  "countOfCases",
  ({ sql }) => sql<{ count: number }>`
select count(*) as count from event indexed by event_by_case_number where case_seq = 1`,
);

const lastCommand = statement(
  "lastCommand",
  ({ sql }) => sql<{ place: number }>`select max(rowid) as place from command`,
);

const recordedAtPlace = statement("recordedAtPlace", ({ tables }, given: { seq: number }) =>
  tables.selectFrom("event").select("recorded_at as recordedAt").where("seq", "=", given.seq),
);

const versionOfProjections = statement("versionOfProjections", ({ tables }) =>
  tables.selectFrom("projection_meta").select("version"),
);

const countsOfRows = statement(
  "countsOfRows",
  ({ sql }) => sql<{ projection: string; count: number }>`
select projection, count(*) as count from projection_row indexed by projection_row_in_order
group by projection order by projection`,
);

const countsOfTallies = statement(
  "countsOfTallies",
  ({ sql }) => sql<{ projection: string; count: number }>`
select projection, count(*) as count from projection_tally group by projection order by projection`,
);

const countOfCheckpoints = statement(
  "countOfCheckpoints",
  ({ sql }) => sql<{ count: number }>`select count(*) as count from checkpoint`,
);
