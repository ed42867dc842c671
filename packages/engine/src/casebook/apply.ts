/**
 * @module apply — many commands, one after the other, in bounded memory.
 *
 * Commands that follow each other are decided on the cases as they will be and appended together, so
 * that they share one durable write. Each still succeeds or fails alone, and in order.
 */
import type { CaseId } from "../case/case-id.ts";
import type { ReadRequest } from "../case/read-command.ts";
import { readCommand } from "../case/read-command.ts";
import type { CaseState } from "../case/state.ts";
import { EngineError, isEngineError } from "../errors.ts";
import type { AppendRequest } from "../ports/event-store.ts";
import type { Asking, LoadCase, Prepared, RecordContext, Recorded } from "./record.ts";
import { loadFrom, prepare, record } from "./record.ts";

/** A command with the line it stands on, or what made the line unreadable. */
export type CommandLine = Readonly<{ line: number }> &
  (Readonly<{ given: unknown }> | Readonly<{ refusal: EngineError }>);

/** The answer to one line. */
export type LineAnswer = Readonly<{ line: number }> &
  (Readonly<{ ok: true; recorded: Recorded }> | Readonly<{ ok: false; refusal: EngineError }>);

/** Commands that share a durable write. */
const batchMax = 200;

type Pending = { line: number; given: unknown; prepared: Prepared };

/** Records every line that can be recorded; answers each, in order. Faults that are no refusals are thrown. */
export async function* applyLines(
  context: RecordContext,
  lines: AsyncIterable<CommandLine> | Iterable<CommandLine>,
  asking: Asking,
): AsyncGenerator<LineAnswer> {
  let pending: Pending[] = [];
  let overlay = overlayOn(context);
  /** Why nothing can be recorded any more; waiting for the store once is enough. */
  let outage: EngineError | undefined;
  const flush = async (): Promise<readonly LineAnswer[]> => {
    const answers = await appendTogether(context, pending, asking);
    pending = [];
    overlay = overlayOn(context);
    outage ??= outageIn(answers);
    return answers;
  };
  for await (const one of lines) {
    const { line } = one;
    if ("refusal" in one) {
      yield* await flush();
      yield { line, ok: false, refusal: one.refusal };
      continue;
    }
    const { given } = one;
    try {
      if (outage !== undefined) throw outage;
      const request = readCommand(given, asking.today);
      if (repeatsPending(request, pending)) yield* await flush();
      const prepared = await prepare(context, given, request, asking, overlay.load);
      overlay.take(prepared);
      pending.push({ line, given, prepared });
    } catch (error) {
      if (!isEngineError(error)) throw error;
      if (outage !== undefined) {
        yield { line, ok: false, refusal: outage };
        continue;
      }
      // the refusal may rest on what is not recorded yet: record that, then ask again
      yield* await flush();
      const answer = await answerAlone(context, line, given, asking);
      outage = outageIn([answer]);
      yield answer;
      continue;
    }
    if (pending.length >= batchMax) yield* await flush();
  }
  yield* await flush();
}

/**
 * Records all lines in one transaction, or none.
 * @throws EngineError never; the answers say which line was refused, and the others read `ROLLED_BACK`
 */
export const applyAtomically = async (
  context: RecordContext,
  lines: AsyncIterable<CommandLine> | Iterable<CommandLine>,
  asking: Asking,
): Promise<readonly LineAnswer[]> => {
  const answers: LineAnswer[] = [];
  let failedLine: number | undefined;
  async function* batches(): AsyncGenerator<readonly AppendRequest[]> {
    let batch: AppendRequest[] = [];
    let overlay = overlayOn(context);
    const ids = new Set<string>();
    for await (const one of lines) {
      const { line } = one;
      try {
        if ("refusal" in one) throw one.refusal;
        const request = readCommand(one.given, asking.today);
        if (
          batch.length >= batchMax ||
          (request.commandId !== undefined && ids.has(request.commandId))
        ) {
          yield batch;
          batch = [];
          overlay = overlayOn(context);
        }
        const prepared = await prepare(context, one.given, request, asking, overlay.load);
        overlay.take(prepared);
        if (prepared.append !== null) batch.push(prepared.append);
        if (request.commandId !== undefined) ids.add(request.commandId);
        answers.push({ line, ok: true, recorded: prepared.answer });
      } catch (error) {
        if (!isEngineError(error)) throw error;
        failedLine ??= line;
        answers.push({ line, ok: false, refusal: error });
      }
    }
    if (failedLine !== undefined) throw new EngineError("ROLLED_BACK", { failedLine });
    yield batch;
  }
  try {
    await context.store.appendAtomically(batches());
    return answers;
  } catch (error) {
    if (!isEngineError(error, "ROLLED_BACK")) throw error;
    return answers.map((answer) =>
      answer.ok ? { line: answer.line, ok: false, refusal: error } : answer,
    );
  }
};

const outageIn = (answers: readonly LineAnswer[]): EngineError | undefined => {
  const found = answers.find(
    (answer) => !answer.ok && isEngineError(answer.refusal, "STORE_UNAVAILABLE"),
  );
  return found?.ok === false ? found.refusal : undefined;
};

const repeatsPending = ({ commandId }: ReadRequest, pending: readonly Pending[]): boolean =>
  commandId !== undefined &&
  pending.some(({ prepared }) => prepared.append?.commandId === commandId);

/** The cases as they will be once everything pending is appended. */
const overlayOn = ({ store }: RecordContext) => {
  const cases = new Map<CaseId, CaseState>();
  const fromLog = loadFrom(store);
  const load: LoadCase = async (id) => cases.get(id) ?? (await fromLog(id));
  return {
    load,
    take: ({ after }: Prepared): void => {
      for (const [id, state] of after) cases.set(id, state);
    },
  };
};

/**
 * Appends what is pending in one transaction. Each decision stands on the lines before it, so when one
 * cannot be recorded as it was decided, none is, and every line is decided anew in its turn.
 */
const appendTogether = async (
  context: RecordContext,
  pending: readonly Pending[],
  asking: Asking,
): Promise<readonly LineAnswer[]> => {
  const appends = pending.flatMap(({ prepared }) => prepared.append ?? []);
  try {
    if (appends.length > 0) await context.store.appendAtomically(oneBatch(appends));
    return pending.map(({ line, prepared }) => ({ line, ok: true, recorded: prepared.answer }));
  } catch (error) {
    if (!isEngineError(error)) throw error;
    if (isEngineError(error, "STORE_UNAVAILABLE")) {
      return pending.map(({ line }) => ({ line, ok: false, refusal: error }));
    }
    const answers: LineAnswer[] = [];
    for (const { line, given } of pending) {
      answers.push(await answerAlone(context, line, given, asking));
    }
    return answers;
  }
};

async function* oneBatch(
  appends: readonly AppendRequest[],
): AsyncGenerator<readonly AppendRequest[]> {
  yield appends;
}

const answerAlone = async (
  context: RecordContext,
  line: number,
  given: unknown,
  asking: Asking,
): Promise<LineAnswer> => {
  try {
    return { line, ok: true, recorded: await record(context, given, asking) };
  } catch (error) {
    if (!isEngineError(error)) throw error;
    return { line, ok: false, refusal: error };
  }
};
