/**
 * @module figures — the figures and claims of a year's summary 年度办理工作总结, each computed from the cases
 * dispatched in that year. A claim is made only when it is so; what keeps it from being so is listed.
 */
import type { CaseId } from "../case/case-id.ts";
import {
  adoptedRequests,
  answersProposer,
  isCompleted,
  isEnded,
  isFormSettled,
  isOnTime,
  requestsLeft,
  wasLate,
} from "../case/reading.ts";
import type { CaseState, Contact } from "../case/state.ts";
import type { ContactMode, PromiseStanding, SubmissionPhase } from "../case/terms.ts";
import { contactModes } from "../case/terms.ts";
import { foldCase } from "../casebook/history-of-case.ts";
import type { Blocking } from "../casebook/next.ts";
import { claimBlockers } from "../casebook/next.ts";
import type { RateReport } from "../casebook/rate-report.ts";
import { rateReport } from "../casebook/rate-report.ts";
import type { Reader } from "../casebook/reader.ts";
import { byName, rowBodies, rulebookOf } from "../casebook/reader.ts";
import { silenceOf } from "../projections/form-rating.ts";
import type { LedgerRow } from "../projections/ledger.ts";
import { ledger } from "../projections/ledger.ts";
import { asksForForm, isFormSent } from "../projections/shares.ts";
import type { Rulebook } from "../rulebook/rulebook.ts";
import type { CivilDate } from "../time/civil-date.ts";
import { dateOf } from "../time/occurred-on.ts";
import type { KindFigures, PromiseFigures } from "./kinds.ts";
import { kindFigures, promiseFigures } from "./kinds.ts";
import type { CarryOver, DepartmentFigures } from "./year-parts.ts";
import { carryOver, departmentFigures, lastClosed, phaseFigures } from "./year-parts.ts";

/** A face-to-face consultation, as summaries name them one by one. */
export type Consultation = Readonly<{
  on: CivilDate;
  case: CaseId;
  title: string;
  kind: string;
  proposers: readonly string[];
  participants: readonly string[];
  summary: string | null;
}>;

/** A case that stands in the way of a claim, with all its reasons. */
export type Obstacle = Readonly<{ case: CaseId; title: string; reasons: readonly Blocking[] }>;

export type AnnualReport = Readonly<{
  year: number;
  asOf: CivilDate;
  /** The office, null when neither the casebook nor the cases name one. */
  office: string | null;
  /** Kinds of which at least one case was received, in the order of the rulebook in force. */
  kinds: readonly KindFigures[];
  received: number;
  returned: number;
  withdrawn: number;
  merged: number;
  /** Received, and not returned, withdrawn or merged. */
  handled: number;
  answering: number;
  assisting: number;
  completed: number;
  /** With an answer of any round after its due date; and how many of them are completed. */
  late: number;
  completedLate: number;
  /** Theme blocks, or categories where no block is given, by number of cases. */
  themes: readonly Readonly<{ name: string; cases: number }>[];
  contacts: Readonly<{ total: number; byMode: Readonly<Partial<Record<ContactMode, number>>> }>;
  consultations: readonly Consultation[];
  followUps: Readonly<{
    total: number;
    cases: number;
    byMode: Readonly<Partial<Record<ContactMode, number>>>;
  }>;
  requests: Readonly<{ asked: number; adopted: number }>;
  commitments: PromiseFigures;
  /** Cases that were looked back at 回头看, and how the newest look found them to stand. */
  lookBacks: Readonly<{
    cases: number;
    byStanding: Readonly<Partial<Record<PromiseStanding, number>>>;
  }>;
  /** Forms sent out, come back, and expired without coming back. */
  forms: Readonly<{ asked: number; returned: number; expired: number }>;
  /** Handled again after 不满意, and how many of them have been answered again. */
  rehandled: number;
  answeredAgain: number;
  /** Day of the last answer of the year's cases, null before the first. */
  lastAnsweredOn: CivilDate | null;
  /** Day on which the last of them was closed, null while one is open. */
  lastClosedOn: CivilDate | null;
  /** Put during a session and between sessions, null where that is not known of every case. */
  phases: Readonly<Record<SubmissionPhase, number>> | null;
  departments: readonly DepartmentFigures[];
  /** What former years left to this one; it stands in none of the other figures. */
  carriedOver: CarryOver;
  rates: RateReport;
  claims: Readonly<{
    /** 已全部按期办结 */
    allOnTime: boolean;
    /** 三个100%: meeting, completion and satisfaction exactly 1, every form back or expired, nothing late. */
    threeHundred: boolean;
    /** 每件提案逐一落实到有关科室和责任人 */
    allAssigned: boolean;
    /** 件件有答复 */
    allAnswered: boolean;
  }>;
  obstacles: readonly Obstacle[];
}>;

/** Computes the report over the cases dispatched in `year`. */
export const annualReport = async (
  reader: Reader,
  year: number,
  today: CivilDate,
): Promise<AnnualReport> => {
  const cases = await casesOfYear(reader, year);
  const rates = await rateReport(reader, { scope: { year }, today });
  const handled = cases.filter((state) => !isEnded(state));
  const answering = handled.filter(answersProposer);
  const completed = handled.filter(isCompleted);
  const late = handled.filter(wasLate);
  const rehandled = handled.filter((state) => state.round > 1);
  const contacts = contactsOf(handled);
  const promises = handled.flatMap((state) => state.commitments);
  const count = (status: CaseState["status"]): number =>
    cases.filter((state) => state.status === status).length;
  const obstacles = handled.flatMap((state) => {
    const reasons = claimBlockers(state, rulebookOf(reader, state));
    return reasons.length === 0 ? [] : [{ case: state.case, title: state.received.title, reasons }];
  });
  // cases under two rulebooks make two figures of one rate, and each has to be whole
  const isWhole = (id: string): boolean => {
    const own = rates.rates.filter((rate) => rate.id === id && rate.denominator > 0);
    return own.length > 0 && own.every(({ value }) => value === 1);
  };
  const answered = answering.filter((state) => state.replies.length > 0);
  const asked = answered.filter((state) => asksForForm(state, rulebookOf(reader, state)));
  const sent = answered.filter((state) => isFormSent(state, rulebookOf(reader, state)));
  return {
    year,
    asOf: today,
    office: reader.rules.opening.office ?? officeOf(cases),
    kinds: kindFigures(reader.rules, cases, today),
    received: cases.length,
    returned: count("returned"),
    withdrawn: count("withdrawn"),
    merged: count("merged"),
    handled: handled.length,
    answering: answering.length,
    assisting: handled.length - answering.length,
    completed: completed.length,
    late: late.length,
    completedLate: completed.filter(wasLate).length,
    themes: themesOf(handled, (state) => rulebookOf(reader, state)),
    contacts: { total: contacts.length, byMode: countBy(contacts.map((contact) => contact.mode)) },
    consultations: handled.flatMap(consultationsOf).toSorted((a, b) => (a.on < b.on ? -1 : 1)),
    followUps: {
      total: handled.reduce((total, state) => total + state.followUps.length, 0),
      cases: handled.filter((state) => state.followUps.length > 0).length,
      byMode: countBy(
        handled.flatMap((state) => state.followUps.flatMap(({ mode }) => mode ?? [])),
      ),
    },
    requests: {
      asked: answering.reduce((total, state) => total + requestsLeft(state).length, 0),
      adopted: answering.reduce((total, state) => total + adoptedRequests(state).length, 0),
    },
    commitments: promiseFigures(promises, today),
    lookBacks: {
      cases: handled.filter((state) => state.lookBacks.length > 0).length,
      byStanding: countBy(
        handled.flatMap(
          (state) => state.lookBacks.findLast(({ standing }) => standing)?.standing ?? [],
        ),
      ),
    },
    forms: {
      asked: sent.length,
      returned: sent.filter((state) => state.feedback.length > 0).length,
      expired: sent.filter((state) => silenceOf(state) !== undefined).length,
    },
    rehandled: rehandled.length,
    answeredAgain: rehandled.filter(isCompleted).length,
    lastAnsweredOn: lastAnswer(handled),
    lastClosedOn: lastClosed(handled),
    phases: phaseFigures(cases),
    departments: departmentFigures(handled),
    carriedOver: await carryOver(reader, year),
    rates,
    claims: {
      // an answer that no rule gave a due date cannot have come by it
      allOnTime:
        handled.length > 0 &&
        completed.length === handled.length &&
        completed.every(isOnTime) &&
        late.length === 0,
      threeHundred:
        isWhole("meeting") &&
        isWhole("completion") &&
        isWhole("satisfaction") &&
        late.length === 0 &&
        asked.every(isFormSettled),
      allAssigned: isWhole("assignment"),
      allAnswered: handled.length > 0 && completed.length === handled.length,
    },
    obstacles,
  };
};

const casesOfYear = async (reader: Reader, year: number): Promise<readonly CaseState[]> => {
  const ids: CaseId[] = [];
  for await (const body of rowBodies(reader, ledger, {})) {
    const row = body as LedgerRow;
    if (row.year === year) ids.push(row.case);
  }
  const cases: CaseState[] = [];
  for (const id of ids.toSorted(byName)) {
    const state = foldCase(id, await reader.store.readStream(id));
    if (state !== null) cases.push(state);
  }
  return cases;
};

/** The one unit that leads the cases we answer, when there is just one. */
const officeOf = (cases: readonly CaseState[]): string | null => {
  const units = new Set(
    cases.filter(answersProposer).flatMap(({ received }) => received.leadUnit ?? []),
  );
  const [only] = units;
  return units.size === 1 && only !== undefined ? only : null;
};

/** The contacts of all cases; one that was about several cases together counts once. */
const contactsOf = (cases: readonly CaseState[]): readonly Contact[] => {
  const contacts = new Map<string, Contact>();
  for (const state of cases) {
    for (const [at, contact] of state.contacts.entries()) {
      const { on, mode, summary, jointWith } = contact;
      const together =
        jointWith === undefined ? [state.case, at] : [state.case, ...jointWith].toSorted(byName);
      contacts.set(JSON.stringify([on, mode, summary, together]), contact);
    }
  }
  return [...contacts.values()];
};

const countBy = <Key extends string>(keys: readonly Key[]): Partial<Record<Key, number>> => {
  const counts: Partial<Record<Key, number>> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
};

const themesOf = (
  cases: readonly CaseState[],
  rulesOf: (state: CaseState) => Rulebook,
): AnnualReport["themes"] => {
  // themes are named by people: a map, so that no name means anything to it
  const counts = new Map<string, number>();
  for (const state of cases) {
    const { block, category, kind } = state.received;
    const name = block ?? (tellsApart(rulesOf(state), kind) ? undefined : category);
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .map(([name, number]) => ({ name, cases: number }))
    .toSorted((left, right) => right.cases - left.cases);
};

/** Whether terms or rates tell the cases of a kind apart by their categories, which are no themes then. */
const tellsApart = ({ deadlines, rates }: Rulebook, kind: string): boolean =>
  [...deadlines.map(({ appliesTo }) => appliesTo), ...rates].some(
    ({ kinds, categories }) => categories !== undefined && (kinds?.includes(kind) ?? true),
  );

const consultationsOf = (state: CaseState): readonly Consultation[] =>
  state.contacts
    .filter(({ mode }) => contactModes[mode].inPerson)
    .map(({ on, participants, summary }) => ({
      on: dateOf(on),
      case: state.case,
      title: state.received.title,
      kind: state.received.kind,
      proposers: state.received.proposers.map((proposer) => proposer.name),
      participants: participants.map((participant) => participant.name),
      summary: summary ?? null,
    }));

const lastAnswer = (cases: readonly CaseState[]): CivilDate | null =>
  cases
    .flatMap((state) => [...state.replies, ...(state.opinion === null ? [] : [state.opinion])])
    .reduce<CivilDate | null>((last, { on }) => {
      const date = dateOf(on);
      return last === null || date > last ? date : last;
    }, null);
