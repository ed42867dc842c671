/**
 * @module refusal — what is printed when a command is refused, or when this program has a bug.
 *
 * A refusal is an `EngineError`; whatever else is thrown is a bug and shows its stack.
 */
import type { ErrorCode } from "@wuding/engine";
import { EngineError, isEngineError } from "@wuding/engine";
import { exitCodes } from "./exit-codes.ts";
import type { Language } from "./shell.ts";
import { jsonLine, visible } from "./visible.ts";

/** How a refusal is said. */
export type Voice = Readonly<{ language: Language; json: boolean }>;

/** A refusal as scripts read it. */
export type RefusalJson = Readonly<{
  code: ErrorCode;
  message: string;
  hint: string;
  data: object;
}>;

/** The members of `error` in JSON. */
export const refusalJson = (refusal: EngineError, language: Language): RefusalJson => ({
  code: refusal.code,
  message: refusal.sentence[language],
  hint: refusal.hint[language],
  data: refusal.data,
});

/** What to write on stderr, line by line, and the exit code. */
export const refusalLines = (
  error: unknown,
  { language, json }: Voice,
): Readonly<{ lines: readonly string[]; exitCode: number }> => {
  if (!isEngineError(error)) return bugLines(error, { language, json });
  const exitCode = exitCodes[error.code];
  if (json) return { lines: [jsonLine({ error: refusalJson(error, language) })], exitCode };
  const said = [error.sentence[language], error.hint[language]].filter((text) => text !== "");
  return { lines: said.map(visible), exitCode };
};

const bugLines = (error: unknown, { language, json }: Voice): ReturnType<typeof refusalLines> => {
  const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
  const bug = new EngineError("INTERNAL", { detail: message });
  const exitCode = exitCodes.INTERNAL;
  if (json) {
    const described = refusalJson(bug, language);
    const data = { ...described.data, stack };
    return { lines: [jsonLine({ error: { ...described, data } })], exitCode };
  }
  const text = [bug.sentence[language], bug.hint[language], ...stack.split("\n")];
  return { lines: text.map(visible), exitCode };
};
