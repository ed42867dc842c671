/**
 * @module opening — the events of the log itself: its first one, and each adoption of rules.
 *
 * A rulebook or calendar that is adopted lies in the file table under its SHA-256: replay reads the
 * rules of a case from its own casebook.
 */
import type { FileRef } from "../case/events.ts";
import { canonicalJson } from "../log/canonical-json.ts";
import { sha256Hex } from "../log/hash.ts";
import type { HashName } from "../proof/hash.ts";
import { treeHashOf } from "../proof/hash.ts";
import type { Actor, AppendRequest, StoredFile } from "../ports/event-store.ts";
import type { Calendar } from "../rulebook/calendar/calendar.ts";
import type { Rulebook } from "../rulebook/rulebook.ts";
import { rulebookName } from "../rulebook/rulebook.ts";
import type { CivilDate } from "../time/civil-date.ts";

/** Data of the event at position 0. */
export type LogCreated = Readonly<{
  /** The log's name, part of every event: an event cannot be moved into another log. */
  origin: string;
  /** The hash of this log's tree for life. */
  hash: HashName;
  /** The office that keeps the casebook, as reports print it. */
  office: string | null;
  rulebook: Readonly<{ name: string; file: FileRef }>;
  calendar: Readonly<{ edition: string; file: FileRef }>;
}>;

/** Data of the adoption of a rulebook 采用规则集; the version that new cases come under from now on. */
export type RulebookAdopted = Readonly<{
  /** `<id>@<version>` */
  name: string;
  file: FileRef;
  appliesToOpenCases: boolean;
}>;

/** Data of the adoption of a calendar 采用工作日历. */
export type CalendarAdopted = Readonly<{ edition: string; notice: string; file: FileRef }>;

/** Data of a delegation 代理, from the day of the event to the last one. */
export type DelegationMade = Readonly<{
  from: string;
  to: string;
  until: CivilDate;
  note?: string;
}>;

/** Data of a reorganisation 科室更名; with `cases` only these moved, and the old department stays. */
export type DepartmentRenamed = Readonly<{
  from: string;
  to: string;
  cases?: readonly string[];
  note?: string;
}>;

/** Data of the adoption of a key of the log 启用签名公钥, `<name>+<id>+<key>`; the newest signs, all verify. */
export type LogKeyAdopted = Readonly<{ key: string }>;

/** Data of the adoption of a witness 确认见证方, whose cosignatures the office asks for. */
export type WitnessAdopted = Readonly<{ key: string }>;

/** A figure of a published summary: its name, `rate:meeting:national@2025`, and what was printed. */
export type FrozenFigure = Readonly<{ id: string; value: string }>;

/** Data of the publication of a year's summary 年度总结定稿: its figures, and the log that they are of. */
export type AnnualReportFrozen = Readonly<{
  year: number;
  /** The day that stood for today. */
  asOf: CivilDate;
  /** Events in the log when the figures were computed. */
  size: number;
  figures: readonly FrozenFigure[];
}>;

/** Names of the events that belong to the log itself, with their labels. */
export const logEvents = {
  LogCreated: { zh: "建立办件库", en: "log created", dataVersion: 1 },
  RulebookAdopted: { zh: "采用规则集", en: "rulebook adopted", dataVersion: 1 },
  CalendarAdopted: { zh: "采用工作日历", en: "calendar adopted", dataVersion: 1 },
  LogKeyAdopted: { zh: "启用签名公钥", en: "log key adopted", dataVersion: 1 },
  WitnessAdopted: { zh: "确认见证方", en: "witness adopted", dataVersion: 1 },
  DelegationMade: { zh: "登记代理", en: "delegation", dataVersion: 1 },
  DepartmentRenamed: { zh: "科室更名撤并", en: "department renamed", dataVersion: 1 },
  AnnualReportFrozen: { zh: "年度总结定稿", en: "annual summary frozen", dataVersion: 1 },
  ClockAdjusted: { zh: "校正时钟", en: "clock adjusted", dataVersion: 1 },
} as const;

/** A value as a file beside the log: its canonical JSON. */
export const asFile = (value: object, name: string): StoredFile => {
  const bytes = new TextEncoder().encode(canonicalJson(value));
  return { sha256: sha256Hex(bytes), size: bytes.length, name, bytes };
};

/** What an event says of a file. */
export const refOf = ({ sha256, size, name }: StoredFile): FileRef => ({ sha256, size, name });

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
    hash: treeHashOf(options.origin).name,
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
