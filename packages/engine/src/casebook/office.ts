/**
 * @module office — what is recorded of the office and of no case: who acts for whom, and what became of
 * departments, and that the clock was wrong. A reorganisation moves all open cases of the department in the append of its own event;
 * what was written down late, under the name of its day, follows when it is asked for again.
 */
import type { CaseId } from "../case/case-id.ts";
import type { ReadCommand } from "../case/commands.ts";
import { actingFor, dissolvedBy, dissolvedWords } from "../case/office.ts";
import type { ReadRequest } from "../case/read-command.ts";
import { remarksOf } from "../case/read-command.ts";
import { checkRenamed, renamed } from "../decider/renaming.ts";
import { EngineError, invalidInput, isEngineError } from "../errors.ts";
import type { AppendRequest, RecordedEvent } from "../ports/event-store.ts";
import { nearest } from "../text/nearest.ts";
import { dateOf } from "../time/occurred-on.ts";
import type { Clock } from "../ports/clock.ts";
import { clockAdjustment } from "./clock-adjustment.ts";
import { departmentsNamed } from "./departments-named.ts";
import { foldCase } from "./history-of-case.ts";
import { handledIn } from "./mergers.ts";
import { logEvents } from "./opening.ts";
import type { EffectOn, OverCasesContext } from "./over-cases.ts";
import { allEffects, moveTheRest, noEffects } from "./over-cases.ts";
import { adoptedFor, caseAt } from "./reader.ts";
import type { Asking, Recorded, RecordedCase } from "./record.ts";
import { appendOfCase, casesRecorded, requestHashOf } from "./record.ts";
import { resolveCase } from "./resolve-case.ts";
import type { RulesInForce } from "./rules-in-force.ts";

type Named<Name extends ReadCommand["command"]> = Extract<ReadCommand, { command: Name }>;
type OfficeCommand = Named<"delegate" | "rename-department" | "adjust-clock">;

/** What is to be recorded in the log's own stream, and in which cases. */
type Plan = Readonly<{
  /** Null where the log says so already. */
  event: Readonly<{ type: keyof typeof logEvents; data: object }> | null;
  effectOn: EffectOn<RecordedCase>;
}>;

type Context = OverCasesContext & Readonly<{ clock: Clock }>;

const attemptsMax = 5;

/**
 * Records what an office command asks for.
 * @throws EngineError any refusal; nothing is recorded then
 */
export const recordOffice = async (
  context: Context,
  given: object,
  request: ReadRequest,
  asking: Asking,
): Promise<Recorded> => {
  const requestHash = requestHashOf(given);
  const command = request.command as OfficeCommand;
  const known =
    request.commandId === undefined
      ? undefined
      : await context.store.findCommand(request.commandId);
  if (known !== undefined && known.requestHash !== requestHash) {
    throw new EngineError("COMMAND_ID_REUSED", { commandId: request.commandId ?? "" });
  }
  if (known !== undefined) return finish(context, known.events, command, asking);
  const commandId = request.commandId ?? context.ids.next();
  for (let attempt = 1; ; attempt += 1) {
    const rules = await context.rules();
    checkExpected(request, rules);
    const plan = await planOf(context, rules, command, asking);
    try {
      return await carryOut(context, rules, plan, { request, commandId, requestHash }, asking);
    } catch (error) {
      if (attempt === attemptsMax || !isEngineError(error, "VERSION_CONFLICT")) throw error;
      if (request.expect !== undefined && error.data.stream === logName) throw error;
    }
  }
};

/** Answers what was answered, after moving what came to the old department since. */
const finish = async (
  context: OverCasesContext,
  recorded: readonly RecordedEvent[],
  command: OfficeCommand,
  asking: Asking,
): Promise<Recorded> => {
  const rules = await context.rules();
  const cases = [...casesRecorded(recorded.filter(({ stream }) => stream !== null))];
  if (command.command === "rename-department" && command.input.cases === undefined) {
    const { input, on } = command;
    const said = { from: input.from, to: input.to, on, cases: undefined };
    const effectOn = movingTo(rules, said, asking);
    if (isRecorded(rules, said)) {
      const rest = await moveTheRest(context, rules.version, asking.actor, effectOn);
      cases.push(...rest.told);
    }
  }
  const own = recorded.filter(({ stream }) => stream === null);
  const last = own.at(-1)?.globalPosition ?? -1;
  const log = await context.store.readStream(null);
  return {
    case: null,
    events: own.map(({ type }) => type),
    version: log.filter(({ globalPosition }) => globalPosition <= last).length,
    unchanged: false,
    ...(cases.length > 0 && { cases }),
  };
};

const logName = "log";

const checkExpected = ({ expect }: ReadRequest, { version }: RulesInForce): void => {
  if (expect === undefined || expect === version) return;
  throw new EngineError("VERSION_CONFLICT", {
    stream: logName,
    expectedVersion: expect,
    actualVersion: version,
  });
};

/** Records the event with the cases that it moves, then moves those that came to it meanwhile. */
const carryOut = async (
  context: OverCasesContext,
  rules: RulesInForce,
  { event, effectOn }: Plan,
  {
    request,
    commandId,
    requestHash,
  }: Readonly<{ request: ReadRequest }> & Pick<AppendRequest, "commandId" | "requestHash">,
  { actor }: Asking,
): Promise<Recorded> => {
  const moved = event === null ? noEffects : await allEffects(context, rules, effectOn);
  let { version } = rules;
  if (event !== null) {
    const { on } = request.command;
    const { type, data } = event;
    await context.store.append({
      commandId,
      requestHash,
      actor,
      streams: [
        {
          stream: null,
          expectedVersion: version,
          rulebookHash: rules.current.hash,
          events: [
            {
              type,
              dataVersion: logEvents[type].dataVersion,
              on,
              data: { ...data, ...remarksOf(request.command) },
              from: null,
              to: null,
            },
          ],
        },
        ...moved.streams,
      ],
      changes: moved.changes,
    });
    version += 1;
  }
  const rest = await moveTheRest(context, version, actor, effectOn);
  const cases = [...moved.told, ...rest.told];
  return {
    case: null,
    events: event === null ? [] : [event.type],
    version,
    unchanged: event === null && cases.length === 0,
    ...(cases.length > 0 && { cases }),
  };
};

const planOf = async (
  context: Context,
  rules: RulesInForce,
  command: OfficeCommand,
  asking: Asking,
): Promise<Plan> => {
  switch (command.command) {
    case "delegate":
      return { event: delegation(rules, command), effectOn: () => null };
    case "rename-department":
      return planOfRenaming(context, rules, command, asking);
    case "adjust-clock": {
      const data = await clockAdjustment(context, rules, command.input, asking);
      return { event: { type: "ClockAdjusted", data }, effectOn: () => null };
    }
  }
};

/** The delegation, or null when it is recorded already. @throws EngineError `INVALID_INPUT` */
const delegation = ({ office }: RulesInForce, { input, on }: Named<"delegate">): Plan["event"] => {
  const { from, to, until } = input;
  const day = dateOf(on);
  if (until < day) {
    throw invalidInput({ field: "until", kind: "tooEarly", value: until, earliest: day });
  }
  checkOther("to", from, to);
  const away = actingFor(office, to, day);
  if (away?.to === from) {
    const expected = {
      zh: `当日在岗的人（${to} 由 ${from} 代理至 ${away.until}）`,
      en: `somebody who is there (${from} acts for ${to} until ${away.until})`,
    };
    throw invalidInput({ field: "to", kind: "malformed", expected });
  }
  const isSaid = office.delegations.some(
    (one) => one.from === from && one.to === to && one.until === until && one.on === day,
  );
  return isSaid ? null : { type: "DelegationMade", data: { from, to, until } };
};

const checkOther = (field: string, from: string, to: string): void => {
  if (from !== to) return;
  const expected = { zh: `不同于“${from}”`, en: `other than ${from}` };
  throw invalidInput({ field, kind: "malformed", expected });
};

const planOfRenaming = async (
  context: OverCasesContext,
  rules: RulesInForce,
  { input, on }: Named<"rename-department">,
  asking: Asking,
): Promise<Plan> => {
  const { from, to, cases: names } = input;
  checkOther("to", from, to);
  const asked = { from, to, on };
  const cases = names && (await namedCases(context, rules, names, asked, asking));
  const said = { ...asked, cases };
  const effectOn = movingTo(rules, said, asking);
  if (isRecorded(rules, said)) return { event: null, effectOn };
  checkStands(rules, from, dateOf(on));
  await checkNamed(context, rules, from);
  const data = { from, to, ...(cases && { cases }) };
  return { event: { type: "DepartmentRenamed", data }, effectOn };
};

type Said = Readonly<{
  from: string;
  to: string;
  on: string;
  /** Absent for all open cases of the department. */
  cases: readonly CaseId[] | undefined;
}>;

/** What a reorganisation does to a case. */
const movingTo =
  (rules: RulesInForce, { from, to, on, cases }: Said, { actor }: Asking): EffectOn<RecordedCase> =>
  (state) => {
    if (cases !== undefined && !cases.includes(state.case)) return null;
    const adopted = adoptedFor(rules, state);
    const { rulebook } = adopted;
    const event = renamed(state, { from, to, on, actor, rulebook });
    if (event === null) return null;
    const before = { id: state.case, state, rulebook };
    const { stream, changes, after } = appendOfCase(before, [event], adopted, actor);
    const told = { case: state.case, events: [event.type], version: after.version };
    return { told: [told], streams: [stream], changes };
  };

/** The cases of these names, each of which can move or has moved. @throws EngineError */
const namedCases = async (
  { store }: OverCasesContext,
  rules: RulesInForce,
  names: readonly string[],
  asked: Omit<Said, "cases">,
  { actor }: Asking,
): Promise<readonly CaseId[]> => {
  const ids = new Set<CaseId>();
  for (const name of names) {
    const id = await resolveCase((ending, limit) => store.findStreams(ending, limit), name);
    const state = foldCase(id, await store.readStream(id));
    if (state === null) throw new EngineError("NOT_FOUND", { what: "case", name: id });
    const { rulebook } = adoptedFor(rules, state);
    if (state.assignment?.department !== asked.to) {
      const mergedInto = await handledIn(state, caseAt({ store }));
      checkRenamed({ ...state, mergedInto }, { ...asked, actor, rulebook });
    }
    ids.add(id);
  }
  return [...ids].toSorted();
};

/** Whether the log says so already: then only what still bears the old name is moved. */
const isRecorded = ({ office }: RulesInForce, { from, to, on, cases }: Said): boolean =>
  cases === undefined
    ? dissolvedBy(office, from, dateOf(on))?.to === to
    : office.renamings.some(
        (one) => one.from === from && one.to === to && one.cases?.join("\n") === cases.join("\n"),
      );

/** Refuses to rename what no longer is. @throws EngineError `RULE_REFUSED` */
const checkStands = ({ office }: RulesInForce, department: string, day: string): void => {
  const renaming = dissolvedBy(office, department, day);
  if (renaming === undefined) return;
  throw new EngineError("RULE_REFUSED", {
    case: null,
    rule: "departmentStands",
    ...dissolvedWords(office, renaming, day),
  });
};

/** Refuses to rename what nobody ever named: it is a slip of the hand. @throws EngineError `NOT_FOUND` */
const checkNamed = async (
  { store }: OverCasesContext,
  { office }: RulesInForce,
  department: string,
): Promise<void> => {
  const named = await departmentsNamed(store, office);
  if (named.has(department)) return;
  const suggestion = nearest(department, [...named]);
  throw new EngineError("NOT_FOUND", {
    what: "department",
    name: department,
    ...(suggestion !== undefined && { suggestion }),
  });
};
