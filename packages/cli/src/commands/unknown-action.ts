/** @module unknown-action — the refusal of a second word that a command does not know. */
import { EngineError, nearest } from "@wuding/engine";

/** `wuding rulebook lst`: there is no such command, `wuding rulebook list` was probably meant. */
export const unknownAction = (
  command: string,
  action: string,
  known: readonly string[],
): EngineError<"USAGE"> => {
  const meant = nearest(action, known);
  return new EngineError("USAGE", {
    problem: {
      zh: `没有命令“${command} ${action}”。`,
      en: `There is no command "${command} ${action}".`,
    },
    ...(meant === undefined ? { command } : { suggestion: `wuding ${command} ${meant}` }),
  });
};
