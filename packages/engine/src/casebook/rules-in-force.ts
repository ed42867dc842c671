/**
 * @module rules-in-force — the rules that the events of a log brought into force, read from the casebook.
 *
 * Bytes are compared with the hash that their event names when they are read; they are parsed when they
 * are first asked for, because most questions need one rulebook and no calendar.
 */
import type { OfficeFacts } from "../case/office.ts";
import type { FileRef } from "../case/events.ts";
import { EngineError } from "../errors.ts";
import { sha256Hex } from "../log/hash.ts";
import type { LogReader, RecordedEvent } from "../ports/event-store.ts";
import type { VerifierKey } from "../proof/signed-note.ts";
import { readVerifierKey } from "../proof/signed-note.ts";
import type { Calendar } from "../rulebook/calendar/calendar.ts";
import { upcastRulebook } from "../rulebook/format-1.ts";
import type { Rulebook } from "../rulebook/rulebook.ts";
import type { WorkingCalendar } from "../rulebook/calendar/working-days.ts";
import { indexCalendar } from "../rulebook/calendar/working-days.ts";
import type { CivilDate } from "../time/civil-date.ts";
import { dateOf } from "../time/occurred-on.ts";
import type { ClockAdjustment } from "./time-taken-back.ts";
import { adjustmentsIn } from "./time-taken-back.ts";
import type {
  CalendarAdopted,
  DelegationMade,
  DepartmentRenamed,
  LogCreated,
  LogKeyAdopted,
  RulebookAdopted,
} from "./opening.ts";

/** A rulebook of this casebook, with its hash as every event decided under it names it. */
export type AdoptedRulebook = Readonly<{
  /** `<id>@<version>` */
  name: string;
  hash: string;
  adoptedOn: CivilDate;
  readonly rulebook: Rulebook;
}>;

/** A calendar of this casebook. */
export type AdoptedCalendar = Readonly<{
  edition: string;
  /** SHA-256 of the file, hex. */
  sha256: string;
  adoptedOn: CivilDate;
  /** Number of the notice, null for the calendar that the casebook was made with. */
  notice: string | null;
}>;

/** The public keys that a casebook has adopted, oldest first. */
export type LogKeys = Readonly<{
  /** Of the log itself: the last one signs, all of them verify what was signed in their time. */
  log: readonly VerifierKey[];
  witnesses: readonly VerifierKey[];
}>;

/** The rules of a casebook: what is in force, and what older cases were dispatched under. */
export type RulesInForce = Readonly<{
  opening: LogCreated;
  /** Number of events of the log itself that these rules come from. */
  version: number;
  /** The rulebook of new cases. */
  current: AdoptedRulebook;
  /** All in the order of their adoption. */
  rulebooks: readonly AdoptedRulebook[];
  calendars: readonly AdoptedCalendar[];
  /** What the office said of itself: who acts for whom, what became of departments. */
  office: OfficeFacts;
  /** The keys that the log signs with, and its witnesses. */
  keys: LogKeys;
  /** Where the recording time was taken back after a clock had run ahead. */
  clockAdjustments: readonly ClockAdjustment[];
  /** By name, `<id>@<version>`. */
  byName: ReadonlyMap<string, AdoptedRulebook>;
  /** By hash, as `RecordedEvent.rulebookHash` names it. */
  byHash: ReadonlyMap<string, AdoptedRulebook>;
  /**
   * The calendar in force, or an earlier edition; read from the log when first asked for.
   * @throws RangeError for an edition that was never adopted
   */
  calendar(edition?: string): Promise<WorkingCalendar>;
  /** The calendar that was in force when the event at a place in the log was recorded. */
  calendarBefore(position: number): Promise<WorkingCalendar>;
  /** The data of the calendar in force, or of an earlier edition. @throws RangeError as `calendar` */
  calendarData(edition?: string): Promise<Calendar>;
}>;

type FileReader = Pick<LogReader, "readFile">;

const readBytes = async (store: FileReader, file: FileRef): Promise<Uint8Array> => {
  const bytes = await store.readFile(file.sha256);
  if (bytes !== undefined && sha256Hex(bytes) === file.sha256) return bytes;
  throw new EngineError("INTEGRITY", {
    fault: bytes === undefined ? "MISSING" : "ALTERED",
    position: null,
    case: null,
    what: {
      zh: `文件 ${file.name} 与记录不符`,
      en: `the file ${file.name} is not what the log says`,
    },
  });
};

const parse = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes));

/**
 * Reads the rules of a casebook.
 * @param log where the events are read, perhaps as they were at one moment
 * @param store where files are read, now and later
 * @throws EngineError `INTEGRITY` when a rulebook or calendar is not what the log says it is
 */
export const readRules = async (
  log: Pick<LogReader, "readStream" | "readAll">,
  store: FileReader,
): Promise<RulesInForce> => {
  try {
    return await rulesIn(log, store);
  } catch (error) {
    // an event that was changed may lack any member that is read here
    throw error instanceof TypeError ? unreadable(error) : error;
  }
};

const rulesIn = async (
  log: Pick<LogReader, "readStream" | "readAll">,
  store: FileReader,
): Promise<RulesInForce> => {
  const events = await log.readStream(null);
  const opening = openingOf(events[0]);
  const rulebooks: AdoptedRulebook[] = [];
  const calendars: (AdoptedCalendar & { file: FileRef })[] = [];
  const calendarPositions: number[] = [];
  for (const { type, on, data, globalPosition } of events) {
    if (type === "LogCreated" || type === "RulebookAdopted") {
      const { name, file } = type === "LogCreated" ? opening.rulebook : (data as RulebookAdopted);
      rulebooks.push(adopted(name, file, on, await readBytes(store, file)));
    }
    if (type === "LogCreated" || type === "CalendarAdopted") calendarPositions.push(globalPosition);
    if (type === "LogCreated") {
      const { edition, file } = opening.calendar;
      calendars.push({ edition, sha256: file.sha256, adoptedOn: on, notice: null, file });
    }
    if (type === "CalendarAdopted") {
      const { edition, notice, file } = data as CalendarAdopted;
      calendars.push({ edition, sha256: file.sha256, adoptedOn: on, notice, file });
    }
  }
  const current = rulebooks.at(-1);
  const newest = calendars.at(-1);
  if (current === undefined || newest === undefined) throw missingOpening();
  const indexed = new Map<string, Promise<WorkingCalendar>>();
  const calendarData = async (edition = newest.edition): Promise<Calendar> => {
    const found = calendars.findLast((one) => one.edition === edition);
    if (found === undefined) throw new RangeError(`no calendar ${edition} was adopted`);
    return parse(await readBytes(store, found.file)) as Calendar;
  };
  const calendarOf = (edition = newest.edition): Promise<WorkingCalendar> => {
    const known = indexed.get(edition) ?? calendarData(edition).then(indexCalendar);
    indexed.set(edition, known);
    return known;
  };
  return {
    opening,
    version: events.length,
    current,
    rulebooks,
    calendars,
    office: officeFrom(events),
    keys: keysFrom(events),
    clockAdjustments: await adjustmentsIn(log, events),
    byName: new Map(rulebooks.map((one) => [one.name, one])),
    byHash: new Map(rulebooks.map((one) => [one.hash, one])),
    calendar: calendarOf,
    calendarBefore: (position) => {
      const adoptedLast = calendarPositions.findLastIndex((one) => one < position);
      return calendarOf(calendars[adoptedLast]?.edition);
    },
    calendarData,
  };
};

const keysFrom = (events: readonly RecordedEvent[]): LogKeys => {
  const adopted = (type: string): readonly VerifierKey[] =>
    events
      .filter((event) => event.type === type)
      .flatMap(({ data }) => readVerifierKey((data as LogKeyAdopted).key) ?? []);
  return { log: adopted("LogKeyAdopted"), witnesses: adopted("WitnessAdopted") };
};

const officeFrom = (events: readonly RecordedEvent[]): OfficeFacts => {
  const saying = <Data extends object>(type: string) =>
    events
      .filter((event) => event.type === type)
      .map(({ on, data, globalPosition: position, recordedAt }) => ({
        ...(data as Data),
        on: dateOf(on),
        position,
        recordedAt,
      }));
  return {
    delegations: saying<DelegationMade>("DelegationMade"),
    renamings: saying<DepartmentRenamed>("DepartmentRenamed"),
  };
};

/** The rulebook for a case dispatched on a day: the last adopted one that is valid then, or the one in force. */
export const rulebookOn = (
  { current, rulebooks }: RulesInForce,
  dispatchedOn: CivilDate,
): AdoptedRulebook =>
  rulebooks.findLast(
    ({ rulebook: { validFrom, validTo } }) =>
      validFrom <= dispatchedOn && (validTo === null || dispatchedOn <= validTo),
  ) ?? current;

const adopted = (
  name: string,
  file: FileRef,
  adoptedOn: CivilDate,
  bytes: Uint8Array,
): AdoptedRulebook => {
  let parsed: Rulebook | undefined;
  return {
    name,
    hash: `sha256:${file.sha256}`,
    adoptedOn,
    get rulebook() {
      return (parsed ??= upcastRulebook(parse(bytes)));
    },
  };
};

const missingOpening = (): EngineError =>
  new EngineError("INTEGRITY", {
    fault: "MISSING",
    position: 0,
    case: null,
    what: { zh: "办件库的第一条记录缺失", en: "the first event of the log is missing" },
  });

const unreadable = (cause: unknown): EngineError =>
  new EngineError(
    "INTEGRITY",
    {
      fault: "ALTERED",
      position: null,
      case: null,
      what: {
        zh: "办件库自身的记录（建库、规则、公钥等）被改动，无法读取",
        en: "an event of the log itself, on its opening, rules or keys, was changed and cannot be read",
      },
    },
    { cause },
  );

const openingOf = (first: RecordedEvent | undefined): LogCreated => {
  if (first?.type !== "LogCreated") throw missingOpening();
  return first.data as LogCreated;
};
