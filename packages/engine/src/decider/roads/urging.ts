/** @module urging — 催办、督办: from its command to facts, and what the facts add to a case. It never moves a due date. */
import type { DueDate } from "../../case/events.ts";
import { invalidInput } from "../../errors.ts";
import { dateOf } from "../../time/occurred-on.ts";
import type { Gathering } from "../gathering.ts";
import { fresh, withoutRemarks } from "../gathering.ts";
import type { Proposing } from "../proposing.ts";
import { byPerson, nextNumber } from "../proposing.ts";

/** What its commands ask for. */
export const urgingProposals: Proposing<"urge"> = {
  urge: ({ input: { due, ...urged }, on, state, fact }) => {
    if (due !== undefined && due < dateOf(on)) {
      throw invalidInput({ field: "due", kind: "tooEarly", value: due, earliest: dateOf(on) });
    }
    // the next colour follows when the time of this one has passed, so it must have one
    if (urged.slip !== undefined && due === undefined) {
      throw invalidInput({ field: "due", kind: "missing" });
    }
    const urge = nextNumber(state.urges.map((one) => one.urge));
    const deadlines = due === undefined ? [] : [urgedDay({ urge, by: urged.by }, due, on)];
    return [fact("CaseUrged", { urge, ...urged, deadlines })];
  },
};

/** The day that a person named with an urge. */
export const urgedDay = (
  { urge, by }: Readonly<{ urge: number; by: string }>,
  due: string,
  on: string,
): DueDate => byPerson(`urge:${urge}`, due, on, "urge", by);

/** What its events add to a case. */
export const urgingFacts: Gathering<"CaseUrged"> = {
  CaseUrged: (state, event) => {
    const { deadlines, ...urged } = withoutRemarks(event.data);
    return {
      ...state,
      urges: [...state.urges, { ...urged, on: event.on }],
      deadlines: [...state.deadlines, ...deadlines.map((due) => fresh(due, state.round))],
    };
  },
};
