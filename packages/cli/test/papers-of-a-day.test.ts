/** @module papers-of-a-day.test — the week and the dashboard tell of one day, and are read at one moment. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Week } from "@wuding/engine";
import { openCasebook } from "@wuding/store";
import { describe, expect, it } from "vitest";
import { documentOf, listOf } from "./given-answers.ts";
import type { Ran } from "./given-program.ts";
import { assigned, errorOf, givenProgram, received } from "./given-program.ts";

const bundled = fileURLToPath(new URL("../bin/wuding.js", import.meta.url));

const noonOf = (day: string): number => Date.parse(`${day}T12:00:00+08:00`);

/**
 * A visit of 20 May and a delegation from 1 June that are written down on 10 June only; an answer of 15 June;
 * a second case of 16 June. Asked on 30 June unless told.
 */
const givenSpring = async () => {
  const program = givenProgram();
  const on = (day: string, line: string): Promise<Ran> =>
    program.wuding(line.trim().split(/\s+/), { now: noonOf(day) });
  const lines = [
    ["2021-04-02", received],
    ["2021-04-06", assigned],
    ["2021-06-10", "contact 122 --mode visit --participant 李楠:proposer --on 2021-05-20"],
    ["2021-06-10", "delegate --from 经办人甲 --to 乙 --until 2021-06-30 --on 2021-06-01"],
    ["2021-06-15", "answer 122 --result B --commitment 建成平台@2021-12-24 --on 2021-06-15"],
    ["2021-06-16", received.replace("122", "124").replaceAll("2021-04-02", "2021-06-16")],
  ] as const;
  const seen: Week[] = [];
  for (const [day, line] of lines) {
    if (day === "2021-06-10" && seen.length === 0) {
      seen.push(documentOf(await on("2021-05-31", "week --json")) as unknown as Week);
    }
    expect(await on(day, line)).toMatchObject({ exitCode: 0 });
  }
  const ask = (line: string): Promise<Ran> => on("2021-06-30", line);
  const week = async (more: string): Promise<Week> =>
    documentOf(await ask(`week --json ${more}`)) as unknown as Week;
  const page = async (command: string, more = ""): Promise<string> => {
    const file = join(program.folder, `${command}.html`);
    expect(await ask(`${command} ${file} ${more}`)).toMatchObject({ exitCode: 0 });
    return readFileSync(file, "utf8");
  };
  return { ask, week, page, madeThen: seen[0] };
};

const matters = ({ people }: Week): readonly string[] =>
  people.flatMap(({ items }) => items.map((item) => `${item.case.split("/")[2]} ${item.matter}`));

describe("the dashboard of a past day", () => {
  it("shows the rates of that day", async () => {
    const { ask, page } = await givenSpring();
    const shown = await page("dashboard", "--as-of 2021-05-31");
    const rates = listOf(await ask("rates --json --as-of 2021-05-31"), "rates");
    expect(rates.length).toBeGreaterThan(3);
    for (const { display, numerator, denominator } of rates) {
      expect(shown).toContain(
        `<b>${String(display)}</b> ${Number(numerator)}/${Number(denominator)}`,
      );
    }
    expect(shown).toContain("<p>截至 2021-05-31</p>");
  });

  it("has no case, no status and no entry of a later day", async () => {
    const { page } = await givenSpring();
    const days = (text: string): readonly string[] =>
      [...text.matchAll(/<li>(\d{4}-\d\d-\d\d)/g)].map((found) => found[1] ?? "").toSorted();
    const shown = await page("dashboard", "--as-of 2021-05-31");
    expect(days(shown)).toEqual(["2021-04-02", "2021-04-06", "2021-05-20"]);
    expect(shown).not.toContain("cppcc/15-5/124");
    expect(shown).not.toContain("<td>已答复</td>");
  });

  it("says whose knowledge it is, where only that of a day is asked for", async () => {
    const { page } = await givenSpring();
    const shown = await page("dashboard", "--as-of 2021-05-31 --known-on 2021-06-01");
    expect(shown).toContain("截至 2021-05-31（只计 2021-06-01 当日及以前已经记录的）");
    expect(shown).not.toContain("<li>2021-05-20");
  });
});

describe("the week of a past day", () => {
  it("begins on that day and tells of no later fact", async () => {
    const { week } = await givenSpring();
    const then = await week("--as-of 2021-06-14");
    expect(then).toMatchObject({ asOf: "2021-06-14", from: "2021-06-14", to: "2021-06-20" });
    expect(matters(then)).toEqual(["122 due"]);
    expect(matters(await week("--as-of 2021-05-19"))).toContain("122 contact");
  });

  it("by what was known on a day, is the paper that was made on it", async () => {
    const { week, madeThen } = await givenSpring();
    const { log, knownOn, ...then } = await week("--known-on 2021-05-31");
    expect(then).toEqual({ ...madeThen, log: undefined });
    expect({ knownOn, size: log.size - (madeThen?.log.size ?? 0) }).toEqual({
      knownOn: "2021-05-31",
      size: 5,
    });
  });

  it("as of today, is the paper of today", async () => {
    const { week } = await givenSpring();
    for (const more of ["", "--days 200"]) {
      expect(await week(`--as-of 2021-06-30 ${more}`)).toEqual(await week(more));
    }
  });

  it("names who acted for somebody, as far as that was known", async () => {
    const { week } = await givenSpring();
    const delegates = ({ people }: Week) => people.map(({ delegate }) => delegate?.name ?? null);
    expect(delegates(await week("--as-of 2021-06-05 --days 20"))).toEqual(["乙"]);
    const known = await week("--as-of 2021-06-05 --known-on 2021-06-05 --days 20");
    expect(delegates(known)).toEqual([null]);
  });

  it.each(["week", "dashboard x.html"])("%s refuses a day to come", async (command) => {
    const { ask } = await givenSpring();
    const refused = await ask(`${command} --json --as-of 2021-07-01`);
    expect(errorOf(refused)).toMatchObject({ code: "INVALID_INPUT" });
  });
});

describe("a today that is set back, without --as-of", () => {
  it("counts every record, and does not pass that off as the facts of the day", async () => {
    const { ask, page } = await givenSpring();
    const note = "今日 2021-05-31（计入截至目前的全部记录；如需当日情况请用 --as-of）";
    for (const command of ["week", "dashboard"]) {
      const shown = await page(command, "--today 2021-05-31");
      expect(shown).toContain(note);
      expect(shown).not.toContain("截至 2021");
      expect(shown).toContain("cppcc/15-5/124");
    }
    expect((await ask("week --today 2021-05-31")).out).toContain(note);
    const english = (await ask("week --today 2021-05-31 --lang en")).out.replaceAll("\n", " ");
    expect(english).toContain("Today taken as 2021-05-31 (every record up to now is counted");
  });

  it("is said to be the day where nothing was recorded after it", async () => {
    const { ask } = await givenSpring();
    expect((await ask("week --today 2021-06-16")).out).toContain("截至 2021-06-16：");
  });
});

describe("a paper that is made while another process records", () => {
  const receive = (number: number): string =>
    JSON.stringify({
      command: "receive",
      kind: "cppcc",
      session: "15-5",
      number: String(number),
      title: `建议${number}`,
      proposers: ["李楠"],
      on: "2021-04-02",
    });

  /** Each case is one event, so the size of the log says how many there are. */
  it("adds up, and its log is that of its facts", { timeout: 30_000 }, async () => {
    const { db, write } = givenProgram();
    const casebook = await openCasebook(db, { create: true, actor: { id: "办公室" } });
    const empty = (await casebook.week()).log.size;
    const lines = Array.from({ length: 200 }, (_, at) => receive(at + 1)).join("\n");
    const args = [bundled, "apply", write("lines.jsonl", lines), "--db", db, "--as", "办公室"];
    const other = spawn(process.execPath, args, { stdio: "ignore" });
    const ended = once(other, "exit");
    const sizes = new Set<number>();
    do {
      const { cases, rates, timelines, log } = await casebook.dashboard({ timelines: 1000 });
      expect(log.size - empty).toBe(cases.length);
      expect(timelines).toHaveLength(cases.length);
      expect(rates.rates[0]?.denominator).toBe(cases.length);
      const week = await casebook.week();
      expect(week.counts.contact).toBe(week.log.size - empty);
      const calendar = await casebook.dueCalendar();
      expect(new Set(calendar.due.map((item) => item.case)).size).toBe(calendar.log.size - empty);
      for (const paper of [{ log }, week, calendar]) sizes.add(paper.log.size - empty);
      // the end of the other is told between two looks
      await pause(1);
    } while (other.exitCode === null && other.signalCode === null);
    expect(await ended).toEqual([0, null]);
    expect((await casebook.week()).cases).toBe(200);
    expect(sizes.size).toBeGreaterThan(2);
    await casebook.close();
  });
});
