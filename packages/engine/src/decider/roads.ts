/**
 * @module roads — the roads of the work, each a file of `roads/`: what its commands ask for and what its
 * facts add to a case. What may follow what is not theirs to say; that stands in `lifecycle/`.
 */
import type { CommandName } from "../case/commands.ts";
import type { CaseEventType } from "../case/events.ts";
import type { Gathering } from "./gathering.ts";
import type { Proposing } from "./proposing.ts";
import { assignmentFacts, assignmentProposals } from "./roads/assignment.ts";
import { contactFacts, contactProposals } from "./roads/contact.ts";
import { dueDatesFacts, dueDatesProposals } from "./roads/due-dates.ts";
import { endingsFacts, endingsProposals } from "./roads/endings.ts";
import { feedbackFacts, feedbackProposals } from "./roads/feedback.ts";
import { opinionsFacts, opinionsProposals } from "./roads/opinions.ts";
import { promisesFacts, promisesProposals } from "./roads/promises.ts";
import { receptionFacts, receptionProposals } from "./roads/reception.ts";
import { replyFacts, replyProposals } from "./roads/reply.ts";

/** What each command about a case asks for. */
export const proposals: Proposing<Exclude<CommandName, "receive">> = {
  ...receptionProposals,
  ...assignmentProposals,
  ...contactProposals,
  ...opinionsProposals,
  ...replyProposals,
  ...dueDatesProposals,
  ...feedbackProposals,
  ...promisesProposals,
  ...endingsProposals,
};

/** What each event adds to a case that is there. */
export const gatherings: Gathering<Exclude<CaseEventType, "CaseReceived">> = {
  ...receptionFacts,
  ...assignmentFacts,
  ...contactFacts,
  ...opinionsFacts,
  ...replyFacts,
  ...dueDatesFacts,
  ...feedbackFacts,
  ...promisesFacts,
  ...endingsFacts,
};
