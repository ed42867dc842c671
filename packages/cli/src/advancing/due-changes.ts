/** @module due-changes — what a step does to the due dates of a case, one sentence each. */
import type { DeadlineView, Label, WorkingCalendar } from "@wuding/engine";
import { terms } from "@wuding/engine";
import { deadlineName, labelled } from "../print/words.ts";
import { shownDate } from "../spoken-date.ts";

const said = {
  fresh: { zh: "新的时限", en: "New due date" },
  moved: { zh: "时限变动", en: "Moved" },
  gone: { zh: "不再计时", en: "No longer counted" },
} as const satisfies Record<string, Label>;

/** A due date of a round; the same duty may come again in the next. */
const keyOf = ({ id, round }: DeadlineView): string => `${id} ${round}`;

/** The due dates that are new, lie otherwise, or have been settled. */
export const dueChanges = (
  before: readonly DeadlineView[],
  after: readonly DeadlineView[],
  calendar: WorkingCalendar,
  language: keyof Label,
): readonly string[] => {
  const dated = ({ dueOn: date, provisional }: DeadlineView): string =>
    shownDate({ date, provisional }, calendar, language);
  const known = new Map(before.map((one) => [keyOf(one), one]));
  const now = after.flatMap((one): readonly string[] => {
    const then = known.get(keyOf(one));
    known.delete(keyOf(one));
    const name = deadlineName(one.id, language);
    if (then === undefined) return [labelled(said.fresh, `${name} ${dated(one)}`, language)];
    if (then.dueOn !== one.dueOn) {
      return [labelled(said.moved, `${name} ${then.dueOn} → ${dated(one)}`, language)];
    }
    return then.state === one.state
      ? []
      : [labelled(terms.deadlineStates[one.state], `${name} ${one.dueOn}`, language)];
  });
  const gone = [...known.values()].map(({ id, dueOn }) =>
    labelled(said.gone, `${deadlineName(id, language)} ${dueOn}`, language),
  );
  return [...now, ...gone];
};
