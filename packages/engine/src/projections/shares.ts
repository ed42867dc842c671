/**
 * @module shares — where a case stands in a rate: outside its population, taken out of it, or inside with
 * how much of the population it is and how much of that counts.
 *
 * What the tallies add up, what a passport lists and what `next` names all come from here, so a figure
 * and the cases behind it cannot differ. What a rate counts is data; nothing here knows a rate by name.
 */
import type { Result } from "../case/reading.ts";
import {
  adoptedRequests,
  answersProposer,
  currentResult,
  dueThatCounts,
  isCompleted,
  isOnTime,
  isToBePublished,
  isWithProposer,
  requestsLeft,
} from "../case/reading.ts";
import type { CaseState, Commitment } from "../case/state.ts";
import type { ResultMeaning } from "../case/terms.ts";
import type {
  RateDefinition,
  RateExclusion,
  RateNumerator,
  RatePopulation,
} from "../rulebook/rate-definition.ts";
import type { ResultCode, Rulebook } from "../rulebook/rulebook.ts";
import type { CivilDate } from "../time/civil-date.ts";
import { dateOf } from "../time/occurred-on.ts";
import { definitionKey } from "./definitions.ts";
import { isFormAwaited, isFormRead, isSatisfied, isSilent } from "./form-rating.ts";

/** How much of a rate's population a case, or one promise of it, is, and how much of that counts. */
export type Part = Readonly<{
  /** Counts from this date on; null when it counts on any day. */
  from: CivilDate | null;
  denominator: number;
  numerator: number;
}>;

/** What one case adds to one rate. */
export type Share = Part & Readonly<{ rate: string; definition: string }>;

/** Why a rate does not look at a case at all. */
export type Outside =
  | "otherKind"
  | "otherCategory"
  | "notOurs"
  | "unanswered"
  | "noForm"
  | "noPromisedResult"
  | "notPublishable"
  | "noRequests"
  | "noPromises";

/** Where a case stands in a rate. */
export type Standing =
  | Readonly<{ place: "outside"; why: Outside }>
  | Readonly<{ place: "excluded"; by: RateExclusion }>
  | Readonly<{ place: "inside"; parts: readonly Part[] }>;

/** Every case's shares in the rates of its rulebook. */
export const sharesOf = (state: CaseState, rulebook: Rulebook): readonly Share[] =>
  rulebook.rates.flatMap((rate) => {
    const standing = standingOf(rate, state, rulebook);
    if (standing.place !== "inside") return [];
    const definition = definitionKey(rate);
    return standing.parts.map((part) => ({ rate: rate.id, definition, ...part }));
  });

/**
 * Where a case stands in a rate. Whether the rate is about such cases, and whose it is to answer, is asked first, then the exclusions, then the rest
 * of the population: a withdrawn case is named as withdrawn, and not as one without a form.
 */
export const standingOf = (
  rate: RateDefinition,
  state: CaseState,
  rulebook: Rulebook,
): Standing => {
  const apart = apartFrom(rate, state);
  if (apart !== null) return { place: "outside", why: apart };
  if (isOfThoseWeAnswer(rate.population) && !answersProposer(state)) {
    return { place: "outside", why: "notOurs" };
  }
  const by = exclusionsOf(rate).find((exclusion) => excludes[exclusion](state, rate));
  if (by !== undefined) return { place: "excluded", by };
  const why = outsideOf(rate, state, rulebook);
  if (why !== null) return { place: "outside", why };
  return { place: "inside", parts: partsOf(rate, state, rulebook) };
};

/** What sets a case apart from those that a rate is about; null where nothing does. */
const apartFrom = (
  { kinds, categories }: Pick<RateDefinition, "kinds" | "categories">,
  { received: { kind, category } }: Pick<CaseState, "received">,
): Outside | null => {
  if (kinds !== undefined && !kinds.includes(kind)) return "otherKind";
  const isNamed = category !== undefined && categories?.includes(category) === true;
  return categories === undefined || isNamed ? null : "otherCategory";
};

/** Whether proposers are asked for a form: some rate of the rulebook reads the forms of such cases. */
export const asksForForm = (state: Pick<CaseState, "received">, { rates }: Rulebook): boolean =>
  rates.some((rate) => rate.form !== undefined && apartFrom(rate, state) === null);

/** Whether a form went out with the reply: what came back had gone out, though no rule asked for it. */
export const isFormSent = (
  state: Pick<CaseState, "received" | "feedback">,
  rulebook: Rulebook,
): boolean => state.feedback.length > 0 || asksForForm(state, rulebook);

const isOfThoseWeAnswer = (population: RatePopulation): boolean =>
  population !== "all" && population !== "commitmentsDue";

/** The exclusions, with the waiver where the rate says in its other place that it takes a case out. */
const exclusionsOf = ({
  exclusions,
  numerator,
  contact,
}: RateDefinition): readonly RateExclusion[] =>
  numerator === "contacted" && contact?.waiver === "excluded" && !exclusions.includes("waived")
    ? [...exclusions, "waived"]
    : exclusions;

const excludes: Readonly<
  Record<RateExclusion, (state: CaseState, rate: RateDefinition) => boolean>
> = {
  returned: ({ status }) => status === "returned",
  withdrawn: ({ status }) => status === "withdrawn",
  merged: ({ status }) => status === "merged",
  waived: ({ contactWaived }) => contactWaived,
  formExpired: isSilent,
  formOut: (state, rate) => isFormAwaited(rate, state),
};

/**
 * What keeps a case that was not excluded out of the population; null when it is in. Which year's cases
 * `promisedResults` looks at is the scope's business: last year's are `{ year }` of the year before.
 */
const outsideOf = (rate: RateDefinition, state: CaseState, rulebook: Rulebook): Outside | null => {
  const unless = (isIn: boolean, why: Outside): Outside | null => (isIn ? null : why);
  switch (rate.population) {
    case "all":
    case "answering":
      return null;
    case "answered":
      return unless(state.replies.length > 0, "unanswered");
    case "returnedForms":
      return unless(isFormRead(rate, state), "noForm");
    case "promisedResults":
      return unless(
        codeOf(state.replies[0], rulebook)?.createsCommitment === true,
        "noPromisedResult",
      );
    case "publishable":
      return unless(isToBePublished(state), "notPublishable");
    case "requests":
      return unless(requestsOf(state) > 0, "noRequests");
    case "commitmentsDue":
      return unless(state.commitments.length > 0, "noPromises");
  }
};

/** A case weighs one; where requests or promises are looked at, one for each of them. */
const partsOf = (rate: RateDefinition, state: CaseState, rulebook: Rulebook): readonly Part[] => {
  const { population, numerator } = rate;
  const holds = (): boolean => counts[numerator](state, rate, rulebook);
  if (population === "commitmentsDue") {
    // a long-term promise has no date that could come
    const dated = state.commitments.filter((promise) => dueThatCounts(promise) !== undefined);
    return dated.map((promise) => ({
      from: dueThatCounts(promise) ?? null,
      denominator: 1,
      numerator: (ofPromise[numerator]?.(promise) ?? holds()) ? 1 : 0,
    }));
  }
  const denominator = population === "requests" ? requestsOf(state) : 1;
  const counted =
    population === "requests" && numerator === "adopted"
      ? adoptedRequests(state).length
      : holds()
        ? denominator
        : 0;
  return [{ from: null, denominator, numerator: counted }];
};

const requestsOf = (state: CaseState): number => requestsLeft(state).length;

const isKept = (promise: Commitment): boolean => {
  const due = dueThatCounts(promise);
  const { fulfilledOn } = promise;
  return fulfilledOn !== null && due !== undefined && dateOf(fulfilledOn) <= due;
};

/** Whether a promise counts by itself. */
const ofPromise: Readonly<Partial<Record<RateNumerator, (promise: Commitment) => boolean>>> = {
  fulfilledOnTime: isKept,
  verified: ({ verifiedOn }) => verifiedOn !== null,
};

/** Whether a whole case counts. */
const counts: Readonly<
  Record<RateNumerator, (state: CaseState, rate: RateDefinition, rulebook: Rulebook) => boolean>
> = {
  contacted: (state, rate) => isContacted(rate, state),
  assigned: ({ assignment }) => assignment !== null,
  completed: isCompleted,
  completedOnTime: (state, { round = "last" }) => isCompleted(state) && isInTime(round, state),
  followedUp: (state) => isCompleted(state) && state.followUps.length > 0,
  satisfied: (state, rate) => isSatisfied(rate, state),
  resolved: (state, rate, rulebook) => isOfMeaning(rate, state, rulebook),
  upgraded: (state, rate, rulebook) => isOfMeaning(rate, state, rulebook),
  adopted: (state) => requestsOf(state) > 0 && adoptedRequests(state).length >= requestsOf(state),
  fulfilledOnTime: ({ commitments }) => commitments.length > 0 && commitments.every(isKept),
  verified: ({ commitments }) =>
    commitments.length > 0 && commitments.every(({ verifiedOn }) => verifiedOn !== null),
  published: ({ publication }) => publication !== null,
};

/** The contacts that a rate counts. */
export const contactsCounted = (
  { contact }: Pick<RateDefinition, "contact">,
  { contacts }: CaseState,
): CaseState["contacts"] =>
  contact === undefined
    ? []
    : contacts.filter(
        (one) => contact.modes.includes(one.mode) && (!contact.withProposer || isWithProposer(one)),
      );

const isContacted = (rate: RateDefinition, state: CaseState): boolean => {
  const { contact } = rate;
  if (contact === undefined) return false;
  if (state.contactWaived && contact.waiver === "met") return true;
  const made = contactsCounted(rate, state);
  return (
    made.length >= contact.minTimes &&
    contact.phases.every((phase) => made.some((one) => one.phase === phase))
  );
};

/** Whether the first, the last or every round was answered in time. */
const isInTime = (round: NonNullable<RateDefinition["round"]>, state: CaseState): boolean => {
  const isRoundInTime = (number: number): boolean => isOnTime({ ...state, round: number });
  if (round === "last") return isOnTime(state);
  if (round === "first") return isRoundInTime(1);
  return Array.from({ length: state.round }, (_, at) => at + 1).every(isRoundInTime);
};

const solved: readonly ResultMeaning[] = ["resolved"];

const isOfMeaning = (
  { meanings = solved }: RateDefinition,
  state: CaseState,
  rulebook: Rulebook,
): boolean => {
  const current = currentResult(state);
  // a reply of before says only its letter
  const meaning = current?.meaning ?? codeOf(current, rulebook)?.meaning;
  return meaning !== undefined && meanings.includes(meaning);
};

/** The letter of a result; undefined without a reply, or where the rulebook has no such scheme. */
const codeOf = (
  given: Pick<Result, "scheme" | "result"> | undefined,
  { results }: Rulebook,
): ResultCode | undefined =>
  results
    .find(({ scheme }) => scheme === given?.scheme)
    ?.codes.find(({ code }) => code === given?.result);
