/** @module amendable — the facts that may be amended; another is taken back and recorded anew. */
import type { CaseEventType } from "./events.ts";

export const amendableTypes = [
  "CaseReceived",
  "ReceiptSigned",
  "ReturnRequested",
  "CaseAssigned",
  "CaseReassigned",
  "ContactRecorded",
  "ContactWaived",
  "ReplyDelivered",
  "OpinionSubmitted",
  "DeadlineExtended",
  "FeedbackReceived",
  "ReplyPublished",
  "FollowUpRecorded",
  "CommitmentMade",
  "CommitmentFulfilled",
  "CommitmentVerified",
  "ProgressReported",
  "FeedbackReminded",
  "FeedbackExpired",
  "LookedBack",
  "PublicationWithdrawn",
  "RoundEscalated",
  "CaseUrged",
  "CaseClosed",
  "CaseReopened",
  "CaseWithdrawn",
] as const satisfies readonly CaseEventType[];
export type AmendableType = (typeof amendableTypes)[number];

/** Whether a fact of this type may be amended. */
export const isAmendable = (type: string): type is AmendableType =>
  (amendableTypes as readonly string[]).includes(type);
