/**
 * @module certificate — the replay of a whole casebook as a document: every event once more through the
 * machine under the rulebook that it names, every due date counted again, every stored state and every rate
 * computed anew from events alone. What differs is listed; what could not be computed is never passed over.
 */
import type { CaseId } from "../case/case-id.ts";
import type { DueDate } from "../case/events.ts";
import type { Label } from "../case/terms.ts";
import { deadlineNameOf, deadlineNames } from "../case/terms.ts";
import { canonicalJson } from "../log/canonical-json.ts";
import type { RecordedEvent } from "../ports/event-store.ts";
import { toBase64, treeHashOf } from "../proof/hash.ts";
import { rootAt } from "../proof/subtrees.ts";
import type { CivilDate } from "../time/civil-date.ts";
import type { ProjectionDifference } from "./check-projections.ts";
import { checkProjections, checkRowsOfCase } from "./check-projections.ts";
import type { DueDateDiffering } from "./due-dates-again.ts";
import { dueDatesAgain } from "./due-dates-again.ts";
import type { Reader } from "./reader.ts";
import { casesOf, readCase } from "./reader.ts";
import type { RateResult } from "./rate-report.ts";
import { rateReport } from "./rate-report.ts";
import { run } from "./replay.ts";

/** What a replay computes anew. */
export const replayedThings = {
  events: { zh: "记录是否符合办理流程", en: "events against the lifecycle" },
  deadlines: { zh: "时限是否与规则相符", en: "due dates against their rules" },
  states: { zh: "汇总数据是否与记录相符", en: "stored states against the events" },
  rates: { zh: "指标是否与逐件计算相符", en: "rates against a count case by case" },
} as const satisfies Record<string, Label>;
export type ReplayedThing = keyof typeof replayedThings;

/** Something that is not what the events and their rules say. */
export type ReplayDifference = Readonly<{
  thing: ReplayedThing;
  /** Place in the log, where it is one event. */
  position: number | null;
  case: CaseId | null;
  what: Label;
  recorded: string | null;
  /** What follows from the events; null where nothing may. */
  expected: string | null;
}>;

/** A due date that could not be counted again, such as one of a rulebook that is not there. */
export type Uncounted = Readonly<{
  /** Place in the log of the event that set it. */
  position: number;
  case: CaseId;
  /** Null where the event says none, and what it should have set cannot be told. */
  deadline: string | null;
  rulebook: string | null;
}>;

/** What a replay of one case or of all computed anew. */
export type Replayed = Readonly<{
  /** How many of each were computed anew and compared; of one case no rates. */
  checked: Readonly<Record<ReplayedThing, number>>;
  /** Due dates whose day a person fixed and no other record tells: nothing to compare them with. */
  fixed: number;
  differences: readonly ReplayDifference[];
  /** How many differences there are. */
  count: number;
  uncounted: readonly Uncounted[];
}>;

/** The replay of one case: its events, the due dates that they set, its stored state. */
export type CaseCertificate = Replayed & Readonly<{ case: CaseId }>;

export type ReplayCertificate = Replayed &
  Readonly<{
    origin: string;
    size: number;
    /** Root of the tree over all events, base64. */
    root: string;
    today: CivilDate;
    rulebooks: readonly Readonly<{ name: string; hash: string; adoptedOn: CivilDate }>[];
    calendars: readonly Readonly<{ edition: string; sha256: string; adoptedOn: CivilDate }>[];
  }>;

/** Replays a casebook as it stands; `onProgress` is told how many of its events have been replayed. */
export const certify = async (
  reader: Reader,
  today: CivilDate,
  onProgress?: (done: number, of: number) => void,
): Promise<ReplayCertificate> => {
  const { store, rules } = reader;
  const { origin } = rules.opening;
  const size = await store.size();
  const found = findings();
  const { checked, differs } = found;

  for await (const { id, events } of casesOf(store)) {
    await replayInto(found, reader, id, events);
    onProgress?.(checked.events, size);
  }
  const stored = await checkProjections(reader, Infinity);
  checked.states = stored.rows + stored.tallies;
  for (const difference of stored.differences) differs(stateDifference(difference));
  checked.rates = await compareRates(reader, today, differs);
  return {
    origin,
    size,
    root: toBase64(await rootAt(size, (places) => store.treeNodes(places), treeHashOf(origin))),
    today,
    rulebooks: rules.rulebooks.map(({ name, hash, adoptedOn }) => ({ name, hash, adoptedOn })),
    calendars: rules.calendars.map(({ edition, sha256, adoptedOn }) => ({
      edition,
      sha256,
      adoptedOn,
    })),
    ...resultOf(found),
  };
};

/** Replays one case as it stands. @throws EngineError `NOT_FOUND` */
export const certifyCase = async (reader: Reader, name: string): Promise<CaseCertificate> => {
  const { id, events } = await readCase(reader, name);
  const found = findings();
  await replayInto(found, reader, id, events);
  if (reader.hasProjections) {
    const { rows, differences } = await checkRowsOfCase(reader, id, events);
    found.checked.states = rows;
    for (const difference of differences) found.differs(stateDifference(difference));
  }
  return { case: id, ...resultOf(found) };
};

/** What a replay has found so far. */
const findings = () => {
  const differences: ReplayDifference[] = [];
  const uncounted: Uncounted[] = [];
  return {
    checked: { events: 0, deadlines: 0, states: 0, rates: 0 },
    fixed: 0,
    differences,
    uncounted,
    differs: (difference: ReplayDifference): void => void differences.push(difference),
  };
};

type Findings = ReturnType<typeof findings>;

const resultOf = ({ checked, fixed, differences, uncounted }: Findings): Replayed => ({
  checked,
  fixed,
  differences,
  count: differences.length,
  uncounted,
});

/** The events of a case, and the due dates that they set. */
const replayInto = async (
  found: Findings,
  reader: Reader,
  id: CaseId,
  events: readonly RecordedEvent[],
): Promise<void> => {
  const { fault } = await run(id, events, reader.rules);
  found.checked.events += events.length;
  if (fault !== null) found.differs(eventDifference(fault));
  for await (const again of dueDatesAgain(reader, id, events)) {
    if (again.outcome === "uncounted") {
      const { position, due } = again;
      found.uncounted.push({
        position,
        case: id,
        deadline: due?.id ?? null,
        rulebook: due?.rulebook ?? null,
      });
    } else if (again.outcome === "fixed") {
      found.fixed += 1;
    } else {
      found.checked.deadlines += 1;
      if (again.outcome === "differs") found.differs(dueDateDifference(id, again));
    }
  }
};

const stateDifference = ({
  projection,
  case: id,
  key,
  kind,
  recorded,
  expected,
}: ProjectionDifference): ReplayDifference => ({
  thing: "states",
  position: null,
  case: id,
  what: stateWords[kind](key === "" ? projection : `${projection} (${key})`),
  recorded,
  expected,
});

const stateWords: Readonly<Record<ProjectionDifference["kind"], (name: string) => Label>> = {
  changed: (name) => ({
    zh: `汇总数据 ${name} 与记录不符`,
    en: `${name} is not what the log says`,
  }),
  missing: (name) => ({ zh: `缺少汇总数据 ${name}`, en: `${name} is missing` }),
  surplus: (name) => ({
    zh: `记录中没有汇总数据 ${name} 的来源`,
    en: `nothing in the log gives ${name}`,
  }),
};

const eventDifference = ({
  position,
  case: id,
  what,
  found,
  expected,
}: NonNullable<Awaited<ReturnType<typeof run>>["fault"]>): ReplayDifference => ({
  thing: "events",
  position,
  case: id,
  what,
  recorded: arrowOf(found),
  expected: arrowOf(expected),
});

const arrowOf = ({ from, to }: Readonly<{ from: string | null; to: string | null }>): string =>
  `${from ?? "–"} → ${to ?? "–"}`;

/** What of a due date is not as derived: that it is there at all, or the first of its members that differs. */
const dueDateDifference = (
  id: CaseId,
  { position, due, expected, fault }: DueDateDiffering,
): ReplayDifference => {
  const about = { thing: "deadlines", position, case: id } as const;
  const of = (words: (name: Label) => Label): Label => {
    const { zh, en } = deadlineNames[deadlineNameOf(due.id)];
    return words({ zh: `${zh}时限（${due.id}）`, en: `${en} (${due.id})` });
  };
  if (fault !== undefined || expected === null) {
    const isRecorded = fault === undefined || fault === "notEnded";
    return {
      ...about,
      what: of(setWords[fault ?? "surplus"]),
      recorded: isRecorded ? due.dueOn : null,
      expected: expected?.dueOn ?? null,
    };
  }
  const member = members.find((one) => textOf(due[one]) !== textOf(expected[one])) ?? "dueOn";
  const isFixed = expected.rulebook === null || expected.extended !== undefined;
  return {
    ...about,
    what: of(memberWords[member === "dueOn" && isFixed ? "fixedDay" : member]),
    recorded: textOf(due[member]),
    expected: textOf(expected[member]),
  };
};

const textOf = (value: unknown): string | null => {
  if (value === undefined || value === null) return null;
  return typeof value === "string" ? value : canonicalJson(value);
};

const members = [
  "dueOn",
  "dueAt",
  "countedFrom",
  "rule",
  "rulebook",
  "calendar",
  "provisional",
  "extended",
  "source",
] as const satisfies readonly (keyof DueDate)[];

type Words = Readonly<Record<string, (name: Label) => Label>>;

const setWords = {
  missing: ({ zh, en }) => ({
    zh: `缺少${zh}，按规则应由此项记录确定`,
    en: `the due date of ${en} is missing, which this event sets by its rules`,
  }),
  surplus: ({ zh, en }) => ({
    zh: `${zh}没有起算的事实`,
    en: `no fact sets the term of ${en} in motion`,
  }),
  ended: ({ zh, en }) => ({
    zh: `${zh}不应由此项记录终止`,
    en: `this event does not end the due date of ${en} by its rules`,
  }),
  notEnded: ({ zh, en }) => ({
    zh: `${zh}应由此项记录终止`,
    en: `this event ends the due date of ${en} by its rules`,
  }),
} as const satisfies Words;

const memberWords = {
  dueOn: ({ zh, en }) => ({
    zh: `${zh}与规则计算不符`,
    en: `the due date of ${en} is not what its rule gives`,
  }),
  fixedDay: ({ zh, en }) => ({
    zh: `${zh}与所定日期不符`,
    en: `the due date of ${en} is not the day that was fixed`,
  }),
  dueAt: ({ zh, en }) => ({
    zh: `${zh}与规则计算的时刻不符`,
    en: `the due date of ${en} is not the instant that its rule gives`,
  }),
  countedFrom: ({ zh, en }) => ({
    zh: `${zh}的起算日与事实不符`,
    en: `the term of ${en} does not count from what set it in motion`,
  }),
  rule: ({ zh, en }) => ({
    zh: `${zh}所依据的规则与事实不符`,
    en: `the rule of the due date of ${en} is not the one for this case`,
  }),
  rulebook: ({ zh, en }) => ({
    zh: `${zh}所写的规则集与事实不符`,
    en: `the due date of ${en} does not name the rulebook that sets it`,
  }),
  calendar: ({ zh, en }) => ({
    zh: `${zh}所写的工作日历与当时采用的不符`,
    en: `the due date of ${en} does not name the calendar of that day`,
  }),
  provisional: ({ zh, en }) => ({
    zh: `${zh}是否为暂定与当时的日历不符`,
    en: `whether the due date of ${en} is provisional does not follow from the calendar of that day`,
  }),
  extended: ({ zh, en }) => ({
    zh: `${zh}所写的延期与事实不符`,
    en: `the extension of the due date of ${en} is not the one that was granted`,
  }),
  source: ({ zh, en }) => ({
    zh: `${zh}所写的依据与规则不符`,
    en: `the source of the due date of ${en} is not the one of its rule`,
  }),
} as const satisfies Words;

/** The rates from the counters against the same rates from the cases themselves. */
const compareRates = async (
  reader: Reader,
  today: CivilDate,
  differs: (difference: ReplayDifference) => void,
): Promise<number> => {
  const options = { scope: {}, today };
  const counted = await rateReport(reader, options);
  const anew = await rateReport({ ...reader, hasProjections: false }, options);
  for (const [at, { label, id, ...rate }] of counted.rates.entries()) {
    const other = anew.rates[at];
    const [recorded, expected] = [countOf(rate), other === undefined ? null : countOf(other)];
    if (other !== undefined && canonicalJson(rate) === canonicalJson(restOf(other))) continue;
    differs({
      thing: "rates",
      position: null,
      case: null,
      what: {
        zh: `${label.zh}（${id}）与逐件计算不符`,
        en: `${label.en} (${id}) is not what the cases add up to`,
      },
      recorded,
      expected,
    });
  }
  return counted.rates.length;
};

const restOf = ({
  label: _label,
  id: _id,
  ...rate
}: RateResult): Omit<RateResult, "label" | "id"> => rate;

const countOf = ({
  numerator,
  denominator,
}: Pick<RateResult, "numerator" | "denominator">): string => `${numerator}/${denominator}`;
