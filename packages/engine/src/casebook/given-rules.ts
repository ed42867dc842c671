/**
 * @module given-rules — rulebooks and calendars as they come from outside, read and checked before
 * anything else happens to them. What checks them is loaded with the first file.
 */
import { EngineError } from "../errors.ts";
import type { Calendar } from "../rulebook/calendar/calendar.ts";
import type { RuleProblem } from "../rulebook/check/rule-problem.ts";
import type { Rulebook } from "../rulebook/rulebook.ts";
import { rulebookName } from "../rulebook/rulebook.ts";
import { shippedRulebook, shippedRulebooks } from "../rulebook/shipped.ts";
import type { RulesInForce } from "./rules-in-force.ts";

/** What a file may extend: the rulebooks that come with the engine, and those of a casebook. */
const libraryOf = async (
  rules: Pick<RulesInForce, "rulebooks"> | undefined,
): Promise<ReadonlyMap<string, Rulebook>> => {
  const shipped = await Promise.all(shippedRulebooks.map((id) => shippedRulebook(id)));
  const adopted = rules?.rulebooks.map(({ rulebook }) => rulebook) ?? [];
  return new Map([...shipped, ...adopted].map((one) => [rulebookName(one), one]));
};

/**
 * A rulebook from the content of its file, or one in memory; complete and checked.
 * @param rules those of the casebook that it is for, where there is one
 * @param name what the file is called, for a refusal
 * @throws EngineError `INVALID_RULES` with every mistake
 */
export const rulebookFrom = async (
  given: string | Uint8Array | Rulebook,
  rules?: Pick<RulesInForce, "rulebooks" | "calendarData">,
  name?: string,
): Promise<Rulebook> => {
  const { checkAgainstCalendar, checkRulebook } = await import("../rulebook/check/check.ts");
  const { stateCouncil } = await import("../rulebook/calendar/state-council.ts");
  const { readRulebook } = await import("../rulebook/check/read-rulebook.ts");
  const read = isFile(given)
    ? readRulebook(given, nameIn(await libraryOf(rules)))
    : { rulebook: given };
  if ("problems" in read) throw invalid("rulebook", name, read.problems);
  const { rulebook } = read;
  const problems = [
    ...(isFile(given) ? [] : checkRulebook(rulebook)),
    ...checkAgainstCalendar(rulebook, rules ? await rules.calendarData() : stateCouncil),
  ];
  if (problems.length > 0) throw invalid("rulebook", name ?? rulebookName(rulebook), problems);
  return rulebook;
};

/**
 * A rulebook that may be adopted: read and checked as `rulebookFrom` does, and no collection.
 * @throws EngineError `INVALID_RULES`
 */
export const adoptable = async (
  given: string | Uint8Array | Rulebook,
  rules?: Pick<RulesInForce, "rulebooks" | "calendarData">,
  name?: string,
): Promise<Rulebook> => {
  const rulebook = await rulebookFrom(given, rules, name);
  if (rulebook.isCollection !== true) return rulebook;
  throw invalid("rulebook", rulebookName(rulebook), [collection]);
};

const collection: RuleProblem = {
  place: "/isCollection",
  rule: null,
  problem: {
    zh: "这是供选用的规则汇编，不能采用。",
    en: "It is a collection to copy rules from, and cannot be adopted.",
  },
  repair: {
    zh: "请把所需规则复制到本单位的规则集文件，检查后采用。",
    en: "Copy the rules that you need into a rulebook file of your own, check and adopt it.",
  },
};

/**
 * A calendar from the content of its file, on top of the one in force, or, where its edition has been
 * adopted before, of the one that was in force then; with the number of its notice.
 * @throws EngineError `INVALID_RULES` with every mistake
 */
export const calendarFrom = async (
  given: string | Uint8Array,
  rules: Pick<RulesInForce, "calendars" | "calendarData">,
  name?: string,
): Promise<Readonly<{ calendar: Calendar; notice: string }>> => {
  const { readCalendarFile } = await import("../rulebook/calendar/calendar-file.ts");
  const { readJson } = await import("../rulebook/check/read-json.ts");
  const json = readJson(given);
  const edition = "value" in json ? Object(json.value).edition : undefined;
  const known = rules.calendars.findIndex((one) => one.edition === edition);
  const base = await rules.calendarData(rules.calendars[known - 1]?.edition);
  const read = readCalendarFile(given, base);
  if ("problems" in read) {
    const said = typeof edition === "string" ? edition : "";
    throw invalid("calendar", name ?? said, read.problems);
  }
  return read;
};

const isFile = (given: string | Uint8Array | Rulebook): given is string | Uint8Array =>
  typeof given === "string" || given instanceof Uint8Array;

const nameIn =
  (library: ReadonlyMap<string, Rulebook>) =>
  (name: string): Rulebook | undefined =>
    library.get(name);

const invalid = (
  what: "rulebook" | "calendar",
  name: string | undefined,
  problems: EngineError<"INVALID_RULES">["data"]["problems"],
): EngineError => new EngineError("INVALID_RULES", { what, name: name ?? "", problems });
