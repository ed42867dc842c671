/**
 * @module casebook-to-record — opens the casebook for a command that records, and makes it when there is none.
 *
 * Before a casebook is made, the command is tried on an empty one in memory: a command that would be
 * refused there leaves no file behind.
 */
import type { Casebook } from "@wuding/engine";
import { isEngineError } from "@wuding/engine";
import type { Shell } from "./shell.ts";

/** What is due once something has been recorded: the day's checkpoint, where the log is signed. */
export const afterRecording = async (casebook: Casebook, shell: Shell): Promise<void> => {
  if (casebook.rules.keys.log.length === 0) return;
  const { checkpointOnSchedule } = await import("./proof/signing.ts");
  await checkpointOnSchedule(casebook, shell);
};

/** The casebook that is there, undefined when there is none. */
export const existingCasebook = async (shell: Shell): Promise<Casebook | undefined> => {
  try {
    return await shell.open();
  } catch (error) {
    if (isEngineError(error, "NOT_FOUND") && error.data.what === "casebook") return undefined;
    throw error;
  }
};

/**
 * The casebook in which to record a command.
 * @throws EngineError what an empty casebook would refuse; `NOT_FOUND` for the casebook where the
 * command is about a case, which an empty one cannot have
 */
export const casebookFor = async (given: object, shell: Shell): Promise<Casebook> => {
  const existing = await existingCasebook(shell);
  if (existing !== undefined) return existing;
  const { emptyCasebook } = await import("./rehearsal.ts");
  const stage = await emptyCasebook(shell);
  try {
    await stage.executeGiven(given, { today: shell.today });
  } catch (error) {
    // that there is no casebook says more than that a case is not in it
    if (isEngineError(error, "NOT_FOUND")) return shell.open();
    throw error;
  }
  return shell.open({ create: true });
};
