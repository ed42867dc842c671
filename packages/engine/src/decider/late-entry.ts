/**
 * @module late-entry — 补录: how late a fact may be recorded, where the rulebook sets a limit.
 *
 * It is judged by the day of recording, which comes in from outside: the real one when a command is decided,
 * that of the event itself when it is judged again. What follows from something else by computation is no
 * entry of anybody's, and is never late.
 */
import type { CaseEvent, CaseEventType, LateGrounds } from "../case/events.ts";
import type { OfficeFacts } from "../case/office.ts";
import { isSameHand, plainOffice } from "../case/office.ts";
import type { Label } from "../case/terms.ts";
import type { Actor } from "../ports/event-store.ts";
import type { WorkingCalendar } from "../rulebook/calendar/working-days.ts";
import { workingDaysBetween } from "../rulebook/calendar/working-days.ts";
import type { LateEntryRule, Rulebook } from "../rulebook/rulebook.ts";
import { printSource } from "../rulebook/source.ts";
import type { CivilDate } from "../time/civil-date.ts";
import { dateOf } from "../time/occurred-on.ts";

/** A fact as it is recorded, and by what it is judged. */
export type LateInput = Readonly<{
  fact: CaseEvent;
  /** The kind of its case. */
  kind: string;
  actor: Actor;
  rulebook: Rulebook;
  office?: OfficeFacts | undefined;
  /** The day of recording in Asia/Shanghai. */
  recordedOn: CivilDate;
  calendar: WorkingCalendar;
}>;

/** Why a late entry is refused, under a permanent name. */
export type LateRefusal = Readonly<{
  rule: "withinLateLimit" | "lateReasonGiven" | "lateApproved";
  why: Label;
  source: Label;
  repair: Label;
}>;

const computed: ReadonlySet<CaseEventType> = new Set<CaseEventType>([
  "DeadlinesRecomputed",
  "AssignmentRenamed",
]);

type Dated = Readonly<{ type: string; on: string }>;

/** What is dated: the fact itself, and an entry that it moves to another day. */
const datedBy = (fact: CaseEvent): readonly Dated[] =>
  fact.type === "EntryAmended" && fact.data.fields.includes("on")
    ? [fact, { type: fact.data.type, on: fact.data.on }]
    : [fact];

/** The rule for a type of event in cases of a kind: the first that is for both. */
const ruleFor = (
  rules: readonly LateEntryRule[],
  type: string,
  kind: string,
): LateEntryRule | undefined =>
  rules.find(
    ({ events, kinds }) =>
      (events === undefined || events.some((one) => one === type)) &&
      (kinds?.includes(kind) ?? true),
  );

/** Why a fact may not be recorded so late; null where it may. */
export const lateRefusal = (input: LateInput): LateRefusal | null => {
  const { fact, rulebook, kind, recordedOn, calendar } = input;
  const { lateEntry: rules } = rulebook;
  if (rules === undefined || computed.has(fact.type)) return null;
  for (const { type, on } of datedBy(fact)) {
    const rule = ruleFor(rules, type, kind);
    const day = dateOf(on);
    if (rule === undefined || day >= recordedOn) continue;
    const refused = refusalUnder(rule, workingDaysBetween(day, recordedOn, calendar), day, input);
    if (refused !== null) return refused;
  }
  return null;
};

const isOver = (days: number, limit: number | undefined): limit is number =>
  limit !== undefined && days > limit;

const refusalUnder = (
  { limit, reasonAfter, approverAfter, source }: LateEntryRule,
  days: number,
  day: CivilDate,
  { fact, actor, office, recordedOn }: LateInput,
): LateRefusal | null => {
  const { reason, approvedBy }: LateGrounds = fact.data.late ?? {};
  const late: Label = {
    zh: `发生于 ${day}，已过 ${days} 个工作日`,
    en: `it is dated ${day}, ${days} working days back`,
  };
  const basis = printSource(source);
  if (isOver(days, limit)) {
    return {
      rule: "withinLateLimit",
      why: {
        zh: `${late.zh}，超过补录限度 ${limit} 个工作日`,
        en: `${late.en}; no more than ${limit} are allowed`,
      },
      source: basis,
      repair: {
        zh: "请核对 --on 的日期；逾限的事项只能按今天的日期记录，并在备注中说明。",
        en: "Check the date given with --on; what is older is recorded as of today, with a note.",
      },
    };
  }
  if (isOver(days, reasonAfter) && reason === undefined) {
    return {
      rule: "lateReasonGiven",
      why: {
        zh: `${late.zh}，超过 ${reasonAfter} 个工作日的补录须写明理由`,
        en: `${late.en}; over ${reasonAfter} a reason is needed`,
      },
      source: basis,
      repair: {
        zh: "用 --late-reason 写明补录理由。",
        en: "Say with --late-reason why it is recorded late.",
      },
    };
  }
  if (!isOver(days, approverAfter)) return null;
  if (
    approvedBy !== undefined &&
    !isSameHand(office ?? plainOffice, actor.id, approvedBy, recordedOn)
  )
    return null;
  return {
    rule: "lateApproved",
    why: {
      zh: `${late.zh}，超过 ${approverAfter} 个工作日的补录须由另一人批准`,
      en: `${late.en}; over ${approverAfter} somebody else must approve it`,
    },
    source: basis,
    repair: {
      zh: "用 --late-approved-by 写明批准补录的人，不能是记录人本人或者其代理人。",
      en: "Name with --late-approved-by who approved it: neither the one who records nor one who acts for him.",
    },
  };
};
