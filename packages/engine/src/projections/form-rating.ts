/** @module form-rating — which forms a rate reads, and the one rating that it makes of them. */
import { worst } from "../case/reading.ts";
import type { CaseState, Feedback } from "../case/state.ts";
import type { Rating } from "../case/terms.ts";
import { ratings } from "../case/terms.ts";
import type { RateDefinition } from "../rulebook/rate-definition.ts";

type FormReading = NonNullable<RateDefinition["form"]>;

/** The forms that a rate looks at, oldest first: all, or the first proposer's where he speaks for the others. */
export const formsRead = (
  { form }: Pick<RateDefinition, "form">,
  { feedback }: CaseState,
): readonly Feedback[] =>
  (form?.proposers === "lead"
    ? feedback.filter(({ proposer }) => proposer === 1)
    : feedback
  ).toSorted((left, right) => left.on.slice(0, 10).localeCompare(right.on.slice(0, 10)));

/**
 * Whether no form came back at all and one expired. A form that came back counts on, though a later
 * round's expired: a 不满意 does not vanish because nobody answers the second time.
 */
export const isSilent = ({ feedback, formsExpired }: CaseState): boolean =>
  feedback.length === 0 && formsExpired.length > 0;

/** The last form that expired, where nothing came back on its round or a later one. */
export const silenceOf = (state: CaseState): CaseState["formsExpired"][number] | undefined => {
  const last = state.formsExpired.at(-1);
  return last === undefined || state.feedback.some(({ round }) => round >= last.round)
    ? undefined
    : last;
};

/** Whether a form is still waited for: none came back, and none expired. */
export const isFormAwaited = (rate: Pick<RateDefinition, "form">, state: CaseState): boolean =>
  formsRead(rate, state).length === 0 && state.formsExpired.length === 0;

/** Whether the rate has something to read: a form that came back, or an expired one that says something. */
export const isFormRead = (rate: Pick<RateDefinition, "form">, state: CaseState): boolean =>
  formsRead(rate, state).length > 0 ||
  (rate.form !== undefined && rate.form.silence !== "excluded" && silenceDecides(rate.form, state));

/** Whether the proposer is satisfied, as the rate reads it. */
export const isSatisfied = (rate: Pick<RateDefinition, "form">, state: CaseState): boolean => {
  const { form } = rate;
  if (form === undefined) return false;
  if (form.silence !== "excluded" && silenceDecides(form, state)) {
    return form.silence === "countsAsSatisfied";
  }
  const rating = ratingOf(form, formsRead(rate, state));
  return rating !== undefined && form.ratings.includes(rating);
};

/** Whether the form that is asked about, the first or the latest, is one that expired. */
const silenceDecides = ({ round }: FormReading, state: CaseState): boolean => {
  if (round === "latest") return silenceOf(state) !== undefined;
  const [first] = state.formsExpired;
  return first !== undefined && !state.feedback.some((form) => form.round <= first.round);
};

/** One rating of all forms, undefined for none. The first form is the one that came back first of all. */
const ratingOf = (form: FormReading, forms: readonly Feedback[]): Rating | undefined => {
  const chosen =
    form.round === "first"
      ? forms.slice(0, 1)
      : [...new Map(forms.map((one) => [one.proposer, one])).values()];
  const given = chosen.flatMap(({ attitude, result }): readonly Rating[] => {
    const both = worst([attitude, result]);
    return form.axis === "attitude"
      ? [attitude]
      : form.axis === "result" || !both
        ? [result]
        : [both];
  });
  return together[form.proposers](given);
};

const fromBest = Object.keys(ratings) as readonly Rating[];

/** How the ratings of several proposers make one. */
const together: Readonly<
  Record<FormReading["proposers"], (given: readonly Rating[]) => Rating | undefined>
> = {
  lead: (given) => given.at(-1),
  worst,
  best: (given) => fromBest.find((rating) => given.includes(rating)),
  majority: (given) => {
    const votes = (rating: Rating): number => given.filter((one) => one === rating).length;
    const most = Math.max(...fromBest.map(votes));
    // a tie goes to the worse rating
    return given.length === 0 ? undefined : fromBest.findLast((rating) => votes(rating) === most);
  },
};
