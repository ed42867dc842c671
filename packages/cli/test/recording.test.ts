/** @module recording.test — every command that records, as it is typed. */
import { commands } from "@wuding/engine";
import { openStore } from "@wuding/store";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { examples } from "../src/examples.ts";
import { errorOf, givenProgram, assigned, noon, received } from "./given-program.ts";

const contacted = "contact 122 --mode visit --participant 李楠:proposer --on 2021-05-10";

describe("what a command answers", () => {
  it("in JSON: the case, its events, its version", async () => {
    const { typed } = givenProgram();
    const ran = await typed(`${received} --json`);
    expect(ran).toMatchObject({ exitCode: 0, err: "" });
    expect(ran.out).toBe(
      '{"case":"cppcc/15-5/122","events":["CaseReceived"],"version":1,"unchanged":false}\n',
    );
  });

  it("in text: what was recorded and where the case stands; what comes next is talk", async () => {
    const { typed } = givenProgram({ LANG: "zh_CN.UTF-8" });
    await typed(received);
    const { out, err } = await typed(`${assigned} --today 2021-04-06`);
    expect(out).toMatch(
      /^已记录：cppcc\/15-5\/122 落实五定（第 2 版）。\n现状：.+；最近到期：.+ 2021-06-20。\n$/,
    );
    expect(err).toContain("距三个100%还差：");
    expect(err).toContain("contact");
  });

  it("the same case once more changes nothing, and that is said", async () => {
    const { typed } = givenProgram();
    await typed(received);
    const again = await typed(`${received} --json`);
    expect(JSON.parse(again.out)).toEqual({
      case: "cppcc/15-5/122",
      events: [],
      version: 1,
      unchanged: true,
    });
    expect((await typed(received)).out).toContain("Nothing changed");
    expect((await typed(`${received} --lang zh`)).out).toContain("没有变化");
  });

  it("the same command id records once and answers the same", async () => {
    const { typed } = givenProgram();
    await typed(received);
    const first = await typed(`${assigned} --command-id a1 --json`);
    const second = await typed(`${assigned} --command-id a1 --json`);
    expect(second).toEqual(first);
    const history = await typed("history 122 --json");
    expect((JSON.parse(history.out) as unknown[]).length).toBe(2);
  });

  it("a command id is the same whether it comes typed or in an apply file", async () => {
    const { typed, wuding } = givenProgram();
    await typed(`${received} --request 一 --request 二 --is-key`);
    await typed(`${assigned} --command-id a1`);
    const given = {
      command: "assign",
      case: "122",
      department: "规划科",
      person: "经办人甲",
      due: "2021-06-20",
      task: "书面答复",
      responsibility: "科长负总责",
      on: "2021-04-06",
      commandId: "a1",
    };
    const ran = await wuding(["apply", "-"], { stdin: `${JSON.stringify(given)}\n` });
    expect(JSON.parse(ran.out)).toMatchObject({ ok: true, events: ["CaseAssigned"], version: 2 });
  });
});

describe("options", () => {
  it("lists repeat, flags stand alone, and all of it is recorded", async () => {
    const { wuding } = givenProgram();
    const words =
      "receive --kind cppcc --session 十五届五次 --number 第7号 --proposer 李楠 --proposer 王强 " +
      "--is-key --no-is-complex --request 一 --request 二 --co-unit 财政局 --on 2021-04-02";
    const argv = [...words.split(" "), "--title", "题 目", "--text", "第一段\n第二段"];
    expect((await wuding(argv)).exitCode).toBe(0);
    const view = JSON.parse((await wuding(["show", "7", "--json"])).out) as object;
    expect(view).toMatchObject({
      case: "cppcc/15-5/7",
      title: "题 目",
      proposers: [{ name: "李楠" }, { name: "王强" }],
      isKey: true,
      isComplex: false,
      requests: ["一", "二"],
      coUnits: ["财政局"],
      dispatchedOn: "2021-04-02",
    });
  });

  it("rare characters of names are kept exactly", async () => {
    const { wuding } = givenProgram();
    const names = ["龘𠮷䶮", "葛\u{E0100}城", "\u{F900}", "阿卜杜拉·买买提"];
    await wuding([
      ...received.split(" ").filter((word) => word !== "--proposer" && word !== "李楠"),
      ...names.flatMap((name) => ["--proposer", name]),
    ]);
    const { out } = await wuding(["show", "122", "--json"]);
    expect((JSON.parse(out) as { proposers: unknown }).proposers).toEqual(
      names.map((name) => ({ name })),
    );
  });

  it("several cases in one contact are one joint meeting", async () => {
    const { typed } = givenProgram();
    for (const number of ["1", "2"]) {
      await typed(received.replace("--number 122", `--number ${number}`));
      await typed(assigned.replace("122", number));
    }
    const { out } = await typed("contact 1 2 --mode symposium --on 2021-05-10 --json");
    expect(JSON.parse(out)).toEqual({
      case: "cppcc/15-5/1",
      events: ["ContactRecorded"],
      version: 3,
      unchanged: false,
      cases: [
        { case: "cppcc/15-5/1", events: ["ContactRecorded"], version: 3 },
        { case: "cppcc/15-5/2", events: ["ContactRecorded"], version: 3 },
      ],
    });
  });

  it("answer keeps a file, by its name and hash", async () => {
    const { typed, write, wuding } = givenProgram();
    for (const line of [received, assigned, contacted]) await typed(line);
    const path = write("答复函.txt", "李楠委员：\n");
    const ran = await wuding([
      "answer",
      "122",
      "--result",
      "A",
      "--file",
      path,
      "--on",
      "2021-06-15",
    ]);
    expect(ran.exitCode).toBe(0);
    const view = JSON.parse((await typed("show 122 --json")).out) as { reply: { file: object } };
    expect(view.reply.file).toMatchObject({ name: "答复函.txt", size: 16 });
  });

  it("--as says who records, --today what today is", async () => {
    const { typed } = givenProgram();
    const line = received.replace(" --on 2021-04-02", "");
    await typed(`${line} --as 甲 --today 2021-04-03`);
    const [entry] = JSON.parse((await typed("history 122 --json")).out) as object[];
    expect(entry).toMatchObject({ actor: "甲", on: "2021-04-03" });
    expect(entry).toMatchObject({ recordedAt: "2021-12-31T12:00:00.000+08:00" });
  });

  it("--expect records when the version is the one that was seen", async () => {
    const { typed } = givenProgram();
    await typed(received);
    expect((await typed(`${assigned} --expect 1`)).exitCode).toBe(0);
    const stale = await typed(`${contacted} --expect 1 --json`);
    expect(stale.exitCode).toBe(5);
    expect(errorOf(stale).data).toMatchObject({ expectedVersion: 1, actualVersion: 2 });
  });
});

/** The case that is decided above: another form says 不满意 after it was closed. */
const dissatisfiedAfterClosing = [
  "receive --kind cppcc --session 15-5 --number 131 --title 关于数据开放的建议 --proposer 王兰 --on 2021-04-02",
  "assign 131 --department 规划科 --person 甲 --due 2021-05-20 --task 答复 --responsibility 科长 --on 2021-04-09",
  "contact 131 --mode visit --on 2021-04-20",
  "answer 131 --result B --on 2021-06-15",
  "feedback 131 --attitude satisfied --result mostly --on 2021-06-25",
  "close 131 --on 2021-07-01",
  "feedback 131 --attitude satisfied --result dissatisfied --on 2021-09-01",
  "reopen 131 --reason 提案人再次反馈 --on 2021-09-10",
];

describe("the examples of the help", () => {
  it("there is one for each command that records", () => {
    expect(Object.keys(examples).toSorted()).toEqual(Object.keys(commands).toSorted());
  });

  it("they can be pasted one after the other", async () => {
    const { typed, wuding } = givenProgram();
    const delegation = "delegate --from 丙 --to 丁 --until 2023-12-31".split(" ");
    const dayMs = 86_400_000;
    /** What is taken back lies in another place in every casebook; here it is the last event. */
    const placed = async (line: string): Promise<string> => {
      if (!line.startsWith("retract")) return line;
      const { out } = await typed("history 122 --json");
      const events = JSON.parse(out) as readonly { position: number }[];
      return line.replace(/--event \d+/, `--event ${events.at(-1)?.position}`);
    };
    const assist = examples.receive?.replace("--number 122", "--number 130 --role assist") ?? "";
    const ours = (number: string): string =>
      examples.receive?.replace("--number 122", `--number ${number} --request 一 --request 二`) ??
      "";
    for (const line of [
      assist,
      ours("140"),
      ours("141"),
      "wuding assign 130 --department 规划科 --person 甲 --due 2021-05-20 --task 会办 --responsibility 科长 --on 2021-04-09",
      ...dissatisfiedAfterClosing,
      ...Object.values(examples),
    ]) {
      // it is typed after a clock that ran ahead
      if (line.includes(" adjust-clock ")) await wuding(delegation, { now: noon + 366 * dayMs });
      const ran = await typed(await placed(line.replace("wuding ", "")));
      expect(ran, `${line}\n${ran.err}`).toMatchObject({ exitCode: 0 });
    }
  });
});

describe("the casebook", () => {
  it("is made by the first command that records, readable by its owner alone", async () => {
    const { typed, hasCasebook, db } = givenProgram();
    expect(hasCasebook()).toBe(false);
    await typed(received);
    expect(readFileSync(db).subarray(0, 15).toString()).toBe("SQLite format 3");
  });

  it("is made by the clock of the shell alone, wherever that stands", async () => {
    const { wuding } = givenProgram();
    const later = Date.parse("2099-01-01T04:00:00Z");
    expect(
      await wuding([...received.split(" "), "--today", "2098-12-31"], { now: later }),
    ).toMatchObject({
      exitCode: 0,
    });
  });

  it("init makes one, says where, and touches nothing that is there", async () => {
    const { typed, db, write } = givenProgram();
    const made = await typed("init --origin gov.example/proposals/log1 --office 市大数据局 --json");
    expect(JSON.parse(made.out)).toEqual({
      file: db,
      origin: "gov.example/proposals/log1",
      rulebook: "national@2025",
      office: "市大数据局",
    });
    await typed(received);
    const before = readFileSync(db);
    const again = await typed("init --json");
    expect(again.exitCode).toBe(5);
    expect(errorOf(again).code).toBe("CASEBOOK_EXISTS");
    expect(readFileSync(db).equals(before)).toBe(true);

    const other = write("notes.txt", "not a casebook");
    expect((await typed(`init --db ${other}`)).exitCode).toBe(5);
    expect(readFileSync(other, "utf8")).toBe("not a casebook");
  });

  it("init finishes a file that was left without its first event", async () => {
    const { typed, db } = givenProgram();
    const store = await openStore(db, {
      clock: { now: () => noon },
      ids: { next: () => "unused" },
      create: true,
    });
    await store.close();
    expect((await typed("list")).exitCode).toBe(4);
    const made = await typed("init --office 市大数据局 --json");
    expect(JSON.parse(made.out)).toMatchObject({ file: db, office: "市大数据局" });
    expect((await typed("list")).exitCode).toBe(0);
    expect((await typed("init")).exitCode).toBe(5);
  });

  it.each([
    ["--rulebook nowhere", /--rulebook.*national/],
    ["--origin a//b", /--origin must be/],
    ["--origin 有空格的名字！", /--origin must be/],
  ])("init %s is refused and makes no file", async (options, sentence) => {
    const { typed, hasCasebook } = givenProgram();
    const ran = await typed(`init ${options}`);
    expect(ran.exitCode).toBe(2);
    expect(ran.err).toMatch(sentence);
    expect(hasCasebook()).toBe(false);
  });
});
