/**
 * @module progress — 进展报告 and 调度: duties that come back. The 五定 set the first date, each report meets
 * the open one and sets the next, until nothing more is expected of the case.
 */
import type { DueDate } from "../../case/events.ts";
import type { CaseState, Deadline, Progress } from "../../case/state.ts";
import type { ProgressOccasion } from "../../case/terms.ts";
import { statuses } from "../../case/terms.ts";
import type { Triggered } from "../../rulebook/due-on.ts";
import { dateOf } from "../../time/occurred-on.ts";
import type { Gathering } from "../gathering.ts";
import { fresh, isLive } from "../gathering.ts";
import type { LawOfCase, Proposing } from "../proposing.ts";
import { dueDates } from "../proposing.ts";
import { checkThere } from "./promises.ts";

type Recurring = "progress-report" | "progress-dispatch";

const dutyOf: Readonly<Record<ProgressOccasion, Recurring>> = {
  report: "progress-report",
  dispatch: "progress-dispatch",
};

const liveDuty = (state: CaseState, id: Recurring): Deadline | undefined =>
  state.deadlines.find((deadline) => deadline.id === id && isLive(deadline));

/** The first dates of the recurring duties, where the 五定 set them and none runs yet. */
export const firstReports = (
  state: CaseState,
  on: string,
  context: LawOfCase,
): readonly DueDate[] =>
  dueDates({ assigned: on }, state, state.round, context).filter(({ id }) =>
    Object.values(dutyOf).some((duty) => duty === id && liveDuty(state, duty) === undefined),
  );

/** The next date of a duty after a report; none on a closed case, or where a later report has set it. */
export const nextReport = (
  occasion: ProgressOccasion,
  state: CaseState,
  on: string,
  context: LawOfCase,
): readonly DueDate[] => {
  const duty = dutyOf[occasion];
  if (!statuses[state.status].open || !isMetBy(liveDuty(state, duty), on)) return [];
  const triggered: Triggered =
    occasion === "report" ? { progressReported: on } : { progressDispatched: on };
  return dueDates(triggered, state, state.round, context).filter(({ id }) => id === duty);
};

/** A report that was written down late, after a newer one, is history and meets nothing. */
const isMetBy = (duty: Deadline | undefined, on: string): boolean =>
  duty === undefined || duty.countedFrom <= dateOf(on);

/** What its commands ask for. */
export const progressProposals: Proposing<"progress"> = {
  progress: ({ input, on, state, context, fact }) => {
    const { commitment, occasion = "report" } = input;
    if (commitment !== undefined) checkThere(state, commitment);
    const deadlines = nextReport(occasion, state, on, context);
    return [fact("ProgressReported", { ...input, deadlines })];
  },
};

/** What its events add to a case. */
export const progressFacts: Gathering<"ProgressReported"> = {
  ProgressReported: (state, event) => {
    const { commitment, occasion = "report", summary, deadlines } = event.data;
    const on = dateOf(event.on);
    const told: Progress = {
      on: event.on,
      ...(commitment !== undefined && { commitment }),
      occasion,
      summary,
    };
    return {
      ...state,
      progress: [...state.progress, told],
      deadlines: [
        ...state.deadlines.map((deadline) =>
          deadline.id === dutyOf[occasion] && isLive(deadline) && isMetBy(deadline, on)
            ? { ...deadline, metOn: on }
            : deadline,
        ),
        ...deadlines.map((due) => fresh(due, state.round)),
      ],
    };
  },
};
