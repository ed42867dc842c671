/**
 * @module casebook-to-record — opens the casebook for a command that records, and makes it when there is none.
 *
 * Before a casebook is made, the command is tried on an empty one in memory: a command that would be
 * refused there leaves no file behind.
 */
import type { Casebook } from "@wuding/engine";
import { isEngineError, shanghaiDate } from "@wuding/engine";
import type { Shell } from "./shell.ts";

/** So many days without a record are rare enough to doubt the clock. */
const quietDaysMax = 30;

/**
 * Says so where the last record lies long back, before anything is recorded: one record of a clock that
 * runs ahead stops all that follow. Never a question.
 */
export const warnOfLongQuiet = async (casebook: Casebook, shell: Shell): Promise<void> => {
  const last = Date.parse(await casebook.lastRecordedAt());
  const days = Math.floor((shell.now() - last) / 86_400_000);
  if (days <= quietDaysMax) return;
  const [now, then] = [shanghaiDate(shell.now()), shanghaiDate(last)];
  shell.talk(
    {
      zh: `注意：上一次记录在 ${then}，已隔 ${days} 天；请核对系统时间（现为 ${now}）。`,
      en: `Note: the last record is of ${then}, ${days} days ago. Check that the clock is right; it says ${now}.`,
    }[shell.language],
  );
};

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
  if (existing !== undefined) {
    await warnOfLongQuiet(existing, shell);
    return existing;
  }
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
