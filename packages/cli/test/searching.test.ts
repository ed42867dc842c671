import { describe, expect, it } from "vitest";
import { command as search } from "../src/commands/search.ts";
import { command as similar } from "../src/commands/similar.ts";
import { givenProgram } from "./given-program.ts";
import { jsonOf, linyi2021, textOf } from "./given-year.ts";

type Found = Readonly<{
  words: readonly string[];
  found: readonly Readonly<{
    case: string;
    title: string;
    hits: readonly Readonly<{ word: string; in: string; excerpt: Readonly<{ text: string }> }>[];
  }>[];
}>;

const given = (...lines: readonly object[]): string =>
  lines.map((line) => JSON.stringify(line)).join("\n");

const received = (number: string, title: string, more: object = {}): object => ({
  command: "receive",
  kind: "cppcc",
  session: "15-5",
  number,
  title,
  proposers: ["李楠"],
  dispatchedOn: "2021-04-02",
  on: "2021-04-02",
  ...more,
});

const casebookOf = async (...lines: readonly object[]) => {
  const program = givenProgram();
  const { exitCode, out } = await program.wuding(["apply", "-"], { stdin: given(...lines) });
  expect({ exitCode, out }).toMatchObject({ exitCode: 0 });
  const found = async (...words: readonly string[]): Promise<Found> => {
    const ran = await program.wuding(["--json", "search", ...words]);
    expect(ran).toMatchObject({ exitCode: 0 });
    return JSON.parse(ran.out) as Found;
  };
  return {
    ...program,
    found,
    casesWith: async (...words: string[]) => (await found(...words)).found.map((one) => one.case),
  };
};

describe("search", () => {
  it("finds a word of two characters in the year's titles, and shows nobody where there is none", async () => {
    const year = await linyi2021();
    const { found } = await jsonOf<Found>(search, { positionals: ["政务"] }, year);
    expect(found.map((one) => one.case)).toContain("cppcc/15-5/122");
    for (const one of found) expect(one.hits).toHaveLength(1);
    const none = await jsonOf<Found>(search, { positionals: ["核电站"] }, year);
    expect(none.found).toEqual([]);
  });

  it("finds a case by its requests, its text, its reply and its promises, and says where", async () => {
    const { found } = await casebookOf(
      received("1", "关于公交的建议", { requests: ["增设夜间班次"], text: "老年人出行不便" }),
      {
        command: "assign",
        case: "1",
        department: "规划科",
        person: "甲",
        due: "2021-06-20",
        task: "答复",
        responsibility: "负总责",
        on: "2021-04-06",
      },
      { command: "contact", case: "1", mode: "visit", on: "2021-04-08" },
      {
        command: "answer",
        case: "1",
        result: "A",
        text: "已开通三条夜班线路",
        commitments: ["年底前增加候车亭@2021-12-31"],
        on: "2021-05-08",
      },
    );
    const placeOf = async (word: string): Promise<unknown> =>
      (await found(word)).found[0]?.hits[0]?.in;
    expect(await placeOf("夜间班次")).toBe("request");
    expect(await placeOf("老年人")).toBe("text");
    expect(await placeOf("夜班线路")).toBe("reply");
    expect(await placeOf("候车亭")).toBe("commitment");
    expect(await placeOf("公交")).toBe("title");
  });

  it("wants every word, in whatever width and case it was written", async () => {
    const { casesWith } = await casebookOf(
      received("1", "关于５Ｇ基站建设的建议"),
      received("2", "关于5g应用推广的建议"),
      received("3", "关于基站选址的建议"),
    );
    expect(await casesWith("5G")).toEqual(["cppcc/15-5/1", "cppcc/15-5/2"]);
    expect(await casesWith("５ｇ", "基站")).toEqual(["cppcc/15-5/1"]);
    expect(await casesWith("基站、选址")).toEqual(["cppcc/15-5/3"]);
    expect(await casesWith("100%")).toEqual([]);
  });

  it("knows titles as they were corrected, and nothing that only the log's own words say", async () => {
    const { typed, casesWith } = await casebookOf(received("1", "关于公交线路的建议"));
    expect((await typed("amend 1 title=关于地铁线路的建议 --reason 抄错")).exitCode).toBe(0);
    expect(await casesWith("地铁")).toEqual(["cppcc/15-5/1"]);
    expect(await casesWith("公交")).toEqual([]);
    expect(await casesWith("CaseReceived")).toEqual([]);
  });

  it("shows what stands around a word, and refuses a question without one", async () => {
    const { typed, wuding } = await casebookOf(
      received("1", "关于公交的建议", { requests: ["增设夜间班次"] }),
    );
    expect((await typed("search 夜间")).out).toBe(
      "cppcc/15-5/1  关于公交的建议  2021  received\n  request: 增设夜间班次\n",
    );
    expect((await wuding(["search", " ， "])).exitCode).toBe(2);
    expect((await typed("search 高铁")).err).toContain("No case mentions");
  });
});

describe("similar", () => {
  it("names the likely duplicates with what was answered, the most similar first", async () => {
    const { wuding } = await casebookOf(
      received("1", "关于加快老旧小区加装电梯的建议"),
      received("2", "关于推进老旧小区加装电梯工作的建议"),
      received("3", "关于完善社区养老服务的建议"),
      received("4", "关于发展乡村旅游的建议"),
      received("5", "关于小区电动车充电的建议"),
    );
    const ran = await wuding(["--json", "similar", "1"]);
    const { similar: found } = JSON.parse(ran.out) as {
      similar: { case: string; similarity: number; result: string | null }[];
    };
    expect(found[0]).toMatchObject({ case: "cppcc/15-5/2", result: null });
    expect(found[0]?.similarity).toBeGreaterThan(0.5);
    expect(found.map((one) => one.case)).not.toContain("cppcc/15-5/4");
  });

  it("compares requests where titles differ", async () => {
    const requests = ["在每个街道建立社区食堂，为七十岁以上老人提供助餐"];
    const { wuding } = await casebookOf(
      received("1", "关于助餐服务的建议", { requests }),
      received("2", "关于完善养老助餐的建议", { requests }),
    );
    const ran = await wuding(["--json", "similar", "1"]);
    expect(ran.out).toContain("cppcc/15-5/2");
  });

  it("says so where nothing looks alike, and knows no case that is not there", async () => {
    const year = await linyi2021();
    const text = await textOf(similar, { positionals: ["122"] }, year);
    expect(text).not.toContain("cppcc/15-5/122");
    const { wuding } = await casebookOf(received("1", "关于公交的建议"));
    expect((await wuding(["similar", "1"])).err).toContain("No case looks alike");
    expect((await wuding(["similar", "9"])).exitCode).toBe(4);
    expect((await wuding(["similar", "1", "--limit", "0"])).exitCode).toBe(2);
  });
});
