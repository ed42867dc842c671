/**
 * @module rulebook — the shape of a rulebook: the rules of one locality as data, each with its source.
 *
 * A rulebook is a version. It is adopted by an event, named by its hash in every event decided under
 * it, and a case keeps the version it was dispatched under. What a law leaves open is a value marked
 * `confidence: "default"`, so that an office sees that it is a choice.
 *
 * A rulebook file may extend another: what it says comes before what that one says (`complete.ts`). The
 * shape that is adopted, stored and decided under is always the complete one below.
 */
import type {
  ContactMode,
  ContactPhase,
  DeadlineName,
  Label,
  Level,
  Rating,
  RedispatchClock,
  ResultMeaning,
} from "../case/terms.ts";
import type { CaseEventType } from "../case/events.ts";
import type { CivilDate } from "../time/civil-date.ts";
import type { DeadlineRule } from "./deadline-rule.ts";
import type { RateDefinition, Rounding } from "./rate-definition.ts";
import type { Confidence, Source } from "./source.ts";

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
  /** What is promised in its cases, where it has a word of its own: 措施. */
  promise?: Label;
  /** Whether the second part of a name is a session (`15-5`) or a year (`2021`). */
  numbering: "session" | "year";
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

/** The contact that a reply needs in its round. */
export type ContactDemand = Readonly<{
  required: boolean;
  /** Modes that count; any when absent. */
  modes?: readonly ContactMode[];
  /** How many are needed; one when absent. */
  minTimes?: number;
  /** Phases of which each must be there. */
  phases?: readonly ContactPhase[];
}>;

/** The ratings that open a new round at once, on any of these axes. */
export type RehandlingTrigger = Readonly<{
  ratings: readonly Rating[];
  axes: readonly ("attitude" | "result")[];
}>;

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
  /** How the shares of the letters are printed. */
  rounding: Rounding;
  source: Source;
  confidence: Confidence;
}>;

/** A duty of the office that comes back every year: a report, a letter to the proposers. */
export type YearlyDuty = Readonly<{
  id: string;
  label: Label;
  /** The last day, `08-31`; null where the text names only a season, which stands in the label. */
  monthDay: string | null;
  source: Source;
  confidence: Confidence;
}>;

/** The lamps of due dates, for some kinds or for all. */
export type LampRule = Readonly<{
  /** A due date is yellow from this many working days before it, red after it. */
  yellowWithinWorkingDays: number;
}>;

/** What a lead does with the opinions of co-handlers before and in its reply. */
export type OpinionDemand = Readonly<{
  /** No reply while an opinion that was asked for is not there. */
  beforeReply: boolean;
  /** The reply names every co-handler whose opinion it tells. */
  toldInReply: boolean;
}>;

/** The way of a reply to the proposer: how many reviews, whether signed, by whom. */
export type ReplySteps = Readonly<{
  /** Reviews that a draft needs in its favour. */
  reviews: number;
  signature: boolean;
  /** Nobody reviews or signs what he drafted himself. */
  checkerDiffers: boolean;
}>;

/** Whose forms count where several people proposed. */
export type FormDemand = Readonly<{
  /** The form is back with that of any proposer, of the first one, or of all. */
  settledBy: "any" | "lead" | "all";
  /** A new round is opened by any proposer's form, or only by that of the first one. */
  openedBy: "any" | "lead";
}>;

/** What a promise demands. */
export type PromiseDemand = Readonly<{
  /** A reply whose letter owes promises carries at least one, dated or long-term. */
  withResult: boolean;
  /** Fulfilment is recorded with evidence. */
  evidence: boolean;
  /** Once it is fulfilled, the proposer is told again. */
  secondReply: boolean;
}>;

/**
 * 补录: how late facts may be recorded, counted in working days from the day after the fact up to the day
 * of recording. Of several rules the first that is for the event holds; without one, any lateness is only
 * marked.
 */
export type LateEntryRule = Readonly<{
  kinds?: readonly string[];
  /** For these types of events; for all when absent. */
  events?: readonly CaseEventType[];
  /** Later than this a reason must be given. */
  reasonAfter?: number;
  /** Later than this somebody else must have approved it. */
  approverAfter?: number;
  /** Later than this it is refused. */
  limit?: number;
  source: Source;
  confidence: Confidence;
}>;

export type Rulebook = Readonly<{
  /** Format of this data, raised when a reader must know more. */
  format: 2;
  id: string;
  /** Versions of one id are ordered: `2025` before `2025.2` before `2026`. */
  version: string;
  label: Label;
  /** The rulebook that this one extends, `<id>@<version>`; kept in the complete one as information. */
  extends?: string;
  /** The rules hold for cases dispatched in this span. */
  validFrom: CivilDate;
  validTo: CivilDate | null;
  /** Whether it also binds the cases that are open when it is adopted. */
  appliesToOpenCases: boolean;
  /** The level of a case that does not say its own; without it such a case has none. */
  ownLevel?: Level;
  /** A collection of rules to copy from; it is shown and never adopted. */
  isCollection?: boolean;
  kinds: readonly Kind[];
  deadlines: readonly DeadlineRule[];
  /** Terms that this level of law does not set, with what is known about them. */
  unregulated: readonly Readonly<{
    deadline: DeadlineName;
    kinds?: readonly string[];
    note: Label;
  }>[];
  /** The contact that a reply needs, unless the proposer waived it. */
  contactBeforeReply: Choices<ContactDemand>;
  /** The ratings that open a new round at once. */
  rehandlingOn: Choices<RehandlingTrigger>;
  /** A case that is ours to answer is closed only with a returned or lawfully expired form. */
  closingNeedsFeedback: Choices<boolean>;
  /** A form may expire only after a reminder. */
  expiryNeedsReminder: Choices<boolean>;
  /** Fulfilment is verified by somebody else than the one who recorded it. */
  verifierDiffers: Choices<boolean>;
  /** 改办: whether the reply's term begins anew for the unit that has the case then. */
  redispatchClock: Choices<RedispatchClock>;
  /** What it means when the decision on a return is not there by its due date. */
  silentReturn: Choices<"waits" | "refused">;
  /** A case is answered only after the 五定. */
  assignmentBeforeReply: Choices<boolean>;
  coOpinions: Choices<OpinionDemand>;
  replySteps: Choices<ReplySteps>;
  /** A reply is delivered when it has reached each proposer, or the first one. */
  deliveredWhen: Choices<"each" | "lead">;
  formsCounted: Choices<FormDemand>;
  /** How many rounds there may be without a decision from above, null for any number. */
  rounds: Choices<Readonly<{ max: number | null }>>;
  promises: Choices<PromiseDemand>;
  /** How late facts may be recorded; absent where nothing is set, as in all that come with the program. */
  lateEntry?: readonly LateEntryRule[];
  /** The office's hours, for terms counted in working hours: spans of `HH:mm`, sorted. */
  workingHours: Choices<readonly Readonly<{ from: string; to: string }>[]>;
  /** The letters of replies; of the schemes that are for a kind, the first holds. */
  results: readonly ResultScheme[];
  lamps: Choices<LampRule>;
  rates: readonly RateDefinition[];
  duties: readonly YearlyDuty[];
}>;

/**
 * A rulebook as a file says it. One that extends another says only what differs: its rules, choices and
 * schemes stand before the other's; a rule, kind, scheme, rate or duty of the same id replaces it.
 */
export type RulebookFile = Pick<Rulebook, "format" | "id" | "version" | "label" | "validFrom"> &
  Partial<Rulebook> &
  Readonly<{ $schema?: string }>;

/** `<id>@<version>`, as cases and due dates name their rulebook. */
export const rulebookName = (rulebook: Pick<Rulebook, "id" | "version">): string =>
  `${rulebook.id}@${rulebook.version}`;

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
