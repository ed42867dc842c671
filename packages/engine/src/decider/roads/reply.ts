/** @module reply — the reply and its publication: from its commands to facts, and what the facts add to a case. */
import type { CaseEvent } from "../../case/events.ts";
import { isPublishable } from "../../case/reading.ts";
import { invalidInput } from "../../errors.ts";
import { schemeFor } from "../../rulebook/rulebook.ts";
import type { Gathering } from "../gathering.ts";
import { fresh, met, withoutNote } from "../gathering.ts";
import type { Proposal, Proposing } from "../proposing.ts";
import { checkRequests, dueDates } from "../proposing.ts";
import { promised } from "./promises.ts";

const answered = ({
  input,
  on,
  state,
  context,
  fact,
}: Proposal<"answer">): readonly CaseEvent[] => {
  const { commitments = [], contactPerson, contactPhone, file, ...reply } = input;
  const { scheme, codes } = schemeFor(context.rulebook, state.received.kind);
  const allowed = codes.map((one) => one.code);
  if (!allowed.includes(reply.result)) {
    throw invalidInput({ field: "result", kind: "notOneOf", value: reply.result, allowed });
  }
  checkRequests(reply.adopted, state);
  const meaning = codes.find(({ code }) => code === reply.result)?.meaning;
  const delivered = fact("ReplyDelivered", {
    round: state.round,
    scheme,
    ...(meaning && { meaning }),
    ...reply,
    ...(contactPerson !== undefined && { contactPerson: context.seal(contactPerson) }),
    ...(contactPhone !== undefined && { contactPhone: context.seal(contactPhone) }),
    ...(file && { file: context.keep(file) }),
    deadlines: dueDates({ replyDelivered: on }, state, state.round, context).filter(
      // whether a reply is made public is decided with it; without that there is no such duty
      ({ id }) => id !== "publication" || isPublishable(reply),
    ),
  });
  const promises = commitments.map((commitment, index) =>
    fact("CommitmentMade", promised(commitment, on, state.commitments.length + 1 + index)),
  );
  return [delivered, ...promises];
};

/** What its commands ask for. */
export const replyProposals: Proposing<"answer" | "publish" | "unpublish"> = {
  answer: answered,
  publish: ({ input, fact }) => [fact("ReplyPublished", input)],
  unpublish: ({ input, fact }) => [fact("PublicationWithdrawn", input)],
};

/** What its events add to a case. */
export const replyFacts: Gathering<"ReplyDelivered" | "ReplyPublished" | "PublicationWithdrawn"> = {
  ReplyDelivered: (state, event) => {
    const { deadlines, ...reply } = event.data;
    return {
      ...state,
      replies: [...state.replies, { ...reply, on: event.on }],
      // what stands in public is the reply of an earlier round
      publication: null,
      publicationWithdrawnOn: null,
      deadlines: [
        ...met(state, event, "reply", "rehandling", "internal"),
        ...deadlines.map((due) => fresh(due, state.round)),
      ],
    };
  },
  ReplyPublished: (state, event) => ({
    ...state,
    publication: { ...withoutNote(event.data), on: event.on },
    deadlines: met(state, event, "publication"),
  }),
  PublicationWithdrawn: (state, event) => ({
    ...state,
    publication: null,
    publicationWithdrawnOn: event.on,
    // the duty stands again
    deadlines: state.deadlines.map((deadline) =>
      deadline.id === "publication" && deadline.round === state.round && deadline.ended === null
        ? { ...deadline, metOn: null }
        : deadline,
    ),
  }),
};
