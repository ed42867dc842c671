/** @module rehearse — what a command would record and when the case would then be due, without recording it. */
import { readCommand } from "../case/read-command.ts";
import type { Status } from "../case/terms.ts";
import type { Reader } from "./reader.ts";
import { rulebookOf } from "./reader.ts";
import type { Asking, RecordContext, Recorded } from "./record.ts";
import { isOfficeCommand, prepare, sourceFrom } from "./record.ts";
import type { DeadlineView } from "./show.ts";
import { viewOf } from "./show.ts";

/** What a command would do; `status` and `deadlines` are those of its first case afterwards. */
export type Rehearsed = Readonly<{
  recorded: Recorded;
  /** Null where nothing would change. */
  status: Status | null;
  deadlines: readonly DeadlineView[];
}>;

/**
 * Decides a command about cases and records nothing.
 * @throws EngineError whatever recording it now would be refused with
 * @throws RangeError for a command about the office
 */
export const rehearse = async (
  context: RecordContext,
  given: unknown,
  asking: Asking,
  reader: Reader,
): Promise<Rehearsed> => {
  const request = readCommand(given, asking.today);
  const { command } = request.command;
  if (isOfficeCommand(command)) throw new RangeError(`${command} is about no case`);
  const source = sourceFrom(context.store);
  const { answer, after } = await prepare(context, given, request, asking, source);
  const state = answer.case === null ? undefined : after.get(answer.case);
  if (state === undefined) return { recorded: answer, status: null, deadlines: [] };
  const { store, rules } = reader;
  const view = await viewOf(state, asking.today, store, rulebookOf(reader, state), rules.office);
  return { recorded: answer, status: view.status, deadlines: view.deadlines };
};
