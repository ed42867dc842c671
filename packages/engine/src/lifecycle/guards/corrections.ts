/** @module corrections — guards: what may be corrected, and where a correction leads. */
import { isAmendable } from "../../case/amendable.ts";
import type { CaseEventType } from "../../case/events.ts";
import { caseEvents } from "../../case/events.ts";
import type { Label, Status } from "../../case/terms.ts";
import type { Guard, GuardInput } from "./guard.ts";
import { bySense, dataOf } from "./guard.ts";

/** 审计留痕：记录只追加，不修改 */
const onlyAdded: Label = {
  zh: "记录只追加、不修改，更正须保留原值",
  en: "the log is only added to; a correction keeps what stood before",
};

/** A merger went on in another case: its proposers and requests are handled there. */
const merger = {
  why: {
    zh: "并案涉及两件，提案人和意见建议已经并入另一件，不能撤销",
    en: "a merger concerns two cases: proposers and requests went into the other one, and it stays",
  },
  instead: {
    zh: "确需分开办理、并入的那一件尚未答复的，用 split 从中分出有关意见建议；没有分条的，用 receive 以另一编号重新接收，原编号记入 --other-number。已并入的提案人仍须在那一件上答复。",
    en: "To handle it apart after all, split its requests off the case that took it in, while that is not answered; where there are none, receive it again under another number, with the old one as --other-number. Proposers who joined are still answered there.",
  },
} as const;

/** What no correction takes back, since it concerns other cases too or follows from something else: the way instead. */
const irrevocable: Readonly<
  Partial<Record<CaseEventType, Readonly<{ why?: Label; instead: Label }>>>
> = {
  CaseReceived: {
    instead: {
      zh: "接收交办有误的，用 amend 更正；不应由本单位办理的，用 request-return 申请退办；不再办理的，用 withdraw 撤案。",
      en: "A case received in error is corrected with amend, sent back with request-return or ended with withdraw.",
    },
  },
  DeadlinesRecomputed: {
    instead: {
      zh: "时限随规则集、工作日历和所依据的记录重新计算，更正这些内容即可。",
      en: "Due dates follow the rulebook, the calendar and what they count from; correct those.",
    },
  },
  AssignmentRenamed: {
    instead: {
      zh: "科室更名有误的，用 reassign 调整本件，或者再用 rename-department 改回。",
      en: "Change the case with reassign, or rename the department back with rename-department.",
    },
  },
  CaseMerged: merger,
  ProposersJoined: merger,
  CaseSplit: {
    why: {
      zh: "分案涉及两件，不能撤销",
      en: "a split concerns two cases, and it stays",
    },
    instead: {
      zh: "分案有误、两件都尚未答复的，用 merge 把分出的一件并回本件。",
      en: "Merge the case that was split off back into this one, while neither is answered.",
    },
  },
};

/** Of a merged case nothing is taken back: what joined the other case would no longer be what it had. */
const wayInstead = (input: GuardInput): (typeof irrevocable)[CaseEventType] => {
  if (input.state.status === "merged") return merger;
  const { type } = dataOf(input, "EntryRetracted");
  return Object.hasOwn(irrevocable, type) ? irrevocable[type as CaseEventType] : undefined;
};

const placesOf = (input: GuardInput): readonly number[] =>
  input.fact.type === "EntryRetracted"
    ? dataOf(input, "EntryRetracted").entries
    : [dataOf(input, "EntryAmended").entry];

/** Whether it is a correction that is to be corrected, and not an entry that was taken back before. */
const isOfCorrection = ({ fact }: GuardInput): boolean => {
  const { type } = fact.data as Readonly<{ type: string }>;
  return type === "EntryAmended" || type === "EntryRetracted";
};

const stands = ({ state }: GuardInput, place: number): boolean => {
  for (let one = state.past; one !== null; one = one.earlier) if (one.entry === place) return true;
  return false;
};

/** What a correction that is to be refused says of what rests on its entry. */
type Refusable = Readonly<{
  restsOnIt?: readonly Readonly<{ type: CaseEventType; on: string }>[];
  otherFacts?: boolean;
}>;

const toldResting = ({ fact }: GuardInput): Label | null => {
  const { restsOnIt = [] } = fact.data as Refusable;
  const named = restsOnIt.map(({ type, on }) => ({
    zh: `${on} ${caseEvents[type].zh}`,
    en: `${caseEvents[type].en} of ${on}`,
  }));
  return {
    zh: `以下记录以它为前提：${named.map(({ zh }) => zh).join("、")}`,
    en: `it is what these rest on: ${named.map(({ en }) => en).join(", ")}`,
  };
};

const leadingTo = (status: Status): Guard => ({
  holds: (input) => dataOf(input, "EntryRetracted").leadsTo === status,
  why: { zh: "更正后的办理状态不符", en: "the correction leads elsewhere" },
  source: bySense,
  repair: { zh: "用 replay 核对本件。", en: "Check the case with replay." },
});

export const correctionGuards = {
  entryStands: {
    holds: (input) => placesOf(input).every((place) => stands(input, place)),
    why: { zh: "该记录先前已经撤销", en: "that entry was taken back before" },
    told: (input) =>
      isOfCorrection(input)
        ? {
            zh: "该记录本身就是一次更正或者撤销，不能再撤销",
            en: "that entry is itself a correction, which is not taken back",
          }
        : null,
    source: onlyAdded,
    repair: {
      zh: "无须再次撤销；撤销有误的，重新记录。",
      en: "Nothing is left to take back; what should have stayed is recorded anew.",
    },
    advised: (input) =>
      isOfCorrection(input)
        ? {
            zh: "更正有误的，用 amend 把原记录再更正一次；撤销有误的，重新记录。",
            en: "Amend the entry itself once more; what was taken back by mistake is recorded anew.",
          }
        : null,
  },
  mayBeAmended: {
    holds: (input) => isAmendable(dataOf(input, "EntryAmended").type),
    why: { zh: "这类记录不能更正", en: "an entry of this kind cannot be amended" },
    source: onlyAdded,
    repair: {
      zh: "用 retract 撤销后重新记录。",
      en: "Take it back with retract and record it anew.",
    },
    advised: (input) =>
      isOfCorrection(input)
        ? {
            zh: "更正有误的，用 --event 写明原记录，再更正一次。",
            en: "Name the entry that was corrected with --event, and amend it once more.",
          }
        : null,
  },
  mayBeRetracted: {
    holds: (input) => wayInstead(input) === undefined,
    why: { zh: "这类记录不能撤销", en: "an entry of this kind cannot be taken back" },
    told: (input) => wayInstead(input)?.why ?? null,
    source: onlyAdded,
    repair: { zh: "用 amend 更正。", en: "Correct it with amend." },
    advised: (input) => wayInstead(input)?.instead ?? null,
  },
  sameConsequences: {
    holds: ({ fact }) => (fact.data as Refusable).otherFacts !== true,
    why: {
      zh: "更正后是否重新办理会随之改变",
      en: "whether the case is handled again would change with it",
    },
    source: onlyAdded,
    repair: {
      zh: "用 retract 撤销该反馈后重新记录。",
      en: "Take the form back with retract and record it anew.",
    },
  },
  nothingRestsOnIt: {
    holds: ({ fact }) => (fact.data as Refusable).restsOnIt === undefined,
    why: { zh: "有其他记录以它为前提", en: "later facts rest on it" },
    told: toldResting,
    source: onlyAdded,
    repair: {
      zh: "先用 retract 撤销这些记录。",
      en: "Take those back first, with retract.",
    },
  },
  leadsToReceived: leadingTo("received"),
  leadsToAssigned: leadingTo("assigned"),
  leadsToContacted: leadingTo("contacted"),
  leadsToAnswered: leadingTo("answered"),
  leadsToFollowUp: leadingTo("followUp"),
  leadsToClosed: leadingTo("closed"),
  leadsToReturned: leadingTo("returned"),
  leadsToWithdrawn: leadingTo("withdrawn"),
} as const satisfies Record<string, Guard>;
