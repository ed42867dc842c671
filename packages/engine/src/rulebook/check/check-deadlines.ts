/** @module check-deadlines — whether the terms of a rulebook fit each other. */
import { levels, roles, submissionPhases } from "../../case/terms.ts";
import type { Check } from "./checked.ts";
import { canMeet, ofEachApplied } from "./checked.ts";
import { isApplied } from "../complete.ts";
import { finding } from "./rule-problem.ts";
import type { AppliesTo, DeadlineRule } from "../deadline-rule.ts";
import type { Rulebook } from "../rulebook.ts";

const dueDatePrefix = "dueDateOf:";

/** The applied rules that may set the due date that a rule counts from. */
const rulesBefore = (rule: DeadlineRule, rulebook: Rulebook): readonly DeadlineRule[] =>
  rule.trigger.startsWith(dueDatePrefix)
    ? rulebook.deadlines.filter(
        (other) =>
          other.deadline === rule.trigger.slice(dueDatePrefix.length) &&
          isApplied(other) &&
          canMeet(other.appliesTo, rule.appliesTo),
      )
    : [];

/** A due date that another counts from is set by some rule, for some of the same cases. */
export const countedDueDateIsSet: Check = ofEachApplied((rule, path, rulebook) => {
  const { id, trigger } = rule;
  if (!trigger.startsWith(dueDatePrefix) || rulesBefore(rule, rulebook).length > 0) return [];
  const deadline = trigger.slice(dueDatePrefix.length);
  const others = rulebook.deadlines.some((one) => one.deadline === deadline && isApplied(one));
  return [
    finding(
      [...path, "trigger"],
      id,
      others
        ? {
            zh: `规则“${id}”从“${deadline}”的届满日起算，但对同一件没有规则设定这一时限。`,
            en: `Rule "${id}" counts from the due date of "${deadline}", which no rule sets for the same cases.`,
          }
        : {
            zh: `规则“${id}”从“${deadline}”的届满日起算，但没有适用的规则设定这一时限。`,
            en: `Rule "${id}" counts from the due date of "${deadline}", which no applied rule sets.`,
          },
      {
        zh: `请补充设定“${deadline}”的规则，或改写 trigger、appliesTo。`,
        en: `Add a rule that sets "${deadline}", or change trigger or appliesTo.`,
      },
    ),
  ];
});

/** No due date counts, over others, from itself. */
export const noDueDateCountsFromItself: Check = ofEachApplied((rule, path, rulebook) => {
  const circle = circleOf(rule, rulebook);
  if (circle === undefined) return [];
  const names = [...circle, rule].map(({ id }) => id).join(" → ");
  return [
    finding(
      [...path, "trigger"],
      rule.id,
      {
        zh: `时限互相起算，永远算不出届满日：${names}。`,
        en: `These terms count from each other, so none of them can be computed: ${names}.`,
      },
      {
        zh: "请让其中一条从办件的事实（如 dispatched）起算。",
        en: "Let one of them count from a fact of the case, such as dispatched.",
      },
    ),
  ];
});

/** The way from a rule back to itself, the rule first. */
const circleOf = (start: DeadlineRule, rulebook: Rulebook): readonly DeadlineRule[] | undefined => {
  const ways: (readonly DeadlineRule[])[] = [[start]];
  const seen = new Set<DeadlineRule>();
  for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
    const last = way.at(-1) ?? start;
    for (const next of rulesBefore(last, rulebook)) {
      if (next === start) return way;
      if (!seen.has(next)) ways.push([...way, next]);
      seen.add(next);
    }
  }
  return undefined;
};

/** A rule that an earlier one of the same file always wins over is never used. */
export const everyRuleIsReached: Check = ({ rulebook, own }) =>
  pairsOf(own.deadlines ?? []).flatMap(({ rule, index, earlier }) => {
    const winner = earlier.find((one) => alwaysWins(one, rule, rulebook));
    if (winner === undefined) return [];
    return [
      finding(
        ["deadlines", index],
        rule.id,
        {
          zh: `规则“${rule.id}”永远用不到：排在前面的“${winner.id}”对同样的办件已设定“${rule.deadline}”。`,
          en: `Rule "${rule.id}" is never used: "${winner.id}", which stands before it, sets "${rule.deadline}" for the same cases.`,
        },
        {
          zh: "请把较特殊的规则排在前面，限定前一条的 appliesTo，或只作列示（notApplied）。",
          en: "Put the more special rule first, narrow the other's appliesTo, or only list it (notApplied).",
        },
      ),
    ];
  });

/** The applied rules that can set a due date: those before which no other always wins, its own or an inherited one. */
export const reachedRules = (rulebook: Rulebook): readonly DeadlineRule[] =>
  pairsOf(rulebook.deadlines).flatMap(({ rule, earlier }) =>
    earlier.some((one) => alwaysWins(one, rule, rulebook)) ? [] : [rule],
  );

/** Two versions of one rule are not in force on the same day. */
export const noTwoVersionsAtOnce: Check = ({ rulebook, own }) =>
  pairsOf(own.deadlines ?? []).flatMap(({ rule, index, earlier }) => {
    if (earlier.some((one) => alwaysWins(one, rule, rulebook))) return [];
    const other = earlier.find(
      (one) =>
        one.trigger === rule.trigger &&
        one.monthDay === rule.monthDay &&
        covers(one.appliesTo, rule.appliesTo, rulebook) &&
        covers(rule.appliesTo, one.appliesTo, rulebook) &&
        one.validFrom <= (rule.validTo ?? one.validFrom) &&
        rule.validFrom <= (one.validTo ?? rule.validFrom),
    );
    if (other === undefined) return [];
    return [
      finding(
        ["deadlines", index, "validFrom"],
        rule.id,
        {
          zh: `规则“${rule.id}”与“${other.id}”适用于同样的办件，施行期间重叠（${span(other)}，${span(rule)}）。`,
          en: `Rules "${rule.id}" and "${other.id}" are for the same cases and in force at the same time (${span(other)}, ${span(rule)}).`,
        },
        {
          zh: "请让前一版本的 validTo 早于后一版本的 validFrom。",
          en: "Let validTo of the older version lie before validFrom of the newer one.",
        },
      ),
    ];
  });

const span = ({ validFrom, validTo }: DeadlineRule): string => `${validFrom}–${validTo ?? ""}`;

/** Each applied rule with the applied rules of the same deadline before it. */
const pairsOf = (rules: readonly DeadlineRule[]) =>
  rules.flatMap((rule, index) =>
    isApplied(rule)
      ? [
          {
            rule,
            index,
            earlier: rules
              .slice(0, index)
              .filter((one) => one.deadline === rule.deadline && isApplied(one)),
          },
        ]
      : [],
  );

/** What every case has on the day it is received; other facts may be missing. */
const alwaysThere = ["dispatched", "received"];
const knownAtReceipt = [...alwaysThere, "submitted", "sessionClosed", "fixedDate"];

const alwaysWins = (earlier: DeadlineRule, rule: DeadlineRule, rulebook: Rulebook): boolean => {
  if (!covers(earlier.appliesTo, rule.appliesTo, rulebook)) return false;
  if (earlier.trigger === rule.trigger) {
    // a case dispatched on the earlier day or after it falls to the later day
    if (rule.unit === "date" && (earlier.monthDay ?? "") < (rule.monthDay ?? "")) return false;
    // no case is older than its rulebook
    const first = rule.validFrom < rulebook.validFrom ? rulebook.validFrom : rule.validFrom;
    return (
      earlier.validFrom <= first &&
      (earlier.validTo === null || (rule.validTo !== null && rule.validTo <= earlier.validTo))
    );
  }
  return (
    alwaysThere.includes(earlier.trigger) &&
    knownAtReceipt.includes(rule.trigger) &&
    earlier.validFrom <= rulebook.validFrom &&
    earlier.validTo === null
  );
};

/** Stands for a fact that a case does not say; a rule for certain ones is not for it. */
const none = "";

const levelsOfCases = ({ ownLevel }: Rulebook): readonly string[] => [
  ...Object.keys(levels),
  ...(ownLevel === undefined ? [none] : []),
];

/** Whether the first is for every case that the second is for. */
const covers = (first: AppliesTo, second: AppliesTo, rulebook: Rulebook): boolean =>
  includesAll(first.kinds, second.kinds ?? rulebook.kinds.map(({ id }) => id)) &&
  includesAll(first.roles, second.roles ?? Object.keys(roles)) &&
  includesAll(first.levels, second.levels ?? levelsOfCases(rulebook)) &&
  includesAll(first.phases, second.phases ?? [...Object.keys(submissionPhases), none]) &&
  includesAll(first.categories, second.categories ?? [none]) &&
  // there is no last round
  (first.rounds === undefined || includesAll(first.rounds, second.rounds ?? [Infinity])) &&
  (first.isComplex ?? second.isComplex) === second.isComplex &&
  (first.isKey ?? second.isKey) === second.isKey;

const includesAll = (
  allowed: readonly (string | number)[] | undefined,
  values: readonly (string | number)[],
): boolean => allowed === undefined || values.every((value) => allowed.includes(value));
