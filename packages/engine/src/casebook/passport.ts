/**
 * @module passport — 指标口径 of a figure: its definition, the moment it was read at, and every case of
 * the choice in exactly one place: counted, missing, excluded with the reason, or outside the population.
 */
import type { CaseId } from "../case/case-id.ts";
import type { CaseEventType } from "../case/events.ts";
import { lastReply } from "../case/reading.ts";
import type { CaseState } from "../case/state.ts";
import type { Label } from "../case/terms.ts";
import type { RecordedEvent } from "../ports/event-store.ts";
import { definitionKey } from "../projections/definitions.ts";
import type { Scope } from "../projections/scope.ts";
import { isInScope, scopeOf } from "../projections/scope.ts";
import type { Part } from "../projections/shares.ts";
import { contactsCounted, standingOf } from "../projections/shares.ts";
import type { RateDefinition, RateExclusion } from "../rulebook/rate-definition.ts";
import type { CivilDate } from "../time/civil-date.ts";
import { dateOf } from "../time/occurred-on.ts";
import type { Moment } from "./as-of.ts";
import { dayOf, eventsAt } from "./as-of.ts";
import { noteOf } from "./counted-notes.ts";
import { reasonOf } from "./gap-reasons.ts";
import type { AdoptedRate, DefinitionView, Figure } from "./rate-definitions.ts";
import { adoptedRatesOf, figureOf, viewOfDefinition } from "./rate-definitions.ts";
import { outsideWords, rateWords } from "./rate-words.ts";
import type { Reader } from "./reader.ts";
import { byName, casesOf, foldOn, rulebookOf } from "./reader.ts";

type NamedCase = Readonly<{ case: CaseId; title: string }>;

/** A case in the population, with its weight: requests and promises weigh one each, a case weighs one. */
export type WeighedCase = NamedCase &
  Readonly<{
    numerator: number;
    denominator: number;
    /** What else is to be known of it: a form entered for the proposer, a promise that was changed. */
    note?: Label;
  }>;

/** A case that is not, or not wholly, counted. */
export type MissingCase = WeighedCase & Readonly<{ why: Label; repair: Label }>;

/** A case that was taken out of the population. */
export type ExcludedCase = NamedCase &
  Readonly<{
    by: RateExclusion;
    /** The day of the fact that took it out; null where it is a fact that has not come. */
    on: CivilDate | null;
    /** 撤案 2021-05-01 */
    why: Label;
  }>;

/** A case that the rate does not look at. */
export type OutsideCase = NamedCase & Readonly<{ why: Label }>;

/** A counted case whose contacts were all about other cases too 共用的沟通记录. */
export type SharedEvidence = NamedCase & Readonly<{ with: readonly CaseId[] }>;

/** A figure with everything that it rests on. */
export type RatePassport = DefinitionView &
  Figure &
  Readonly<{
    asOf: CivilDate;
    /** Place of the last event in the log when the figure was read. */
    position: number;
    counted: readonly WeighedCase[];
    /** Those of the counted ones that count by joint contacts alone; allowed, and said. */
    shared: readonly SharedEvidence[];
    missing: readonly MissingCase[];
    excluded: readonly ExcludedCase[];
    outside: readonly OutsideCase[];
  }>;

export type PassportOptions = Moment & Readonly<{ scope: Scope; today: CivilDate }>;

/** A case as it was at the moment, with the events that it is made of. */
type Seen = Readonly<{ state: CaseState; events: readonly RecordedEvent[] }>;

/**
 * The passports of the rates of a choice of cases: each definition in force, and each older one that a
 * case of the choice counts under.
 * @throws EngineError `INVALID_INPUT` for an unknown `rateId`
 */
export const ratePassports = async (
  reader: Reader,
  options: PassportOptions,
  rateId?: string,
): Promise<readonly RatePassport[]> => {
  const definitions = adoptedRatesOf(reader.rules, rateId);
  const cases = await seenCases(reader, options);
  const read = { asOf: dayOf(options), position: (await reader.store.size()) - 1 };
  return definitions
    .map((definition) => passportOf(reader, definition, cases, read))
    .filter(
      ({ definitionId, denominator }) =>
        denominator > 0 ||
        definitions.some(({ key, isInForce }) => key === definitionId && isInForce),
    );
};

const seenCases = async (reader: Reader, options: PassportOptions): Promise<readonly Seen[]> => {
  const cases: Seen[] = [];
  for await (const { id, events } of casesOf(reader.store)) {
    const state = foldOn(id, events, options);
    if (state === null || !isInScope(scopeOf(state), options.scope)) continue;
    cases.push({ state, events: eventsAt(events, options) });
  }
  return cases.toSorted((left, right) => byName(left.state.case, right.state.case));
};

const passportOf = (
  reader: Reader,
  definition: AdoptedRate,
  cases: readonly Seen[],
  read: Readonly<{ asOf: CivilDate; position: number }>,
): RatePassport => {
  const counted: WeighedCase[] = [];
  const missing: MissingCase[] = [];
  const shared: SharedEvidence[] = [];
  const excluded: ExcludedCase[] = [];
  const outside: OutsideCase[] = [];
  for (const seen of cases) {
    const { state } = seen;
    const named: NamedCase = { case: state.case, title: state.received.title };
    const rulebook = rulebookOf(reader, state);
    const own = rulebook.rates.find((rate) => definitionKey(rate) === definition.key);
    if (own === undefined) {
      outside.push({ ...named, why: otherRules(state) });
      continue;
    }
    const standing = standingOf(own, state, rulebook);
    if (standing.place === "excluded") {
      excluded.push({ ...named, ...exclusionOf(standing.by, seen) });
      continue;
    }
    if (standing.place === "outside") {
      outside.push({ ...named, why: outsideWords[standing.why] });
      continue;
    }
    const weight = weightOf(standing.parts, read.asOf);
    if (weight.denominator === 0) outside.push({ ...named, why: outsideWords.notYetDue });
    else {
      const note = noteOf(own, state);
      const weighed: WeighedCase = { ...named, ...weight, ...(note && { note }) };
      if (weight.numerator < weight.denominator) {
        missing.push({ ...weighed, ...reasonOf(state, own) });
        continue;
      }
      counted.push(weighed);
      const others = sharedBy(own, state);
      if (others.length > 0) shared.push({ ...named, with: others });
    }
  }
  const total = weightOf([...counted, ...missing], read.asOf);
  return {
    ...viewOfDefinition(definition),
    ...figureOf(total.numerator, total.denominator, definition.rate.rounding),
    ...read,
    counted,
    shared,
    missing,
    excluded,
    outside,
  };
};

/** The cases that the contacts were about too, where no contact was about this case alone. */
const sharedBy = (rate: RateDefinition, state: CaseState): readonly CaseId[] => {
  if (rate.numerator !== "contacted") return [];
  const made = contactsCounted(rate, state);
  if (made.some(({ jointWith }) => jointWith === undefined)) return [];
  return [...new Set(made.flatMap(({ jointWith = [] }) => jointWith))].toSorted(byName);
};

/** What parts add up to on a day. */
export const weightOf = (
  parts: readonly (Omit<Part, "from"> & Partial<Pick<Part, "from">>)[],
  day: CivilDate,
): Readonly<{ numerator: number; denominator: number }> =>
  parts
    .filter(({ from = null }) => from === null || from <= day)
    .reduce(
      (sum, part) => ({
        numerator: sum.numerator + part.numerator,
        denominator: sum.denominator + part.denominator,
      }),
      { numerator: 0, denominator: 0 },
    );

const otherRules = ({ rulebook }: CaseState): Label => ({
  zh: `按规则集 ${rulebook} 另行计算`,
  en: `counted by the rulebook ${rulebook}, in a figure of its own`,
});

/** The fact behind each exclusion. */
const exclusionFacts: Readonly<Partial<Record<RateExclusion, CaseEventType>>> = {
  returned: "ReturnApproved",
  withdrawn: "CaseWithdrawn",
  merged: "CaseMerged",
  waived: "ContactWaived",
  formExpired: "FeedbackExpired",
};

const exclusionOf = (
  by: RateExclusion,
  { state, events }: Seen,
): Pick<ExcludedCase, "by" | "on" | "why"> => {
  const words = rateWords.exclusion[by];
  const fact = events.findLast(({ type }) => type === exclusionFacts[by]);
  if (fact !== undefined) {
    const on = dateOf(fact.on);
    return { by, on, why: { zh: `${words.zh} ${on}`, en: `${words.en} ${on}` } };
  }
  const reply = lastReply(state);
  if (by !== "formOut" || reply === undefined) return { by, on: null, why: words };
  const answeredOn = dateOf(reply.on);
  const why = {
    zh: `${words.zh}（${answeredOn}答复）`,
    en: `${words.en} (answered ${answeredOn})`,
  };
  return { by, on: null, why };
};
