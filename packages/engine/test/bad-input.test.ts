/** @module bad-input.test — what people and programs get wrong; each is refused and records nothing. */
import type { InputProblem } from "@wuding/engine";
import { dateProblem, describeProblems, invalidInput, readCommand } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import type { Given, Step } from "./given.ts";
import {
  amend,
  answer,
  assign,
  bookWith,
  caseId,
  contact,
  five,
  given,
  handled,
  receive,
  refusalOf,
  take,
  today,
  withdraw,
} from "./given.ts";

const contacted: readonly Step[] = [receive(), assign(), contact()];

const problem = (field: string, kind: string, more: object = {}) => ({
  problems: [{ field, kind, ...more }],
});

describe("dates 日期", () => {
  it.each(["2021-02-30", "2021-02-29", "2008-09-31", "2021-13-01", "2021-00-10", "0000-01-01"])(
    "%s does not exist and is refused by name",
    async (on) => {
      const data = problem("on", "impossibleDate", { value: on });
      await given(receive()).when(assign({ on })).thenRefused("INVALID_INPUT", data);
      await given(receive())
        .when(assign({ due: on }))
        .thenRefused("INVALID_INPUT", problem("due", "impossibleDate"));
      await given()
        .when(receive({ dispatchedOn: on }))
        .thenRefused("INVALID_INPUT", problem("dispatchedOn", "impossibleDate"));
    },
  );

  it.each(["0001-01-01", "0096-02-29", "0099-12-31"])(
    "%s exists, and is told how far back dates go",
    async (on) => {
      const data = problem("on", "outOfRange", { value: on });
      await given(receive()).when(assign({ on })).thenRefused("INVALID_INPUT", data);
      expect(describeProblems([{ field: "on", ...dateProblem(on) }])).toEqual({
        zh: `on 的值 ${on} 超出范围（可用日期自 0100-01-01 起）`,
        en: `on: ${on} is out of range (dates can be recorded from 0100-01-01 on)`,
      });
    },
  );

  it.each(["0001-02-30", "0097-02-29", "0000-02-29"])("%s never was", async (on) => {
    const data = problem("on", "impossibleDate", { value: on });
    await given(receive()).when(assign({ on })).thenRefused("INVALID_INPUT", data);
  });

  it.each(["2021-4-6", "20210406", "6/4/2021", "2021年4月6日", "昨天", "2021-04-06T25:00+08:00"])(
    "%s is no date",
    (on) =>
      given(receive()).when(assign({ on })).thenRefused("INVALID_INPUT", problem("on", "notADate")),
  );

  it.each([
    "2021-04-06T10:00",
    "2021-02-30T10:00+08:00",
    "2021-04-06 10:00+08:00",
    "2021-04-06T10:00+15:00",
    "2021-04-06T10:00:61+08:00",
    "9999-12-31T23:59-14:00",
    "0001-01-01T00:00+14:00",
  ])("%s is no instant with an offset", (on) =>
    given(...contacted)
      .when(contact({ on }))
      .thenRefused("INVALID_INPUT", {
        problems: [{ field: "on" }],
      }),
  );

  it.each([20210406, null, true, {}, ["2021-04-06"]])("%j is no due date", (due) =>
    given(receive())
      .when(assign({ due }))
      .thenRefused(due === null ? "INCOMPLETE_ASSIGNMENT" : "INVALID_INPUT"),
  );

  it("a fact is never dated in the future", async () => {
    await given(...contacted)
      .when(answer({ on: "2022-01-01" }))
      .thenRefused("INVALID_INPUT", problem("on", "future", { value: "2022-01-01", today }));
    await given()
      .when(receive({ on: "2999-01-01" }))
      .thenRefused("INVALID_INPUT");
    await given()
      .when(receive({ dispatchedOn: "2022-01-01" }))
      .thenRefused("INVALID_INPUT", { problems: [{ field: "dispatchedOn", kind: "future" }] });
  });

  it("an instant is in the future when its day in Asia/Shanghai is", async () => {
    const on = "2021-12-31T16:00Z";
    await given(...contacted)
      .when(contact({ on }))
      .thenRefused("INVALID_INPUT", problem("on", "future"));
    await given(...contacted)
      .when(contact({ on: "2021-12-31T11:59+08:00" }))
      .then("ContactRecorded");
  });

  it("today is what the caller says, and the clock's day in Asia/Shanghai otherwise", async () => {
    const { book, store, clock } = await bookWith(receive());
    const early = () => book.executeGiven(assign(), { today: "2021-04-05" });
    await refusalOf(
      store,
      early,
      "INVALID_INPUT",
      problem("on", "future", { today: "2021-04-05" }),
    );
    // still the 31st in Greenwich, but already the 1st in Shanghai
    clock.set("2021-12-31T16:30:00.000Z");
    await book.executeGiven(assign({ on: "2022-01-01", due: "2022-01-01" }));
    expect((await book.show(caseId)).status).toBe("assigned");
  });

  it("without a date a fact is of today", async () => {
    const { book } = await bookWith(receive());
    await book.executeGiven(assign({ on: undefined, due: today }));
    expect((await book.history(caseId)).at(-1)?.on).toBe(today);
  });
});

describe("case names 件名", () => {
  const twoSessions = [
    receive(),
    receive({ session: "15-4" }),
    receive({ number: "123" }),
    receive({ kind: "npc", session: "18-4", number: "9" }),
  ];

  it.each(["cppcc/15-5/9", "9999", "15-6/122", "hotline/2021/57"])(
    "%s is not there",
    async (name) => {
      const made = await bookWith(...twoSessions);
      await refusalOf(made.store, () => take(made, assign({ case: name })), "NOT_FOUND", {
        what: "case",
      });
    },
  );

  it.each(["/", "//", "a/b/c/d", "cppcc/15-5/", "cppcc//122", " ", "122 or 1=1", "%", "_", "12_"])(
    "%j can be no case's name",
    async (name) => {
      const made = await bookWith(...twoSessions);
      await refusalOf(made.store, () => take(made, withdraw({ case: name })), "NOT_FOUND");
      await refusalOf(made.store, () => made.book.show(name), "NOT_FOUND");
    },
  );

  it("a short form that fits several cases names them all", async () => {
    const made = await bookWith(...twoSessions);
    const candidates = ["cppcc/15-4/122", "cppcc/15-5/122"];
    const data = { given: "122", candidates };
    await refusalOf(made.store, () => take(made, assign({ case: "122" })), "AMBIGUOUS_CASE", data);
    await refusalOf(made.store, () => made.book.show("122"), "AMBIGUOUS_CASE", data);
  });

  it.each([
    ["15-5/122", caseId],
    ["十五届五次/第122号", caseId],
    ["第123号", "cppcc/15-5/123"],
    ["9", "npc/18-4/9"],
    ["cppcc/十五届五次/122", caseId],
  ])("%s fits one case", async (short, full) => {
    const { book } = await bookWith(...twoSessions);
    expect((await book.show(short)).case).toBe(full);
  });

  it("a number does not fit the end of another number", async () => {
    const made = await bookWith(receive({ number: "1122" }));
    await refusalOf(made.store, () => made.book.show("122"), "NOT_FOUND");
  });

  it("a command about a case names it", async () => {
    const made = await bookWith(receive());
    const steps: readonly [Given, object][] = [
      [assign({ case: undefined }), problem("case", "missing")],
      [assign({ case: null }), { problems: [{ field: "case" }] }],
      [assign({ case: "" }), problem("case", "wrongType")],
      [assign({ case: 122 }), problem("case", "wrongType")],
      [assign({ case: [caseId] }), { problems: [{ field: "case" }] }],
      [assign({ cases: [caseId] }), problem("cases", "unknown")],
      [contact({ case: undefined, cases: [] }), problem("case", "missing")],
      [contact({ case: undefined, cases: caseId }), problem("cases", "wrongType")],
      [contact({ case: undefined, cases: [caseId, 7] }), problem("cases", "wrongType")],
    ];
    for (const [step, data] of steps) {
      await refusalOf(made.store, () => take(made, step), "INVALID_INPUT", data);
    }
  });

  it.each([
    ["kind", { kind: "hotline" }, "notOneOf"],
    ["session", { session: "2021" }, "malformed"],
    ["session", { session: "十五" }, "malformed"],
    ["session", { session: "0-0" }, "malformed"],
    ["number", { number: "a/b" }, "malformed"],
    ["number", { number: "../1" }, "malformed"],
    ["number", { number: 1.5 }, "wrongType"],
    ["number", { number: -1 }, "malformed"],
  ])("a new case's %s cannot be %j", (field, fields, kind) =>
    given().when(receive(fields)).thenRefused("INVALID_INPUT", problem(field, kind)),
  );
});

describe("the shape of a command 命令格式", () => {
  it.each([null, undefined, 7, "close", [], [receive()]])("%j is no command", async (step) => {
    const made = await bookWith(receive());
    await refusalOf(made.store, () => made.book.executeGiven(step), "INVALID_INPUT");
  });

  it("a mistyped command or field is named, with what was probably meant", async () => {
    await given(receive())
      .when(assign({ command: "asign" }))
      .thenRefused("INVALID_INPUT", { problems: [{ kind: "unknown", suggestion: "assign" }] });
    await given(receive())
      .when(assign({ deparment: "规划科" }))
      .thenRefused("INVALID_INPUT", problem("deparment", "unknown", { suggestion: "department" }));
    await given(receive())
      .when({ case: caseId })
      .thenRefused("INVALID_INPUT", problem("command", "missing"));
  });

  it("a field that is called a date is not called one twice, and digits stand apart from Chinese", () => {
    const sentenceOf = (wrong: InputProblem): string => invalidInput(wrong).sentence.zh;
    const field = "发生日期";
    const value = "2026-09-31";
    expect(sentenceOf({ field, kind: "impossibleDate", value })).toBe(
      "发生日期 2026-09-31 不存在。",
    );
    expect(sentenceOf({ field, kind: "future", value: "2026-09-30", today: "2026-09-01" })).toBe(
      "发生日期 2026-09-30 晚于今天（2026-09-01）。",
    );
    const days = { zh: "1 至 366 的天数", en: "a number of days from 1 to 366" };
    expect(sentenceOf({ field: "--days", kind: "malformed", expected: days })).toBe(
      "--days 应为 1 至 366 的天数。",
    );
  });

  it("what is missing is one clause, and what else is wrong follows it", () => {
    const { sentence, hint } = invalidInput(
      { field: "on", kind: "impossibleDate", value: "2021-02-30" },
      { field: "kind", kind: "missing" },
      { field: "title", kind: "missing" },
    );
    expect(sentence).toEqual({
      zh: "缺少：kind、title；on 的日期 2021-02-30 不存在。",
      en: "Missing: kind, title; on: there is no such date as 2021-02-30.",
    });
    expect(hint.zh).toBe("改正后重试；未记录任何内容。");
    expect(invalidInput({ field: "kind", kind: "missing" }).hint.zh).toBe(
      "补充后重试；未记录任何内容。",
    );
  });

  it("everything that is missing or wrong is named at once", () =>
    given()
      .when({ command: "receive", session: "15-5", on: "2021-02-30", role: "boss" })
      .thenRefused("INVALID_INPUT", {
        problems: [
          { field: "kind", kind: "missing" },
          { field: "number", kind: "missing" },
          { field: "title", kind: "missing" },
          { field: "proposers", kind: "missing" },
          { field: "role", kind: "notOneOf", value: "boss" },
          { field: "on", kind: "impossibleDate" },
        ],
      }));

  it.each([
    ["title", 7],
    ["title", ["题"]],
    ["proposers", "李楠"],
    ["proposers", [7]],
    ["proposers", []],
    ["proposers", [{ unit: "某大学" }]],
    ["proposers", [{ name: "李楠", telephone: "1" }]],
    ["isKey", "yes"],
    ["isKey", 1],
    ["requests", "建平台"],
    ["requests", ["建平台", null]],
    ["role", "SOLE"],
    ["role", ["sole"]],
    ["note", {}],
    ["commandId", 7],
    ["commandId", ""],
    ["expect", -1],
    ["expect", 0.5],
    ["expect", "1e3"],
  ])("%s cannot be %j", (field, value) =>
    given()
      .when(receive({ [field]: value }))
      .thenRefused("INVALID_INPUT", {
        problems: [{ field: expect.stringContaining(field) }],
      }),
  );

  it.each([
    ["commitments", ["没有日期"]],
    ["commitments", ["内容@2021-02-30"]],
    ["commitments", [7]],
    ["commitments", [{ text: "内容" }]],
    ["adopted", [0]],
    ["adopted", ["一"]],
    ["adopted", 1],
    ["file", "reply.pdf"],
    ["file", { name: "reply.pdf", bytes: "AAAA" }],
    ["disclosure", "open"],
    ["result", ""],
  ])("of an answer, %s cannot be %j", (field, value) =>
    given(...contacted)
      .when(answer({ [field]: value }))
      .thenRefused("INVALID_INPUT", {
        problems: [{ field: expect.stringContaining(field) }],
      }),
  );

  it("a participant's role is one of the list", () =>
    given(...contacted)
      .when(contact({ participants: [{ name: "赵局长", role: "boss" }] }))
      .thenRefused("INVALID_INPUT", problem("participants[0].role", "notOneOf")));

  it("an undefined or null field is an absent one", async () => {
    const step = receive({ block: undefined, leadUnit: null, note: undefined });
    const view = await given().when(step).then("CaseReceived");
    expect(view).toMatchObject({ block: null, leadUnit: null });
    await given(receive()).when(step).thenUnchanged();
  });
});

describe("characters 字符", () => {
  it.each([
    ["NUL", "\u0000", "U+0000"],
    ["a bell", "\u0007", "U+0007"],
    ["a terminal escape", "\u001B[31m", "U+001B"],
    ["a C1 escape", "\u009B31m", "U+009B"],
    ["a delete", "\u007F", "U+007F"],
    ["a line break", "\n", "U+000A"],
    ["a carriage return", "\r", "U+000D"],
    ["a right-to-left override", "\u202E", "U+202E"],
    ["an isolate", "\u2066", "U+2066"],
    ["a left-to-right mark", "\u200E", "U+200E"],
    ["a line separator", "\u2028", "U+2028"],
    ["a byte order mark", "\uFEFF", "U+FEFF"],
    ["a lone high surrogate", "\uD842", "U+D842"],
    ["a lone low surrogate", "\uDFB7", "U+DFB7"],
    ["a replacement character", "\uFFFD", "U+FFFD"],
    ["a noncharacter", "\uFFFF", "U+FFFF"],
    ["a tag character", "\u{E0041}", "U+E0041"],
  ])("a title with %s is refused, and the place is named", (_name, character, codePoint) =>
    given()
      .when(receive({ title: `关于𠮷${character}的建议` }))
      .thenRefused("INVALID_INPUT", problem("title", "forbiddenCharacter", { codePoint, at: 4 })),
  );

  it.each(["\u0000", "\uD800", "\u202E"])(
    "the name of a case with %j in it is refused, alone or among several",
    async (character) => {
      const name = `${caseId}${character}`;
      await given(receive())
        .when(assign({ case: name }))
        .thenRefused("INVALID_INPUT", problem("case", "forbiddenCharacter"));
      await given(receive())
        .when(contact({ case: undefined, cases: [caseId, name] }))
        .thenRefused("INVALID_INPUT", problem("cases", "forbiddenCharacter"));
    },
  );

  it("a date from which a term would run past the year 9999 is refused", () =>
    given(receive())
      .when(amend({ on: "9999-12-31" }))
      .thenRefused("INVALID_INPUT", problem("fields.on", "future", { value: "9999-12-31" })));

  it("a correction that cannot be written down is refused", async () => {
    let deep: unknown = "值";
    for (let depth = 0; depth < 20; depth++) deep = { deep };
    const cyclic: Record<string, unknown> = {};
    cyclic["title"] = cyclic;
    for (const title of [deep, cyclic, "\uD800", 10n, Number.NaN, new Date(0)]) {
      await given(receive())
        .when(amend({ title }))
        .thenRefused("INVALID_INPUT", problem("fields", "malformed"));
    }
  });

  it("they are refused in every field that holds text", async () => {
    const bad = "a\u001Bb";
    const steps: readonly Step[] = [
      receive({ proposers: [bad] }),
      receive({ proposers: [{ name: "李楠", phone: bad }] }),
      receive({ requests: ["建平台", bad] }),
      receive({ text: bad }),
      receive({ note: bad }),
      receive({ commandId: bad }),
      receive({ kind: bad }),
      receive({ number: bad }),
    ];
    for (const step of steps) {
      await given()
        .when(step)
        .thenRefused("INVALID_INPUT", {
          problems: [{ kind: "forbiddenCharacter", codePoint: "U+001B" }],
        });
    }
    await given(receive())
      .when(assign({ person: bad }))
      .thenRefused("INVALID_INPUT");
    await given(...contacted)
      .when(contact({ participants: [bad] }))
      .thenRefused("INVALID_INPUT");
    await given(...contacted)
      .when(answer({ contactPhone: bad }))
      .thenRefused("INVALID_INPUT");
    await given(...contacted)
      .when(answer({ text: "两行\n可以\t的\u202E" }))
      .thenRefused("INVALID_INPUT");
  });

  it("line breaks and tabs stay in free text", async () => {
    const text = "一、现状\n\t二、打算\n";
    const view = await given(...contacted)
      .when(answer({ text }))
      .then("ReplyDelivered");
    expect(view.reply?.text).toBe(text);
  });

  it.each([
    ["U+20BB7", "𠮷野"],
    ["U+2F81A, a compatibility ideograph", "\u{2F81A}"],
    ["U+F900, which normalising would change", "\uF900"],
    ["a variation selector", "葛\uFE00"],
    ["an ideographic variation", "葛\u{E0100}城"],
    ["a private-use character", "\uE000"],
    ["a middle dot", "买买提·艾力"],
    ["a combining accent, unnormalised", "e\u0301"],
    ["surrounding blanks", " 李 楠 "],
  ])("a name with %s is kept exactly", async (_what, name) => {
    const steps = [
      receive({ proposers: [name], title: name, block: name }),
      assign({ person: name, department: name }),
      contact({ participants: [`${name}:proposer`] }),
      answer({ contactPerson: name }),
    ];
    const { book, store } = await bookWith(...steps);
    const view = await book.show(caseId);
    expect(view).toMatchObject({
      title: name,
      proposers: [{ name }],
      reply: { contactPerson: name },
    });
    expect(view.contacts[0]?.participants).toEqual([{ name, role: "proposer" }]);
    expect((await book.list())[0]).toMatchObject({ person: name, department: name });
    const feedbackStep = { ...handled[4], proposer: name };
    await book.executeGiven(feedbackStep);
    const { groups } = await book.rates({ by: "block" });
    expect(groups?.map(({ key }) => key)).toEqual([name]);
    expect((await store.readStream(caseId)).length).toBe(5);
    expect((await book.audit()).faults.first).toBeNull();
  });
});

describe("prototype names 原型名", () => {
  const names = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf"];

  it.each(names)("%s is no command, field, kind, word or case", async (name) => {
    const own = (value: unknown): Given =>
      JSON.parse(`{${JSON.stringify(name)}:${JSON.stringify(value)}}`);
    const made = await bookWith(receive());
    const steps: readonly Given[] = [
      receive({ command: name }),
      receive({ kind: name }),
      receive({ number: "1", role: name }),
      contact({ mode: name }),
    ];
    for (const step of steps) {
      await refusalOf(made.store, () => take(made, step), "INVALID_INPUT");
    }
    const withField = Object.defineProperties(
      own({ x: 1 }),
      Object.getOwnPropertyDescriptors(assign()),
    );
    await refusalOf(
      made.store,
      () => take(made, withField),
      "INVALID_INPUT",
      problem(name, "unknown"),
    );
    await refusalOf(made.store, () => take(made, assign({ case: name })), "NOT_FOUND");
    const proposer = Object.defineProperties(own("x"), {
      name: { value: "李楠", enumerable: true },
    });
    const nested = receive({ number: "2", proposers: [proposer] });
    await refusalOf(made.store, () => take(made, nested), "INVALID_INPUT");
    expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
  });

  it.each(names)(
    "%s is an ordinary name of people, departments, themes and commands",
    async (name) => {
      const { book } = await bookWith(
        receive({ proposers: [name, "王兰"], block: name, commandId: name, requests: [name] }),
        assign({ department: name, person: name }),
        contact({ participants: [name] }),
        answer({ commitments: [`${name}@2021-07-01`], contactPerson: name }),
      );
      await book.executeGiven({ ...handled[4], proposer: name });
      const view = await book.show(caseId);
      expect(view.proposers.map((one) => one.name)).toEqual([name, "王兰"]);
      expect(view.contacts[0]?.participants).toEqual([{ name, role: "proposer" }]);
      const { groups } = await book.rates({ by: "department" });
      expect(groups?.map(({ key }) => key)).toEqual([name]);
      expect((await book.list({ scope: { block: name } })).length).toBe(1);
      expect((await book.annual(2021)).themes).toEqual([{ name, cases: 1 }]);
      expect((await book.checkProjections()).count).toBe(0);
      const repeated = receive({
        proposers: [name, "王兰"],
        block: name,
        commandId: name,
        requests: [name],
      });
      expect(await book.executeGiven(repeated)).toMatchObject({ version: 1, unchanged: false });
    },
  );
});

describe("too long 过长", () => {
  it("a line has at most 500 characters, a text at most 20,000, a list at most 1,000 items", async () => {
    await given()
      .when(receive({ title: "题".repeat(500) }))
      .thenStatus("received");
    await given()
      .when(receive({ title: "题".repeat(501) }))
      .thenRefused("INVALID_INPUT", problem("title", "tooLong", { max: 500 }));
    await given()
      .when(receive({ text: "文".repeat(20_000) }))
      .thenStatus("received");
    await given()
      .when(receive({ text: "文".repeat(20_001) }))
      .thenRefused("INVALID_INPUT", problem("text", "tooLong", { max: 20_000 }));
    await given()
      .when(receive({ requests: Array.from({ length: 1001 }, () => "求") }))
      .thenRefused("INVALID_INPUT", problem("requests", "tooLong", { max: 1000 }));
    await given()
      .when(receive({ requests: ["求", "求".repeat(501)] }))
      .thenRefused("INVALID_INPUT", problem("requests[1]", "tooLong"));
  });

  it("what one event cannot hold is refused", () =>
    given()
      .when(
        receive({
          text: "文".repeat(20_000),
          requests: Array.from({ length: 9 }, () => "求".repeat(400)),
        }),
      )
      .thenRefused("INVALID_INPUT", problem("data", "tooLarge", { max: 65_535 })));

  it("the answer to a very long command name stays short", () => {
    const refusal = () => readCommand({ command: "x".repeat(100_000) }, today);
    expect(refusal).toThrow(/^.{0,120}$/);
  });
});

describe("stale versions 版本", () => {
  it("a case that has moved is not changed under --expect", async () => {
    await given(receive(), assign())
      .when(contact({ expect: 1 }))
      .thenRefused("VERSION_CONFLICT", {
        stream: caseId,
        expectedVersion: 1,
        actualVersion: 2,
      });
    await given(receive(), assign())
      .when(contact({ expect: 2 }))
      .then("ContactRecorded");
  });

  it("expecting comes before the lifecycle and the rules", async () => {
    await given(receive())
      .when(answer({ expect: 7 }))
      .thenRefused("VERSION_CONFLICT");
    await given(receive(), assign())
      .when(answer({ expect: 1 }))
      .thenRefused("VERSION_CONFLICT");
    await given(receive())
      .when(assign({ task: undefined, expect: 3 }))
      .thenRefused("VERSION_CONFLICT");
  });

  it("usage comes before expecting", () =>
    given(receive())
      .when(assign({ on: "2021-02-30", expect: 7 }))
      .thenRefused("INVALID_INPUT"));

  it("a new case is at version 0", async () => {
    await given()
      .when(receive({ expect: 0 }))
      .then("CaseReceived");
    await given()
      .when(receive({ expect: 1 }))
      .thenRefused("VERSION_CONFLICT", { actualVersion: 0 });
    await given(receive())
      .when(receive({ expect: 0 }))
      .thenRefused("VERSION_CONFLICT");
  });
});

describe("an ordinary refusal 拒绝", () => {
  it("names the five in the command's own words", () => {
    const step = assign({ ...five, due: "soon" });
    expect(() => readCommand(step, today)).toThrow(/due.*soon.*YYYY-MM-DD/);
  });
});
