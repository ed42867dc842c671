/**
 * @module report-diff — two moments of the rates compared: both figures, and case by case what made the
 * difference. The changes that are listed add up to it.
 *
 * A moment is what was true on a day or, with `known`, what had been recorded by its end. The events that
 * did it are found by taking those in between one by one, in the order of the log.
 */
import type { CaseId } from "../case/case-id.ts";
import type { CaseState } from "../case/state.ts";
import type { Label } from "../case/terms.ts";
import { invalidInput } from "../errors.ts";
import type { RecordedEvent } from "../ports/event-store.ts";
import { definitionKey } from "../projections/definitions.ts";
import type { Scope } from "../projections/scope.ts";
import { isInScope, scopeOf } from "../projections/scope.ts";
import type { Standing } from "../projections/shares.ts";
import { standingOf } from "../projections/shares.ts";
import type { CivilDate } from "../time/civil-date.ts";
import { shanghaiInstant } from "../time/occurred-on.ts";
import type { Moment } from "./as-of.ts";
import { eventsAt, foldAt, withAdjustments } from "./as-of.ts";
import type { ChangeKind } from "./change-words.ts";
import { whyChanged } from "./change-words.ts";
import { weightOf } from "./passport.ts";
import type { AdoptedRate, Figure } from "./rate-definitions.ts";
import { adoptedRates, figureOf } from "./rate-definitions.ts";
import type { Reader } from "./reader.ts";
import { byName, casesOf, rulebookOf } from "./reader.ts";

/** How much of a rate a case is, and how much of that counts. */
export type Weight = Pick<Figure, "numerator" | "denominator">;

/** An event that moved a figure. */
export type MovingEvent = Readonly<{
  position: number;
  type: string;
  on: string;
  /** With the offset of Asia/Shanghai. */
  recordedAt: string;
  actor: string;
}>;

/** What one case changed in a figure. */
export type RateChange = Readonly<{
  case: CaseId;
  title: string;
  before: Weight;
  after: Weight;
  kind: ChangeKind;
  why: Label;
  /** In the order of the log; none where only the day changed, as when a promise falls due. */
  events: readonly MovingEvent[];
}>;

type DiffFigure = Omit<Figure, "value">;

/** A rate at both moments; without changes both figures are equal. */
export type RateDiff = Readonly<{
  id: string;
  label: Label;
  definitionId: string;
  rulebook: string;
  before: DiffFigure;
  after: DiffFigure;
  changes: readonly RateChange[];
}>;

export type ReportDiff = Readonly<{
  from: CivilDate;
  to: CivilDate;
  /** `true`: what was so on each day; `known`: what had been recorded by its end. */
  axis: "true" | "known";
  scope: Scope;
  rates: readonly RateDiff[];
}>;

export type DiffOptions = Readonly<{
  from: CivilDate;
  to: CivilDate;
  scope: Scope;
  known?: boolean | undefined;
  /** The first moment is what the log was at a size; `from` then is only the day that stood for today. */
  size?: number | undefined;
}>;

/** A case at one moment: its state, and the day that stands for today. */
type Seen = Readonly<{ state: CaseState | null; day: CivilDate }>;

/** Where a case stands under one definition, and what it weighs there. */
type Place = Weight & Readonly<{ at: Standing["place"] | "absent" | "otherScope" | "otherRules" }>;

/**
 * Compares the rates of two days.
 * @throws EngineError `INVALID_INPUT` when `to` comes before `from`
 */
export const reportDiff = async (reader: Reader, options: DiffOptions): Promise<ReportDiff> => {
  const { from, to, scope, known = false, size } = options;
  if (to < from) throw invalidInput({ field: "to", kind: "tooEarly", value: to, earliest: from });
  const rates = adoptedRates(reader.rules);
  const { clockAdjustments } = reader.rules;
  const momentOn = (day: CivilDate): Moment =>
    known ? withAdjustments({ knownOn: day }, clockAdjustments) : { asOf: day };
  const totals = new Map(rates.map(({ key }) => [key, { before: nothing, after: nothing }]));
  const changes = new Map<string, RateChange[]>(rates.map(({ key }) => [key, []]));
  for await (const { id, events } of casesOf(reader.store)) {
    const first =
      size === undefined
        ? eventsAt(events, momentOn(from))
        : eventsAt(events, {}).filter(({ globalPosition }) => globalPosition < size);
    const last = eventsAt(events, size === undefined ? momentOn(to) : {});
    const before: Seen = { state: foldAt(id, first, {}), day: from };
    const after: Seen = { state: foldAt(id, last, {}), day: to };
    if (after.state === null) continue;
    for (const rate of rates) {
      const [was, is] = [placeIn(reader, rate, scope, before), placeIn(reader, rate, scope, after)];
      const total = totals.get(rate.key) ?? { before: nothing, after: nothing };
      totals.set(rate.key, { before: plus(total.before, was), after: plus(total.after, is) });
      if (isSame(was, is)) continue;
      const step = (taken: readonly RecordedEvent[]): Place =>
        placeIn(reader, rate, scope, { state: foldAt(id, taken, {}), day: to });
      const moved = movers(first, last, step);
      changes.get(rate.key)?.push({
        case: id,
        title: after.state.received.title,
        before: bare(was),
        after: bare(is),
        ...whyChanged(was, is, moved),
        events: moved.map(movingEventOf),
      });
    }
  }
  return {
    from,
    to,
    axis: known ? "known" : "true",
    scope,
    rates: rates.flatMap((rate): readonly RateDiff[] => {
      const { before, after } = totals.get(rate.key) ?? { before: nothing, after: nothing };
      if (!rate.isInForce && before.denominator + after.denominator === 0) return [];
      return [
        {
          id: rate.rate.id,
          label: rate.rate.label,
          definitionId: rate.key,
          rulebook: rate.rulebook,
          before: shown(before, rate),
          after: shown(after, rate),
          changes: (changes.get(rate.key) ?? []).toSorted((one, other) =>
            byName(one.case, other.case),
          ),
        },
      ];
    }),
  };
};

const nothing: Weight = { numerator: 0, denominator: 0 };

const plus = (one: Weight, other: Weight): Weight => ({
  numerator: one.numerator + other.numerator,
  denominator: one.denominator + other.denominator,
});

const bare = ({ numerator, denominator }: Weight): Weight => ({ numerator, denominator });

const isSame = (one: Weight, other: Weight): boolean =>
  one.numerator === other.numerator && one.denominator === other.denominator;

const shown = ({ numerator, denominator }: Weight, { rate }: AdoptedRate): DiffFigure => {
  const { display } = figureOf(numerator, denominator, rate.rounding);
  return { numerator, denominator, display };
};

const placeIn = (reader: Reader, { key }: AdoptedRate, scope: Scope, seen: Seen): Place => {
  const { state, day } = seen;
  if (state === null) return { at: "absent", ...nothing };
  if (!isInScope(scopeOf(state), scope)) return { at: "otherScope", ...nothing };
  const rulebook = rulebookOf(reader, state);
  const rate = rulebook.rates.find((one) => definitionKey(one) === key);
  if (rate === undefined) return { at: "otherRules", ...nothing };
  const standing = standingOf(rate, state, rulebook);
  const weight = standing.place === "inside" ? weightOf(standing.parts, day) : nothing;
  return { at: standing.place, ...weight };
};

/** The events in between after which the case stands differently, each taken on top of those before it. */
const movers = (
  first: readonly RecordedEvent[],
  last: readonly RecordedEvent[],
  step: (taken: readonly RecordedEvent[]) => Place,
): readonly RecordedEvent[] => {
  const seen = new Set(first);
  const moved: RecordedEvent[] = [];
  let place = step(first);
  for (const event of last) {
    if (seen.has(event)) continue;
    seen.add(event);
    const next = step(last.filter((one) => seen.has(one)));
    if (!isSame(next, place)) moved.push(event);
    place = next;
  }
  return moved;
};

/** An event as it is told where it moved a figure. */
export const movingEventOf = ({
  globalPosition,
  type,
  on,
  recordedAt,
  actor,
}: RecordedEvent): MovingEvent => ({
  position: globalPosition,
  type,
  on,
  recordedAt: shanghaiInstant(recordedAt),
  actor: actor.id,
});
