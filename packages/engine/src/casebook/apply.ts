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
import { EngineError, invalidInput, isEngineError } from "../errors.ts";
import type { AppendRequest, PersonalValue, StoreTransaction } from "../ports/event-store.ts";
import type { Asking, CaseSource, Prepared, RecordContext, Recorded } from "./record.ts";
import { isOfficeCommand, prepare, record, sourceFrom } from "./record.ts";

/** A command with the line it stands on, or what made the line unreadable. */
export type CommandLine = Readonly<{ line: number }> &
  (Readonly<{ given: unknown }> | Readonly<{ refusal: EngineError }>);

/** The answer to one line. */
export type LineAnswer = Readonly<{ line: number }> &
  (Readonly<{ ok: true; recorded: Recorded }> | Readonly<{ ok: false; refusal: EngineError }>);

/** Commands that share a durable write. */
const batchMax = 200;
/** Bytes of documents after which a batch is full, however few its commands: all are in memory. */
const documentBytesMax = 16 * 1024 * 1024;

type Pending = { line: number; given: unknown; prepared: Prepared };

/** Records every line that can be recorded; answers each, in order. Faults that are no refusals are thrown. */
export async function* applyLines(
  context: RecordContext,
  lines: AsyncIterable<CommandLine> | Iterable<CommandLine>,
  asking: Asking,
): AsyncGenerator<LineAnswer> {
  let pending: Pending[] = [];
  const log = sourceFrom(context.store);
  let overlay = overlayOn(log);
  let deciding = underOneLook(context);
  /** Why nothing can be recorded any more; waiting for the store once is enough. */
  let outage: EngineError | undefined;
  const flush = async (): Promise<readonly LineAnswer[]> => {
    const answers = await appendTogether(context, pending, asking);
    pending = [];
    overlay = overlayOn(log);
    deciding = underOneLook(context);
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
      if (isOfficeCommand(request.command.command)) {
        yield* await flush();
        const answer = await answerAlone(context, line, given, asking);
        outage = outageIn([answer]);
        yield answer;
        continue;
      }
      if (repeatsPending(request, pending) || erases(given)) yield* await flush();
      const prepared = await prepare(deciding, given, request, asking, overlay);
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
    if (pending.length >= batchMax || overlay.isFull()) yield* await flush();
  }
  yield* await flush();
}

/** The rules are looked at once for a batch; where others are adopted meanwhile, appending it is refused. */
const underOneLook = (context: RecordContext): RecordContext => {
  let rules: ReturnType<RecordContext["rules"]> | undefined;
  return { ...context, rules: () => (rules ??= context.rules()) };
};

/**
 * Decides every line on the cases as they would be after those before it, and records nothing.
 * What is about the office is refused: it has its effect in cases that no line names.
 */
export async function* rehearseLines(
  context: RecordContext,
  lines: AsyncIterable<CommandLine> | Iterable<CommandLine>,
  asking: Asking,
): AsyncGenerator<LineAnswer> {
  const overlay = overlayOn(sourceFrom(context.store));
  for await (const one of lines) {
    const { line } = one;
    try {
      if ("refusal" in one) throw one.refusal;
      const request = readCommand(one.given, asking.today);
      if (isOfficeCommand(request.command.command)) throw notTogether();
      const prepared = await prepare(context, one.given, request, asking, overlay);
      overlay.take(prepared);
      yield { line, ok: true, recorded: prepared.answer };
    } catch (error) {
      if (!isEngineError(error)) throw error;
      yield { line, ok: false, refusal: error };
    }
  }
}

/**
 * Records all lines in one transaction, or none. Other writers wait until the last line has come: lines
 * that somebody still writes are collected first.
 * @throws EngineError never for a line; the answers say which was refused, the others read `ROLLED_BACK`
 */
export const applyAtomically = async (
  context: RecordContext,
  lines: AsyncIterable<CommandLine> | Iterable<CommandLine>,
  asking: Asking,
): Promise<readonly LineAnswer[]> => {
  const answers: LineAnswer[] = [];
  try {
    await context.store.transaction(async (transaction) => {
      let failedLine: number | undefined;
      const batch = batchIn(transaction);
      for await (const one of lines) {
        const { line } = one;
        await batch.makeRoomFor(one);
        try {
          if ("refusal" in one) throw one.refusal;
          const request = readCommand(one.given, asking.today);
          if (isOfficeCommand(request.command.command)) throw notTogether();
          const prepared = await prepare(context, one.given, request, asking, batch.overlay());
          batch.take(prepared);
          answers.push({ line, ok: true, recorded: prepared.answer });
        } catch (error) {
          if (!isEngineError(error)) throw error;
          failedLine ??= line;
          answers.push({ line, ok: false, refusal: error });
        }
      }
      if (failedLine !== undefined) throw new EngineError("ROLLED_BACK", { failedLine });
      await batch.append();
    });
    return answers;
  } catch (error) {
    if (!isEngineError(error, "ROLLED_BACK")) throw error;
    return answers.map((answer) =>
      answer.ok ? { line: answer.line, ok: false, refusal: error } : answer,
    );
  }
};

/** What has been decided in a transaction and is appended to it many at a time. */
const batchIn = (transaction: StoreTransaction) => {
  const soFar = sourceFrom(transaction);
  let requests: AppendRequest[] = [];
  let overlay = overlayOn(soFar);
  const append = async (): Promise<void> => {
    await transaction.append(requests);
    requests = [];
    overlay = overlayOn(soFar);
  };
  return {
    overlay: (): CaseSource => overlay,
    append,
    makeRoomFor: async (one: CommandLine): Promise<void> => {
      const given = "given" in one ? one.given : null;
      const isRepeated =
        typeof given === "object" &&
        given !== null &&
        "commandId" in given &&
        requests.some(({ commandId }) => commandId === given.commandId);
      if (isRepeated || erases(given) || requests.length >= batchMax || overlay.isFull())
        await append();
    },
    take: (prepared: Prepared): void => {
      overlay.take(prepared);
      if (prepared.append !== null) requests.push(prepared.append);
    },
  };
};

/** It has its effect in cases that other lines may be about, batch after batch. */
const notTogether = (): EngineError =>
  invalidInput({
    field: "command",
    kind: "malformed",
    expected: {
      zh: "办件的命令（单位事务的命令请单独执行，不能与其他命令合在一次提交）",
      en: "about a case (what is about the office is recorded by itself, not in one transaction with others)",
    },
  });

const outageIn = (answers: readonly LineAnswer[]): EngineError | undefined => {
  const found = answers.find(
    (answer) =>
      !answer.ok &&
      (isEngineError(answer.refusal, "STORE_UNAVAILABLE") ||
        isEngineError(answer.refusal, "CLOCK_JUMPED")),
  );
  return found?.ok === false ? found.refusal : undefined;
};

const repeatsPending = ({ commandId }: ReadRequest, pending: readonly Pending[]): boolean =>
  commandId !== undefined &&
  pending.some(({ prepared }) => prepared.append?.commandId === commandId);

/** What erases values looks for them in the log, so what is pending is recorded first. */
const erases = (given: unknown): boolean =>
  typeof given === "object" && given !== null && "command" in given && given.command === "forget";

/** The cases as they will be once everything pending is appended. */
type Overlay = CaseSource & Readonly<{ take(prepared: Prepared): void; isFull(): boolean }>;

const overlayOn = (source: CaseSource): Overlay => {
  const cases = new Map<CaseId, CaseState>();
  const personal = new Map<string, PersonalValue>();
  let documentBytes = 0;
  return {
    load: async (id: CaseId) => cases.get(id) ?? (await source.load(id)),
    // a case that is only pending makes a short name ambiguous like any other
    find: async (ending: string, limit: number) => {
      const pending = [...cases.keys()].filter((id) => id.endsWith(ending));
      const found = await source.find(ending, limit);
      return [...new Set([...found, ...pending])].toSorted().slice(0, limit);
    },
    findCommand: source.findCommand,
    readStream: source.readStream,
    personalValues: async (seals: readonly string[]) => {
      const values = new Map(await source.personalValues(seals));
      for (const seal of seals) {
        const value = personal.get(seal);
        if (value !== undefined) values.set(seal, value);
      }
      return values;
    },
    take: ({ append, after }: Prepared): void => {
      for (const [id, state] of after) cases.set(id, state);
      for (const value of append?.personal ?? []) personal.set(value.seal, value);
      for (const { size } of append?.files ?? []) documentBytes += size;
    },
    isFull: () => documentBytes >= documentBytesMax,
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
    if (appends.length > 0) await context.store.appendTogether(appends);
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
