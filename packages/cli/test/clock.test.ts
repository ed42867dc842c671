/** @module clock.test — what the program says when the clock of the machine is wrong. */
import { describe, expect, it } from "vitest";
import { assigned, errorOf, givenProgram, noon, received } from "./given-program.ts";

const dayMs = 86_400_000;
const words = (line: string): readonly string[] => line.split(" ");
const adjust = "adjust-clock --reason 服务器时间被误设 --approved-by 办公室主任";

describe("a clock that ran ahead 时钟超前", () => {
  it("is told how to be put right, and is, by two persons", async () => {
    const { wuding } = givenProgram();
    await wuding(words(received), { now: noon + 365 * dayMs });
    const refused = await wuding(words(`${assigned} --json`));
    expect(refused.exitCode).toBe(7);
    expect(errorOf(refused)).toMatchObject({ code: "CLOCK_BACKWARDS" });
    expect(errorOf(refused).hint).toContain("wuding adjust-clock");
    const alone = await wuding(words(`${adjust} --as 办公室主任 --json`));
    expect(alone.exitCode).toBe(3);
    expect(errorOf(alone).data).toMatchObject({ rule: "twoPersons" });
    const told = await wuding(words(`${adjust} --lang zh`));
    expect([told.exitCode, told.out]).toEqual([0, "已记录：校正时钟。\n"]);
    expect((await wuding(words(assigned))).exitCode).toBe(0);
    const again = await wuding(words(`${adjust} --json`));
    expect([again.exitCode, errorOf(again).data["rule"]]).toEqual([3, "clockBehind"]);
    expect((await wuding(words("audit verify --json"))).exitCode).toBe(0);
    expect((await wuding(words("replay"))).exitCode).toBe(0);
  });
});

describe("a long time without a record", () => {
  const noted = "Check that the clock is right";

  it("is told on stderr before recording, never asked, and only after thirty days", async () => {
    const { wuding } = givenProgram();
    const first = await wuding(words(received));
    expect(first.err).not.toContain(noted);
    const after = (days: number, line: string) =>
      wuding(words(line), { now: noon + days * dayMs + dayMs / 2 });
    expect((await after(30, `${assigned} --json`)).err).toBe("");
    const late = await after(61, "contact 122 --mode visit --on 2021-04-15 --json");
    expect(late.exitCode).toBe(0);
    expect(late.err).toBe(
      "Note: the last record is of 2022-01-31, 31 days ago. Check that the clock is right; it says 2022-03-03.\n",
    );
    const told = await after(100, "contact 122 --mode phone --on 2021-04-15 --lang zh");
    expect(told.err).toContain("上一次记录在 2022-03-03，已隔 39 天；请核对系统时间");
  });

  it("is told of every way to record, and of none to look", async () => {
    const { wuding } = givenProgram();
    await wuding(words(received));
    const far = { now: noon + 400 * dayMs };
    const line = JSON.stringify({ command: "contact", case: "122", mode: "x" });
    expect((await wuding(["apply", "-"], { ...far, stdin: line })).err).toContain(noted);
    expect((await wuding(["apply", "-", "--atomic"], { ...far, stdin: line })).err).toContain(
      noted,
    );
    expect((await wuding(words("rulebook adopt linyi --dry-run"), far)).err).toContain(noted);
    expect((await wuding(words("show 122"), far)).err).not.toContain(noted);
  });
});

describe("a day as it is typed", () => {
  it.each([
    "2021-02-30",
    "2021/04/20",
    "2021-4-20",
    "2021-04-20T10:00",
    "2021-04-20T23:59:60+08:00",
  ])("%s is refused wherever a day is asked for, and nothing is recorded", async (day) => {
    const { wuding, typed } = givenProgram();
    await wuding(words(received));
    const size = async (): Promise<unknown> =>
      (JSON.parse((await typed("audit verify --json")).out) as { size: number }).size;
    const before = await size();
    const lines = [
      ["contact", "122", "--mode", "visit", "--on", day],
      ["assign", "122", "--due", day],
      ["show", "122", "--today", day],
      ["list", "--as-of", day],
      ["list", "--known-on", day],
      ["audit", "late", "--known-on", day],
      ["report", "diff", day, "2021-12-31"],
      ["report", "diff", "2021-01-01", day],
    ];
    const codes: unknown[] = [];
    for (const line of lines) {
      const ran = await wuding([...line, "--json"]);
      codes.push([line[0], ran.exitCode, errorOf(ran).code]);
    }
    expect(codes).toEqual(lines.map(([command]) => [command, 2, "INVALID_INPUT"]));
    const given = JSON.stringify({ command: "contact", case: "122", mode: "visit", on: day });
    expect((await wuding(["apply", "-"], { stdin: given })).exitCode).toBe(2);
    expect(await size()).toBe(before);
  });
});
