/**
 * @module independent-count — the rates counted anew from bare events, after the table of definitions
 * alone. It shares nothing with the engine: no fold, no terms, no rulebook, no rounding.
 */

/** What is read of an event. */
export type Fact = Readonly<{
  stream: string | null;
  type: string;
  on: string;
  /** The version of its case that it made. */
  streamVersion: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- the data of any event, read by hand
  data: any;
}>;

/** The facts that stand: what was taken back is gone, what was amended reads as it should. */
export const standing = (facts: readonly Fact[]): readonly Fact[] => {
  const kept = new Map<string, Fact>();
  const at = (stream: string | null, version: number): string => `${stream} ${version}`;
  for (const fact of facts) {
    const { stream, type, data, streamVersion } = fact;
    if (type === "EntryRetracted") {
      for (const gone of data.entries) kept.delete(at(stream, gone));
    } else if (type === "EntryAmended") {
      const old = kept.get(at(stream, data.entry));
      if (old) kept.set(at(stream, data.entry), { ...old, on: data.on, data: data.data });
      for (const { entry, deadlines } of data.derived ?? []) {
        const later = kept.get(at(stream, entry));
        if (later) kept.set(at(stream, entry), { ...later, data: { ...later.data, deadlines } });
      }
    } else if (stream !== null) {
      kept.set(at(stream, streamVersion), fact);
    }
  }
  return [...kept.values()];
};

export type Counted = Readonly<{
  numerator: number;
  denominator: number;
  missing: readonly string[];
}>;

type Case = {
  id: string;
  role: string;
  dispatched: string;
  department: string | null;
  gone: boolean;
  waived: boolean;
  inPerson: boolean;
  spoken: boolean;
  fixed: boolean;
  round: number;
  /** The due date of each round's answer, 0 for the opinion. */
  due: Map<number, string>;
  proposers: number;
  answers: {
    round: number;
    on: string;
    result: string;
    adopted: number[];
    open: boolean;
    /** Whom it has reached, and the day on which it had reached them all. */
    reached: Set<number>;
    whole: string | null;
  }[];
  opinion: string | null;
  forms: { on: string; round: number; who: string; attitude: string; result: string }[];
  isPublished: boolean;
  takenUpLater: number[];
  asked: number;
  /** A long-term promise has no due date. */
  promises: Map<number, { due?: string; kept: string | null }>;
};

const dayIn = (on: string): string =>
  on.length === 10
    ? on
    : new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai" }).format(new Date(on));

const read = (facts: readonly Fact[]): Case[] => {
  const cases = new Map<string, Case>();
  for (const { stream, type, on: when, data } of facts) {
    if (stream === null) continue;
    const on = dayIn(when);
    if (type === "CaseReceived") {
      const due = new Map<number, string>();
      for (const one of data.deadlines) {
        if (one.id === "reply") due.set(1, one.dueOn);
        if (one.id === "co-opinion") due.set(0, one.dueOn);
      }
      cases.set(stream, {
        id: stream,
        role: data.role,
        dispatched: data.dispatchedOn,
        department: null,
        gone: false,
        waived: false,
        inPerson: false,
        spoken: false,
        fixed: false,
        round: 1,
        proposers: data.proposers.length,
        due,
        answers: [],
        opinion: null,
        forms: [],
        isPublished: false,
        takenUpLater: [],
        asked: (data.requests ?? []).length,
        promises: new Map(),
      });
      continue;
    }
    const one = cases.get(stream);
    if (one === undefined) continue;
    if (type === "CaseAssigned" || type === "CaseReassigned") {
      one.fixed = true;
      one.department = data.assignment.department;
    }
    if (type === "AssignmentRenamed" && one.department === data.from) one.department = data.to;
    if (type === "ReturnApproved" || type === "CaseWithdrawn" || type === "CaseMerged") {
      one.gone = true;
    }
    if (type === "ProposersJoined") {
      one.asked += (data.requests ?? []).length;
      one.proposers += data.proposers.length;
    }
    if (type === "CaseSplit") one.asked -= data.requests.length;
    if (type === "ContactWaived") one.waived = true;
    if (type === "ContactRecorded") {
      one.spoken = true;
      const withProposer =
        data.participants.length === 0 ||
        data.participants.some((who: { role: string }) => who.role === "proposer");
      const face = ["visit", "meeting", "symposium", "site-visit"].includes(data.mode);
      if (face && withProposer) one.inPerson = true;
    }
    if (type === "ReplyDelivered") {
      const { result, adopted = [], disclosure } = data;
      const open = disclosure === "full" || disclosure === "summary";
      const everybody = Array.from({ length: one.proposers }, (_, at) => at + 1);
      const reached = new Set<number>(data.deliveredTo ?? everybody);
      const whole = reached.size === one.proposers ? on : null;
      one.answers.push({ round: one.round, on, result, adopted, open, reached, whole });
      // what stands in public is the reply before it
      one.isPublished = false;
    }
    const newest = one.answers.at(-1);
    if (type === "ResultReclassified") {
      if (newest !== undefined) newest.result = data.result;
    }
    if (type === "CommitmentChanged" && data.due !== undefined) {
      const promise = one.promises.get(data.commitment);
      // one that was missed already stays missed
      const isMissed = promise?.due !== undefined && promise.due < on;
      if (promise !== undefined && !isMissed) promise.due = data.due;
    }
    if (type === "DeliveryRecorded" && newest !== undefined) {
      newest.reached.add(data.proposer);
      if (newest.reached.size === one.proposers) newest.whole = on;
    }
    if (type === "DisclosureDecided" && newest !== undefined) {
      newest.open = data.disclosure === "full" || data.disclosure === "summary";
    }
    if (type === "OpinionSubmitted") one.opinion = on;
    // the lead sent ours back
    if (type === "OpinionReturned" && data.opinion === undefined) one.opinion = null;
    if (type === "FeedbackReceived") {
      const { round, proposer: who, attitude, result } = data;
      one.forms.push({ on, round, who, attitude, result });
      // a form counts by the day it came back, not by the day somebody wrote it down
      one.forms.sort((left, right) => (left.on < right.on ? -1 : left.on > right.on ? 1 : 0));
    }
    if (type === "ReplyPublished") one.isPublished = true;
    if (type === "PublicationWithdrawn") one.isPublished = false;
    if (type === "DeadlineExtended") {
      one.due.set(data.deadline === "co-opinion" ? 0 : one.round, data.deadlines[0].dueOn);
    }
    if (type === "CaseRedispatched" && data.role === undefined) one.gone = true;
    if (type === "CaseRedispatched" && data.role !== undefined) {
      if (one.gone) {
        one.fixed = false;
        one.department = null;
      }
      one.gone = false;
      one.role = data.role;
      if (data.role === "assist") one.opinion = null;
    }
    if (["CaseRedispatched", "CaseMarkedComplex", "ExtensionWithdrawn"].includes(type)) {
      for (const each of data.deadlines) {
        if (each.id === "reply" || each.id === "rehandling") one.due.set(one.round, each.dueOn);
        if (each.id === "co-opinion") one.due.set(0, each.dueOn);
      }
    }
    if (type === "RehandlingOrdered") {
      one.round += 1;
      for (const each of data.deadlines)
        if (each.id === "rehandling") one.due.set(one.round, each.dueOn);
    }
    if (type === "FollowUpRecorded") one.takenUpLater.push(...(data.adopted ?? []));
    if (type === "CommitmentMade") one.promises.set(data.commitment, { due: data.due, kept: null });
    if (type === "CommitmentFulfilled") {
      const promise = one.promises.get(data.commitment);
      if (promise !== undefined) promise.kept = on;
    }
  }
  return [...cases.values()];
};

const sum = (all: readonly Readonly<{ id: string; part: number; whole: number }>[]): Counted => ({
  numerator: all.reduce((total, { part }) => total + part, 0),
  denominator: all.reduce((total, { whole }) => total + whole, 0),
  missing: [
    ...new Set(all.filter(({ part, whole }) => part < whole).map(({ id }) => id)),
  ].toSorted(),
});

const among = (cases: readonly Case[], counts: (one: Case) => boolean): Counted =>
  sum(cases.map((one) => ({ id: one.id, part: counts(one) ? 1 : 0, whole: 1 })));

const good = (ratings: readonly string[]): boolean => !ratings.includes("dissatisfied");

const newestOf = (one: Case, axis: "attitude" | "result"): string[] => {
  const newest: Record<string, string> = Object.create(null);
  for (const form of one.forms) newest[form.who] = form[axis];
  return Object.values(newest);
};

const isComplete = (one: Case): boolean =>
  one.role === "assist"
    ? one.opinion !== null
    : one.answers.at(-1)?.round === one.round && typeof one.answers.at(-1)?.whole === "string";

const isInTime = (one: Case): boolean => {
  if (!isComplete(one)) return false;
  const on = one.role === "assist" ? one.opinion : one.answers.at(-1)?.whole;
  const due = one.due.get(one.role === "assist" ? 0 : one.round);
  // what has no due date cannot have come in time
  return due !== undefined && String(on) <= due;
};

/** All rates of a choice of cases on a day, by id. */
export const countRates = (
  facts: readonly Fact[],
  today: string,
  choice: (one: Readonly<{ year: number; department: string | null }>) => boolean = () => true,
): Readonly<Record<string, Counted>> => {
  const cases = read(facts).filter((one) => {
    const year = Number(one.dispatched.slice(0, 4));
    return !one.gone && choice({ year, department: one.department });
  });
  const ours = cases.filter(({ role }) => ["sole", "lead", "separate"].includes(role));
  const returned = ours.filter(({ forms }) => forms.length > 0);
  const answered = ours.filter(({ answers }) => answers.length > 0);
  const promises = cases.flatMap(({ id, promises: own }) =>
    [...own.values()].map((each) => ({ id, ...each })),
  );
  return {
    meeting: among(
      ours.filter(({ waived }) => !waived),
      ({ inPerson }) => inPerson,
    ),
    contact: among(ours, ({ spoken }) => spoken),
    assignment: among(cases, ({ fixed }) => fixed),
    completion: among(cases, isComplete),
    "on-time": among(cases, isInTime),
    satisfaction: among(returned, (one) => good(newestOf(one, "result"))),
    "satisfaction-attitude": among(returned, (one) => good(newestOf(one, "attitude"))),
    "first-satisfaction": among(returned, ({ forms }) => good([String(forms[0]?.result)])),
    resolved: among(answered, ({ answers }) => answers.at(-1)?.result === "A"),
    adoption: sum(
      ours.map(({ id, asked, answers, takenUpLater }) => ({
        id,
        part: new Set([...answers.flatMap(({ adopted }) => adopted), ...takenUpLater]).size,
        whole: asked,
      })),
    ),
    commitment: sum(
      promises
        .filter(({ due }) => due !== undefined && due <= today)
        .map(({ id, due, kept }) => ({
          id,
          part: kept !== null && kept <= String(due) ? 1 : 0,
          whole: 1,
        })),
    ),
    publication: among(
      ours.filter(({ answers }) => answers.at(-1)?.open === true),
      ({ isPublished }) => isPublished,
    ),
  };
};

/** A share as it is printed: by whole numbers without an end, half up, and never up to all. */
export const printShare = (numerator: number, denominator: number): string => {
  if (denominator === 0) return "—";
  if (numerator === denominator) return "100%";
  const exact = (BigInt(numerator) * 1_000_000n) / BigInt(denominator);
  // hundredths of a percent with two digits beyond; the rest cannot lift a half that is not there
  const hundredths = (exact + 50n) / 100n > 9999n ? 9999n : (exact + 50n) / 100n;
  const fraction = hundredths % 100n;
  const whole = hundredths / 100n;
  return fraction === 0n ? `${whole}%` : `${whole}.${fraction.toString().padStart(2, "0")}%`;
};
