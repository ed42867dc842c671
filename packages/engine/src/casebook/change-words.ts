/** @module change-words — why a case changed a figure between two moments. */
import type { Label } from "../case/terms.ts";
import type { RecordedEvent } from "../ports/event-store.ts";
import type { Standing } from "../projections/shares.ts";

/** What became of a case in a figure. */
export type ChangeKind =
  | "entered"
  | "left"
  | "counted"
  | "uncounted"
  | "weighed"
  | "definitionChanged";

/** Where a case stood, and with what weight. */
type Stood = Readonly<{
  numerator: number;
  denominator: number;
  at: Standing["place"] | "absent" | "otherScope" | "otherRules";
}>;

/** What happened to a case, and why. */
export const whyChanged = (
  was: Stood,
  is: Stood,
  moved: readonly Pick<RecordedEvent, "type">[],
): Readonly<{ kind: ChangeKind; why: Label }> => {
  const did = (type: string): boolean => moved.some((event) => event.type === type);
  if (was.at === "otherRules" || is.at === "otherRules") {
    return { kind: "definitionChanged", why: words.definitionChanged };
  }
  if (was.denominator === 0) {
    const why =
      was.at === "absent"
        ? words.received
        : was.at === "otherScope"
          ? words.movedIn
          : moved.length === 0
            ? words.fellDue
            : words.entered;
    return { kind: "entered", why };
  }
  if (is.denominator === 0) {
    const why = did("ReturnApproved")
      ? words.returned
      : did("CaseWithdrawn")
        ? words.withdrawn
        : did("CaseMerged")
          ? words.merged
          : did("ContactWaived")
            ? words.waived
            : did("FeedbackExpired")
              ? words.expired
              : is.at === "otherScope"
                ? words.movedOut
                : words.left;
    return { kind: "left", why };
  }
  if (is.denominator !== was.denominator) {
    return { kind: "weighed", why: moved.length === 0 ? words.fellDue : words.weighed };
  }
  return is.numerator > was.numerator
    ? { kind: "counted", why: words.counted }
    : { kind: "uncounted", why: words.uncounted };
};

const words = {
  definitionChanged: {
    zh: "所依据的规则集变更，改按另一口径计算",
    en: "definition changed: the case came under another rulebook",
  },
  received: { zh: "新交办，计入范围", en: "entered: dispatched since" },
  movedIn: { zh: "转入所选范围", en: "entered: moved into the choice of cases" },
  fellDue: { zh: "承诺事项到期", en: "entered: a promise fell due" },
  entered: { zh: "进入统计范围", en: "entered the population" },
  returned: { zh: "退办，不再计入", en: "left: returned" },
  withdrawn: { zh: "撤案，不再计入", en: "left: withdrawn" },
  merged: { zh: "并案，不再单独计入", en: "left: merged into another case" },
  waived: { zh: "提案人提出免予走访，不再计入", en: "left: the proposer waived the contact" },
  expired: { zh: "征询意见表逾期未反馈，不再计入", en: "left: the form expired" },
  movedOut: { zh: "转出所选范围", en: "left: moved out of the choice of cases" },
  left: { zh: "退出统计范围", en: "left the population" },
  weighed: { zh: "计入的条数变化", en: "weighs differently now" },
  counted: { zh: "已符合要求，新计入", en: "became counted" },
  uncounted: { zh: "不再符合要求", en: "no longer counted" },
} as const satisfies Record<string, Label>;
