/**
 * @module asking — who asks, and on which day: what comes in with every command beside its fields.
 *
 * It is recorded for ever, so it is checked where it enters the engine, for every caller alike.
 */
import { dateProblem } from "../case/input-problem.ts";
import { invalidInput } from "../errors.ts";
import type { Actor } from "../ports/event-store.ts";
import { forbiddenCharacter, isBlank } from "../text/entry.ts";
import type { CivilDate } from "../time/civil-date.ts";
import { isCivilDate } from "../time/civil-date.ts";

const nameMax = 200;

/**
 * A name that is written into the log: of an actor, an office.
 * @param field what a refusal calls it
 * @throws EngineError `INVALID_INPUT`
 */
export const readName = (value: string, field: string): string => {
  if (isBlank(value)) throw invalidInput({ field, kind: "empty" });
  // two spellings of one person would pass for two people
  if (value !== value.trim()) {
    const expected = { zh: "首尾没有空格的名称", en: "a name without spaces around it" };
    throw invalidInput({ field, kind: "malformed", expected });
  }
  const found = forbiddenCharacter(value, { breaks: false });
  if (found !== undefined) throw invalidInput({ field, kind: "forbiddenCharacter", ...found });
  if (value.length > nameMax) throw invalidInput({ field, kind: "tooLong", max: nameMax });
  return value;
};

/** An actor whose every member may be recorded. @throws EngineError `INVALID_INPUT` */
export const readActor = (actor: Actor): Actor => {
  for (const [member, value] of Object.entries(actor)) readName(value, `actor.${member}`);
  readName(actor.id, "actor.id");
  return actor;
};

/** A day that exists, past or to come. @throws EngineError `INVALID_INPUT` */
export const readDay = (value: string, field: string): CivilDate => {
  if (isCivilDate(value)) return value;
  throw invalidInput({ field, ...dateProblem(value) });
};

/**
 * The "today" that something is recorded on: a day that exists and is not after the real one.
 * @throws EngineError `INVALID_INPUT`
 */
export const readToday = (value: string, field: string, real: CivilDate): CivilDate => {
  readDay(value, field);
  if (value > real) throw invalidInput({ field, kind: "future", value, today: real });
  return value;
};

const originForm = /^[\w.-]+(?:\/[\w.-]+)*$/;

/**
 * A log's name, such as `gov.example/proposals/log1`; checkpoints and signed notes will carry it.
 * @throws EngineError `INVALID_INPUT`
 */
export const readOrigin = (value: string, field: string): string => {
  if (originForm.test(readName(value, field))) return value;
  const expected = {
    zh: "以“/”分隔的名称，只能含字母、数字、点、连字符和下划线",
    en: "names of letters, digits, dots, dashes and underscores, separated by slashes",
  };
  throw invalidInput({ field, kind: "malformed", expected });
};
