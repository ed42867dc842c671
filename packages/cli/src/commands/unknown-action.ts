/** @module unknown-action — the refusal of a second word that a command does not know, or that is missing. */
import { EngineError, nearest } from "@wuding/engine";

/** `wuding rulebook lst`: there is no such command, `wuding rulebook list` was probably meant. */
export const unknownAction = (
  command: string,
  action: string | undefined,
  known: readonly string[],
): EngineError<"USAGE"> => {
  if (action === undefined) {
    const all = known.map((one) => `${command} ${one}`);
    return new EngineError("USAGE", {
      problem: {
        zh: `“${command}”之后应写明做什么：${all.join("、")}。`,
        en: `Say what to do: ${all.join(", ")}.`,
      },
      suggestion: `wuding ${all[0] ?? command}`,
    });
  }
  const meant = nearest(action, known);
  return new EngineError("USAGE", {
    problem: {
      zh: `没有命令“${command} ${action}”。`,
      en: `There is no command "${command} ${action}".`,
    },
    ...(meant === undefined ? { command } : { suggestion: `wuding ${command} ${meant}` }),
  });
};
