import { describe, expect, it } from "vitest";
import type { Json } from "./given-answers.ts";
import { documentOf, listOf } from "./given-answers.ts";
import type { Ran } from "./given-program.ts";
import { errorOf, givenProgram, received } from "./given-program.ts";

const noonOf = (day: string): number => Date.parse(`${day}T12:00:00+08:00`);

/**
 * A visit of 20 May that is written down on 10 June only: true on the one axis from May on, known on the
 * other from June on.
 */
const withLateRecord = async () => {
  const program = givenProgram();
  const on = (day: string, line: string): Promise<Ran> =>
    program.wuding(line.trim().split(" "), { now: noonOf(day) });
  await on("2021-04-02", received);
  await on(
    "2021-04-06",
    "assign 122 --department 规划科 --person 经办人甲 --due 2021-06-20 --task 书面答复 --responsibility 科长负总责",
  );
  await on("2021-06-10", "contact 122 --mode visit --participant 李楠:proposer --on 2021-05-20");
  return { ...program, ask: (line: string) => on("2021-06-30", line) };
};

describe("the two axes of the past", () => {
  it.each([
    ["--as-of 2021-05-31", "contacted"],
    ["--known-on 2021-05-31", "assigned"],
    ["--known-on 2021-06-10", "contacted"],
    ["--as-of 2021-05-31 --known-on 2021-05-31", "assigned"],
    ["--as-of 2021-05-31 --known-on 2021-06-10", "contacted"],
    ["--as-of 2021-05-19 --known-on 2021-06-10", "assigned"],
  ])("show %s: the case is %s", async (moment, status) => {
    const { ask } = await withLateRecord();
    expect(documentOf(await ask(`show 122 --json ${moment}`))).toMatchObject({ status });
    const cases = listOf(await ask(`list --json ${moment}`), "cases");
    expect(cases).toMatchObject([{ case: "cppcc/15-5/122", status }]);
  });

  it.each([
    ["--as-of 2021-05-31", 1],
    ["--known-on 2021-05-31", 0],
    ["--known-on 2021-06-10", 1],
  ])("rates %s: %i of one case met", async (moment, numerator) => {
    const { ask } = await withLateRecord();
    const rates = listOf(await ask(`rates --json ${moment}`), "rates");
    expect(rates[0]).toMatchObject({ id: "meeting", numerator, denominator: 1 });
  });

  it("the day of what was known stands for today, so lamps are those of that day", async () => {
    const { ask } = await withLateRecord();
    const then = listOf(await ask("list --json --known-on 2021-04-06"), "cases");
    expect(then).toMatchObject([{ dueOn: "2021-06-20", lamp: "green" }]);
    const now = listOf(await ask("list --json"), "cases");
    expect(now).toMatchObject([{ dueOn: "2021-06-20", lamp: "red" }]);
  });

  it("before a case was recorded, it was not known", async () => {
    const { ask } = await withLateRecord();
    const cases = listOf(await ask("list --json --known-on 2021-04-01"), "cases");
    expect(cases).toEqual([]);
    const ran = await ask("show 122 --json --known-on 2021-04-01");
    expect([ran.exitCode, errorOf(ran).code]).toEqual([4, "NOT_FOUND"]);
  });

  it("the comparison of two days follows either axis", async () => {
    const { ask } = await withLateRecord();
    const meetingIn = async (options: string): Promise<Json | undefined> => {
      const rates = listOf(
        await ask(`report diff 2021-05-31 2021-06-30 --json ${options}`),
        "rates",
      );
      return rates.find(({ id }) => id === "meeting");
    };
    expect(await meetingIn("")).toMatchObject({
      before: { display: "100%" },
      after: { display: "100%" },
      changes: [],
    });
    expect(await meetingIn("--known")).toMatchObject({
      before: { display: "0%" },
      after: { display: "100%" },
      changes: [
        {
          case: "cppcc/15-5/122",
          kind: "counted",
          events: [{ position: 3, type: "ContactRecorded", on: "2021-05-20" }],
        },
      ],
    });
  });

  it.each([
    ["list --known-on 2021-07-01", "--known-on"],
    ["list --known-on 2021-02-30", "--known-on"],
    ["rates --known-on yesterday", "--known-on"],
    ["explain 122 --as-of 2021-07-01", "--as-of"],
    ["report diff 2021-05-31 2021-07-01", "TO"],
    ["report diff 2021-06-30 2021-05-31", "TO"],
    ["report diff", "FROM"],
  ])("%s is refused", async (line, field) => {
    const { ask } = await withLateRecord();
    const ran = await ask(`${line} --json`);
    expect(ran.exitCode).toBe(2);
    expect(errorOf(ran)).toMatchObject({ code: "INVALID_INPUT", data: { problems: [{ field }] } });
  });
});
