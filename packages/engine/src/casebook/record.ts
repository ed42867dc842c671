/**
 * @module record — the one road from a command to recorded events: read → load → decide → append.
 *
 * A command id that is already known answers what it answered. A version conflict is retried with the
 * case as it has become, as long as the decision still holds; with an explicit `expect` it never is.
 */
import type { CaseId } from "../case/case-id.ts";
import type { DecidedEvent, FileRef, Sealed } from "../case/events.ts";
import { caseEvents } from "../case/events.ts";
import type { CommandName, ReadCaseCommand } from "../case/commands.ts";
import { commands } from "../case/commands.ts";
import type { ReadRequest } from "../case/read-command.ts";
import { readCommand } from "../case/read-command.ts";
import type { CaseState } from "../case/state.ts";
import type { DecideContext } from "../decider/decide.ts";
import { decide, decideInto } from "../decider/decide.ts";
import { evolve } from "../decider/evolve.ts";
import { EngineError, isEngineError } from "../errors.ts";
import { canonicalJson } from "../log/canonical-json.ts";
import { bodyBytesMax, writeEnvelope } from "../log/envelope.ts";
import { sha256Hex } from "../log/hash.ts";
import { sealOf } from "../log/personal.ts";
import type {
  Actor,
  AppendRequest,
  EventStore,
  LogReader,
  NewEvent,
  PersonalValue,
  RecordedEvent,
  StoredFile,
  StreamAppend,
} from "../ports/event-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { Ids } from "../ports/ids.ts";
import type { ProjectionChange } from "../ports/projection-store.ts";
import { changesOf } from "../projections/projection.ts";
import { projections } from "../projections/registry.ts";
import type { Rulebook } from "../rulebook/rulebook.ts";
import type { CivilDate } from "../time/civil-date.ts";
import { shanghaiDate } from "../time/occurred-on.ts";
import { foldCase } from "./history-of-case.ts";
import type { RememberedCases } from "./remembered-cases.ts";
import type { FindCases } from "./resolve-case.ts";
import type { AdoptedRulebook, RulesInForce } from "./rules-in-force.ts";
import { forgottenBy } from "./sealed-entries.ts";
import type { Target } from "./targets.ts";
import { loadInto, loadTargets } from "./targets.ts";

/** What a command did to one case. */
export type RecordedCase = Readonly<{
  case: CaseId;
  /** Types of the events that were recorded, in order. */
  events: readonly string[];
  /** The case's version afterwards. */
  version: number;
}>;

/** The answer to a command; `case`, `events` and `version` are those of its first case. */
export type Recorded<Case extends CaseId | null = CaseId | null> = Omit<RecordedCase, "case"> &
  Readonly<{
    /** Null for what was recorded of the office; `version` is then that of the log's own events. */
    case: Case;
    /** True when the command asked for what is already so: nothing was recorded. */
    unchanged: boolean;
    /** All cases of a joint contact, a merger or a split, and those that a reorganisation moved. */
    cases?: readonly RecordedCase[];
  }>;

/** What deciding needs beside the cases; the rest is for those who append. */
export type RecordContext = DecidingContext &
  Readonly<{
    store: EventStore;
    /** The rules as they were when somebody last looked. */
    knownRules(): RulesInForce;
    remembered: RememberedCases;
  }>;

type DecidingContext = Readonly<{
  /** The real one, which no command moves. */
  clock: Clock;
  ids: Ids;
  /** The rules as they are now. */
  rules(): Promise<RulesInForce>;
}>;

/** Who asks, and what "today" is. */
export type Asking = Readonly<{ actor: Actor; today: CivilDate }>;

/** A command that has been decided and waits to be appended. */
export type Prepared = Readonly<{
  /** Null when there is nothing to append: unchanged, or recorded before under its command id. */
  append: AppendRequest | null;
  /** What will be answered once it is appended. */
  answer: Recorded;
  /** The cases as they will be. */
  after: ReadonlyMap<CaseId, CaseState>;
}>;

/** Where a decision looks: the log, or an overlay of what is about to be appended. */
export type CaseSource = Readonly<{
  load(id: CaseId): Promise<CaseState | null>;
  find: FindCases;
  findCommand: LogReader["findCommand"];
  personalValues: LogReader["personalValues"];
  /** The events of a case that are recorded, without what is pending. */
  readStream: LogReader["readStream"];
}>;

/** Cases and commands as the log has them, or as a transaction sees them. */
export const sourceFrom = (
  store: Pick<LogReader, "readStream" | "findStreams" | "findCommand" | "personalValues">,
): CaseSource => ({
  load: async (id) => foldCase(id, await store.readStream(id)),
  find: (ending, limit) => store.findStreams(ending, limit),
  findCommand: (commandId) => store.findCommand(commandId),
  personalValues: (seals) => store.personalValues(seals),
  readStream: (stream) => store.readStream(stream),
});

const attemptsMax = 5;

/** Whether a command is about the office and no case. */
export const isOfficeCommand = (name: CommandName): boolean => commands[name].about === "office";

/**
 * Records what a command asks for.
 * @throws EngineError any refusal; nothing is recorded then
 */
export const record = async (
  context: RecordContext,
  given: unknown,
  asking: Asking,
): Promise<Recorded> => {
  const request = readCommand(given, asking.today);
  if (isOfficeCommand(request.command.command)) {
    const { recordOffice } = await import("./office.ts");
    return recordOffice(context, given as object, request, asking);
  }
  const source = sourceFrom(context.store);
  for (let attempt = 1; ; attempt += 1) {
    const { append, answer, after } =
      (await prepareFromMemory(context, given, request, asking, source)) ??
      (await prepare(context, given, request, asking, source));
    if (append === null) return answer;
    try {
      const { events, repeated } = await context.store.append(append);
      if (!repeated) context.remembered.keep(after);
      return answerOf(events);
    } catch (error) {
      context.remembered.drop(after.keys());
      if (attempt === attemptsMax || !isEngineError(error, "VERSION_CONFLICT")) throw error;
      const hasCaseMoved = error.data.stream === answer.case;
      // what the caller expects of the case is never given up; new rules are no matter of his
      if (request.expect !== undefined && hasCaseMoved) throw error;
      await context.rules();
    }
  }
};

/**
 * Decides a command on the cases and rules as they are remembered, without reading anything; undefined
 * where a case is not remembered, or where only a look can tell that the answer is true.
 */
const prepareFromMemory = async (
  context: RecordContext,
  given: unknown,
  request: ReadRequest,
  asking: Asking,
  source: CaseSource,
): Promise<Prepared | undefined> => {
  const { remembered } = context;
  const [only] = request.cases;
  if (only === undefined || request.cases.length > 1 || !isDecidedAlone(request)) return undefined;
  const state = remembered.get(only);
  if (state === undefined || state.mergedInto !== null) return undefined;
  const remembering = { ...context, rules: async () => context.knownRules() };
  const fromMemory = { ...source, load: async () => state };
  try {
    const identity = identityOf(context, given, request);
    const decided = await decideNow(remembering, request, asking, fromMemory, identity);
    return decided.append === null ? undefined : decided;
  } catch (error) {
    if (!isEngineError(error)) throw error;
    return undefined;
  }
};

/** Whether a command looks at nothing but its case: not at another one, and not at the recorded events. */
const isDecidedAlone = ({ command: { command } }: ReadRequest): boolean =>
  !["receive", "merge", "split", "amend", "retract", "forget"].includes(command);

/** The id that a command is recorded under, and the hash that tells its repetition from another one. */
const identityOf = (
  { ids }: Pick<DecidingContext, "ids">,
  given: unknown,
  { commandId }: ReadRequest,
): Pick<AppendRequest, "commandId" | "requestHash"> => ({
  commandId: commandId ?? ids.next(),
  requestHash: requestHashOf(given as object),
});

/**
 * Decides a command without recording it.
 * @throws EngineError any refusal
 */
export const prepare = async (
  context: DecidingContext,
  given: unknown,
  request: ReadRequest,
  asking: Asking,
  source: CaseSource,
): Promise<Prepared> => {
  const { commandId, requestHash } = identityOf(context, given, request);
  const repeated = async (): Promise<Prepared | undefined> => {
    const known =
      request.commandId === undefined ? undefined : await source.findCommand(request.commandId);
    if (known === undefined) return undefined;
    if (known.requestHash !== requestHash)
      throw new EngineError("COMMAND_ID_REUSED", { commandId });
    return { append: null, answer: answerOf(known.events), after: new Map() };
  };
  const known = await repeated();
  if (known !== undefined) return known;
  try {
    const prepared = await decideNow(context, request, asking, source, { commandId, requestHash });
    if (prepared.append !== null) return prepared;
    return (await repeated()) ?? prepared;
  } catch (error) {
    // the case may have moved because this very command was recorded after the first look
    const meanwhile = isRefusal(error) ? await repeated() : undefined;
    if (meanwhile === undefined) throw error;
    return meanwhile;
  }
};

/** Whether a command was refused for what it asks: what is wrong with the store no second look explains. */
const isRefusal = (error: unknown): boolean =>
  isEngineError(error) && error.code !== "INTEGRITY" && error.code !== "STORE_UNAVAILABLE";

const decideNow = async (
  context: DecidingContext,
  request: ReadRequest,
  { actor, today }: Asking,
  source: CaseSource,
  identity: Pick<AppendRequest, "commandId" | "requestHash">,
): Promise<Prepared> => {
  const rules = await context.rules();
  const targets = await loadTargets(rules, request, source);
  const into = await loadInto(rules, request, targets, source);
  const calendar = await rules.calendar();
  const reveal = await revealer(request, targets, source);
  const { after, streams, ...decided } = decideAll(context.ids, rules, request, targets, {
    actor,
    today,
    calendar,
    recordedOn: shanghaiDate(context.clock.now()),
    into,
    ...(reveal && { reveal }),
  });
  const answer = answerFor(into === null ? targets : [...targets, into], streams);
  if (answer.unchanged) return { append: null, answer, after };
  const append = { ...identity, actor, ...decided, streams: [unchangedRules(rules), ...streams] };
  return { append, answer, after };
};

/** Appends nothing, but only while no other rules have been adopted than those that were decided under. */
export const unchangedRules = ({ version, current }: RulesInForce): StreamAppend => ({
  stream: null,
  expectedVersion: version,
  rulebookHash: current.hash,
  events: [],
});

/** Opens the sealed phones of a case that is received once more, to compare them with the given ones. */
const revealer = async (
  { command }: ReadRequest,
  targets: readonly Target[],
  source: CaseSource,
): Promise<DecideContext["reveal"]> => {
  if (command.command !== "receive") return undefined;
  const seals = targets.flatMap(({ state }) =>
    (state?.received.proposers ?? []).flatMap(({ phone }) => phone?.sealed ?? []),
  );
  if (seals.length === 0) return undefined;
  const values = await source.personalValues(seals);
  return ({ sealed }) => values.get(sealed)?.value;
};

/**
 * Tells a repetition from a reuse of a command id. It covers the command as it was given, less the id
 * and `expect`; personal values are left out, so that no guessable hash of them outlives their erasure.
 */
export const requestHashOf = (given: object): string =>
  sha256Hex(
    canonicalJson(
      Object.fromEntries(
        Object.entries(given)
          .filter(([name]) => name !== "commandId" && name !== "expect")
          .map(([name, value]) => [name, withoutPersonal(name, value)]),
      ),
    ),
  );

const personalNames: ReadonlySet<string> = new Set(["contactPerson", "contactPhone", "phone"]);

const withoutPersonal = (name: string, value: unknown): unknown => {
  if (personalNames.has(name)) return { sealed: true };
  if (value instanceof Uint8Array) return sha256Hex(value);
  if (Array.isArray(value)) return value.map((one) => withoutPersonal("", one));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([member, one]) => [member, withoutPersonal(member, one)]),
    );
  }
  return value;
};

const answerOf = (events: readonly RecordedEvent[]): Recorded =>
  answer(casesRecorded(events), false);

/** What recorded events say of the cases that they belong to, each as they leave it. */
export const casesRecorded = (events: readonly RecordedEvent[]): readonly RecordedCase[] => {
  const byCase = new Map<CaseId, RecordedEvent[]>();
  for (const event of events) {
    const id = event.stream ?? "";
    byCase.set(id, [...(byCase.get(id) ?? []), event]);
  }
  return [...byCase].map(([id, own]) => ({
    case: id,
    events: own.map((event) => event.type),
    version: own.at(-1)?.streamVersion ?? 0,
  }));
};

const answerFor = (targets: readonly Target[], streams: AppendRequest["streams"]): Recorded => {
  const cases = targets.map(({ id, state }) => {
    const events = streams.find((append) => append.stream === id)?.events ?? [];
    const version = (state?.version ?? 0) + events.length;
    return { case: id, events: events.map((event) => event.type), version };
  });
  return answer(cases, streams.length === 0);
};

const answer = (cases: readonly RecordedCase[], unchanged: boolean): Recorded => {
  const [first = { case: "", events: [], version: 0 }] = cases;
  return { ...first, unchanged, ...(cases.length > 1 && { cases }) };
};

type Decided = Pick<AppendRequest, "streams" | "personal" | "files" | "forget" | "changes"> &
  Pick<Prepared, "after">;

type Surroundings = Pick<DecideContext, "actor" | "today" | "calendar" | "recordedOn" | "reveal"> &
  Readonly<{ into: Target | null }>;

const decideAll = (
  ids: Ids,
  rules: RulesInForce,
  { command }: ReadRequest,
  targets: readonly Target[],
  { actor, today, calendar, recordedOn, reveal, into }: Surroundings,
): Decided => {
  const personal: PersonalValue[] = [];
  const files: StoredFile[] = [];
  const changes: ProjectionChange[] = [];
  const streams: AppendRequest["streams"][number][] = [];
  const afterwards = new Map<CaseId, CaseState>();
  const forget: string[] = [];
  const contextFor = ({
    id,
    entry,
    sealed,
    mergedInto,
    adopted: { rulebook },
  }: Target): DecideContext => ({
    case: id,
    mergedInto,
    actor,
    rulebook,
    calendar,
    on: command.on,
    today,
    recordedOn,
    ...(entry && { entry }),
    ...(sealed && { sealed }),
    office: rules.office,
    jointWith: targets.map((target) => target.id).filter((other) => other !== id),
    ...(into && { other: { ...into, case: into.id } }),
    seal: (value): Sealed => {
      const salt = ids.next();
      const seal = sealOf(salt, value);
      personal.push({ seal, salt, value });
      return { sealed: seal };
    },
    ...(reveal && { reveal }),
    keep: ({ name, bytes }): FileRef => {
      const ref = { sha256: sha256Hex(bytes), size: bytes.length, name };
      files.push({ ...ref, bytes });
      return ref;
    },
  });
  const take = ({ id, state, adopted }: Target, decided: readonly DecidedEvent[]): void => {
    if (decided.length === 0) return;
    const { rulebook } = adopted;
    const append = appendOfCase({ state, rulebook, id }, decided, adopted, actor);
    for (const event of append.stream.events) checkSize(event, rules.opening.origin, id, actor);
    forget.push(...append.stream.events.flatMap(forgottenBy));
    afterwards.set(id, append.after);
    changes.push(...append.changes);
    streams.push(append.stream);
  };
  const asked = command as ReadCaseCommand;
  for (const target of targets) take(target, decide(asked, target.state, contextFor(target)));
  const [from] = targets;
  if (into !== null && from?.state != null) {
    take(into, decideInto(asked, from.state, into.state, contextFor(into)));
  }
  const erased = forget.length > 0 && { forget };
  return { streams, personal, files, ...erased, changes, after: afterwards };
};

/** What is appended for a case, and what it does to the projections. */
export const appendOfCase = (
  before: Readonly<{ id: CaseId; state: CaseState | null; rulebook: Rulebook }>,
  decided: readonly DecidedEvent[],
  { rulebook, hash }: Pick<AdoptedRulebook, "rulebook" | "hash">,
  actor: Actor,
): Readonly<{
  stream: StreamAppend;
  changes: readonly ProjectionChange[];
  after: CaseState;
}> => {
  const { id, state } = before;
  const after = decided.reduce<CaseState | null>(
    (folded, event) => evolve(id, folded, { ...event, actor }),
    state,
  );
  if (after === null) throw new RangeError(`nothing was decided for ${id}`);
  const known = state && { state, rulebook: before.rulebook };
  const changes = changesOf(projections, id, known, { state: after, rulebook });
  const expectedVersion = state?.version ?? 0;
  const events = decided.map(newEventOf);
  return { stream: { stream: id, expectedVersion, rulebookHash: hash, events }, changes, after };
};

/** More than everything that a stored event holds beside its data. */
const besideDataMax = 4096;

/**
 * Refuses what no event can hold while it is only decided, so that a batch loses the one line and not all.
 * @throws EngineError `INVALID_INPUT`
 */
const checkSize = (event: NewEvent, origin: string, stream: CaseId, actor: Actor): void => {
  // a UTF-16 unit takes three bytes at most, so nearly every event is small enough at a glance
  if (JSON.stringify(event.data).length * 3 <= bodyBytesMax - besideDataMax) return;
  writeEnvelope({
    origin,
    seq: Number.MAX_SAFE_INTEGER,
    stream,
    caseSeq: Number.MAX_SAFE_INTEGER,
    prev: new Uint8Array(32),
    at: "9999-12-31T23:59:59.999Z",
    id: "0".repeat(22),
    actor,
    commandId: "0".repeat(500),
    rulebookHash: `sha256:${"0".repeat(64)}`,
    event,
  });
};

const newEventOf = ({ type, on, data, from, to }: DecidedEvent): NewEvent => ({
  type,
  dataVersion: caseEvents[type].dataVersion,
  on,
  data,
  from,
  to,
});
