/**
 * @module casebook — the engine's front door: give it a store and it records commands and answers questions.
 *
 * The long roads are loaded when they are first taken: a command line asks one question at every start,
 * and would read most of the engine for nothing.
 */
import type { CaseId } from "../case/case-id.ts";
import type { CaseCommand, CaseCommandName } from "../case/commands.ts";
import { officeKnown } from "../case/office.ts";
import type { AnnualReport } from "../annual/figures.ts";
import type { Frozen } from "../annual/freeze.ts";
import type { FrozenComparison } from "../annual/frozen.ts";
import type { Actor, EventStore, RecordedEvent, StoreReader } from "../ports/event-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { Ids } from "../ports/ids.ts";
import type { ProjectionStore } from "../ports/projection-store.ts";
import { projectionFingerprint } from "../projections/registry.ts";
import type { Scope, ScopeName } from "../projections/scope.ts";
import type { Calendar } from "../rulebook/calendar/calendar.ts";
import type { Rulebook } from "../rulebook/rulebook.ts";
import { shippedRulebook } from "../rulebook/shipped.ts";
import type { CivilDate } from "../time/civil-date.ts";
import { shanghaiDate } from "../time/occurred-on.ts";
import { EngineError } from "../errors.ts";
import type { CommandLine, LineAnswer } from "./apply.ts";
import type { Moment } from "./as-of.ts";
import { dayOf, eventsAt, foldAt, isPast, withAdjustments } from "./as-of.ts";
import type { AdoptOptions } from "./adoption.ts";
import type { Adoption } from "./adoption-plan.ts";
import type { AuditOptions, AuditReport } from "./audit.ts";
import { readActor, readDay, readName, readOrigin, readToday } from "./asking.ts";
import type { ProjectionCheck, RebuildProgress } from "./check-projections.ts";
import type { CaseCertificate, ReplayCertificate } from "./certificate.ts";
import type { DashboardAnswer } from "./dashboard.ts";
import type { DueCalendarAnswer, DueReport } from "./due.ts";
import { dueCalendarAnswer, dueReport } from "./due.ts";
import type { DueDateCertificate } from "./explain.ts";
import type { HistoryEntry } from "./history.ts";
import { historyOf } from "./history.ts";
import type { LateEntry, LateOptions } from "./late-entries.ts";
import type { LedgerEntry } from "./ledger-entries.ts";
import { lastRecord } from "./last-record.ts";
import type { ListedCase } from "./list.ts";
import { listCases } from "./list.ts";
import { alongMergers, handledIn } from "./mergers.ts";
import type { Blocking, NextSteps } from "./next.ts";
import { gapsOf, nextSteps } from "./next.ts";
import { openingAppend } from "./opening.ts";
import type { AlarmReport } from "./alarms/report.ts";
import type { RatePassport } from "./passport.ts";
import type { RateReport } from "./rate-report.ts";
import type { DiffOptions, ReportDiff } from "./report-diff.ts";
import type { Proving } from "./proving.ts";
import type { PublishableReply } from "./publishable.ts";
import type { Reader } from "./reader.ts";
import { caseAt, foldOn, readCase, rulebookOf } from "./reader.ts";
import type { Asking, RecordContext, Recorded } from "./record.ts";
import { rememberedCases } from "./remembered-cases.ts";
import type { RulesInForce } from "./rules-in-force.ts";
import { readRules } from "./rules-in-force.ts";
import type { Rehearsed } from "./rehearse.ts";
import type { ReplayedCase, ReplayedCasebook, ReplayOptions } from "./replay.ts";
import type { SearchResult } from "./search.ts";
import type { CaseView } from "./show.ts";
import { viewOf } from "./show.ts";
import type { SimilarCases } from "./similar.ts";
import { subscribeTo } from "./subscribe.ts";
import type { Week, WeekOptions } from "./week.ts";

/** What "today" is, where it is not the clock's day in Asia/Shanghai. */
export type OnDay = Readonly<{ today?: CivilDate }>;

/** A moment in the past, what was true or what was known then; its day then stands for today too. */
export type AsOf = OnDay & Moment;

/** Who records; the casebook's own actor when absent. */
export type Recording = OnDay & Readonly<{ actor?: Actor }>;

/** A casebook 办件库: the cases of an office and everything that happened to them. */
export interface Casebook {
  /** The rules in force, as of the last question or command, and the event that opened the log. */
  readonly rules: RulesInForce;
  /**
   * Records what a command asks for.
   * @throws EngineError with a permanent `code`; nothing is recorded then
   */
  execute(
    command: Extract<CaseCommand, { command: CaseCommandName }>,
    recording?: Recording,
  ): Promise<Recorded<CaseId>>;
  /** The same for a command that may be about the office and no case. */
  execute(command: CaseCommand, recording?: Recording): Promise<Recorded>;
  /** The same for a command of unknown shape, as it comes from a command line or a file. */
  executeGiven(given: unknown, recording?: Recording): Promise<Recorded>;
  /**
   * What a command about cases would record, and the due dates afterwards; nothing is recorded.
   * @throws EngineError whatever recording it now would be refused with
   */
  rehearse(given: unknown, recording?: Recording): Promise<Rehearsed>;
  /** Records many commands in order; answers each. */
  apply(
    lines: AsyncIterable<CommandLine> | Iterable<CommandLine>,
    recording?: Recording,
  ): AsyncIterable<LineAnswer>;
  /** Answers many commands as `apply` would, each on the cases as those before it leave them; records nothing. */
  rehearseAll(
    lines: AsyncIterable<CommandLine> | Iterable<CommandLine>,
    recording?: Recording,
  ): AsyncIterable<LineAnswer>;
  /** Records all of them or none. */
  applyAtomically(
    lines: AsyncIterable<CommandLine> | Iterable<CommandLine>,
    recording?: Recording,
  ): Promise<readonly LineAnswer[]>;
  /** The ledger 台账. */
  list(options?: AsOf & Readonly<{ scope?: Scope }>): Promise<readonly ListedCase[]>;
  /** The ledger with everything that is known of each case. */
  ledger(
    options?: AsOf & Readonly<{ scope?: Scope; onProgress?: (done: number, of: number) => void }>,
  ): Promise<readonly LedgerEntry[]>;
  /**
   * Where a case stands.
   * @throws EngineError `NOT_FOUND`, `AMBIGUOUS_CASE`
   */
  show(name: string, options?: AsOf): Promise<CaseView>;
  /** What may be recorded next. */
  next(name: string, recording?: Recording): Promise<NextSteps>;
  /** What falls due. */
  due(options?: AsOf & Readonly<{ scope?: Scope; withinDays?: number }>): Promise<DueReport>;
  /** The same for a calendar file, with the log that it was read from. */
  dueCalendar(
    options?: AsOf & Readonly<{ scope?: Scope; withinDays?: number }>,
  ): Promise<DueCalendarAnswer>;
  /** The rates 三率. */
  rates(options?: AsOf & Readonly<{ scope?: Scope; by?: ScopeName }>): Promise<RateReport>;
  /** The rates with their passports: every case of the scope, counted, missing, excluded or outside. */
  passports(
    options?: AsOf & Readonly<{ scope?: Scope }>,
    rate?: string,
  ): Promise<readonly RatePassport[]>;
  /** Why the rates of two days differ, case by case. */
  reportDiff(options: DiffOptions): Promise<ReportDiff>;
  /** Why a case is missing from rates, and what would repair it. */
  gaps(name: string, options?: AsOf): Promise<readonly Blocking[]>;
  /**
   * The certificate of each due date of a case, or of one.
   * @throws EngineError `NOT_FOUND` also for a due date that the case does not have
   */
  explain(name: string, deadline?: string, options?: AsOf): Promise<readonly DueDateCertificate[]>;
  /**
   * Adopts a rulebook: the content of its file, or one in memory. Open cases that it binds get an event
   * each; with `dryRun` only what would move is told.
   * @throws EngineError `INVALID_RULES` with every mistake and its place, `RULES_OLDER`, `RULES_DIFFER`
   */
  adoptRulebook(
    given: string | Uint8Array | Rulebook,
    options?: AdoptOptions & Recording,
  ): Promise<Adoption>;
  /** Adopts a calendar file, published or corrected. @throws EngineError as `adoptRulebook` */
  adoptCalendar(given: string | Uint8Array, options?: AdoptOptions & Recording): Promise<Adoption>;
  /** Cases by words in their titles, requests, texts, replies and promises. */
  search(question: string, options?: Readonly<{ scope?: Scope }>): Promise<SearchResult>;
  /** Cases that are likely about the same thing as one, 10 unless told. */
  similar(name: string, options?: Readonly<{ limit?: number }>): Promise<SimilarCases>;
  /**
   * Every event of a case, or those of a moment.
   * @throws EngineError `NOT_FOUND` also for a case that was not there at the moment; `AMBIGUOUS_CASE`
   */
  history(name: string, options?: Moment): Promise<readonly HistoryEntry[]>;
  /** A case as it stood, through the machine; null when it did not exist yet. */
  replay(name: string, options?: Partial<ReplayOptions>): Promise<ReplayedCase | null>;
  /** The whole casebook as it stood, through the machine. */
  replayAll(options?: Partial<ReplayOptions>): Promise<ReplayedCasebook>;
  /** The whole casebook computed anew from its events, and what differs. */
  certify(
    options?: OnDay & Readonly<{ onProgress?: (done: number, of: number) => void }>,
  ): Promise<ReplayCertificate>;
  /** One case computed anew from its events, and what differs. */
  certifyCase(name: string): Promise<CaseCertificate>;
  /** The questions that the records of these cases raise. */
  alarms(options?: Readonly<{ scope?: Scope }>): Promise<AlarmReport>;
  /**
   * The Monday paper: 7 days from the day of the moment unless told, all that is late, and what open cases
   * lack.
   * @throws EngineError `INVALID_INPUT` for a day that does not exist
   */
  week(options?: AsOf & Partial<Pick<WeekOptions, "scope" | "from" | "days">>): Promise<Week>;
  /** The cases at a glance 办理情况一览, with the history of `timelines` cases, none unless told. */
  dashboard(
    options?: AsOf & Readonly<{ scope?: Scope; timelines?: number }>,
  ): Promise<DashboardAnswer>;
  /** The figures and claims of a year 年度办理工作总结. */
  annual(year: number, options?: OnDay): Promise<AnnualReport>;
  /** The figures that were published of a year, against the report of now; null when none were. */
  annualPublished(report: AnnualReport): Promise<FrozenComparison | null>;
  /**
   * Keeps the figures of a year as published 定稿.
   * @throws EngineError `RULE_REFUSED` for a year of which nothing was received
   */
  freezeAnnual(year: number, recording?: Recording): Promise<Frozen>;
  /**
   * The newest reply of a case as it may stand in public.
   * @throws EngineError `NOT_FOUND`, `AMBIGUOUS_CASE`; `RULE_REFUSED` where rule or proposer keep it back
   */
  publishable(name: string, options?: OnDay): Promise<PublishableReply>;
  /** Verifies bytes, chain, tree, replay and projections. */
  audit(options?: AuditOptions): Promise<AuditReport>;
  /** The stored projections against the log. */
  checkProjections(): Promise<ProjectionCheck>;
  /** Makes the projections anew, while others read and record. */
  rebuildProjections(options?: Readonly<{ onProgress?: RebuildProgress }>): Promise<void>;
  /** Checkpoints, proofs and keys: what is given to whoever does not believe the casebook. */
  proving(): Promise<Proving>;
  /** 补录登记: every fact that was recorded on a later day than it was true, in order of recording. */
  lateEntries(options?: Partial<LateOptions>): Promise<readonly LateEntry[]>;
  /** The instant of the last record, in UTC. */
  lastRecordedAt(): Promise<string>;
  /** Events after a position, and new ones as they come. */
  subscribe(after: number, signal?: AbortSignal): AsyncIterable<RecordedEvent>;
  close(): Promise<void>;
}

export type CasebookOptions = Readonly<{
  store: EventStore & ProjectionStore;
  clock: Clock;
  ids: Ids;
  /** Who records where a command does not say. */
  actor: Actor;
  /** The store may not be written to: projections of another version are passed over, not rebuilt. */
  readOnly?: boolean;
}>;

export type NewCasebookOptions = CasebookOptions &
  Readonly<{
    /** The store's name for its log. */
    origin: string;
    /** The office, as reports print it. */
    office?: string;
    rulebook?: Rulebook;
    calendar?: Calendar;
  }>;

/**
 * Writes the first event of an empty store, with the rulebook and calendar that it adopts.
 * @throws EngineError `INVALID_RULES` for a rulebook with mistakes, or a collection
 */
export const createCasebook = async (options: NewCasebookOptions): Promise<Casebook> => {
  const { store, clock, ids, actor, origin, office, rulebook, calendar } = options;
  const append = openingAppend({
    origin: readOrigin(origin, "origin"),
    office: office === undefined ? null : readName(office, "office"),
    rulebook:
      rulebook === undefined
        ? await shippedRulebook("national")
        : await (await import("./given-rules.ts")).adoptable(rulebook),
    calendar: calendar ?? (await import("../rulebook/calendar/state-council.ts")).stateCouncil,
    commandId: ids.next(),
    actor: readActor(actor),
    on: shanghaiDate(clock.now()),
  });
  await store.append(append);
  return openCasebookOn(options);
};

/**
 * Opens the casebook that a store holds.
 * @throws EngineError `INTEGRITY` when its first event or its rules are not what they should be
 */
export const openCasebookOn = async (options: CasebookOptions): Promise<Casebook> => {
  const { store, clock, ids, actor } = options;
  let rules = await readRules(store, store);
  /** The rules as a reader sees them; another process may have adopted new ones since the last look. */
  const rulesNow = async (from: StoreReader = store): Promise<RulesInForce> => {
    if ((await from.streamVersion(null)) !== rules.version) rules = await readRules(from, store);
    return rules;
  };
  const isCurrent = (await store.projectionVersion()) === projectionFingerprint;
  const hasProjections = isCurrent || options.readOnly !== true;
  const now = async (): Promise<Reader> => ({ store, rules: await rulesNow(), hasProjections });
  const rebuildProjections: Casebook["rebuildProjections"] = async (given) =>
    (await projectionCare()).rebuildProjections(now, store, given?.onProgress);
  if (!isCurrent && hasProjections) await rebuildProjections();
  /** Answers from one moment of the casebook, where a question reads more than once. */
  const atOnce = <Result>(ask: (reader: Reader) => Promise<Result>): Promise<Result> =>
    store.snapshot(async (frozen) =>
      ask({ store: frozen, rules: await rulesNow(frozen), hasProjections }),
    );
  const context: RecordContext = {
    store,
    clock,
    ids,
    rules: () => rulesNow(),
    knownRules: () => rules,
    remembered: rememberedCases(),
  };
  const realDay = (): CivilDate => shanghaiDate(clock.now());
  // one may ask what will be due on a day to come; nothing is recorded on one
  const todayOf = (given?: OnDay): CivilDate =>
    given?.today === undefined ? realDay() : readDay(given.today, "today");
  /**
   * Two days compare as text, so what is no day would be answered with nonsense. Called when the rules have
   * been read: another process may have adjusted the clock since the last look.
   */
  const inTime = <Given extends Moment | undefined>(given: Given): Given => {
    if (given?.asOf !== undefined) readDay(given.asOf, "asOf");
    if (given?.knownOn !== undefined) readDay(given.knownOn, "knownOn");
    return given === undefined ? given : withAdjustments(given, rules.clockAdjustments);
  };
  const asking = (given?: Recording): Asking => ({
    actor: readActor(given?.actor ?? actor),
    today: given?.today === undefined ? realDay() : readToday(given.today, "today", realDay()),
  });
  return {
    get rules() {
      return rules;
    },
    execute: (async (command, recording) =>
      (await recorder()).record(context, command, asking(recording))) as Casebook["execute"],
    executeGiven: async (given, recording) =>
      (await recorder()).record(context, given, asking(recording)),
    rehearse: async (given, recording) => {
      const { rehearse } = await import("./rehearse.ts");
      return rehearse(context, given, asking(recording), await now());
    },
    apply: async function* (lines, recording) {
      yield* (await applier()).applyLines(context, lines, asking(recording));
    },
    rehearseAll: async function* (lines, recording) {
      yield* (await applier()).rehearseLines(context, lines, asking(recording));
    },
    applyAtomically: async (lines, recording) =>
      (await applier()).applyAtomically(context, lines, asking(recording)),
    list: async (given) =>
      listCases(await now(), { scope: {}, ...inTime(given), today: todayOf(given) }),
    ledger: async (given) => {
      const { ledgerEntries } = await import("./ledger-entries.ts");
      const asked = () => ({ scope: {}, ...inTime(given), today: todayOf(given) });
      return atOnce((reader) => ledgerEntries(reader, asked()));
    },
    show: async (name, given) => {
      const reader = await now();
      const { id, events, state } = await readCase(reader, name);
      const asked = inTime(given);
      const known = { on: asked?.knownOn, knownBefore: asked?.knownBefore };
      const office = officeKnown(reader.rules.office, known);
      if (asked === undefined || !isPast(asked)) {
        const view = await viewOf(state, todayOf(given), store, rulebookOf(reader, state), office);
        return alongMergers(view, caseAt(reader));
      }
      const then = foldAt(id, events, asked);
      if (then === null) throw new EngineError("NOT_FOUND", { what: "case", name: id });
      const day = dayOf({ ...asked, today: todayOf(given) });
      const view = await viewOf(then, day, store, rulebookOf(reader, then), office);
      return alongMergers(view, caseAt(reader, asked));
    },
    next: async (name, recording) => {
      const reader = await now();
      const { state } = await readCase(reader, name);
      const by = readActor(recording?.actor ?? actor);
      const supposed = {
        actor: by,
        on: todayOf(recording),
        rulebook: rulebookOf(reader, state),
        office: reader.rules.office,
      };
      return nextSteps(state, supposed, await handledIn(state, caseAt(reader)));
    },
    due: async (given) =>
      dueReport(await now(), { scope: {}, ...inTime(given), today: todayOf(given) }),
    dueCalendar: async (given) => {
      const asked = () => ({ scope: {}, ...inTime(given), today: todayOf(given) });
      return atOnce((reader) => dueCalendarAnswer(reader, asked()));
    },
    rates: async (given) => {
      const { rateReport } = await import("./rate-report.ts");
      const asked = () => ({ scope: {}, ...inTime(given), today: todayOf(given) });
      return atOnce((reader) => rateReport(reader, asked()));
    },
    passports: async (given, rate) => {
      const { ratePassports } = await import("./passport.ts");
      const asked = () => ({ scope: {}, ...inTime(given), today: todayOf(given) });
      return atOnce((reader) => ratePassports(reader, asked(), rate));
    },
    reportDiff: async (given) => {
      const { reportDiff } = await import("./report-diff.ts");
      readDay(given.from, "from");
      readDay(given.to, "to");
      return atOnce((reader) => reportDiff(reader, given));
    },
    gaps: async (name, given) => {
      const reader = await now();
      const { id, events, state } = await readCase(reader, name);
      const asked = inTime(given);
      const then = asked === undefined || !isPast(asked) ? state : foldAt(id, events, asked);
      return then === null ? [] : gapsOf(then, rulebookOf(reader, then));
    },
    explain: async (name, deadline, given) => {
      const { explainDueDates } = await import("./explain.ts");
      const reader = await now();
      const { id, events } = await readCase(reader, name);
      const asked = inTime(given) ?? {};
      const seen = eventsAt(events, asked);
      const state = foldOn(id, events, asked);
      if (state === null) throw new EngineError("NOT_FOUND", { what: "case", name: id });
      const today = dayOf({ ...given, today: todayOf(given) });
      return explainDueDates(reader, state, seen, today, deadline);
    },
    adoptRulebook: async (given, adopting) => {
      const { adoptRulebook } = await import("./adoption.ts");
      const { adoptable } = await import("./given-rules.ts");
      const read = (known: RulesInForce) => adoptable(given, known);
      return adoptRulebook(context, read, asking(adopting), adopting);
    },
    adoptCalendar: async (given, adopting) => {
      const { adoptCalendar } = await import("./adoption.ts");
      const { calendarFrom } = await import("./given-rules.ts");
      const read = (known: RulesInForce) => calendarFrom(given, known);
      return adoptCalendar(context, read, asking(adopting), adopting);
    },
    search: async (question, given) => {
      const { searchCases } = await import("./search.ts");
      return atOnce((reader) => searchCases(reader, question, given?.scope ?? {}));
    },
    similar: async (name, given) => {
      const { similarCases } = await import("./similar.ts");
      return atOnce((reader) => similarCases(reader, name, given?.limit ?? 10));
    },
    history: async (name, given) => historyOf(await now(), name, inTime(given)),
    replay: async (name, given) =>
      (await replayer()).replayCase(await now(), name, { ...inTime(given), today: todayOf(given) }),
    replayAll: async (given) => {
      const { replayCasebook } = await replayer();
      const asked = () => ({ ...inTime(given), today: todayOf(given) });
      return atOnce((reader) => replayCasebook(reader, asked()));
    },
    certify: async (given) => {
      const { certify } = await import("./certificate.ts");
      return atOnce((reader) => certify(reader, todayOf(given), given?.onProgress));
    },
    certifyCase: async (name) => {
      const { certifyCase } = await import("./certificate.ts");
      return atOnce((reader) => certifyCase(reader, name));
    },
    alarms: async (given) => {
      const { alarmReport } = await import("./alarms/report.ts");
      return atOnce((reader) => alarmReport(reader, given?.scope ?? {}));
    },
    week: async (given) => {
      const { weekPaper } = await import("./week.ts");
      if (given?.from !== undefined) readDay(given.from, "from");
      const asked = () => ({ scope: {}, days: 7, ...inTime(given), today: todayOf(given) });
      return atOnce((reader) => weekPaper(reader, asked()));
    },
    dashboard: async (given) => {
      const { dashboardAnswer } = await import("./dashboard.ts");
      const asked = () => ({ scope: {}, timelines: 0, ...inTime(given), today: todayOf(given) });
      return atOnce((reader) => dashboardAnswer(reader, asked()));
    },
    annual: async (year, given) => {
      const { annualReport } = await import("../annual/figures.ts");
      const today = todayOf(given);
      return atOnce((reader) => annualReport(reader, year, today));
    },
    annualPublished: async (report) => {
      const { comparedWithFrozen } = await import("../annual/frozen.ts");
      return atOnce((reader) => comparedWithFrozen(reader, report));
    },
    freezeAnnual: async (year, recording) => {
      const { freezeAnnual } = await import("../annual/freeze.ts");
      return freezeAnnual({ ...context, atOnce }, year, asking(recording));
    },
    publishable: async (name, given) => {
      const { publishableReply } = await import("./publishable.ts");
      const today = todayOf(given);
      return atOnce((reader) => publishableReply(reader, name, today));
    },
    audit: async (given) => {
      const { auditCasebook } = await import("./audit.ts");
      return atOnce((reader) => auditCasebook(reader, given));
    },
    checkProjections: async () => {
      const { checkProjections } = await projectionCare();
      return atOnce((reader) => checkProjections(reader));
    },
    rebuildProjections,
    proving: async () => {
      const { provingOf } = await import("./proving.ts");
      return provingOf({ ...context, atOnce, asking });
    },
    lateEntries: async (given) => {
      const { lateEntries } = await import("./late-entries.ts");
      return atOnce((reader) => lateEntries(reader, { scope: {}, ...inTime(given) }));
    },
    lastRecordedAt: async () => (await lastRecord(store))?.recordedAt ?? "",
    subscribe: (after, signal) => subscribeTo(store, after, signal),
    close: () => store.close(),
  };
};

const recorder = async () => import("./record.ts");
const applier = async () => import("./apply.ts");
const replayer = async () => import("./replay.ts");
const projectionCare = async () => import("./check-projections.ts");
