/**
 * @module rulebook — the shape of a rulebook: the rules of one locality as data, each with its source.
 *
 * A rulebook is a version. It is adopted by an event, named by its hash in every event decided under
 * it, and a case keeps the version it was dispatched under. What a law leaves open is a value marked
 * `confidence: "default"`, so that an office sees that it is a choice.
 */
import type { ContactMode, DeadlineName, Label, Rating, Role } from "../case/terms.ts";
import type { CivilDate } from "../time/civil-date.ts";

/** Where a rule stands: the title of the text and, where it has one, the article. */
export type Source = Readonly<{ title: Label; article?: Label }>;

/** How sure we are of a rule: read in the law, on an official page, in a document, or our own choice. */
export type Confidence = "law" | "page" | "document" | "default";

/** A kind of case 件别. */
export type Kind = Readonly<{
  /** The first part of a case's name. */
  id: string;
  label: Label;
  /** What one of them is called in a sentence and how it is counted: 件, 条. */
  noun: Label;
  measure: string;
  /** What its proposer is called: 委员, 代表. */
  proposer: Label;
  /** Whether the second part of a name is a session (`15-5`) or a year (`2021`). */
  numbering: "session" | "year";
}>;

/** The event of a case that a term counts from. */
export type Trigger = "dispatched" | "received" | "replyDelivered" | "rehandlingOrdered";

export type TermUnit = "workingDay" | "calendarDay" | "calendarMonth";

/** What happens to a due date that falls on a day off. */
export type RollOver = "none" | "nextWorkingDay";

/** Which cases a rule is for; an absent member does not restrict. */
export type AppliesTo = Readonly<{
  kinds?: readonly string[];
  roles?: readonly Role[];
  isComplex?: boolean;
  isKey?: boolean;
}>;

/** One term. Of the rules that apply to a case and trigger, the first of each deadline wins. */
export type DeadlineRule = Readonly<{
  /** Unique in the rulebook; printed in refusals and beside due dates. */
  id: string;
  deadline: Exclude<DeadlineName, "internal" | "commitment">;
  appliesTo: AppliesTo;
  trigger: Trigger;
  amount: number;
  unit: TermUnit;
  /** The day of the trigger is day zero. */
  startsNextDay: true;
  /** A month term ends on the same-numbered day, or on the month's last where that is missing. */
  endOfMonthClamp: true;
  rollOver: RollOver;
  /** How far the term may be extended, null when it may not be. */
  extension: Readonly<{
    max: Readonly<{
      from: "trigger" | "dueDate";
      amount: number;
      unit: TermUnit;
    }>;
    approver: Label;
    needsWrittenNoticeToProposer: boolean;
    mustApplyBeforeDue: boolean;
  }> | null;
  onMiss: "lockRight" | "escalate" | "countAsLate";
  source: Source;
  confidence: Confidence;
  validFrom: CivilDate;
  validTo: CivilDate | null;
}>;

/** A choice that a rule makes for some kinds, for all of them when none is named. */
export type Choice<Value> = Readonly<{
  kinds?: readonly string[];
  value: Value;
  source: Source;
  confidence: Confidence;
}>;

/** The choices of a rulebook on one question; of those that are for a kind, the first holds. */
export type Choices<Value> = readonly Choice<Value>[];

/** What a result letter means, the same for every scheme. */
export type ResultMeaning =
  | "resolved"
  | "partlyResolved"
  | "inProgress"
  | "planned"
  | "deferred"
  | "referenceOnly"
  | "infeasible"
  | "upToHigherBody";

export type ResultCode = Readonly<{
  code: string;
  label: Label;
  meaning: ResultMeaning;
  /** Whether a reply with this result owes promises that can be followed up. */
  createsCommitment: boolean;
}>;

/** The letters that a reply may carry, for some kinds or for all. */
export type ResultScheme = Readonly<{
  /** Written beside the letter in each reply: the same letter means different things elsewhere. */
  scheme: string;
  kinds?: readonly string[];
  codes: readonly ResultCode[];
  source: Source;
}>;

/** Which cases a rate looks at. */
export type RatePopulation =
  /** Every case not returned, withdrawn or merged. */
  | "handled"
  /** Ours to answer: role sole, lead or separate, and not returned, withdrawn or merged. */
  | "ours"
  /** Ours to answer, less those whose proposer waived the contact. */
  | "oursNotWaived"
  /** Ours to answer, with a returned form. */
  | "formReturned"
  /** Ours to answer, with a reply. */
  | "answered"
  /** The requests asked for in cases ours to answer. */
  | "requests"
  /** The promises whose date has come. */
  | "commitmentsDue";

/** What a rate counts in its population. */
export type RateCount =
  | "contacted"
  | "assigned"
  | "completed"
  | "completedOnTime"
  | "lastFormGood"
  | "firstFormGood"
  | "resolved"
  | "adopted"
  | "fulfilledOnTime";

/** A rate with everything that its figure rests on; printed beside the figure. */
export type RateDefinition = Readonly<{
  id: string;
  version: number;
  label: Label;
  /** The whole definition in one sentence. */
  definition: Label;
  population: RatePopulation;
  count: RateCount;
  /** For `contacted`: the modes that count, and whether a proposer must have been there. */
  countedModes?: readonly ContactMode[];
  withProposer?: boolean;
  /** For forms: the axis that is read, and the ratings that are good. */
  axis?: "attitude" | "result";
  goodRatings?: readonly Rating[];
}>;

export type Rulebook = Readonly<{
  /** Format of this data, raised when a reader must know more. */
  format: 1;
  id: string;
  version: string;
  label: Label;
  /** The rules hold for cases dispatched in this span. */
  validFrom: CivilDate;
  validTo: CivilDate | null;
  kinds: readonly Kind[];
  deadlines: readonly DeadlineRule[];
  /** Terms that this level of law does not set, with what is known about them. */
  unregulated: readonly Readonly<{ deadline: DeadlineName; note: Label }>[];
  /** A reply needs a contact with the proposer in the same round, unless the proposer waived it. */
  contactBeforeReply: Choices<boolean>;
  /** The ratings, on either axis, that open a new round at once. */
  rehandlingOn: Choices<readonly Rating[]>;
  /** A case that is ours to answer is closed only with a returned or lawfully expired form. */
  closingNeedsFeedback: Choices<boolean>;
  /** Fulfilment is verified by somebody else than the one who recorded it. */
  verifierDiffers: Choices<boolean>;
  /** The letters of replies; of the schemes that are for a kind, the first holds. */
  results: readonly ResultScheme[];
  lamps: Readonly<{
    /** A due date is yellow from this many working days before it, red after it. */
    yellowWithinWorkingDays: number;
  }>;
  rates: readonly RateDefinition[];
}>;

/** `<id>@<version>`, as cases and due dates name their rulebook. */
export const rulebookName = (rulebook: Pick<Rulebook, "id" | "version">): string =>
  `${rulebook.id}@${rulebook.version}`;

/** A source as it is printed: 《…法》第五十一条. */
export const printSource = (source: Source): Label => ({
  zh: `${source.title.zh}${source.article?.zh ?? ""}`,
  en: source.article === undefined ? source.title.en : `${source.title.en}, ${source.article.en}`,
});

/**
 * The choice that holds for a kind.
 * @throws RangeError when the rulebook makes none
 */
export const choiceFor = <Value>(choices: Choices<Value>, kind: string): Choice<Value> => {
  const found = choices.find((choice) => choice.kinds?.includes(kind) ?? true);
  if (found === undefined) throw new RangeError(`the rulebook makes no choice for ${kind}`);
  return found;
};

/**
 * The scheme of letters for a kind.
 * @throws RangeError when the rulebook has none
 */
export const schemeFor = ({ results }: Rulebook, kind: string): ResultScheme => {
  const found = results.find((one) => one.kinds?.includes(kind) ?? true);
  if (found === undefined) throw new RangeError(`the rulebook has no result letters for ${kind}`);
  return found;
};

/** The kind with this id, or undefined. */
export const kindOf = (rulebook: Rulebook, id: string): Kind | undefined =>
  rulebook.kinds.find((kind) => kind.id === id);
