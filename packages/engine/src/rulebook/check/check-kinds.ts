/** @module check-kinds — whether every kind of case is served, and every kind that is named exists. */
import { nearest } from "../../text/nearest.ts";
import type { Check } from "./checked.ts";
import { isForKind } from "./checked.ts";
import { isApplied, questions } from "../complete.ts";
import type { Finding, Path } from "./rule-problem.ts";
import { finding, listed } from "./rule-problem.ts";
import type { DeadlineRule } from "../deadline-rule.ts";
import type { Rulebook } from "../rulebook.ts";

/** Every list of kinds in a rulebook, with its place and the rule that it stands in. */
const kindLists = (
  rulebook: Rulebook,
): readonly Readonly<{ path: Path; rule: string | null; kinds: readonly string[] }>[] => [
  ...rulebook.deadlines.map(({ id, appliesTo }, index) => ({
    path: ["deadlines", index, "appliesTo", "kinds"],
    rule: id,
    kinds: appliesTo.kinds ?? [],
  })),
  ...questions.flatMap((question) =>
    rulebook[question].map(({ kinds = [] }, index) => ({
      path: [question, index, "kinds"],
      rule: null,
      kinds,
    })),
  ),
  ...(rulebook.lateEntry ?? []).map(({ kinds = [] }, index) => ({
    path: ["lateEntry", index, "kinds"],
    rule: null,
    kinds,
  })),
  ...rulebook.unregulated.map(({ kinds = [] }, index) => ({
    path: ["unregulated", index, "kinds"],
    rule: null,
    kinds,
  })),
  ...rulebook.rates.map(({ id, kinds = [] }, index) => ({
    path: ["rates", index, "kinds"],
    rule: id,
    kinds,
  })),
  ...rulebook.results.map(({ scheme, kinds = [] }, index) => ({
    path: ["results", index, "kinds"],
    rule: scheme,
    kinds,
  })),
];

/** A kind that is named anywhere is one of the rulebook's. */
export const namedKindsExist: Check = ({ rulebook }) => {
  const known = rulebook.kinds.map(({ id }) => id);
  return kindLists(rulebook).flatMap(({ path, rule, kinds }) =>
    kinds.flatMap((kind, index): readonly Finding[] => {
      if (known.includes(kind)) return [];
      const meant = nearest(kind, known);
      const { zh, en } = listed(known);
      return [
        finding(
          [...path, index],
          rule,
          { zh: `没有件别“${kind}”。`, en: `There is no kind "${kind}".` },
          meant === undefined
            ? {
                zh: `可用：${zh}；或在 kinds 中补充这一件别。`,
                en: `Use one of: ${en}; or add the kind to kinds.`,
              }
            : {
                zh: `是否应为“${meant}”？可用：${zh}。`,
                en: `Did you mean "${meant}"? Use one of: ${en}.`,
              },
        ),
      ];
    }),
  );
};

/** There are cases to handle. */
export const kindsAreThere: Check = ({ rulebook }) =>
  rulebook.kinds.length > 0
    ? []
    : [
        finding(
          ["kinds"],
          null,
          { zh: "规则集没有件别。", en: "The rulebook has no kinds of cases." },
          {
            zh: "请写 kinds，或用 extends 在另一规则集之上补充。",
            en: "Write kinds, or extend another rulebook with extends.",
          },
        ),
      ];

/** Something in the rulebook is for each kind: a term, or result letters. */
export const kindsAreReached: Check = ({ rulebook }) =>
  rulebook.kinds.flatMap(({ id }, index) =>
    isReached(rulebook, id)
      ? []
      : [
          finding(
            ["kinds", index],
            id,
            {
              zh: `件别“${id}”没有任何期限规定，也没有办理结果类别。`,
              en: `No term and no result letters are for the kind "${id}".`,
            },
            {
              zh: `请补充适用于“${id}”的规则，或删去这一件别。`,
              en: `Add rules for "${id}", or take the kind out.`,
            },
          ),
        ],
  );

const isReached = ({ deadlines, results }: Rulebook, kind: string): boolean =>
  deadlines.some((rule) => isApplied(rule) && isForKind(rule.appliesTo.kinds, kind)) ||
  results.some(({ kinds }) => isForKind(kinds, kind));

/** A kind's answers have a term, or the rulebook says that none is set. */
export const answersHaveATerm: Check = ({ rulebook }) =>
  // rules to copy from set no due date
  rulebook.isCollection === true
    ? []
    : rulebook.kinds.flatMap(({ id }, index) => {
        if (isAnswerKnown(rulebook, id) || !isReached(rulebook, id)) return [];
        return [
          finding(
            ["kinds", index],
            id,
            {
              zh: `件别“${id}”没有答复期限，其办件不会有到期日。`,
              en: `The kind "${id}" has no term for its answer; its cases would never be due.`,
            },
            {
              zh: `请补充 deadline 为 reply、适用于“${id}”的规则；确无规定的，在 unregulated 中写明 reply。`,
              en: `Add a rule with deadline reply for "${id}"; where none is set, say so of reply under unregulated.`,
            },
          ),
        ];
      });

const isAnswerKnown = ({ deadlines, unregulated }: Rulebook, kind: string): boolean =>
  deadlines.some((rule) => isAppliedReply(rule, kind)) || isNoted(unregulated, kind);

const isAppliedReply = (rule: DeadlineRule, kind: string): boolean =>
  rule.deadline === "reply" && isApplied(rule) && isForKind(rule.appliesTo.kinds, kind);

/** Whether the rulebook says that no term for the kind's answers is set. */
const isNoted = (unregulated: Rulebook["unregulated"], kind: string): boolean =>
  unregulated.some(({ deadline, kinds }) => deadline === "reply" && isForKind(kinds, kind));

/** A kind's answers have a term from the first day of the rulebook on, not only later. */
export const answersHaveATermAtOnce: Check = ({ rulebook }) =>
  rulebook.kinds.flatMap(({ id }) => {
    const { validFrom, unregulated } = rulebook;
    const starts = rulebook.deadlines
      .filter((rule) => isAppliedReply(rule, id) && (rule.validTo ?? validFrom) >= validFrom)
      .map((rule) => rule.validFrom)
      .toSorted();
    const first = starts[0];
    if (first === undefined || first <= validFrom || isNoted(unregulated, id)) return [];
    return [
      finding(
        ["validFrom"],
        id,
        {
          zh: `规则集自 ${validFrom} 起适用，但件别“${id}”的答复期限自 ${first} 起才有规定；其间交办的“${id}”没有答复的到期日。`,
          en: `The rulebook is valid from ${validFrom}, but the kind "${id}" has a term for its answer only from ${first} on; cases of "${id}" dispatched in between would not be due.`,
        },
        {
          zh: `请补充自 ${validFrom} 起适用于“${id}”的答复期限，或把 validFrom 改为 ${first}。`,
          en: `Add a term for the answers of "${id}" that is valid from ${validFrom}, or set validFrom to ${first}.`,
        },
      ),
    ];
  });

/** Replies of each kind have letters. */
export const kindsHaveLetters: Check = ({ rulebook }) =>
  rulebook.kinds.flatMap(({ id }) =>
    rulebook.results.some(({ kinds }) => isForKind(kinds, id)) || !isReached(rulebook, id)
      ? []
      : [
          finding(
            ["results"],
            id,
            {
              zh: `件别“${id}”没有办理结果类别。`,
              en: `There are no result letters for the kind "${id}".`,
            },
            {
              zh: `请补充适用于“${id}”的类别方案，或一个不限件别的方案。`,
              en: `Add a scheme for "${id}", or one for all kinds.`,
            },
          ),
        ],
  );

/** Every question is answered for each kind. */
export const questionsAreAnswered: Check = ({ rulebook }) =>
  questions.flatMap((question) => {
    const left = rulebook.kinds
      .map(({ id }) => id)
      .filter((id) => !rulebook[question].some(({ kinds }) => isForKind(kinds, id)));
    if (left.length === 0) return [];
    const { zh, en } = listed(left);
    return [
      finding(
        [question],
        null,
        {
          zh: `“${question}”没有对 ${zh} 作出选择。`,
          en: `"${question}" makes no choice for ${en}.`,
        },
        {
          zh: "请在末尾补充一项不写 kinds 的选择。",
          en: "Add a choice without kinds at its end.",
        },
      ),
    ];
  });
