/** @module rate-definition — the shape of a rate in a rulebook: everything that its figure rests on. */
import type { ContactMode, ContactPhase, Label, Rating, ResultMeaning } from "../case/terms.ts";
import type { Confidence, Source } from "./source.ts";

/**
 * How shares are printed. `halfUp` rounds each for itself; `largestRemainder` makes shares of a whole add
 * up to 100%, ties going to the larger count; `down` cuts.
 */
export type Rounding = Readonly<{
  decimals: 0 | 1 | 2 | 3;
  mode: "halfUp" | "largestRemainder" | "down";
}>;

/** What a form that never came back means 逾期未反馈. */
export type Silence = "excluded" | "countsAsSatisfied" | "countsAsDissatisfied";

/** Which cases, requests or promises a rate looks at, before its exclusions. */
export type RatePopulation =
  /** Every case. */
  | "all"
  /** Ours to answer: role sole, lead or separate. */
  | "answering"
  /** Ours to answer, with a reply. */
  | "answered"
  /** Ours to answer, with a returned form, or an expired one that counts as something. */
  | "returnedForms"
  /** Ours to answer, dispatched in the year before, whose first result owed promises. */
  | "promisedResults"
  /** Replies that may be made public, in full or as a summary. */
  | "publishable"
  /** The requests asked for in cases ours to answer. */
  | "requests"
  /** The promises whose date has come. */
  | "commitmentsDue";

/** What takes a case out of a rate's population; each is named in the passport with its cases. */
export type RateExclusion =
  | "returned"
  | "withdrawn"
  | "merged"
  /** The proposer waived the contact. */
  | "waived"
  /** The form expired after a reminder. */
  | "formExpired"
  /** No form has come back yet. */
  | "formOut";

/** What a rate counts in its population. */
export type RateNumerator =
  | "contacted"
  | "assigned"
  | "completed"
  | "completedOnTime"
  /** Completed, and asked about afterwards 回访. */
  | "followedUp"
  | "satisfied"
  | "resolved"
  | "upgraded"
  | "adopted"
  | "fulfilledOnTime"
  /** Struck off 销号: fulfilled, and the fulfilment checked. */
  | "verified"
  | "published";

/** A rate with everything that its figure rests on; printed beside the figure. */
export type RateDefinition = Readonly<{
  id: string;
  version: number;
  label: Label;
  /** The whole definition in one sentence. */
  definition: Label;
  population: RatePopulation;
  /** The kinds that it looks at; all where absent. */
  kinds?: readonly string[];
  /** The categories that it looks at, as they are written down with the cases; all where absent. */
  categories?: readonly string[];
  exclusions: readonly RateExclusion[];
  numerator: RateNumerator;
  /** For `contacted`: what counts as one, and how a waiver counts. */
  contact?: Readonly<{
    modes: readonly ContactMode[];
    /** Whether a proposer must have taken part. */
    withProposer: boolean;
    minTimes: number;
    phases: readonly ContactPhase[];
    waiver: "excluded" | "met" | "notMet";
  }>;
  /** For `satisfied`: which form is read, on which axis, and how several proposers make one rating. */
  form?: Readonly<{
    axis: "attitude" | "result" | "both";
    ratings: readonly Rating[];
    round: "first" | "latest";
    proposers: "lead" | "worst" | "best" | "majority";
    silence: Silence;
  }>;
  /** For `completedOnTime`: which round's answer is looked at. */
  round?: "first" | "last" | "every";
  /** For `resolved` and `upgraded`: the meanings that count. */
  meanings?: readonly ResultMeaning[];
  rounding: Rounding;
  source: Source;
  confidence: Confidence;
}>;
