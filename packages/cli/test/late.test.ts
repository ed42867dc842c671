/** @module late.test — `audit late` as it is typed and read. */
import { expect, it } from "vitest";
import { county } from "./given-rules.ts";
import { assigned, errorOf, givenProgram, received } from "./given-program.ts";

it("audit late prints the register with its totals, and as JSON", async () => {
  const { typed } = givenProgram();
  await typed(received);
  await typed(assigned);
  const json = JSON.parse((await typed("audit late --json")).out) as {
    late: readonly Readonly<Record<string, unknown>>[];
    total: number;
  };
  expect(json.total).toBe(2);
  expect(json.late[1]).toEqual({
    position: 2,
    case: "cppcc/15-5/122",
    type: "CaseAssigned",
    on: "2021-04-06",
    recordedAt: "2021-12-31T12:00:00.000+08:00",
    days: 269,
    workingDays: 187,
    actor: "clerk",
    reason: null,
    approvedBy: null,
    clockAdjustedAt: null,
  });
  const zh = await typed("audit late --over 187 --lang zh");
  expect(zh.exitCode).toBe(0);
  expect(zh.out).toContain("接收交办");
  expect(zh.out).not.toContain("落实五定");
  expect(zh.err).toBe("共补录 1 条，涉及 1 件，最迟 188 个工作日。\n");
  const en = await typed("audit late --lang en");
  expect(en.err).toBe("Recorded late: 2, in 1 case; at most 188 working days late.\n");
  expect((await typed("audit late --year 2020")).err).toBe("Nothing was recorded late.\n");
});

it("a number of working days is a number", async () => {
  const { typed } = givenProgram();
  await typed(received);
  const ran = await typed("audit late --over soon --json");
  expect(ran.exitCode).toBe(2);
  expect(errorOf(ran).data).toMatchObject({ problems: [{ field: "--over" }] });
});

it("limits of an office's own rulebook are shown, told in a refusal and met by two options", async () => {
  const { typed, wuding, write } = givenProgram();
  const lateEntry = [
    {
      events: ["CaseAssigned"],
      reasonAfter: 1,
      approverAfter: 5,
      source: { title: { zh: "某县补录办法", en: "the county's rules" } },
      confidence: "document",
    },
  ];
  const file = write("county.json", JSON.stringify(county({ lateEntry })));
  expect((await typed(`rulebook check ${file}`)).exitCode).toBe(0);
  await typed(received);
  await typed(`rulebook adopt ${file}`);
  const page = await typed("rulebook show county --lang zh");
  expect(page.out).toContain("补录限度");
  expect(page.out).toMatch(/落实五定 +全部 +> 1 +> 5 +\S+ +“?某县补录办法/);
  await typed(received.replace("122", "123"));
  const assign = assigned.replace("122", "123");
  const refused = await typed(`${assign} --json --today 2021-04-07`);
  expect(refused.exitCode).toBe(3);
  expect(errorOf(refused).data).toMatchObject({ rule: "lateReasonGiven" });
  expect(errorOf(refused).hint).toContain("--late-reason");
  const reasoned = `${assign} --late-reason 系统未上线`;
  const alone = await typed(`${reasoned} --late-approved-by clerk --json`);
  expect(errorOf(alone).data).toMatchObject({ rule: "lateApproved" });
  const met = await wuding(`${reasoned} --late-approved-by 主任`.split(" "));
  expect(met.exitCode).toBe(0);
  expect((await typed("audit late --lang zh")).out).toMatch(/系统未上线 +主任/);
  expect((await typed("audit verify --json")).exitCode).toBe(0);
});
