/** @module reply — guards: answering. */
import type { CaseState } from "../../case/state.ts";
import { isWithProposer } from "../../case/reading.ts";
import type { Label } from "../../case/terms.ts";
import { contactPhases } from "../../case/terms.ts";
import type { ContactDemand } from "../../rulebook/rulebook.ts";
import { choiceFor } from "../../rulebook/rulebook.ts";
import { dateOf } from "../../time/occurred-on.ts";
import type { Guard, GuardInput } from "./guard.ts";
import { bySense, byRole, day, kindOf, sourceOf } from "./guard.ts";

/**
 * Whether the proposer was reached in this round by a day as the rulebook demands it; a contact of an
 * earlier round that was recorded late is none of this one.
 */
const isContacted = (state: CaseState, by: string, demand: ContactDemand): boolean => {
  const made = contactsCounted(state, by, demand);
  return (
    made.length >= (demand.minTimes ?? 1) &&
    (demand.phases ?? []).every((phase) => made.some((contact) => contact.phase === phase))
  );
};

/** The contacts of this round by a day that count towards what the rulebook demands. */
const contactsCounted = (
  state: CaseState,
  by: string,
  { modes }: ContactDemand,
): CaseState["contacts"] =>
  state.contacts.filter(
    (contact) =>
      contact.round === state.round &&
      isWithProposer(contact) &&
      dateOf(contact.on) <= by &&
      dateOf(contact.on) >= state.roundBeganOn &&
      (modes?.includes(contact.mode) ?? true),
  );

/** How far a demand for several contacts, or for some in each phase, is met. */
const contactTold = (input: GuardInput): Label | null => {
  const demand = choiceFor(input.rulebook.contactBeforeReply, kindOf(input)).value;
  const { minTimes = 1, phases = [] } = demand;
  const made = contactsCounted(input.state, day(input), demand);
  if (made.length === 0) return null;
  const missing = phases.filter((phase) => !made.some((contact) => contact.phase === phase));
  const few = made.length < minTimes;
  const zh = [
    few ? `本轮只与提案人沟通 ${made.length} 次，规定至少 ${minTimes} 次` : "",
    missing.length > 0
      ? `本轮缺少${missing.map((one) => contactPhases[one].zh).join("、")}沟通`
      : "",
  ];
  const en = [
    few ? `the proposer was contacted ${made.length} of ${minTimes} times in this round` : "",
    missing.length > 0
      ? `no contact ${missing.map((one) => contactPhases[one].en).join(", ")} the handling`
      : "",
  ];
  const said = (parts: readonly string[]): string => parts.filter((part) => part !== "").join("; ");
  return { zh: said(zh).replace("; ", "；"), en: said(en) };
};

export const replyGuards = {
  answersProposer: {
    holds: ({ state }) => state.received.role !== "assist",
    why: {
      zh: "协办件不由本单位直接答复提案人",
      en: "an assisting unit does not answer the proposer",
    },
    source: byRole,
    repair: {
      zh: "用 submit-opinion 向主办单位提交协办意见。",
      en: "Hand the opinion to the lead unit with submit-opinion.",
    },
  },
  assistsLead: {
    holds: ({ state }) => state.received.role === "assist",
    why: {
      zh: "本件不是协办件，无须提交协办意见",
      en: "only an assisting unit hands an opinion to the lead",
    },
    source: byRole,
    repair: { zh: "用 answer 答复提案人。", en: "Record the reply with answer." },
  },
  contactMade: {
    holds: (input) => {
      const demand = choiceFor(input.rulebook.contactBeforeReply, kindOf(input)).value;
      return (
        !demand.required ||
        input.state.contactWaived ||
        isContacted(input.state, day(input), demand)
      );
    },
    why: {
      zh: "本轮答复前尚未与提案人沟通联系",
      en: "the proposer has not been contacted in this round",
    },
    told: contactTold,
    source: (input) => sourceOf(input.rulebook.contactBeforeReply, input),
    repair: {
      zh: "先用 contact 记录沟通联系；提案人提出免予走访的，用 waive-contact 记录。",
      en: "Record it with contact first, or with waive-contact if the proposer asked not to be visited.",
    },
  },
  replyDelivered: {
    holds: ({ state }) => state.replies.length > 0,
    why: { zh: "尚未答复", en: "no reply has been delivered" },
    source: bySense,
    repair: { zh: "先用 answer 记录答复。", en: "Record the reply with answer first." },
  },
} as const satisfies Record<string, Guard>;
