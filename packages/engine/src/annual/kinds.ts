/** @module kinds — how many cases of each kind a year brought, and our part in them. */
import type { CaseState } from "../case/state.ts";
import type { Role } from "../case/terms.ts";
import type { RulesInForce } from "../casebook/rules-in-force.ts";
import type { Kind } from "../rulebook/rulebook.ts";

export type KindFigures = Readonly<{
  kind: Kind;
  received: number;
  byRole: Readonly<Record<Role, number>>;
}>;

type Rules = Pick<RulesInForce, "current" | "rulebooks">;

/** The kinds of which at least one case was received. */
export const kindFigures = (rules: Rules, cases: readonly CaseState[]): readonly KindFigures[] =>
  kindsOf(rules).flatMap((kind) => {
    const own = cases.filter((state) => state.received.kind === kind.id);
    if (own.length === 0) return [];
    const of = (role: Role): number => own.filter((state) => state.received.role === role).length;
    const byRole = {
      sole: of("sole"),
      lead: of("lead"),
      separate: of("separate"),
      assist: of("assist"),
    };
    return [{ kind, received: own.length, byRole }];
  });

/** The kinds of the rulebook in force, then those that only older ones have. */
const kindsOf = ({ current, rulebooks }: Rules): readonly Kind[] => {
  const kinds = [current, ...rulebooks.toReversed()].flatMap(({ rulebook }) => rulebook.kinds);
  return kinds.filter(({ id }, at) => kinds.findIndex((kind) => kind.id === id) === at);
};
