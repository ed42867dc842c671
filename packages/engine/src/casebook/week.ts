/**
 * @module week — the Monday paper: what an office has to do in some days, and what is late or missing,
 * grouped by the person whose it is.
 */
import type { CaseId } from "../case/case-id.ts";
import type { OfficeFacts } from "../case/office.ts";
import { actingFor, officeKnown } from "../case/office.ts";
import {
  answersProposer,
  formsWanted,
  isCompleted,
  isEnded,
  isFormOut,
  isOpen,
  isPromiseOpen,
} from "../case/reading.ts";
import {
  coHandlersUnheard,
  dueDateOfOpinion,
  opinionsAwaited,
  proposerNames,
} from "../case/reading-answer.ts";
import type { CaseState, Deadline } from "../case/state.ts";
import type { DeadlineName, Label, Lamp } from "../case/terms.ts";
import { deadlineNameOf, deadlineNames, statuses } from "../case/terms.ts";
import type { DeadlineRow } from "../projections/deadlines.ts";
import { deadlines, dueUpTo } from "../projections/deadlines.ts";
import type { LedgerRow } from "../projections/ledger.ts";
import { ledger } from "../projections/ledger.ts";
import type { Scope } from "../projections/scope.ts";
import { isInScope, scopeOf } from "../projections/scope.ts";
import { asksForForm } from "../projections/shares.ts";
import type { WorkingCalendar } from "../rulebook/calendar/working-days.ts";
import type { CivilDate } from "../time/civil-date.ts";
import { addDaysWithin, latestDate } from "../time/civil-date.ts";
import type { AnsweredFrom } from "./answered-from.ts";
import { answeredFrom } from "./answered-from.ts";
import type { Moment } from "./as-of.ts";
import { dayOf, isPast } from "./as-of.ts";
import { lampOf, lampRules, workingDaysLeft } from "./due-status.ts";
import { gapsOf } from "./next.ts";
import type { Reader } from "./reader.ts";
import { byName, caseAt, casesOf, foldOn, rowBodies, rulebookOf } from "./reader.ts";

/** What the paper tells of, in its order. */
export const weekMatters = {
  due: { zh: "到期", en: "due" },
  window: { zh: "窗口期将满", en: "windows closing" },
  contact: { zh: "尚未沟通", en: "contacts missing" },
  opinion: { zh: "协办意见未到", en: "opinions missing" },
  promise: { zh: "承诺到期", en: "promises due" },
  form: { zh: "征询意见表未收回", en: "forms not returned" },
} as const satisfies Record<string, Label>;
export type WeekMatter = keyof typeof weekMatters;

export type WeekItem = Readonly<{
  matter: WeekMatter;
  case: CaseId;
  title: string;
  /** What is to be done or missing, in words. */
  what: Label;
  /** Null for what is missing without a date. */
  dueOn: CivilDate | null;
  /** The instant, for a term that counts hours. */
  dueAt?: string;
  /** Negative once it is late, null without a date. */
  workingDaysLeft: number | null;
  lamp: Lamp | null;
  department: string | null;
}>;

export type WeekOfPerson = Readonly<{
  /** Null for what nobody has been given. */
  person: string | null;
  /** Who acts for that person on the day of the paper. */
  delegate: Readonly<{ name: string; until: CivilDate }> | null;
  /** The most urgent first; what has no date comes last. */
  items: readonly WeekItem[];
}>;

export type Week = AnsweredFrom &
  Readonly<{
    from: CivilDate;
    to: CivilDate;
    scope: Scope;
    /** What has no person first, then by name. */
    people: readonly WeekOfPerson[];
    counts: Readonly<Record<WeekMatter, number>>;
    /** Items whose date has passed. */
    late: number;
    /** Cases with at least one item. */
    cases: number;
  }>;

export type WeekOptions = Moment &
  Readonly<{
    scope: Scope;
    today: CivilDate;
    /** The first day of the paper; the day that stands for today when absent. */
    from?: CivilDate;
    /** How many days the paper covers, the first one included. */
    days: number;
  }>;

type Found = WeekItem & Readonly<{ person: string | null }>;

/** The week: open due dates up to its last day, all that is late, and what open cases lack on any day. */
export const weekPaper = async (reader: Reader, options: WeekOptions): Promise<Week> => {
  const { scope, days, knownOn, knownBefore } = options;
  const today = dayOf(options);
  const { from = today } = options;
  const to = addDaysWithin(from, days - 1);
  const seen = { today, to, calendar: await reader.rules.calendar() };
  const lampRule = lampRules(reader.rules);
  const found: Found[] = [];
  for await (const state of casesConcerned(reader, options, seen)) {
    if (isEnded(state) || !isInScope(scopeOf(state), scope)) continue;
    const rule = lampRule({ rulebook: state.rulebook, kind: state.received.kind });
    const look = (matter: Matter): Found => {
      const { dueOn } = matter;
      return {
        matter: matter.matter,
        case: state.case,
        title: state.received.title,
        what: matter.what,
        dueOn: dueOn ?? null,
        ...(matter.dueAt !== undefined && { dueAt: matter.dueAt }),
        workingDaysLeft: dueOn === undefined ? null : workingDaysLeft(dueOn, today, seen.calendar),
        lamp:
          dueOn === undefined
            ? null
            : lampOf({ deadline: matter.id ?? "internal", dueOn }, today, rule, seen.calendar),
        department: matter.department ?? state.assignment?.department ?? null,
        person: matter.person ?? state.assignment?.person ?? null,
      };
    };
    found.push(...mattersOf(state, reader, seen).map(look));
  }
  const countOf = (matter: WeekMatter): number =>
    found.filter((item) => item.matter === matter).length;
  const names = Object.keys(weekMatters) as WeekMatter[];
  const office = officeKnown(reader.rules.office, { on: knownOn, knownBefore });
  return {
    ...(await answeredFrom(reader, options)),
    from,
    to,
    scope,
    people: byPerson(found, office, today),
    counts: Object.fromEntries(names.map((name) => [name, countOf(name)])) as Week["counts"],
    late: found.filter(({ dueOn }) => dueOn !== null && dueOn < today).length,
    cases: new Set(found.map((item) => item.case)).size,
  };
};

/** The cases that may have something to tell: the open ones, and closed ones with a due date in reach. */
async function* casesConcerned(
  reader: Reader,
  moment: Moment,
  { today, to }: Pick<Seen, "today" | "to">,
): AsyncGenerator<CaseState> {
  // what is late is told also by a paper of days gone by
  const reach = to < today ? today : to;
  if (isPast(moment) || !reader.hasProjections) {
    // without rows to choose by, every case is folded, once
    for await (const { id, events } of casesOf(reader.store)) {
      const state = foldOn(id, events, moment);
      if (state !== null && isConcerned(state, today, reach)) yield state;
    }
    return;
  }
  const ids = new Set<CaseId>();
  for await (const body of rowBodies(reader, ledger, moment)) {
    const row = body as LedgerRow;
    if (statuses[row.status].open) ids.add(row.case);
  }
  for await (const body of rowBodies(reader, deadlines, moment, ...dueUpTo(today, reach)))
    ids.add((body as DeadlineRow).case);
  for (const id of ids) {
    const state = await caseAt(reader)(id);
    if (state !== null) yield state;
  }
}

/** The same choice for a case without rows: open, or with a duty in reach, or a right that has not lapsed. */
const isConcerned = (state: CaseState, today: CivilDate, reach: CivilDate): boolean =>
  statuses[state.status].open ||
  state.deadlines.some((deadline) => {
    const hasLapsed = deadlineNames[deadlineNameOf(deadline.id)].window && deadline.dueOn < today;
    return isOpen(deadline) && deadline.dueOn <= reach && !hasLapsed;
  });

type Matter = Readonly<{
  matter: WeekMatter;
  what: Label;
  id?: Deadline["id"];
  dueOn?: CivilDate;
  dueAt?: string;
  person?: string;
  department?: string;
}>;

type Seen = Readonly<{ today: CivilDate; to: CivilDate; calendar: WorkingCalendar }>;

const dated = ({ id, dueOn, dueAt }: Deadline): Pick<Matter, "id" | "dueOn" | "dueAt"> => ({
  id,
  dueOn,
  ...(dueAt !== undefined && { dueAt }),
});

const mattersOf = (state: CaseState, reader: Reader, seen: Seen): readonly Matter[] => [
  ...dueMatters(state, seen),
  ...missingContact(state, reader),
  ...missingOpinions(state, seen),
  ...missingForm(state, reader),
];

/** Told of by what is missing, with or without a date. */
const toldElsewhere: ReadonlySet<DeadlineName> = new Set(["first-contact", "feedback"]);

const dueMatters = (state: CaseState, { today, to }: Seen): readonly Matter[] =>
  state.deadlines.filter(isOpen).flatMap((deadline): readonly Matter[] => {
    const name = deadlineNameOf(deadline.id);
    const isInReach = deadline.dueOn <= to || deadline.dueOn < today;
    if (!isInReach || toldElsewhere.has(name)) return [];
    const what: Label = { zh: deadlineNames[name].zh, en: deadlineNames[name].en };
    if (name === "co-opinion" && answersProposer(state)) return [];
    if (name === "commitment" || name === "second-reply") {
      return [promiseMatter(state, deadline, what)];
    }
    if (!deadlineNames[name].window) return [{ matter: "due", what, ...dated(deadline) }];
    // a right that lapsed, or a step of somebody else, is not to be done any more
    return deadline.dueOn < today ? [] : [{ matter: "window", what, ...dated(deadline) }];
  });

const promiseMatter = (state: CaseState, deadline: Deadline, what: Label): Matter => {
  const number = Number(deadline.id.split(":")[1]);
  const promise = state.commitments.find(({ commitment }) => commitment === number);
  const text = promise?.text ?? "";
  const kept = promise !== undefined && !isPromiseOpen(promise);
  const told: Label = kept
    ? { zh: `${what.zh}：${text}`, en: `${what.en}: ${text}` }
    : { zh: text, en: text };
  return {
    matter: "promise",
    what: text === "" ? what : told,
    ...dated(deadline),
    ...(promise?.person !== undefined && { person: promise.person }),
    ...(promise?.department !== undefined && { department: promise.department }),
  };
};

const missingContact = (state: CaseState, reader: Reader): readonly Matter[] => {
  if (!statuses[state.status].open) return [];
  const due = state.deadlines.findLast((one) => one.id === "first-contact" && isOpen(one));
  const gap = gapsOf(state, rulebookOf(reader, state)).find(({ rate }) => rate === "meeting");
  if (due === undefined && gap === undefined) return [];
  const { zh, en } = deadlineNames["first-contact"];
  return [{ matter: "contact", what: gap?.why ?? { zh, en }, ...(due && dated(due)) }];
};

const missingOpinions = (state: CaseState, { today }: Seen): readonly Matter[] => {
  if (!answersProposer(state) || isCompleted(state) || !statuses[state.status].open) return [];
  const awaited = opinionsAwaited(state, today).map(({ opinion, unit }): Matter => {
    const due = dueDateOfOpinion(state, opinion);
    const what = { zh: `${unit}的协办意见未到`, en: `the opinion of ${unit} has not come` };
    return { matter: "opinion", what, ...(due !== undefined && isOpen(due) && dated(due)) };
  });
  const unasked = coHandlersUnheard(state, today).map((unit): Matter => {
    const what = { zh: `尚未征求${unit}的意见`, en: `${unit} has not been asked for its opinion` };
    return { matter: "opinion", what };
  });
  return [...awaited, ...unasked];
};

const missingForm = (state: CaseState, reader: Reader): readonly Matter[] => {
  if (!isFormOut(state) || !asksForForm(state, rulebookOf(reader, state))) return [];
  const names = proposerNames(state, formsWanted(state));
  const due = state.deadlines.findLast((one) => one.id === "feedback" && isOpen(one));
  const what = {
    zh: `${names.join("、")}的征询意见表未收回`,
    en: `no form from ${names.join(", ")} yet`,
  };
  return [{ matter: "form", what, ...(due && dated(due)) }];
};

const never = latestDate;

const byPerson = (
  found: readonly Found[],
  office: OfficeFacts,
  today: CivilDate,
): readonly WeekOfPerson[] => {
  const people = new Map<string | null, Found[]>();
  for (const item of found) {
    const theirs = people.get(item.person);
    if (theirs === undefined) people.set(item.person, [item]);
    else theirs.push(item);
  }
  return [...people]
    .toSorted(([left], [right]) =>
      left === null || right === null
        ? Number(left !== null) - Number(right !== null)
        : left.localeCompare(right, "zh"),
    )
    .map(([person, theirs]) => {
      const acting = person === null ? undefined : actingFor(office, person, today);
      return {
        person,
        delegate: acting === undefined ? null : { name: acting.to, until: acting.until },
        items: theirs
          .map(({ person: _person, ...item }): WeekItem => item)
          .toSorted(
            (one, other) =>
              (one.dueOn ?? never).localeCompare(other.dueOn ?? never) ||
              byName(one.case, other.case),
          ),
      };
    });
};
