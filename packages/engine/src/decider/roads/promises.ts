/** @module promises — promises and what became of them: from its commands to facts, and what the facts add to a case. */
import type { CaseEventData } from "../../case/events.ts";
import type { InputOf } from "../../case/commands.ts";
import { currentCommitment } from "../../case/reading.ts";
import type { CaseState } from "../../case/state.ts";
import { EngineError, invalidInput } from "../../errors.ts";
import { dateOf } from "../../time/occurred-on.ts";
import type { Gathering } from "../gathering.ts";
import { fresh, met } from "../gathering.ts";
import type { Proposing } from "../proposing.ts";
import { byPerson } from "../proposing.ts";

/** What its commands ask for. */
export const promisesProposals: Proposing<"commit" | "fulfil" | "verify"> = {
  commit: ({ input, on, state, fact }) => [
    fact("CommitmentMade", promised(input, on, state.commitments.length + 1)),
  ],
  fulfil: ({ input, state, fact }) => {
    checkThere(state, input.commitment);
    return [fact("CommitmentFulfilled", input)];
  },
  verify: ({ input, state, fact }) => {
    checkThere(state, input.commitment);
    return [fact("CommitmentVerified", input)];
  },
};

/** @throws EngineError `NOT_FOUND` */
const checkThere = (state: CaseState, commitment: number): void => {
  if (currentCommitment(state, commitment) !== undefined) return;
  throw new EngineError("NOT_FOUND", { what: "commitment", name: `${state.case}#${commitment}` });
};

/** A promise as it is recorded; also of those that a reply makes. */
export const promised = (
  input: InputOf<"commit">,
  on: string,
  commitment: number,
): CaseEventData["CommitmentMade"] => {
  if (input.due < dateOf(on)) {
    throw invalidInput({ field: "due", kind: "tooEarly", value: input.due, earliest: dateOf(on) });
  }
  const deadline = byPerson(`commitment:${commitment}`, input.due, on, "commitment", "承诺事项");
  return { commitment, ...input, deadlines: [deadline] };
};

/** What its events add to a case. */
export const promisesFacts: Gathering<
  "CommitmentMade" | "CommitmentFulfilled" | "CommitmentVerified"
> = {
  CommitmentMade: (state, event) => {
    const { deadlines, note: _note, ...commitment } = event.data;
    return {
      ...state,
      commitments: [
        ...state.commitments,
        {
          ...commitment,
          madeOn: event.on,
          fulfilledOn: null,
          fulfilledBy: null,
          verifiedOn: null,
        },
      ],
      deadlines: [...state.deadlines, ...deadlines.map((due) => fresh(due, state.round))],
    };
  },
  CommitmentFulfilled: (state, event) => {
    const { commitment: number, evidence } = event.data;
    return {
      ...state,
      commitments: state.commitments.map((commitment) =>
        commitment.commitment === number
          ? {
              ...commitment,
              fulfilledOn: event.on,
              fulfilledBy: event.actor.id,
              ...(evidence !== undefined && { evidence }),
            }
          : commitment,
      ),
      deadlines: met(state, event, `commitment:${number}`),
    };
  },
  CommitmentVerified: (state, event) => ({
    ...state,
    commitments: state.commitments.map((commitment) =>
      commitment.commitment === event.data.commitment
        ? { ...commitment, verifiedOn: event.on }
        : commitment,
    ),
  }),
};
