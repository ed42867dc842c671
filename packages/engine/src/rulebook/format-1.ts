/**
 * @module format-1 — rulebooks of format 1, as older casebooks hold them, read as format 2.
 *
 * What stands in a log is never rewritten: the old book is read anew each time, and means what it meant.
 * Questions that format 1 could not ask get the answer by which the program of that time worked.
 */
import type { ContactMode, Label, Rating } from "../case/terms.ts";
import type { DeadlineRule } from "./deadline-rule.ts";
import type { RateDefinition, RateExclusion, RatePopulation, Rounding } from "./rate-definition.ts";
import { withAllAnswers } from "./later-questions.ts";
import type { Choice, Choices, ResultScheme, Rulebook } from "./rulebook.ts";
import type { Confidence, Source } from "./source.ts";

/** The members of format 1 that mean the same today. */
type SameMember =
  | "id"
  | "version"
  | "label"
  | "validFrom"
  | "validTo"
  | "kinds"
  | "unregulated"
  | "closingNeedsFeedback"
  | "verifierDiffers";

type Rulebook1 = Pick<Rulebook, SameMember> &
  Readonly<{
    format: 1;
    deadlines: readonly DeadlineRule1[];
    contactBeforeReply: Choices<boolean>;
    rehandlingOn: Choices<readonly Rating[]>;
    results: readonly Omit<ResultScheme, "rounding" | "confidence">[];
    lamps: Readonly<{ yellowWithinWorkingDays: number }>;
    rates: readonly Rate1[];
  }>;

type DeadlineRule1 = Omit<DeadlineRule, "count"> &
  Readonly<{ startsNextDay: true; endOfMonthClamp: true }>;

type Population1 =
  | "handled"
  | "ours"
  | "oursNotWaived"
  | "formReturned"
  | "answered"
  | "requests"
  | "commitmentsDue";

type Rate1 = Pick<RateDefinition, "id" | "version" | "label" | "definition"> &
  Readonly<{
    population: Population1;
    count:
      | "contacted"
      | "assigned"
      | "completed"
      | "completedOnTime"
      | "lastFormGood"
      | "firstFormGood"
      | "resolved"
      | "adopted"
      | "fulfilledOnTime";
    countedModes?: readonly ContactMode[];
    withProposer?: boolean;
    axis?: "attitude" | "result";
    goodRatings?: readonly Rating[];
  }>;

/**
 * A stored rulebook as format 2, with an answer to every question.
 * @throws RangeError for a format that this program does not know
 */
export const upcastRulebook = (json: unknown): Rulebook => {
  const { format } = Object(json) as Readonly<{ format?: unknown }>;
  if (format === 2) return withAllAnswers(json as Rulebook);
  if (format === 1) return withAllAnswers(fromFormat1(json as Rulebook1));
  throw new RangeError(`a rulebook of format ${String(format)}; this program knows 1 and 2`);
};

const byDefault = (
  zh: string,
  en: string,
): Readonly<{ source: Source; confidence: Confidence }> => ({
  source: { title: { zh: `默认值：${zh}`, en: `a default: ${en}` } },
  confidence: "default",
});

/** Two decimals, each share for itself: how every figure was printed. */
const printed: Rounding = { decimals: 2, mode: "halfUp" };

const fromFormat1 = (old: Rulebook1): Parameters<typeof withAllAnswers>[0] => ({
  format: 2,
  id: old.id,
  version: old.version,
  label: old.label,
  validFrom: old.validFrom,
  validTo: old.validTo,
  appliesToOpenCases: false,
  kinds: old.kinds,
  deadlines: old.deadlines.map(
    ({ startsNextDay: _next, endOfMonthClamp: _clamp, ...rule }): DeadlineRule => ({
      ...rule,
      count: "dayZero",
    }),
  ),
  unregulated: old.unregulated,
  contactBeforeReply: withValues(old.contactBeforeReply, (required) => ({ required })),
  rehandlingOn: withValues(old.rehandlingOn, (given) => ({
    ratings: given,
    axes: ["attitude", "result"] as const,
  })),
  closingNeedsFeedback: old.closingNeedsFeedback,
  expiryNeedsReminder: [
    {
      value: true,
      ...byDefault("催收后仍未反馈的，方作逾期处理", "a form expires only after a reminder"),
    },
  ],
  verifierDiffers: old.verifierDiffers,
  workingHours: [{ value: [], ...byDefault("未设办公时间", "no office hours are set") }],
  results: old.results.map((scheme) => ({
    ...scheme,
    rounding: printed,
    confidence: confidenceOf(scheme.source.title),
  })),
  lamps: [{ value: old.lamps, ...byDefault("黄灯天数", "the days of yellow light") }],
  rates: old.rates.map(fromRate1),
  duties: [],
});

const withValues = <Old, New>(choices: Choices<Old>, convert: (value: Old) => New): Choices<New> =>
  choices.map((choice): Choice<New> => ({ ...choice, value: convert(choice.value) }));

/** Format 1 had no confidence for result letters: what does not call itself a default was read. */
const confidenceOf = ({ zh }: Label): Confidence =>
  zh.startsWith("默认值") ? "default" : "document";

const ended: readonly RateExclusion[] = ["returned", "withdrawn", "merged"];

const populations: Readonly<
  Record<
    Population1,
    Readonly<{ population: RatePopulation; exclusions: readonly RateExclusion[] }>
  >
> = {
  handled: { population: "all", exclusions: ended },
  ours: { population: "answering", exclusions: ended },
  oursNotWaived: { population: "answering", exclusions: [...ended, "waived"] },
  // “催收后逾期未收回的不计入” stood in the definition, before a form could expire
  formReturned: { population: "returnedForms", exclusions: [...ended, "formExpired"] },
  answered: { population: "answered", exclusions: ended },
  requests: { population: "requests", exclusions: ended },
  commitmentsDue: { population: "commitmentsDue", exclusions: ended },
};

const fromRate1 = (old: Rate1): RateDefinition => ({
  id: old.id,
  version: old.version,
  label: old.label,
  definition: old.definition,
  ...populations[old.population],
  ...countedBy(old),
  rounding: printed,
  ...byDefault("按规则集所载口径计算", "counted as the rulebook defines it"),
});

const countedBy = (
  old: Rate1,
): Pick<RateDefinition, "numerator" | "contact" | "form" | "round" | "meanings"> => {
  switch (old.count) {
    case "contacted":
      return {
        numerator: "contacted",
        contact: {
          modes: old.countedModes ?? [],
          withProposer: old.withProposer ?? false,
          minTimes: 1,
          phases: [],
          waiver: old.population === "oursNotWaived" ? "excluded" : "notMet",
        },
      };
    case "completedOnTime":
      return { numerator: "completedOnTime", round: "last" };
    case "lastFormGood":
    case "firstFormGood":
      return {
        numerator: "satisfied",
        form: {
          axis: old.axis ?? "result",
          ratings: old.goodRatings ?? [],
          round: old.count === "firstFormGood" ? "first" : "latest",
          proposers: "worst",
          silence: "excluded",
        },
      };
    case "resolved":
      return { numerator: "resolved", meanings: ["resolved"] };
    case "assigned":
    case "completed":
    case "adopted":
    case "fulfilledOnTime":
      return { numerator: old.count };
  }
};
