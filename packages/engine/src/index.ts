/** @module index — the public surface of the engine. */

// the casebook: record commands, ask questions
export type {
  AsOf,
  Casebook,
  CasebookOptions,
  NewCasebookOptions,
  OnDay,
  Recording,
} from "./casebook/casebook.ts";
export { createCasebook, openCasebookOn } from "./casebook/casebook.ts";
export { readName, readOrigin, readToday } from "./casebook/asking.ts";
export type { CommandLine, LineAnswer } from "./casebook/apply.ts";
export type { AdoptOptions } from "./casebook/adoption.ts";
export type { Adoption, Impact } from "./casebook/adoption-plan.ts";
export { adoptable, calendarFrom, rulebookFrom } from "./casebook/given-rules.ts";
export type { DueDateCertificate, DueDateChange, ExplainedRule } from "./casebook/explain.ts";
export type { ExportSink, MadeCheckpoint, Proving } from "./casebook/proving.ts";
export { signHeadOf } from "./casebook/proving.ts";
export type { ComparedCheckpoints, OutsideCheckpoint } from "./casebook/known-checkpoints.ts";
export type {
  CaseCertificate,
  Replayed,
  ReplayCertificate,
  ReplayDifference,
  ReplayedThing,
  Uncounted,
} from "./casebook/certificate.ts";
export { replayedThings } from "./casebook/certificate.ts";
export type { AlarmFinding } from "./casebook/alarms/alarm.ts";
export type { AlarmReport, RaisedAlarm } from "./casebook/alarms/report.ts";
export type { AuditOptions, AuditReport } from "./casebook/audit.ts";
export type {
  ProjectionCheck,
  ProjectionDifference,
  RebuildProgress,
} from "./casebook/check-projections.ts";
export type { DueCalendarAnswer, DueItem, DueReport } from "./casebook/due.ts";
export type { LateEntry, LateOptions } from "./casebook/late-entries.ts";
export type { Lateness } from "./casebook/lateness.ts";
export type { ClockAdjustment } from "./casebook/time-taken-back.ts";
export { adjustmentsRead, misplacedAdjustments, placesBeside } from "./casebook/time-taken-back.ts";
export type { HistoryEntry } from "./casebook/history.ts";
export type { PublishableReply, UsedIndexNumber } from "./casebook/publishable.ts";
export type { Rehearsed } from "./casebook/rehearse.ts";
export type { LedgerEntry } from "./casebook/ledger-entries.ts";
export type { AnsweredFrom, LogMark } from "./casebook/answered-from.ts";
export type { DashboardAnswer, Timeline } from "./casebook/dashboard.ts";
export type { Week, WeekItem, WeekMatter, WeekOfPerson } from "./casebook/week.ts";
export { weekMatters } from "./casebook/week.ts";
export type { ListedCase } from "./casebook/list.ts";
export type { FoundCase, SearchHit, SearchPlace, SearchResult } from "./casebook/search.ts";
export { searchPlaces } from "./casebook/search.ts";
export type { SimilarCase, SimilarCases } from "./casebook/similar.ts";
export type { Excerpt } from "./text/searching.ts";
export type { AllowedCommand, Blocking, NextSteps, StandingPromise } from "./casebook/next.ts";
export type {
  CalendarAdopted,
  DelegationMade,
  AnnualReportFrozen,
  DepartmentRenamed,
  FrozenFigure,
  LogCreated,
  LogKeyAdopted,
  RulebookAdopted,
  WitnessAdopted,
} from "./casebook/opening.ts";
export { projectionFingerprint } from "./projections/registry.ts";
export { logEvents } from "./casebook/opening.ts";
export type {
  AdoptedCalendar,
  AdoptedRulebook,
  LogKeys,
  RulesInForce,
} from "./casebook/rules-in-force.ts";
export { rulebookOn } from "./casebook/rules-in-force.ts";
export type {
  FeedbackCount,
  RateGroup,
  RateReport,
  RateResult,
  ResultCount,
} from "./casebook/rate-report.ts";
export type {
  ExcludedCase,
  MissingCase,
  OutsideCase,
  RatePassport,
  SharedEvidence,
  WeighedCase,
} from "./casebook/passport.ts";
export type { DefinitionView } from "./casebook/rate-definitions.ts";
export { rateDefinitions } from "./casebook/rate-definitions.ts";
export { rateWords } from "./casebook/rate-words.ts";
export type {
  DiffOptions,
  MovingEvent,
  RateChange,
  RateDiff,
  ReportDiff,
} from "./casebook/report-diff.ts";
export type { Recorded, RecordedCase } from "./casebook/record.ts";
export type {
  ReplayedCase,
  ReplayedCasebook,
  ReplayFault,
  ReplayOptions,
} from "./casebook/replay.ts";
export type {
  CaseView,
  CommitmentView,
  CoOpinionView,
  DeadlineView,
  FeedbackView,
  ProposerView,
  ReplyView,
} from "./casebook/show.ts";

// the case: its name, commands, events, state and words
export type { CaseId } from "./case/case-id.ts";
export { caseIdOf, normalNumber, normalSession, parseCaseId } from "./case/case-id.ts";
export type { CaseCommand, CommandName, ReadCommand } from "./case/commands.ts";
export { commands, commonFields } from "./case/commands.ts";
export type { AnyField, Document, Field } from "./case/fields.ts";
export type {
  Assignment,
  CaseEvent,
  CaseEventData,
  CaseEventType,
  DecidedEvent,
  DueDate,
  FileRef,
  Participant,
  Proposer,
  Sealed,
} from "./case/events.ts";
export { caseEvents } from "./case/events.ts";
export type { InputProblem } from "./case/input-problem.ts";
export { dateProblem, describeProblems } from "./case/input-problem.ts";
export { isCommandName, readCommand } from "./case/read-command.ts";
export type { CaseState, Commitment, Contact, Deadline, Feedback, Reply } from "./case/state.ts";
export * as terms from "./case/terms.ts";
export type {
  ContactMode,
  DeadlineId,
  DeadlineState,
  Label,
  Lamp,
  Rating,
  ResultMeaning,
  Role,
  Status,
} from "./case/terms.ts";

// deciding and folding
export { decide } from "./decider/decide.ts";
export type { DecideContext } from "./decider/decide.ts";
export { isAmendable } from "./case/amendable.ts";
export type { BlockedCommand } from "./decider/possible.ts";
export { leadingEvents } from "./decider/possible.ts";
export { evolve } from "./decider/evolve.ts";
export type { EvolveEvent } from "./decider/evolve.ts";
export { guards } from "./lifecycle/guards.ts";
export type { GuardName } from "./lifecycle/guards.ts";
export type { DrawnArrow, DrawnPhase, Drawing } from "./lifecycle/drawing.ts";
export { drawLifecycle, mermaidOf } from "./lifecycle/drawing.ts";

// refusals
export type { ErrorCode, ErrorData } from "./errors.ts";
export { EngineError, errorCodes, invalidInput, isEngineError } from "./errors.ts";

// rules, calendars and due dates
export type { Calendar } from "./rulebook/calendar/calendar.ts";
export type { ComputedDate, WorkingCalendar } from "./rulebook/calendar/working-days.ts";
export {
  addWorkingDays,
  indexCalendar,
  isWorkingDay,
  workingDaysBefore,
} from "./rulebook/calendar/working-days.ts";
export { stateCouncil } from "./rulebook/calendar/state-council.ts";
export type {
  AppliesTo,
  DeadlineRule,
  CountRule,
  RollRule,
  Term,
  TermUnit,
  Trigger,
} from "./rulebook/deadline-rule.ts";
export type {
  RateDefinition,
  RateExclusion,
  RateNumerator,
  RatePopulation,
  Rounding,
} from "./rulebook/rate-definition.ts";
export type {
  Choice,
  Choices,
  Kind,
  ResultCode,
  ResultScheme,
  Rulebook,
  RulebookFile,
} from "./rulebook/rulebook.ts";
export type { Confidence, Source } from "./rulebook/source.ts";
export { choiceFor, kindOf, rulebookName, schemeFor } from "./rulebook/rulebook.ts";
export { printSource } from "./rulebook/source.ts";
export { reachedRules } from "./rulebook/check/check-deadlines.ts";
export type { RuleProblem } from "./rulebook/check/rule-problem.ts";
export type { ShippedRulebook } from "./rulebook/shipped.ts";
export { shippedFile, shippedRulebook, shippedRulebooks } from "./rulebook/shipped.ts";
export { counts, rolls, units } from "./rulebook/terms/term.ts";
export type { TermTrace, TracePart, TraceStep } from "./rulebook/terms/term-trace.ts";
export { traceParts } from "./rulebook/terms/term-trace.ts";
export {
  appliesToWords,
  confidences,
  extensionWords,
  misses,
  termWords,
  triggerWords,
} from "./rulebook/rule-words.ts";
export type { RowFailure, TableResult } from "./rulebook/conformance/conformance.ts";
export { runTables, shippedTable, shippedTables } from "./rulebook/conformance/shipped-tables.ts";

// reports
export type { CheckedText } from "./annual/checks.ts";
export { checkedText, sumProblems } from "./annual/checks.ts";
export type { AnnualReport, Obstacle } from "./annual/figures.ts";
export type { Frozen } from "./annual/freeze.ts";
export type { ChangedFigure, FrozenComparison, LaterCase } from "./annual/frozen.ts";
export { threeRates } from "./annual/rates-of.ts";
export { annualText } from "./annual/sentences.ts";

// the ports, and what a store needs to keep its promises
export type {
  Actor,
  AppendRequest,
  AppendResult,
  EventStore,
  KeptCheckpoint,
  Json,
  LogReader,
  NewEvent,
  Page,
  PersonalValue,
  RawEvent,
  RecordedEvent,
  StoredCommand,
  StoredFile,
  StoreReader,
  StoreTransaction,
  StreamAppend,
} from "./ports/event-store.ts";
export type {
  ProjectionChange,
  Refold,
  ProjectionReader,
  ProjectionRow,
  ProjectionStore,
  RowQuery,
  Tally,
} from "./ports/projection-store.ts";
export type { Clock } from "./ports/clock.ts";
export type { Ids } from "./ports/ids.ts";
export type { Scope, ScopeName } from "./projections/scope.ts";
export { scopeNames } from "./projections/scope.ts";
export { canonicalJson } from "./log/canonical-json.ts";
export { readEnvelope, writeEnvelope } from "./log/envelope.ts";
export type { FaultKind, Faults, LogFault } from "./log/faults.ts";
export { faultKinds, withFault } from "./log/faults.ts";
export type { CaseBundle, ProvenCase } from "./log/case-bundle.ts";
export { openCaseBundle } from "./log/case-bundle.ts";
export { filesNamedIn, shortRoot, verifyExport } from "./log/export.ts";
export { sha256Hex } from "./log/hash.ts";
export { treeHashOf } from "./proof/hash.ts";
export { watchedClock } from "./log/watched-clock.ts";
export { aheadIn, recordedAtAfter } from "./log/recorded-at.ts";
export type { Frontier, NodePlace, TreeNode } from "./proof/tree.ts";
export { appendLeaf, emptyFrontier, loadFrontier, rootOf } from "./proof/tree.ts";
export type { JsonFault } from "./log/strict-json.ts";
export { parseStrict } from "./log/strict-json.ts";
export { besideSteps } from "./log/beside.ts";
export { verificationSteps } from "./log/verify.ts";

// time and text
export type { CivilDate } from "./time/civil-date.ts";
export { addDays, addMonths, isCivilDate, latestDate, weekday } from "./time/civil-date.ts";
export { dateOf, shanghaiDate, shanghaiInstant } from "./time/occurred-on.ts";
export { forbiddenCharacter } from "./text/entry.ts";
export { nearest } from "./text/nearest.ts";
export { chineseNumeral, readNumeral } from "./text/numerals.ts";
