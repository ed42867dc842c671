/** @module contact — talking to the proposer: from its commands to facts, and what the facts add to a case. */
import type { CaseEventData, Participant } from "../../case/events.ts";
import type { InputOf } from "../../case/commands.ts";
import type { CaseState } from "../../case/state.ts";
import type { Gathering } from "../gathering.ts";
import { ended, met } from "../gathering.ts";
import type { DecideContext, Proposing } from "../proposing.ts";

/** What its commands ask for. */
export const contactProposals: Proposing<"contact" | "waive-contact"> = {
  contact: ({ input, state, context, fact }) => [
    fact("ContactRecorded", contacted(input, state, context)),
  ],
  "waive-contact": ({ input, fact }) => [fact("ContactWaived", input)],
};

const contacted = (
  input: InputOf<"contact">,
  state: CaseState,
  context: DecideContext,
): CaseEventData["ContactRecorded"] => {
  const names = new Set(state.received.proposers.map((proposer) => proposer.name));
  const participants: readonly Participant[] = (input.participants ?? []).map(({ name, role }) => ({
    name,
    role: role ?? (names.has(name) ? "proposer" : "other"),
  }));
  const jointWith = context.jointWith ?? [];
  return { ...input, participants, ...(jointWith.length > 0 && { jointWith }) };
};

/** What its events add to a case. */
export const contactFacts: Gathering<"ContactRecorded" | "ContactWaived"> = {
  ContactRecorded: (state, event) => {
    const { mode, phase, participants, summary, jointWith } = event.data;
    const contact = {
      on: event.on,
      round: state.round,
      mode,
      ...(phase && { phase }),
      participants,
      ...(summary !== undefined && { summary }),
      ...(jointWith && { jointWith }),
    };
    return {
      ...state,
      contacts: [...state.contacts, contact],
      deadlines: met(state, event, "first-contact"),
    };
  },
  ContactWaived: (state) => ({
    ...state,
    contactWaived: true,
    deadlines: ended(state, "waived", (deadline) => deadline.id === "first-contact"),
  }),
};
