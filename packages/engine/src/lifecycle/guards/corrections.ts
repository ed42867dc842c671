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

/** What no correction takes back: it has another way, or concerns other cases too. */
const irrevocable: ReadonlySet<string> = new Set<CaseEventType>([
  "CaseReceived",
  "DeadlinesRecomputed",
  "AssignmentRenamed",
  "CaseMerged",
  "ProposersJoined",
  "CaseSplit",
]);

const placesOf = (input: GuardInput): readonly number[] =>
  input.fact.type === "EntryRetracted"
    ? dataOf(input, "EntryRetracted").entries
    : [dataOf(input, "EntryAmended").entry];

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
    why: {
      zh: "该记录已经撤销，或者本身就是一次更正",
      en: "that entry was taken back before, or is itself a correction",
    },
    source: onlyAdded,
    repair: { zh: "用 history 查看各条记录。", en: "See the entries with history." },
  },
  mayBeAmended: {
    holds: (input) => isAmendable(dataOf(input, "EntryAmended").type),
    why: { zh: "这类记录不能更正", en: "an entry of this kind cannot be amended" },
    source: onlyAdded,
    repair: {
      zh: "用 retract 撤销后重新记录。",
      en: "Take it back with retract and record it anew.",
    },
  },
  mayBeRetracted: {
    holds: (input) => !irrevocable.has(dataOf(input, "EntryRetracted").type),
    why: { zh: "这类记录不能撤销", en: "an entry of this kind cannot be taken back" },
    source: onlyAdded,
    repair: {
      zh: "接收交办有误的，用 amend 更正或者用 withdraw 撤案；并案、分案涉及两件，不能撤销。",
      en: "A case received in error is corrected with amend or ended with withdraw; a merger or a split concerns two cases and stays.",
    },
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
