/**
 * @module checks — all checks of a complete rulebook beyond its shape, in one table.
 *
 * A new check is a function and an entry here.
 */
import {
  countedDueDateIsSet,
  everyRuleIsReached,
  noDueDateCountsFromItself,
  noTwoVersionsAtOnce,
} from "./check-deadlines.ts";
import {
  canFallShort,
  meaningsHaveLetters,
  silenceIsSaidOnce,
  waiverIsSaidOnce,
} from "./check-figures.ts";
import { hoursAreInOrder, workingHoursAreSet } from "./check-hours.ts";
import {
  answersHaveATerm,
  answersHaveATermAtOnce,
  kindsAreReached,
  kindsAreThere,
  kindsHaveLetters,
  namedKindsExist,
  questionsAreAnswered,
} from "./check-kinds.ts";
import { extensionLengthens, remindersFit } from "./check-lengths.ts";
import {
  bookIsInForce,
  contactDemandsAreRead,
  everyChoiceHolds,
  everySchemeHolds,
  lettersAreUnique,
  namesAreUnique,
  notesAreUnique,
} from "./check-lists.ts";
import { everyLateRuleIsReached, lateRulesAsk } from "./check-late-entry.ts";
import {
  detailsFitNumerator,
  exclusionsMeanSomething,
  numeratorFitsPopulation,
} from "./check-rates.ts";
import { defaultsSaySo, lawsHaveArticles } from "./check-sources.ts";
import {
  amountFits,
  cutOffFits,
  directionFits,
  fixedDateFits,
  validityFits,
} from "./check-terms.ts";
import { timeIsKnown, triggerFits } from "./check-triggers.ts";
import type { Check, Checked } from "./checked.ts";
import { ofEachApplied, ofEachRule } from "./checked.ts";
import type { Finding } from "./rule-problem.ts";

const checks: readonly Check[] = [
  bookIsInForce,
  namesAreUnique,
  notesAreUnique,
  kindsAreThere,
  namedKindsExist,
  kindsAreReached,
  answersHaveATerm,
  answersHaveATermAtOnce,
  ofEachRule(amountFits),
  ofEachRule(fixedDateFits),
  ofEachRule(directionFits),
  ofEachRule(cutOffFits),
  ofEachRule(validityFits),
  ofEachApplied(triggerFits),
  ofEachRule(timeIsKnown),
  ofEachRule(remindersFit),
  ofEachRule(extensionLengthens),
  ofEachApplied(workingHoursAreSet),
  hoursAreInOrder,
  countedDueDateIsSet,
  noDueDateCountsFromItself,
  everyRuleIsReached,
  noTwoVersionsAtOnce,
  questionsAreAnswered,
  everyChoiceHolds,
  contactDemandsAreRead,
  lateRulesAsk,
  everyLateRuleIsReached,
  kindsHaveLetters,
  everySchemeHolds,
  lettersAreUnique,
  numeratorFitsPopulation,
  detailsFitNumerator,
  exclusionsMeanSomething,
  waiverIsSaidOnce,
  silenceIsSaidOnce,
  canFallShort,
  meaningsHaveLetters,
  lawsHaveArticles,
  defaultsSaySo,
];

/** Everything that is wrong in a rulebook of the right shape, check by check. */
export const contradictions = (checked: Checked): readonly Finding[] =>
  checks.flatMap((check) => check(checked));
