/** @module targets — the cases that a command is about, as they are, each with the rules that it is under. */
import type { CaseId } from "../case/case-id.ts";
import type { ReadCommand } from "../case/commands.ts";
import type { ReadRequest } from "../case/read-command.ts";
import type { CaseState } from "../case/state.ts";
import type { CorrectedEntry } from "../decider/correct.ts";
import type { SealedEntry } from "../decider/roads/forgetting.ts";
import { newCaseId } from "../decider/decide.ts";
import { EngineError, invalidInput } from "../errors.ts";
import { dateOf } from "../time/occurred-on.ts";
import { handledIn } from "./mergers.ts";
import { adoptedFor } from "./reader.ts";
import type { CaseSource } from "./record.ts";
import type { FindCases } from "./resolve-case.ts";
import { resolveCase } from "./resolve-case.ts";
import type { AdoptedRulebook, RulesInForce } from "./rules-in-force.ts";
import { rulebookOn } from "./rules-in-force.ts";
import { sealedEntriesOf } from "./sealed-entries.ts";

/** A case that a command is about; null before it is received. */
export type Target = Readonly<{
  id: CaseId;
  state: CaseState | null;
  adopted: AdoptedRulebook;
  /** Where a merged case is handled now. */
  mergedInto: CaseId | null;
  /** The entry that a correction is about. */
  entry?: CorrectedEntry;
  /** The personal values that it has sealed, for a command that erases some. */
  sealed?: readonly SealedEntry[];
}>;

/**
 * Loads the cases that a command names.
 * @throws EngineError `NOT_FOUND`, `AMBIGUOUS_CASE`, `VERSION_CONFLICT`
 */
export const loadTargets = async (
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
    const entry = await entryFor(command, id, source);
    const sealed =
      command.command === "forget" ? sealedEntriesOf(await source.readStream(id)) : undefined;
    const mergedInto = state && (await handledIn(state, (other) => source.load(other)));
    const about = { ...(entry && { entry }), ...(sealed && { sealed }) };
    targets.push({ id, state, adopted, mergedInto, ...about });
  }
  return targets;
};

/** The entry that a correction is about: the receipt where an amendment names none. */
const entryFor = async (
  command: ReadCommand,
  id: CaseId,
  source: CaseSource,
): Promise<CorrectedEntry | undefined> => {
  if (command.command !== "amend" && command.command !== "retract") return undefined;
  const { event: position } = command.input;
  const events = await source.readStream(id);
  const found =
    position === undefined
      ? events[0]
      : events.find(({ globalPosition }) => globalPosition === position);
  if (found === undefined) return undefined;
  const together = events.filter(({ commandId }) => commandId === found.commandId);
  return {
    position: found.globalPosition,
    entry: found.streamVersion,
    type: found.type,
    entries: together.map(({ streamVersion }) => streamVersion),
  };
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

/**
 * Loads the case that a merger or a split leads into.
 * @throws EngineError `NOT_FOUND` for an unknown one to merge into, `DUPLICATE_CASE` where the number of the
 * new one is taken
 */
export const loadInto = async (
  rules: RulesInForce,
  { command }: ReadRequest,
  [named]: readonly Target[],
  source: CaseSource,
): Promise<Target | null> => {
  if (named?.state == null) return null;
  if (command.command === "merge") return mergerTarget(rules, command.input.into, source);
  if (command.command !== "split") return null;
  const { kind, session } = named.state.received;
  const { number } = command.input;
  const id = newCaseId({ kind, session, number }, named.adopted.rulebook);
  if ((await source.load(id)) !== null) {
    throw new EngineError("DUPLICATE_CASE", { case: id, differs: ["splitFrom"] });
  }
  return { id, state: null, adopted: named.adopted, mergedInto: null };
};

const mergerTarget = async (
  rules: RulesInForce,
  name: string,
  source: CaseSource,
): Promise<Target> => {
  const id = await resolveCase(source.find, name);
  const state = await source.load(id);
  if (state === null) throw new EngineError("NOT_FOUND", { what: "case", name: id });
  const mergedInto = await handledIn(state, (other) => source.load(other));
  return { id, state, adopted: adoptedFor(rules, state), mergedInto };
};
