/**
 * @module record — the one road from a command to recorded events: read → load → decide → append.
 *
 * A command id that is already known answers what it answered. A version conflict is retried with the
 * case as it has become, as long as the decision still holds; with an explicit `expect` it never is.
 */
import type { CaseId } from "../case/case-id.ts";
import type { DecidedEvent, FileRef, Sealed } from "../case/events.ts";
import { caseEvents } from "../case/events.ts";
import type { ReadCommand } from "../case/commands.ts";
import type { ReadRequest } from "../case/read-command.ts";
import { readCommand } from "../case/read-command.ts";
import type { CaseState } from "../case/state.ts";
import type { DecideContext } from "../decider/decide.ts";
import { decide, newCaseId } from "../decider/decide.ts";
import { evolve } from "../decider/evolve.ts";
import { EngineError, invalidInput, isEngineError } from "../errors.ts";
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
import type { Ids } from "../ports/ids.ts";
import type { ProjectionChange } from "../ports/projection-store.ts";
import { changesOf } from "../projections/projection.ts";
import { projections } from "../projections/registry.ts";
import type { Rulebook } from "../rulebook/rulebook.ts";
import type { CivilDate } from "../time/civil-date.ts";
import { dateOf } from "../time/occurred-on.ts";
import { foldCase } from "./history-of-case.ts";
import { adoptedFor } from "./reader.ts";
import type { FindCases } from "./resolve-case.ts";
import { resolveCase } from "./resolve-case.ts";
import type { AdoptedRulebook, RulesInForce } from "./rules-in-force.ts";
import { rulebookOn } from "./rules-in-force.ts";

/** What a command did to one case. */
export type RecordedCase = Readonly<{
  case: CaseId;
  /** Types of the events that were recorded, in order. */
  events: readonly string[];
  /** The case's version afterwards. */
  version: number;
}>;

/** The answer to a command; `case`, `events` and `version` are those of its first case. */
export type Recorded = RecordedCase &
  Readonly<{
    /** True when the command asked for what is already so: nothing was recorded. */
    unchanged: boolean;
    /** All cases of a joint contact; absent for one case. */
    cases?: readonly RecordedCase[];
  }>;

/** What deciding needs beside the cases; `store` is for those who append. */
export type RecordContext = DecidingContext & Readonly<{ store: EventStore }>;

type DecidingContext = Readonly<{
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
}>;

/** Cases and commands as the log has them, or as a transaction sees them. */
export const sourceFrom = (
  store: Pick<LogReader, "readStream" | "findStreams" | "findCommand" | "personalValues">,
): CaseSource => ({
  load: async (id) => foldCase(id, await store.readStream(id)),
  find: (ending, limit) => store.findStreams(ending, limit),
  findCommand: (commandId) => store.findCommand(commandId),
  personalValues: (seals) => store.personalValues(seals),
});

const attemptsMax = 5;

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
  const source = sourceFrom(context.store);
  for (let attempt = 1; ; attempt += 1) {
    const { append, answer } = await prepare(context, given, request, asking, source);
    if (append === null) return answer;
    try {
      return answerOf((await context.store.append(append)).events);
    } catch (error) {
      if (attempt === attemptsMax || !isEngineError(error, "VERSION_CONFLICT")) throw error;
      const hasCaseMoved = append.streams.some(({ stream }) => stream === error.data.stream);
      // what the caller expects of the case is never given up; new rules are no matter of his
      if (request.expect !== undefined && hasCaseMoved) throw error;
    }
  }
};

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
  const requestHash = requestHashOf(given as object);
  const commandId = request.commandId ?? context.ids.next();
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
    const meanwhile = isEngineError(error) ? await repeated() : undefined;
    if (meanwhile === undefined) throw error;
    return meanwhile;
  }
};

const decideNow = async (
  context: DecidingContext,
  request: ReadRequest,
  { actor }: Asking,
  source: CaseSource,
  identity: Pick<AppendRequest, "commandId" | "requestHash">,
): Promise<Prepared> => {
  const rules = await context.rules();
  const targets = await loadTargets(rules, request, source);
  const calendar = await rules.calendar();
  const reveal = await revealer(request, targets, source);
  const { after, streams, ...decided } = decideAll(context.ids, rules, request, targets, {
    actor,
    calendar,
    ...(reveal && { reveal }),
  });
  const answer = answerFor(targets, streams);
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
const requestHashOf = (given: object): string =>
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

const answerOf = (events: readonly RecordedEvent[]): Recorded => {
  const byCase = new Map<CaseId, RecordedEvent[]>();
  for (const event of events) {
    const id = event.stream ?? "";
    byCase.set(id, [...(byCase.get(id) ?? []), event]);
  }
  return answer(
    [...byCase].map(([id, own]) => ({
      case: id,
      events: own.map((event) => event.type),
      version: own.at(-1)?.streamVersion ?? 0,
    })),
    false,
  );
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

type Target = Readonly<{ id: CaseId; state: CaseState | null; adopted: AdoptedRulebook }>;

const loadTargets = async (
  rules: RulesInForce,
  request: ReadRequest,
  source: CaseSource,
): Promise<readonly Target[]> => {
  const { command, expect } = request;
  const ids =
    command.command === "receive"
      ? [newCaseId(command.input, rulesForNew(rules, command).rulebook)]
      : await resolveAll(source.find, request.cases);
  if (expect !== undefined && ids.length > 1) {
    throw invalidInput({
      field: "expect",
      kind: "malformed",
      expected: { zh: "只涉及一件时才给出的版本", en: "given for one case only" },
    });
  }
  const targets: Target[] = [];
  for (const id of ids) {
    const state = await source.load(id);
    const version = state?.version ?? 0;
    if (expect !== undefined && expect !== version) {
      throw new EngineError("VERSION_CONFLICT", {
        stream: id,
        expectedVersion: expect,
        actualVersion: version,
      });
    }
    const adopted = state === null ? rulesForNew(rules, command) : adoptedFor(rules, state);
    targets.push({ id, state, adopted });
  }
  return targets;
};

/** A new case comes under the rulebook that is valid on the day of its dispatch. */
const rulesForNew = (rules: RulesInForce, command: ReadCommand): AdoptedRulebook =>
  command.command === "receive"
    ? rulebookOn(rules, command.input.dispatchedOn ?? dateOf(command.on))
    : rules.current;

const resolveAll = async (
  find: FindCases,
  names: readonly string[],
): Promise<readonly CaseId[]> => {
  const ids: CaseId[] = [];
  for (const name of names) ids.push(await resolveCase(find, name));
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) {
    const expected = {
      zh: `互不相同的办件（${twice} 重复）`,
      en: `different cases (${twice} is there twice)`,
    };
    throw invalidInput({ field: "cases", kind: "malformed", expected });
  }
  return ids;
};

type Decided = Pick<AppendRequest, "streams" | "personal" | "files" | "changes"> &
  Pick<Prepared, "after">;

const decideAll = (
  ids: Ids,
  rules: RulesInForce,
  { command }: ReadRequest,
  targets: readonly Target[],
  { actor, calendar, reveal }: Pick<DecideContext, "actor" | "calendar" | "reveal">,
): Decided => {
  const personal: PersonalValue[] = [];
  const files: StoredFile[] = [];
  const changes: ProjectionChange[] = [];
  const streams: AppendRequest["streams"][number][] = [];
  const afterwards = new Map<CaseId, CaseState>();
  for (const { id, state, adopted } of targets) {
    const { rulebook } = adopted;
    const decided = decide(command, state, {
      case: id,
      actor,
      rulebook,
      calendar,
      jointWith: targets.map((target) => target.id).filter((other) => other !== id),
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
    if (decided.length === 0) continue;
    const append = appendOfCase({ state, rulebook, id }, decided, adopted, actor);
    for (const event of append.stream.events) checkSize(event, rules.opening.origin, id, actor);
    afterwards.set(id, append.after);
    changes.push(...append.changes);
    streams.push(append.stream);
  }
  return { streams, personal, files, changes, after: afterwards };
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
  const changes = projections.flatMap((projection) =>
    changesOf(projection, id, known, { state: after, rulebook }),
  );
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
