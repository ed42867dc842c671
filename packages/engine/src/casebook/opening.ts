/**
 * @module opening — the first event of a log, and the rules that the events of the log bring into force.
 *
 * `LogCreated` names the origin, the hash and the rulebook and calendar that are adopted with it. Both
 * lie in the file table under their SHA-256: replay reads the rules of a case from its own casebook.
 */
import type { FileRef } from "../case/events.ts";
import { EngineError } from "../errors.ts";
import { canonicalJson } from "../log/canonical-json.ts";
import { sha256Hex } from "../log/hash.ts";
import type { Actor, AppendRequest, EventStore, StoredFile } from "../ports/event-store.ts";
import type { Calendar } from "../rulebook/calendar.ts";
import type { Rulebook } from "../rulebook/rulebook.ts";
import { rulebookName } from "../rulebook/rulebook.ts";
import type { WorkingCalendar } from "../rulebook/working-days.ts";
import { indexCalendar } from "../rulebook/working-days.ts";
import type { CivilDate } from "../time/civil-date.ts";

/** Data of the event at position 0. */
export type LogCreated = Readonly<{
  /** The log's name, part of every event: an event cannot be moved into another log. */
  origin: string;
  /** The hash of this log for life. */
  hash: "sha256";
  /** The office that keeps the casebook, as reports print it. */
  office: string | null;
  rulebook: Readonly<{ name: string; file: FileRef }>;
  calendar: Readonly<{ edition: string; file: FileRef }>;
}>;

/** Names of the events that belong to the log itself, with their labels. */
export const logEvents = {
  LogCreated: { zh: "建立办件库", en: "log created", dataVersion: 1 },
} as const;

/** A rulebook in force with its hash, as every event decided under it names it. */
export type AdoptedRulebook = Readonly<{ rulebook: Rulebook; hash: string }>;

/** The rules of a casebook: what is in force, and what older cases were dispatched under. */
export type RulesInForce = Readonly<{
  opening: LogCreated;
  current: AdoptedRulebook;
  /** By name, `<id>@<version>`. */
  byName: ReadonlyMap<string, AdoptedRulebook>;
  /** By hash, as `RecordedEvent.rulebookHash` names it. */
  byHash: ReadonlyMap<string, AdoptedRulebook>;
  /** Read from the log when first asked for. */
  calendar(): Promise<WorkingCalendar>;
}>;

const asFile = (value: object, name: string): StoredFile => {
  const bytes = new TextEncoder().encode(canonicalJson(value));
  return { sha256: sha256Hex(bytes), size: bytes.length, name, bytes };
};

const refOf = ({ sha256, size, name }: StoredFile): FileRef => ({ sha256, size, name });

/** The append that makes an empty store a casebook. */
export const openingAppend = (options: {
  origin: string;
  office: string | null;
  rulebook: Rulebook;
  calendar: Calendar;
  commandId: string;
  actor: Actor;
  on: CivilDate;
}): AppendRequest => {
  const rulebook = asFile(options.rulebook, `${rulebookName(options.rulebook)}.json`);
  const calendar = asFile(options.calendar, `${options.calendar.edition}.json`);
  const data: LogCreated = {
    origin: options.origin,
    hash: "sha256",
    office: options.office,
    rulebook: { name: rulebookName(options.rulebook), file: refOf(rulebook) },
    calendar: { edition: options.calendar.edition, file: refOf(calendar) },
  };
  return {
    commandId: options.commandId,
    requestHash: sha256Hex(new TextEncoder().encode(canonicalJson(data))),
    actor: options.actor,
    files: [rulebook, calendar],
    streams: [
      {
        stream: null,
        expectedVersion: 0,
        rulebookHash: `sha256:${rulebook.sha256}`,
        events: [
          {
            type: "LogCreated",
            dataVersion: logEvents.LogCreated.dataVersion,
            on: options.on,
            data,
            from: null,
            to: null,
          },
        ],
      },
    ],
  };
};

const readJson = async (store: EventStore, file: FileRef): Promise<unknown> => {
  const bytes = await store.readFile(file.sha256);
  if (bytes === undefined || sha256Hex(bytes) !== file.sha256) {
    throw new EngineError("INTEGRITY", {
      fault: bytes === undefined ? "MISSING" : "ALTERED",
      position: null,
      case: null,
      what: {
        zh: `文件 ${file.name} 与记录不符`,
        en: `the file ${file.name} is not what the log says`,
      },
    });
  }
  return JSON.parse(new TextDecoder().decode(bytes));
};

/**
 * Reads the rules of a casebook.
 * @throws EngineError `INTEGRITY` when a rulebook or calendar is not what the log says it is
 */
export const readRules = async (store: EventStore): Promise<RulesInForce> => {
  const [first] = await store.readStream(null);
  if (first?.type !== "LogCreated") {
    throw new EngineError("INTEGRITY", {
      fault: "MISSING",
      position: 0,
      case: null,
      what: { zh: "办件库的第一条记录缺失", en: "the first event of the log is missing" },
    });
  }
  const opening = first.data as LogCreated;
  const current: AdoptedRulebook = {
    rulebook: (await readJson(store, opening.rulebook.file)) as Rulebook,
    hash: `sha256:${opening.rulebook.file.sha256}`,
  };
  let calendar: Promise<WorkingCalendar> | undefined;
  return {
    opening,
    current,
    byName: new Map([[rulebookName(current.rulebook), current]]),
    byHash: new Map([[current.hash, current]]),
    calendar: () =>
      (calendar ??= readJson(store, opening.calendar.file).then((read) =>
        indexCalendar(read as Calendar),
      )),
  };
};
