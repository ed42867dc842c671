/** @module kinds — the year's cases of each kind: how many, our part in them, and what became of them. */
import { isCompleted, isEnded, isOnTime } from "../case/reading.ts";
import type { CaseState, Commitment } from "../case/state.ts";
import type { Role } from "../case/terms.ts";
import type { RulesInForce } from "../casebook/rules-in-force.ts";
import type { Kind } from "../rulebook/rulebook.ts";
import type { CivilDate } from "../time/civil-date.ts";

/** What was promised, and what became of it. */
export type PromiseFigures = Readonly<{
  made: number;
  due: number;
  fulfilled: number;
  verified: number;
}>;

export type KindFigures = Readonly<{
  kind: Kind;
  received: number;
  byRole: Readonly<Record<Role, number>>;
  /** Received, and not returned, withdrawn or merged. */
  handled: number;
  completed: number;
  /** Completed by the due date of the last round. */
  onTime: number;
  commitments: PromiseFigures;
}>;

type Rules = Pick<RulesInForce, "current" | "rulebooks">;

/** The kinds of which at least one case was received. */
export const kindFigures = (
  rules: Rules,
  cases: readonly CaseState[],
  today: CivilDate,
): readonly KindFigures[] =>
  kindsOf(rules).flatMap((kind) => {
    const own = cases.filter((state) => state.received.kind === kind.id);
    return own.length === 0 ? [] : [figuresOf(kind, own, today)];
  });

const figuresOf = (kind: Kind, own: readonly CaseState[], today: CivilDate): KindFigures => {
  const of = (role: Role): number => own.filter((state) => state.received.role === role).length;
  const handled = own.filter((state) => !isEnded(state));
  const completed = handled.filter(isCompleted);
  return {
    kind,
    received: own.length,
    byRole: {
      sole: of("sole"),
      lead: of("lead"),
      separate: of("separate"),
      assist: of("assist"),
    },
    handled: handled.length,
    completed: completed.length,
    onTime: completed.filter(isOnTime).length,
    commitments: promiseFigures(
      handled.flatMap((state) => state.commitments),
      today,
    ),
  };
};

/** How many promises there are by a day, due, fulfilled and verified. */
export const promiseFigures = (
  promises: readonly Commitment[],
  today: CivilDate,
): PromiseFigures => ({
  made: promises.length,
  due: promises.filter(({ due }) => due !== undefined && due <= today).length,
  fulfilled: promises.filter(({ fulfilledOn }) => fulfilledOn !== null).length,
  verified: promises.filter(({ verifiedOn }) => verifiedOn !== null).length,
});

/** The kinds of the rulebook in force, then those that only older ones have. */
const kindsOf = ({ current, rulebooks }: Rules): readonly Kind[] => {
  const kinds = [current, ...rulebooks.toReversed()].flatMap(({ rulebook }) => rulebook.kinds);
  return kinds.filter(({ id }, at) => kinds.findIndex((kind) => kind.id === id) === at);
};
