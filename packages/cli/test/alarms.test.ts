/** @module alarms.test — `audit alarms` as it is typed and read. */
import { expect, it } from "vitest";
import { assigned, givenProgram, received } from "./given-program.ts";

type Told = Readonly<{
  cases: number;
  total: number;
  alarms: readonly Readonly<{
    id: string;
    label: string;
    findings: readonly Readonly<Record<string, unknown>>[];
  }>[];
}>;

/** A case that was answered and rated, ten entries of which were written down at the end of the year. */
const givenRated = async () => {
  const program = givenProgram();
  const { typed } = program;
  await typed(received);
  await typed(assigned);
  for (const day of [10, 11, 12, 13, 14, 15]) {
    await typed(`contact 122 --mode visit --on 2021-04-${day}`);
  }
  await typed("answer 122 --result A --on 2021-06-30");
  await typed(
    "feedback 122 --attitude satisfied --result satisfied --entered-on-behalf --on 2021-06-30",
  );
  return program;
};

it("audit alarms asks its questions in Chinese and in English, and says that they are questions", async () => {
  const { typed } = await givenRated();
  const zh = await typed("audit alarms --lang zh");
  expect(zh.exitCode).toBe(0);
  expect(zh.out).toMatch(/^查看 1 件，有 3 处需要核对；预警是提问，不是结论。\n/);
  expect(zh.out).toContain("集中补录");
  expect(zh.out).toContain("clerk 于 2021-12-31 补录 10 条，此为第一条");
  expect(zh.out).toContain("条件：同一人同一日录入不少于 10 条 30 日以前的事项");
  const en = await typed("audit alarms --lang en");
  expect(en.out).toContain("1 case was looked at; 3 places to see.");
  expect(en.out).toContain("entered on behalf by clerk");
  expect(en.out).not.toContain("contact waived in many cases");
});

it("audit alarms --json gives every alarm, with and without findings", async () => {
  const { typed } = await givenRated();
  const { cases, total, alarms } = JSON.parse(
    (await typed("audit alarms --json --lang en")).out,
  ) as Told;
  expect([cases, total]).toEqual([1, 3]);
  const found = Object.fromEntries(alarms.map(({ id, findings }) => [id, findings.length]));
  expect(found).toMatchObject({
    "own-rating": 1,
    "rating-on-reply-day": 1,
    "late-burst": 1,
    "ratings-on-last-day": 0,
    "many-waivers": 0,
  });
  expect(alarms.find(({ id }) => id === "late-burst")?.findings).toEqual([
    {
      case: "cppcc/15-5/122",
      position: 1,
      on: "2021-04-02",
      recordedAt: "2021-12-31T12:00:00.000+08:00",
      what: "10 recorded by clerk on 2021-12-31, this one first",
      entries: 10,
    },
  ]);
});

it("audit alarms looks only at the cases of its scope", async () => {
  const { typed } = await givenRated();
  expect((await typed("audit alarms --year 2020 --lang zh")).out).toBe(
    "查看 0 件，没有需要核对之处。\n",
  );
  expect((await typed("audit alarms --year 2021 --lang en")).out).toContain("1 case was");
});
