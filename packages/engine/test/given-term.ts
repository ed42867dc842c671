/** @module given-term — what tests of terms share: office hours, the State Council's days, and a plain term. */
import { indexCalendar } from "../src/rulebook/calendar/working-days.ts";
import { stateCouncil } from "../src/rulebook/calendar/state-council.ts";
import type { Term } from "../src/rulebook/deadline-rule.ts";
import type { TermLaw } from "../src/rulebook/terms/term.ts";

export const officeHours = [
  { from: "09:00", to: "12:00" },
  { from: "13:30", to: "17:30" },
];
export const china: TermLaw = {
  calendar: indexCalendar(stateCouncil),
  workingHours: officeHours,
};

/** A term in working days, without rolling, unless said otherwise. */
export const term = (parts: Partial<Term>): Term => ({
  unit: "workingDay",
  count: "dayZero",
  rollOver: "none",
  ...parts,
});
