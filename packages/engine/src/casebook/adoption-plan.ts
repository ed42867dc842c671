/**
 * @module adoption-plan — what adopting a rulebook or a calendar comes to: its event, its file, and the
 * rules of each open case afterwards.
 */
import type { CaseId } from "../case/case-id.ts";
import type { CaseState } from "../case/state.ts";
import type { DeadlineId } from "../case/terms.ts";
import type { MovedDueDate } from "../decider/recompute.ts";
import { changesRulebook, underCalendar, underRulebook } from "../decider/recompute.ts";
import { EngineError } from "../errors.ts";
import type { StoredFile } from "../ports/event-store.ts";
import type { Calendar } from "../rulebook/calendar/calendar.ts";
import type { Law } from "../rulebook/due-on.ts";
import type { Rulebook } from "../rulebook/rulebook.ts";
import { rulebookName } from "../rulebook/rulebook.ts";
import { compareVersions, splitEdition } from "../rulebook/version.ts";
import { indexCalendar } from "../rulebook/calendar/working-days.ts";
import type { CivilDate } from "../time/civil-date.ts";
import type { CalendarAdopted, RulebookAdopted } from "./opening.ts";
import type { logEvents } from "./opening.ts";
import { asFile, refOf } from "./opening.ts";
import { adoptedFor } from "./reader.ts";
import type { RulesInForce } from "./rules-in-force.ts";

/** A due date that new rules move. */
export type Impact = Readonly<{
  case: CaseId;
  title: string;
  deadline: DeadlineId;
  /** Null where the new rulebook sets a due date that the case did not have. */
  from: CivilDate | null;
  to: CivilDate;
  wasProvisional: boolean;
  isProvisional: boolean;
  /** The new date lies before the day of the adoption. */
  isPast: boolean;
}>;

/** What an adoption did, or would do. */
export type Adoption = Readonly<{
  /** `<id>@<version>` of the rulebook, or the edition of the calendar. */
  name: string;
  /** True when these very rules were in force already and no case was left behind: nothing was recorded. */
  unchanged: boolean;
  /** Open cases that get an event. */
  cases: number;
  impact: readonly Impact[];
  /** Place of the adoption in the log; null when nothing was recorded. */
  position: number | null;
}>;

/** What is adopted, and what it does to a case. */
export type Plan = Readonly<{
  name: string;
  /** These very rules have been adopted last; only what an interruption left undone is to be done. */
  isInForce: boolean;
  event: Readonly<{ type: keyof typeof logEvents; data: RulebookAdopted | CalendarAdopted }>;
  file: StoredFile;
  /** The rulebook in force afterwards. */
  rulebookHash: string;
  cause: "calendar" | "rulebook";
  /** The rules of an open case afterwards, with their hash; null for a case that they do not concern. */
  lawFor(state: CaseState): Readonly<{ law: Law; hash: string }> | null;
  moved(state: CaseState, law: Law, today: CivilDate): readonly MovedDueDate[];
}>;

/**
 * The plan of a rulebook.
 * @throws EngineError `RULES_OLDER`, `RULES_DIFFER`
 */
export const planOfRulebook = async (rulebook: Rulebook, rules: RulesInForce): Promise<Plan> => {
  const name = rulebookName(rulebook);
  const file = asFile(rulebook, `${name}.json`);
  const hash = `sha256:${file.sha256}`;
  const known = rules.byName.get(name);
  if (known !== undefined && known.hash !== hash) {
    throw new EngineError("RULES_DIFFER", { what: "rulebook", name });
  }
  const newer = rules.rulebooks.findLast(
    (one) =>
      one.rulebook.id === rulebook.id &&
      compareVersions(one.rulebook.version, rulebook.version) > 0,
  );
  if (newer !== undefined) {
    throw new EngineError("RULES_OLDER", { what: "rulebook", given: name, newer: newer.name });
  }
  const law = { rulebook, calendar: await rules.calendar() };
  const { appliesToOpenCases } = rulebook;
  return {
    name,
    isInForce: rules.current.hash === hash,
    event: { type: "RulebookAdopted", data: { name, file: refOf(file), appliesToOpenCases } },
    file,
    rulebookHash: hash,
    cause: "rulebook",
    lawFor: (state) =>
      appliesToOpenCases && changesRulebook(state, law) && isFor(rulebook, state)
        ? { law, hash }
        : null,
    moved: underRulebook,
  };
};

/**
 * The plan of a calendar.
 * @throws EngineError `RULES_OLDER`, `RULES_DIFFER`
 */
export const planOfCalendar = (
  { calendar, notice }: Readonly<{ calendar: Calendar; notice: string }>,
  rules: RulesInForce,
): Plan => {
  const { edition } = calendar;
  const file = asFile(calendar, `${edition}.json`);
  const known = rules.calendars.findLast((one) => one.edition === edition);
  if (known !== undefined) {
    if (known.sha256 !== file.sha256) {
      throw new EngineError("RULES_DIFFER", { what: "calendar", name: edition });
    }
  }
  const newer = rules.calendars.findLast((one) => isNewer(one.edition, edition));
  if (newer !== undefined) {
    throw new EngineError("RULES_OLDER", {
      what: "calendar",
      given: edition,
      newer: newer.edition,
    });
  }
  const indexed = indexCalendar(calendar);
  return {
    name: edition,
    isInForce: known !== undefined && known === rules.calendars.at(-1),
    event: { type: "CalendarAdopted", data: { edition, notice, file: refOf(file) } },
    file,
    rulebookHash: rules.current.hash,
    cause: "calendar",
    lawFor: (state) => {
      const { rulebook, hash } = adoptedFor(rules, state);
      return { law: { rulebook, calendar: indexed }, hash };
    },
    moved: (state, law, today) =>
      underCalendar(state, law, today, (name) => rules.byName.get(name)?.rulebook),
  };
};

const isFor = ({ kinds, validFrom, validTo }: Rulebook, { received }: CaseState): boolean =>
  kinds.some(({ id }) => id === received.kind) &&
  validFrom <= received.dispatchedOn &&
  (validTo === null || received.dispatchedOn <= validTo);

const isNewer = (one: string, other: string): boolean => {
  const [left, right] = [splitEdition(one), splitEdition(other)];
  return left.name === right.name && compareVersions(left.version, right.version) > 0;
};
