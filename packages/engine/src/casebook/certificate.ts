/**
 * @module certificate — the replay of a whole casebook as a document: every event once more through the
 * machine under the rulebook that it names, every due date counted again, every stored state and every rate
 * computed anew from events alone. What differs is listed; what could not be computed is never passed over.
 */
import type { CaseId } from "../case/case-id.ts";
import type { CaseState, Deadline } from "../case/state.ts";
import type { Label } from "../case/terms.ts";
import { deadlineNameOf, deadlineNames } from "../case/terms.ts";
import { isEngineError } from "../errors.ts";
import { canonicalJson } from "../log/canonical-json.ts";
import type { RecordedEvent } from "../ports/event-store.ts";
import { toBase64, treeHashOf } from "../proof/hash.ts";
import { rootAt } from "../proof/subtrees.ts";
import type { CivilDate } from "../time/civil-date.ts";
import { checkProjections } from "./check-projections.ts";
import { fixedByPerson } from "./fixed-dates.ts";
import { recountedOn } from "./explain.ts";
import type { Reader } from "./reader.ts";
import { casesOf } from "./reader.ts";
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
export type Uncounted = Readonly<{ case: CaseId; deadline: string; rulebook: string | null }>;

export type ReplayCertificate = Readonly<{
  origin: string;
  size: number;
  /** Root of the tree over all events, base64. */
  root: string;
  today: CivilDate;
  rulebooks: readonly Readonly<{ name: string; hash: string; adoptedOn: CivilDate }>[];
  calendars: readonly Readonly<{ edition: string; sha256: string; adoptedOn: CivilDate }>[];
  /** How many of each were computed anew. */
  checked: Readonly<Record<ReplayedThing, number>>;
  /** The first differences; `count` counts all. */
  differences: readonly ReplayDifference[];
  count: number;
  uncounted: readonly Uncounted[];
}>;

/** Differences that are listed one by one. */
const listedMax = 100;

/** Replays a casebook as it stands; `onProgress` is told how many of its events have been replayed. */
export const certify = async (
  reader: Reader,
  today: CivilDate,
  onProgress?: (done: number, of: number) => void,
): Promise<ReplayCertificate> => {
  const { store, rules } = reader;
  const { origin } = rules.opening;
  const size = await store.size();
  const differences: ReplayDifference[] = [];
  const uncounted: Uncounted[] = [];
  const checked = { events: 0, deadlines: 0, states: 0, rates: 0 };
  let count = 0;
  const differs = (difference: ReplayDifference): void => {
    count += 1;
    if (differences.length < listedMax) differences.push(difference);
  };

  for await (const { id, events } of casesOf(store)) {
    const { state, fault } = await run(id, events, rules);
    checked.events += events.length;
    onProgress?.(checked.events, size);
    if (fault !== null) differs(eventDifference(fault));
    if (state === null) continue;
    checked.deadlines += state.deadlines.length;
    for await (const found of dueDatesOf(reader, state, events)) {
      if ("deadline" in found) uncounted.push(found);
      else differs(found);
    }
  }
  const stored = await checkProjections(reader);
  checked.states = stored.rows + stored.tallies;
  for (const { projection, case: id, key, kind } of stored.differences) {
    differs({
      thing: "states",
      position: null,
      case: id,
      what: {
        zh: `汇总数据 ${projection}${key === "" ? "" : `（${key}）`}与记录不符`,
        en: `${projection}${key === "" ? "" : ` (${key})`} is not what the log says`,
      },
      recorded: kind === "missing" ? null : kind,
      expected: kind === "surplus" ? null : kind,
    });
  }
  count += stored.count - stored.differences.length;
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
    checked,
    differences,
    count,
    uncounted,
  };
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

/** The due dates of a case that are not what they were counted or fixed to be, or cannot be counted. */
async function* dueDatesOf(
  { rules }: Reader,
  state: CaseState,
  events: readonly RecordedEvent[],
): AsyncGenerator<ReplayDifference | Uncounted> {
  for (const deadline of state.deadlines) {
    const expected = await recountedSafely(() => recountedOn(rules, state, events, deadline));
    if (expected === undefined) {
      yield { case: state.case, deadline: deadline.id, rulebook: deadline.rulebook };
    } else if (expected !== null && expected.dueOn !== deadline.dueOn) {
      yield dueDateDifference(state, deadline, expected.dueOn, null);
    }
  }
  for (const { position, deadline, dueOn } of fixedByPerson(events)) {
    if (dueOn !== deadline.dueOn) yield dueDateDifference(state, deadline, dueOn, position);
  }
}

/** A calendar or rulebook that the casebook lacks is no reason to stop. */
const recountedSafely = async <Result>(
  recount: () => Promise<Result>,
): Promise<Result | undefined> => {
  try {
    return await recount();
  } catch (error) {
    if (isEngineError(error, "INTEGRITY") || error instanceof RangeError) return undefined;
    throw error;
  }
};

const dueDateDifference = (
  state: CaseState,
  { id, dueOn }: Pick<Deadline, "id" | "dueOn">,
  expected: CivilDate,
  position: number | null,
): ReplayDifference => {
  const name = deadlineNames[deadlineNameOf(id)];
  return {
    thing: "deadlines",
    position,
    case: state.case,
    what: {
      zh: `${name.zh}时限（${id}）与${position === null ? "规则计算" : "所定日期"}不符`,
      en: `the due date of ${name.en} (${id}) is not ${position === null ? "what its rule gives" : "the day that was fixed"}`,
    },
    recorded: dueOn,
    expected,
  };
};

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
