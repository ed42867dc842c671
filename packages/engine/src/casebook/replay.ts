/**
 * @module replay — the past run again: every event through the machine itself, under the rulebook that
 * the event names. It reports the first event that should not be there.
 */
import type { CaseId } from "../case/case-id.ts";
import type { OfficeFacts } from "../case/office.ts";
import { officeKnown } from "../case/office.ts";
import type { CaseState } from "../case/state.ts";
import type { Label, Status } from "../case/terms.ts";
import { statuses } from "../case/terms.ts";
import { walkedAgain } from "../decider/correct.ts";
import { isCorrection } from "../decider/entries.ts";
import { evolve } from "../decider/evolve.ts";
import { lateRefusal } from "../decider/late-entry.ts";
import { judge } from "../lifecycle/machine.ts";
import { canonicalJson } from "../log/canonical-json.ts";
import type { RecordedEvent } from "../ports/event-store.ts";
import type { Rulebook } from "../rulebook/rulebook.ts";
import type { CivilDate } from "../time/civil-date.ts";
import { shanghaiDate } from "../time/occurred-on.ts";
import type { Moment } from "./as-of.ts";
import { dayOf, foldAt, isPast } from "./as-of.ts";
import { caseEventOf } from "./history-of-case.ts";
import { alongMergers } from "./mergers.ts";
import type { RulesInForce } from "./rules-in-force.ts";
import type { Reader } from "./reader.ts";
import { casesOf, foldOn, readCase } from "./reader.ts";
import type { CaseView } from "./show.ts";
import { viewOf } from "./show.ts";

/** An event that should not be there. */
export type ReplayFault = Readonly<{
  position: number;
  case: CaseId;
  version: number;
  type: string;
  /** The transition that is written down. */
  found: Readonly<{ from: string | null; to: string | null }>;
  /** The transition that the machine makes; `to` is null where it allows none. */
  expected: Readonly<{ from: string | null; to: string | null }>;
  what: Label;
}>;

export type ReplayOptions = Moment &
  Readonly<{
    today: CivilDate;
    /** Only events recorded up to this position. */
    at?: number;
  }>;

/** A case as it stood, rebuilt from events alone. */
export type ReplayedCase = CaseView & Readonly<{ events: number; firstFault: ReplayFault | null }>;

/** A whole casebook as it stood. */
export type ReplayedCasebook = Readonly<{
  /** Events of cases that were replayed. */
  events: number;
  cases: number;
  statuses: Readonly<Partial<Record<Status, number>>>;
  firstFault: ReplayFault | null;
  /** How many cases hold a fault. */
  faults: number;
}>;

/**
 * Replays one case.
 * @throws EngineError `NOT_FOUND` also when the case did not exist yet at that point
 */
export const replayCase = async (
  reader: Reader,
  name: string,
  options: ReplayOptions,
): Promise<ReplayedCase | null> => {
  const { id, events } = await readCase(reader, name);
  const seen = upTo(events, options.at);
  const { state, fault } = await run(id, seen, reader.rules);
  const shown = isPast(options) ? foldAt(id, seen, options) : state;
  if (shown === null) return null;
  const count = isPast(options) ? shown.version : seen.length;
  const view = await viewOf(
    shown,
    dayOf(options),
    reader.store,
    rulesOf(reader.rules, shown),
    officeThen(reader, options),
  );
  const whole = await alongMergers(view, async (other) => {
    const past = upTo(await reader.store.readStream(other), options.at);
    return foldOn(other, past, options);
  });
  return { ...whole, events: count, firstFault: fault };
};

/** The rulebook of a case; the current one where a damaged log names one that is not there. */
const rulesOf = ({ byName, current }: RulesInForce, { rulebook }: CaseState): Rulebook =>
  (byName.get(rulebook) ?? current).rulebook;

/** Replays every case, one at a time. */
export const replayCasebook = async (
  reader: Reader,
  options: ReplayOptions,
): Promise<ReplayedCasebook> => {
  let count = 0;
  let cases = 0;
  let faults = 0;
  let firstFault: ReplayFault | null = null;
  const byStatus: Partial<Record<Status, number>> = {};
  for await (const { id, events } of casesOf(reader.store)) {
    const seen = upTo(events, options.at);
    const { state, fault } = await run(id, seen, reader.rules);
    if (fault !== null) {
      faults += 1;
      if (firstFault === null || fault.position < firstFault.position) firstFault = fault;
    }
    const shown = isPast(options) ? foldAt(id, seen, options) : state;
    if (shown === null) continue;
    cases += 1;
    count += isPast(options) ? shown.version : seen.length;
    byStatus[shown.status] = (byStatus[shown.status] ?? 0) + 1;
  }
  return { events: count, cases, statuses: byStatus, firstFault, faults };
};

const officeThen = (
  { rules }: Reader,
  { at, knownOn, knownBefore }: Pick<ReplayOptions, "at" | "knownOn" | "knownBefore">,
): OfficeFacts =>
  officeKnown(rules.office, {
    on: knownOn,
    knownBefore,
    ...(at !== undefined && { before: at + 1 }),
  });

const upTo = (events: readonly RecordedEvent[], at: number | undefined): readonly RecordedEvent[] =>
  at === undefined ? events : events.filter((event) => event.globalPosition <= at);

/** Runs a case's events through the machine until one does not fit; what follows is only folded. */
export const run = async (
  id: CaseId,
  events: readonly RecordedEvent[],
  rules: RulesInForce,
): Promise<Readonly<{ state: CaseState | null; fault: ReplayFault | null }>> => {
  let state: CaseState | null = null;
  let fault: ReplayFault | null = null;
  for (const event of events) {
    fault ??= faultOf(id, state, event, rules) ?? (await lateFaultOf(id, state, event, rules));
    const fact = caseEventOf(event);
    if (state === null && fact.type !== "CaseReceived") break;
    state = evolve(id, state, fact);
  }
  return { state, fault };
};

const faultOf = (
  id: CaseId,
  state: CaseState | null,
  event: RecordedEvent,
  rules: RulesInForce,
): ReplayFault | null => {
  const from = state?.status ?? null;
  const adopted = rules.byHash.get(event.rulebookHash);
  const { actor } = event;
  const law = adopted && {
    rulebook: adopted.rulebook,
    office: officeKnown(rules.office, { before: event.globalPosition }),
  };
  const to = law === undefined ? null : judge(state, caseEventOf(event), { actor, ...law });
  const isNext = event.streamVersion === (state?.version ?? 0) + 1;
  const holds = law === undefined || correctionHolds(state, event, law);
  if (isNext && holds && event.from === from && event.to === to) return null;
  return {
    position: event.globalPosition,
    case: id,
    version: event.streamVersion,
    type: event.type,
    found: { from: event.from, to: event.to },
    expected: { from, to },
    what: holds ? sentence(from, to, event, isNext, adopted !== undefined) : brokenCorrection,
  };
};

/** What was decided just before midnight may have been recorded just after it. */
const appendLagMs = 3_600_000;

/** An entry that its rulebook would not have let be recorded so late, judged by its own instant. */
const lateFaultOf = async (
  id: CaseId,
  state: CaseState | null,
  event: RecordedEvent,
  rules: RulesInForce,
): Promise<ReplayFault | null> => {
  const { rulebook } = rules.byHash.get(event.rulebookHash) ?? {};
  if (rulebook?.lateEntry === undefined) return null;
  const fact = caseEventOf(event);
  const judged = {
    fact,
    kind: fact.type === "CaseReceived" ? fact.data.kind : (state?.received.kind ?? ""),
    actor: event.actor,
    rulebook,
    office: officeKnown(rules.office, { before: event.globalPosition }),
    calendar: await rules.calendarBefore(event.globalPosition),
  };
  const refusedAt = (ms: number) => lateRefusal({ ...judged, recordedOn: shanghaiDate(ms) });
  const recorded = Date.parse(event.recordedAt);
  const refused = refusedAt(recorded);
  if (refused === null || refusedAt(recorded - appendLagMs) === null) return null;
  const { from, to } = event;
  return {
    position: event.globalPosition,
    case: id,
    version: event.streamVersion,
    type: event.type,
    found: { from, to },
    expected: { from, to: null },
    what: refused.why,
  };
};

const brokenCorrection: Label = {
  zh: "更正或撤销与其后的记录不符",
  en: "the correction does not agree with the facts after it",
};

/** Whether a correction says where the facts that stand after it lead, and nothing rested on its entry. */
const correctionHolds = (
  state: CaseState | null,
  event: RecordedEvent,
  law: Parameters<typeof walkedAgain>[2],
): boolean => {
  const fact = caseEventOf(event);
  if (state === null || !isCorrection(fact)) return true;
  const { status, leading, resting } = walkedAgain(state, fact, law);
  const { leadsTo, leading: said = [] } = fact.data;
  return (
    resting.length === 0 && status === leadsTo && canonicalJson(leading) === canonicalJson(said)
  );
};

const sentence = (
  from: Status | null,
  to: string | null,
  event: RecordedEvent,
  isNext: boolean,
  isRulebookKnown: boolean,
): Label => {
  if (!isNext)
    return { zh: "在本件记录中的次序不连续", en: "does not follow the case's event before it" };
  if (!isRulebookKnown)
    return {
      zh: "所依据的规则集不在本办件库中",
      en: "names a rulebook that is not in this casebook",
    };
  const name = (status: string | null): Label =>
    status === null
      ? { zh: "无", en: "none" }
      : (statuses[status as Status] ?? { zh: status, en: status });
  if (to === null) {
    return {
      zh: `处于“${name(from).zh}”状态时不可能发生 ${event.type}`,
      en: `${event.type} cannot happen while the case is ${name(from).en}`,
    };
  }
  return {
    zh: `记录的变化是“${name(event.from).zh}→${name(event.to).zh}”，流程给出的是“${name(from).zh}→${name(to).zh}”`,
    en: `the stored transition is ${name(event.from).en} → ${name(event.to).en}, the lifecycle makes it ${name(from).en} → ${name(to).en}`,
  };
};
