/** @module week.test — the Monday paper: whose what is, what is late, what is missing, and its printed page. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Week } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import { errorOf, givenProgram } from "./given-program.ts";

const receive = (number: number, more = ""): string =>
  `receive --kind cppcc --session 15-5 --number ${number} --title 建议${number} --proposer 李楠 --dispatched-on 2021-04-02 --on 2021-04-02 ${more}`;
const assign = (number: number, person: string): string =>
  `assign ${number} --department 规划科 --person ${person} --due 2021-06-20 --task 答复 --responsibility 科长 --on 2021-04-06`;

const givenOffice = async (...lines: readonly string[]) => {
  const program = givenProgram({ LANG: "zh_CN.UTF-8" });
  for (const line of lines) expect(await program.typed(line)).toMatchObject({ exitCode: 0 });
  const weekOn = async (today: string, more = ""): Promise<Week> => {
    const { out } = await program.typed(`week --json --lang en --today ${today} ${more}`);
    return JSON.parse(out) as Week;
  };
  return { ...program, weekOn };
};

const told = (week: Week): readonly string[] =>
  week.people.flatMap(({ person, items }) =>
    items.map(
      ({ matter, case: id, dueOn }) => `${person ?? "-"} ${id.split("/")[2]} ${matter} ${dueOn}`,
    ),
  );

describe("the week", () => {
  it("begins with what nobody has been given, then goes by person", async () => {
    const { weekOn } = await givenOffice(receive(1), assign(1, "甲"), receive(2));
    const { people } = await weekOn("2021-06-18");
    expect(people.map(({ person }) => person)).toEqual([null, "甲"]);
  });

  it("covers seven days from today, and all that is late", async () => {
    const { weekOn } = await givenOffice(receive(1), assign(1, "甲"));
    expect(told(await weekOn("2021-06-13"))).toEqual(["甲 1 contact null"]);
    expect(told(await weekOn("2021-06-14"))).toContain("甲 1 due 2021-06-20");
    const late = await weekOn("2021-12-31");
    expect(told(late)).toContain("甲 1 due 2021-06-20");
    expect(late.late).toBeGreaterThan(0);
  });

  it("tells of a right to send a case back while it lasts, and no longer", async () => {
    const { weekOn } = await givenOffice(receive(1));
    const window = told(await weekOn("2021-04-15")).find((line) => line.includes("window"));
    expect(window).toBeDefined();
    expect(told(await weekOn("2021-05-12")).join()).not.toContain("window");
  });

  it("names the co-handler that has not been asked, or has not answered", async () => {
    const { weekOn, typed } = await givenOffice(
      receive(1, "--role lead --co-unit 市财政局"),
      assign(1, "甲"),
    );
    const opinions = async (): Promise<string[]> =>
      (await weekOn("2021-05-12")).people
        .flatMap(({ items }) => items)
        .filter(({ matter }) => matter === "opinion")
        .map(({ what }) => what as unknown as string);
    expect(await opinions()).toEqual(["市财政局 has not been asked for its opinion"]);
    await typed("request-opinion 1 --unit 市财政局 --on 2021-04-08");
    expect(await opinions()).toEqual(["the opinion of 市财政局 has not come"]);
    await typed("record-opinion 1 --unit 市财政局 --text 同意 --on 2021-04-12");
    expect(await opinions()).toEqual([]);
  });

  it("gives a promise to the person who is to keep it, and the form to the person of the case", async () => {
    const { weekOn } = await givenOffice(
      receive(1),
      assign(1, "甲"),
      "contact 1 --mode visit --on 2021-05-06",
      "answer 1 --result B --commitment 建成平台@2021-06-24 --on 2021-06-10",
    );
    const lines = told(await weekOn("2021-06-21"));
    expect(lines).toContain("甲 1 promise 2021-06-24");
    expect(lines.join()).toContain("甲 1 form");
    expect(lines.join()).not.toContain("contact");
  });

  it("says who acts for somebody who is away", async () => {
    const { weekOn } = await givenOffice(
      receive(1),
      assign(1, "甲"),
      "delegate --from 甲 --to 乙 --until 2021-06-30 --on 2021-06-01",
    );
    const { people } = await weekOn("2021-06-18");
    expect(people[0]?.delegate).toEqual({ name: "乙", until: "2021-06-30" });
  });

  it("is a page of the same content, which anything typed into it cannot leave", async () => {
    const { wuding, folder } = await givenOffice(receive(1), assign(1, "<b>甲</b>"));
    const file = join(folder, "week.html");
    const made = await wuding(["week", file, "--today", "2021-06-18"]);
    expect(made).toMatchObject({ exitCode: 0 });
    const page = readFileSync(file, "utf8");
    expect(page).toContain("&lt;b&gt;甲&lt;/b&gt;");
    expect(page).toContain("2021-06-20");
    expect(page).toMatch(/办件库记录 \d+ 条，根哈希/);
    expect(page).toContain("script-src 'none'");
    const again = await wuding(["week", file, "--today", "2021-06-25"]);
    expect(again.exitCode).toBe(5);
  });

  it("refuses a day that does not exist and a week without days", async () => {
    const { wuding } = await givenOffice(receive(1));
    expect(errorOf(await wuding(["week", "--json", "--from", "2021-06-31"]))).toMatchObject({
      code: "INVALID_INPUT",
    });
    expect((await wuding(["week", "--days", "0"])).exitCode).toBe(2);
  });
});

it("a page of the week has a name that ends in .html", async () => {
  const { typed, folder } = givenProgram();
  await typed(
    "receive --kind cppcc --session 15-5 --number 1 --title t --proposer 李楠 --on 2021-04-02",
  );
  for (const name of ["x.txt", "x.htm", "-", ".html"]) {
    const refused = await typed(`week ${name}`);
    expect([name, refused.exitCode]).toEqual([name, 2]);
  }
  expect(readdirSync(folder).filter((name) => name.endsWith(".txt"))).toEqual([]);
});
