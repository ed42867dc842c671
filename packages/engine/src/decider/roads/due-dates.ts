/** @module due-dates — due dates that are put off or computed anew: from its commands to facts, and what the facts add to a case. */
import type { CaseEventData, DueDate } from "../../case/events.ts";
import { openAnswer, standingExtension } from "../../case/reading.ts";
import type { CaseState, Deadline, Extension } from "../../case/state.ts";
import { extension } from "../extend.ts";
import type { EvolveEvent, Gathering } from "../gathering.ts";
import { replaced } from "../gathering.ts";
import type { LawOfCase, Proposing } from "../proposing.ts";
import { again } from "../recompute.ts";

/** What its commands ask for. */
export const dueDatesProposals: Proposing<"extend" | "withdraw-extension"> = {
  extend: ({ input, on, state, context, fact }) => [
    fact("DeadlineExtended", extension(input, on, state, context)),
  ],
  "withdraw-extension": ({ input, state, context, fact }) => [
    fact("ExtensionWithdrawn", { ...unextended(state, context), ...input }),
  ],
};

/** The due date as it was before its last extension, computed anew where a rule has set it. */
export const unextended = (
  state: CaseState,
  context: LawOfCase,
): Omit<CaseEventData["ExtensionWithdrawn"], "by" | "reason"> => {
  const last = standingExtension(state);
  const open = openAnswer(state);
  const before = last && dueBefore(last, state);
  if (last === undefined || open === undefined || before === undefined) {
    return { deadline: "reply", from: "", deadlines: [] };
  }
  const due = dueDateIn(before);
  // a date that somebody fixed is no rule's to compute
  const isFixed = due.extended !== undefined && due.extended.months === undefined;
  const restored = (isFixed ? undefined : again(state, before, context)) ?? due;
  return { deadline: last.deadline, from: open.dueOn, deadlines: [restored] };
};

/** What was computed or fixed of a due date, without what became of it. */
export const dueDateIn = ({
  round: _round,
  metOn: _metOn,
  metAt: _metAt,
  ended: _ended,
  ...due
}: Deadline): DueDate => due;

/** What is due again; where a later correction moved the day that it counts from, as that one has it. */
const restoredIn = (state: CaseState, due: DueDate): DueDate => {
  const last = standingExtension(state);
  const before = last && dueBefore(last, state);
  return before === undefined || before.countedFrom === due.countedFrom ? due : dueDateIn(before);
};

/** The due date that an extension put off: one of another extension, or one that none had touched. */
const dueBefore = (last: Extension, { extensions, deadlines }: CaseState): Deadline | undefined => {
  const isOfDuty = (id: string, round: number): boolean =>
    id === last.deadline && round === last.round;
  const former = extensions.findLast(
    (one) => one !== last && one.stands && isOfDuty(one.deadline, one.round),
  );
  // by what it was put off from and not by its day: a correction may have moved that
  return deadlines.findLast(
    ({ id, round, extended }) => isOfDuty(id, round) && extended?.from === former?.from,
  );
};

/** What its events add to a case. */
export const dueDatesFacts: Gathering<
  "DeadlineExtended" | "ExtensionWithdrawn" | "DeadlinesRecomputed"
> = {
  DeadlineExtended: (state, event) => ({
    ...state,
    extensions: [...state.extensions, granted(state, event)],
    deadlines: replaced(state, event.data.deadlines),
  }),
  ExtensionWithdrawn: (state, event) => {
    const { by, reason, deadlines } = event.data;
    const last = standingExtension(state);
    return {
      ...state,
      extensions: state.extensions.map((one) =>
        one === last ? { ...one, stands: false, withdrawn: { on: event.on, by, reason } } : one,
      ),
      deadlines: replaced(
        state,
        deadlines.map((due) => restoredIn(state, due)),
      ),
    };
  },
  DeadlinesRecomputed: (state, event) => ({
    ...state,
    rulebook: event.data.rulebook,
    deadlines: replaced(state, event.data.deadlines),
  }),
};

const granted = (
  { round }: CaseState,
  { on, data }: Extract<EvolveEvent, { type: "DeadlineExtended" }>,
): CaseState["extensions"][number] => {
  const { deadline, from, approvedBy, reason, proposerToldOn, deadlines } = data;
  return {
    on,
    deadline,
    round,
    from,
    to: deadlines[0]?.dueOn ?? from,
    approvedBy,
    reason,
    ...(proposerToldOn !== undefined && { proposerToldOn }),
    withdrawn: null,
    stands: true,
  };
};
