/** @module clock.test — what the program says when the clock of the machine is wrong. */
import { join } from "node:path";
import { countingIds } from "@wuding/engine/testing";
import { openStore } from "@wuding/store";
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

describe("an adjustment of the clock is told to whoever looks 校正时钟可查", () => {
  const from = "2022-12-31T04:00:00.000Z";
  const to = "2021-12-31T04:00:00.000Z";

  /** The receipt and the 五定 were recorded by a clock that was a year ahead. */
  const adjusted = async () => {
    const program = givenProgram();
    for (const one of [received, assigned]) {
      await program.wuding(words(one), { now: noon + 365 * dayMs });
    }
    await program.wuding(words(adjust));
    return program;
  };

  it("by audit verify, of the casebook and of an export", async () => {
    const { typed, folder } = await adjusted();
    const place = join(folder, "log");
    expect((await typed(`audit export ${place}`)).exitCode).toBe(0);
    const en = `At position 3 two persons took the recording time back, from ${from} to ${to}: by their word the 3 events from position 0 on bear times that lay ahead.`;
    const zh = `第 3 条记录由两人校正时钟：记录时间由 ${from} 退回 ${to}，涉及第 0 条起的 3 条记录。`;
    for (const verify of ["audit verify", `audit verify ${place}`]) {
      const told = await typed(`${verify} --lang en`);
      expect([told.exitCode, told.out]).toEqual([0, expect.stringContaining(en)]);
      expect((await typed(`${verify} --lang zh`)).out).toContain(zh);
    }
  });

  it("by audit verify of an export, which refuses one that names another interval", async () => {
    const { typed, folder, db } = await adjusted();
    await typed("contact 122 --mode visit --on 2021-04-15");
    const store = await openStore(db, { clock: { now: () => noon - dayMs }, ids: countingIds() });
    const [first, ...others] = await store.readStream(null);
    const data = { from: to, since: 1, reason: "误设", approvedBy: "办公室主任" };
    const type = "ClockAdjusted";
    await store.append({
      commandId: "by-hand",
      requestHash: "00".repeat(32),
      actor: { id: "clerk" },
      streams: [
        {
          stream: null,
          expectedVersion: others.length + 1,
          rulebookHash: first?.rulebookHash ?? "",
          events: [{ type, dataVersion: 1, on: "2021-12-30", data, from: null, to: null }],
        },
      ],
    });
    await store.close();
    const place = join(folder, "log");
    expect((await typed(`audit export ${place}`)).exitCode).toBe(0);
    for (const verify of ["audit verify", `audit verify ${place}`]) {
      const told = await typed(`${verify} --json`);
      expect(told.exitCode).toBe(6);
      expect(errorOf(told).data).toMatchObject({ fault: "ILLEGAL", position: 5 });
    }
  });

  it("by audit alarms, with its days, and by the register of late entries, which is no shorter", async () => {
    const { typed } = await adjusted();
    expect((await typed("audit alarms --lang zh")).out).toContain("（365 天），涉及第 0 至第 2 条");
    const zh = await typed("audit late --lang zh");
    expect(zh.out).toContain("(#3)");
    expect(zh.err).toContain(`第 3 条记录由两人将记录时间由 ${from} 退回 ${to}：时钟如未曾超前`);
    const none = await typed("audit late --year 2020 --lang en");
    expect(none.err).toMatch(/^At position 3 two persons .*\nNothing was recorded late\.\n$/);
    const json = JSON.parse((await typed("audit late --json")).out) as Record<string, unknown>;
    expect(json).toMatchObject({ total: 2, clockAdjustments: [{ position: 3, since: 0, from }] });
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
    "0001-01-01",
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
