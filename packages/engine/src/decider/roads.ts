/**
 * @module roads — the roads of the work, each a file of `roads/`: what its commands ask for and what its
 * facts add to a case. What may follow what is not theirs to say; that stands in `lifecycle/`.
 */
import type { CaseCommandName } from "../case/commands.ts";
import type { CaseEventType } from "../case/events.ts";
import type { Gathering } from "./gathering.ts";
import type { Proposing } from "./proposing.ts";
import { afterwardsFacts, afterwardsProposals } from "./roads/afterwards.ts";
import { assignmentFacts, assignmentProposals } from "./roads/assignment.ts";
import { contactFacts, contactProposals } from "./roads/contact.ts";
import { draftingFacts, draftingProposals } from "./roads/drafting.ts";
import { dueDatesFacts, dueDatesProposals } from "./roads/due-dates.ts";
import { endingsFacts, endingsProposals } from "./roads/endings.ts";
import { feedbackFacts, feedbackProposals } from "./roads/feedback.ts";
import { forgettingProposals } from "./roads/forgetting.ts";
import { joiningFacts, joiningProposals } from "./roads/joining.ts";
import { opinionsFacts, opinionsProposals } from "./roads/opinions.ts";
import { progressFacts, progressProposals } from "./roads/progress.ts";
import { promisesFacts, promisesProposals } from "./roads/promises.ts";
import { publishingFacts, publishingProposals } from "./roads/publishing.ts";
import { receptionFacts, receptionProposals } from "./roads/reception.ts";
import { redispatchFacts, redispatchProposals } from "./roads/redispatch.ts";
import { replyFacts, replyProposals } from "./roads/reply.ts";
import { urgingFacts, urgingProposals } from "./roads/urging.ts";

/** What each command about a case asks for; taking it in and correcting it have files of their own. */
export const proposals: Proposing<Exclude<CaseCommandName, "receive" | "amend" | "retract">> = {
  ...receptionProposals,
  ...redispatchProposals,
  ...assignmentProposals,
  ...contactProposals,
  ...opinionsProposals,
  ...draftingProposals,
  ...replyProposals,
  ...publishingProposals,
  ...dueDatesProposals,
  ...urgingProposals,
  ...feedbackProposals,
  ...promisesProposals,
  ...progressProposals,
  ...afterwardsProposals,
  ...endingsProposals,
  ...joiningProposals,
  ...forgettingProposals,
};

/** What each event adds to a case that is there; corrections and forgetting add nothing, see `evolve.ts`. */
export const gatherings: Gathering<
  Exclude<
    CaseEventType,
    "CaseReceived" | "EntryAmended" | "EntryRetracted" | "PersonalDataForgotten"
  >
> = {
  ...receptionFacts,
  ...redispatchFacts,
  ...assignmentFacts,
  ...contactFacts,
  ...opinionsFacts,
  ...draftingFacts,
  ...replyFacts,
  ...publishingFacts,
  ...dueDatesFacts,
  ...urgingFacts,
  ...feedbackFacts,
  ...promisesFacts,
  ...progressFacts,
  ...afterwardsFacts,
  ...endingsFacts,
  ...joiningFacts,
};
