/** @module checked — what the checks of a rulebook look at, and the questions that several of them ask. */
import { isApplied } from "../complete.ts";
import type { Finding, Path } from "./rule-problem.ts";
import type { AppliesTo, DeadlineRule } from "../deadline-rule.ts";
import type { Kind, Rulebook, RulebookFile } from "../rulebook.ts";

/** A complete rulebook, and what of it one file says by itself, without the rulebook that it extends. */
export type Checked = Readonly<{ rulebook: Rulebook; own: Partial<RulebookFile> }>;

/** One check; it gives everything that is wrong in its matter, with the place in the complete rulebook. */
export type Check = (checked: Checked) => readonly Finding[];

/** A check of one term. */
export type RuleCheck = (rule: DeadlineRule, path: Path, rulebook: Rulebook) => readonly Finding[];

/** Looks at every term, applied or only listed. */
export const ofEachRule =
  (check: RuleCheck): Check =>
  ({ rulebook }) =>
    rulebook.deadlines.flatMap((rule, index) => check(rule, ["deadlines", index], rulebook));

/** Looks at every term that may set a due date. */
export const ofEachApplied = (check: RuleCheck): Check =>
  ofEachRule((rule, path, rulebook) => (isApplied(rule) ? check(rule, path, rulebook) : []));

/** Whether something is for a kind; without a list it is for all of them. */
export const isForKind = (kinds: readonly string[] | undefined, kind: string): boolean =>
  kinds?.includes(kind) ?? true;

/** The rulebook's kinds that something is for. */
export const kindsFor = (
  { kinds }: Pick<Rulebook, "kinds">,
  named: readonly string[] | undefined,
): readonly Kind[] => kinds.filter(({ id }) => isForKind(named, id));

/** Whether one case can be meant by both. */
export const canMeet = (left: AppliesTo, right: AppliesTo): boolean =>
  shares(left.kinds, right.kinds) &&
  shares(left.roles, right.roles) &&
  shares(left.levels, right.levels) &&
  shares(left.phases, right.phases) &&
  shares(left.categories, right.categories) &&
  shares(left.rounds, right.rounds) &&
  agrees(left.isComplex, right.isComplex) &&
  agrees(left.isKey, right.isKey);

const shares = <Value>(
  left: readonly Value[] | undefined,
  right: readonly Value[] | undefined,
): boolean => left === undefined || right === undefined || left.some((one) => right.includes(one));

const agrees = (left: boolean | undefined, right: boolean | undefined): boolean =>
  left === undefined || right === undefined || left === right;
