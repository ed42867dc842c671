/** @module apply.test — many commands in a row: answered in order, each for itself or all together. */
import type { CommandLine, LineAnswer } from "@wuding/engine";
import { EngineError } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import type { Book, Given } from "./given.ts";
import {
  answer,
  assign,
  bookWith,
  caseId,
  contact,
  contentOf,
  feedback,
  newBook,
  receive,
  take,
  typesOf,
  withdraw,
} from "./given.ts";

const linesOf = (...commands: readonly Given[]): CommandLine[] =>
  commands.map((given, index) => ({ line: index + 1, given }));

const applyTo = async (
  { book }: Book,
  lines: AsyncIterable<CommandLine> | Iterable<CommandLine>,
): Promise<LineAnswer[]> => {
  const answers: LineAnswer[] = [];
  for await (const one of book.apply(lines)) answers.push(one);
  return answers;
};

const short = (answers: readonly LineAnswer[]) =>
  answers.map((one) => [
    one.line,
    one.ok ? one.recorded.events.join("+") || "unchanged" : one.refusal.code,
  ]);

const unreadable: CommandLine = {
  line: 3,
  refusal: new EngineError("USAGE", { problem: { zh: "不是 JSON", en: "not JSON" } }),
};

describe("applying lines 批量执行", () => {
  it("a case goes its whole way in one batch, each line deciding on the one before", async () => {
    const made = await newBook();
    const lines = linesOf(
      receive(),
      assign(),
      contact(),
      answer(),
      feedback({ result: "dissatisfied" }),
    );
    expect(short(await applyTo(made, lines))).toEqual([
      [1, "CaseReceived"],
      [2, "CaseAssigned"],
      [3, "ContactRecorded"],
      [4, "ReplyDelivered"],
      [5, "FeedbackReceived+RehandlingOrdered"],
    ]);
    expect(await made.book.checkProjections()).toMatchObject({ count: 0 });
    expect((await made.book.audit()).faults.first).toBeNull();
  });

  it("records what can be recorded and answers every line in order", async () => {
    const made = await newBook();
    const lines = [
      ...linesOf(receive(), answer()),
      unreadable,
      { line: 4, given: assign({ on: "2021-02-30" }) },
      { line: 5, given: assign() },
      { line: 6, given: null },
      { line: 7, given: receive() },
      { line: 8, given: receive({ title: "另一件" }) },
      { line: 9, given: contact() },
      { line: 10, given: withdraw({ case: "999" }) },
    ];
    expect(short(await applyTo(made, lines))).toEqual([
      [1, "CaseReceived"],
      [2, "RULE_REFUSED"],
      [3, "USAGE"],
      [4, "INVALID_INPUT"],
      [5, "CaseAssigned"],
      [6, "INVALID_INPUT"],
      [7, "unchanged"],
      [8, "DUPLICATE_CASE"],
      [9, "ContactRecorded"],
      [10, "NOT_FOUND"],
    ]);
    expect(await typesOf(made.store)).toEqual(["CaseReceived", "CaseAssigned", "ContactRecorded"]);
  });

  it("records the same as one command after the other", async () => {
    const commands = Array.from({ length: 30 }, (_, n) => {
      const id = { case: `cppcc/15-5/${n}` };
      return [receive({ number: n }), assign(id), contact(id), answer(id), feedback(id)];
    }).flat();
    const together = await newBook();
    await applyTo(together, linesOf(...commands));
    const alone = await newBook();
    for (const command of commands) await take(alone, command);
    const bodies = async ({ store }: Book) =>
      (await store.readAll({ limit: 1000 })).map(({ stream, type, on, data, from, to }) => ({
        stream,
        type,
        on,
        data,
        from,
        to,
      }));
    expect(await bodies(together)).toEqual(await bodies(alone));
    expect(await together.book.rates()).toEqual(await alone.book.rates());
  });

  it("more lines than share one write", async () => {
    const made = await newBook();
    const commands = Array.from({ length: 450 }, (_, n) => receive({ number: n }));
    const answers = await applyTo(made, linesOf(...commands, assign({ case: "cppcc/15-5/449" })));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(answers.map(({ line }) => line)).toEqual(Array.from({ length: 451 }, (_, n) => n + 1));
    expect((await made.book.list()).length).toBe(450);
  });

  it("reads no further ahead than it answers, so that a million lines stream through", async () => {
    const made = await newBook();
    let read = 0;
    const endless = function* (): Generator<CommandLine> {
      for (;;) {
        read += 1;
        yield { line: read, given: receive({ number: read }) };
      }
    };
    let answered = 0;
    for await (const one of made.book.apply(endless())) {
      expect(one.ok).toBe(true);
      answered += 1;
      expect(read - answered).toBeLessThan(1000);
      if (answered === 1500) break;
    }
  });

  it("a short name may stand for a case of an earlier line", async () => {
    const made = await newBook();
    const answers = await applyTo(
      made,
      linesOf(receive(), assign({ case: "122" }), contact({ case: "15-5/122" })),
    );
    expect(answers.every(({ ok }) => ok)).toBe(true);
  });

  it("a short name that fits a recorded case and one of an earlier line is ambiguous", async () => {
    const made = await bookWith(receive({ session: "15-4" }));
    const lines = linesOf(receive(), assign({ case: "122" }), assign({ case: "15-5/122" }));
    const answers = await applyTo(made, lines);
    expect(short(answers)).toEqual([
      [1, "CaseReceived"],
      [2, "AMBIGUOUS_CASE"],
      [3, "CaseAssigned"],
    ]);
    expect(await typesOf(made.store, "cppcc/15-4/122")).toEqual(["CaseReceived"]);
  });

  it("the same case twice is unchanged only while its sealed phone is the same", async () => {
    const made = await newBook();
    const calling = (phone: string) => receive({ proposers: [{ name: "李楠", phone }] });
    const lines = linesOf(calling("0539-1"), calling("0539-1"), calling("0539-2"));
    expect(short(await applyTo(made, lines))).toEqual([
      [1, "CaseReceived"],
      [2, "unchanged"],
      [3, "DUPLICATE_CASE"],
    ]);
    expect(short(await made.book.applyAtomically(linesOf(calling("0539-1"))))).toEqual([
      [1, "unchanged"],
    ]);
  });

  it("documents make a batch full before they fill the memory", async () => {
    const numbers = [1, 2, 3, 4, 5, 6];
    const made = await bookWith(
      ...numbers.flatMap((number) => {
        const id = { case: `cppcc/15-5/${number}` };
        return [receive({ number }), assign(id), contact(id)];
      }),
    );
    let pulled = 0;
    const lines = function* (): Generator<CommandLine> {
      for (const line of numbers) {
        pulled = line;
        const file = { name: "答复.pdf", bytes: new Uint8Array(9 * 1024 * 1024).fill(line) };
        yield { line, given: answer({ case: `cppcc/15-5/${line}`, file }) };
      }
    };
    let ahead = 0;
    for await (const { line, ok } of made.book.apply(lines())) {
      expect(ok).toBe(true);
      ahead = Math.max(ahead, pulled - line);
    }
    expect(ahead).toBe(1);
  });

  it("a stale expectation is refused although the line before it was fine", async () => {
    const made = await newBook();
    const lines = linesOf(
      receive(),
      assign({ expect: 1 }),
      contact({ expect: 1 }),
      contact({ expect: 2 }),
    );
    expect(short(await applyTo(made, lines))).toEqual([
      [1, "CaseReceived"],
      [2, "CaseAssigned"],
      [3, "VERSION_CONFLICT"],
      [4, "ContactRecorded"],
    ]);
  });

  it("a command id twice records once and answers the same; with another body it is refused", async () => {
    const made = await newBook();
    const lines = linesOf(
      receive({ commandId: "c1" }),
      receive({ commandId: "c1" }),
      assign({ commandId: "c2" }),
      assign({ commandId: "c2" }),
      contact({ commandId: "c2" }),
      contact({ commandId: "c3" }),
    );
    const answers = await applyTo(made, lines);
    expect(short(answers)).toEqual([
      [1, "CaseReceived"],
      [2, "CaseReceived"],
      [3, "CaseAssigned"],
      [4, "CaseAssigned"],
      [5, "COMMAND_ID_REUSED"],
      [6, "ContactRecorded"],
    ]);
    expect(answers[1]).toEqual({ ...answers[0], line: 2 });
    // the whole file once more
    const size = await made.store.size();
    expect(short(await applyTo(made, lines))).toEqual(short(answers));
    expect(await made.store.size()).toBe(size);
  });
});

describe("another writer in between 并发写入", () => {
  /** Lines between which somebody else records something. */
  const interrupted = async function* (
    { book }: Book,
    before: readonly Given[],
    meanwhile: Given,
    after: readonly Given[],
  ): AsyncGenerator<CommandLine> {
    yield* linesOf(...before);
    await book.executeGiven(meanwhile);
    yield* after.map((given, index) => ({ line: before.length + index + 1, given }));
  };

  it("a decision that still holds is taken anew", async () => {
    const made = await bookWith(receive(), assign());
    const lines = interrupted(made, [contact()], contact({ mode: "phone" }), [answer()]);
    expect(short(await applyTo(made, lines))).toEqual([
      [1, "ContactRecorded"],
      [2, "ReplyDelivered"],
    ]);
    expect(await typesOf(made.store)).toEqual([
      "CaseReceived",
      "CaseAssigned",
      "ContactRecorded",
      "ContactRecorded",
      "ReplyDelivered",
    ]);
  });

  it("a decision that does not hold any more is refused, and so is what stood on it", async () => {
    const made = await bookWith(receive());
    const lines = interrupted(made, [assign(), contact()], withdraw(), []);
    expect(short(await applyTo(made, lines))).toEqual([
      [1, "WRONG_STATE"],
      [2, "WRONG_STATE"],
    ]);
    expect(await typesOf(made.store)).toEqual(["CaseReceived", "CaseWithdrawn"]);
    expect((await made.book.audit()).faults.first).toBeNull();
    expect((await made.book.checkProjections()).count).toBe(0);
  });

  it("an explicit expectation is never retried", async () => {
    const made = await bookWith(receive());
    const lines = interrupted(
      made,
      [assign({ expect: 1 }), contact({ expect: 2 })],
      requestReturnFirst,
      [],
    );
    expect(short(await applyTo(made, lines))).toEqual([
      [1, "VERSION_CONFLICT"],
      [2, "RULE_REFUSED"],
    ]);
    expect((await made.book.audit()).faults.first).toBeNull();
  });

  it("two writers at once lose nothing and record nothing twice", async () => {
    const made = await bookWith(...Array.from({ length: 20 }, (_, n) => receive({ number: n })));
    const numbers = Array.from({ length: 20 }, (_, n) => `cppcc/15-5/${n}`);
    const linesFor = (mode: string) =>
      linesOf(
        ...numbers.map((id) => assign({ case: id })),
        ...numbers.map((id) => contact({ case: id, mode })),
      );
    const [one, other] = await Promise.all([
      applyTo(made, linesFor("visit")),
      applyTo(made, linesFor("phone")),
    ]);
    for (const index of numbers.keys()) {
      // each case was assigned by one of the two
      expect(one[index]?.ok).not.toBe(other[index]?.ok);
    }
    for (const id of numbers) {
      const modes = (await made.book.show(id)).contacts.map(({ mode }) => mode).toSorted();
      expect(modes).toEqual(["phone", "visit"]);
    }
    expect((await made.book.audit()).faults.first).toBeNull();
  });

  it("many callers on one case: each fact goes in once, in some order", async () => {
    const { book, store } = await bookWith(receive(), assign());
    const callers = Array.from({ length: 5 }, (_, n) =>
      book.executeGiven(contact({ summary: `第${n}次` })),
    );
    const versions = (await Promise.all(callers)).map(({ version }) => version);
    expect(new Set(versions)).toEqual(new Set([3, 4, 5, 6, 7]));
    expect((await store.readStream(caseId)).length).toBe(7);
  });
});

const requestReturnFirst: Given = {
  command: "request-return",
  case: caseId,
  reason: "不属本单位职责",
  on: "2021-04-08",
};

describe("all or nothing 全部或全不", () => {
  it("all lines go in together", async () => {
    const made = await newBook();
    const commands = Array.from({ length: 250 }, (_, n) => receive({ number: n }));
    const lines = linesOf(...commands, assign({ case: "cppcc/15-5/249" }));
    const answers = await made.book.applyAtomically(lines);
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(await made.store.size()).toBe(252);
    expect((await made.book.audit()).faults.first).toBeNull();
  });

  it("short names stand for cases of earlier lines, and are ambiguous as one by one", async () => {
    const made = await newBook();
    expect(
      short(await made.book.applyAtomically(linesOf(receive(), assign({ case: "122" })))),
    ).toEqual([
      [1, "CaseReceived"],
      [2, "CaseAssigned"],
    ]);
    const other = linesOf(receive({ session: "15-4" }), contact({ case: "122" }));
    expect(short(await made.book.applyAtomically(other))).toEqual([
      [1, "ROLLED_BACK"],
      [2, "AMBIGUOUS_CASE"],
    ]);
  });

  it("readers and subscribers see nothing of it before its end", async () => {
    const made = await newBook();
    const told: string[] = [];
    const controller = new AbortController();
    const subscription = (async () => {
      for await (const { type } of made.book.subscribe(-1, controller.signal)) told.push(type);
    })();
    const seen: number[] = [];
    const slow = async function* (): AsyncGenerator<CommandLine> {
      for (let line = 1; line <= 450; line += 1) {
        yield { line, given: receive({ number: line }) };
        if (line % 210 === 0) seen.push((await made.book.list()).length, told.length);
      }
    };
    await made.book.applyAtomically(slow());
    expect(seen).toEqual([0, 1, 0, 1]);
    expect(await made.book.list()).toHaveLength(450);
    controller.abort();
    await subscription;
  });

  it("one refusal and nothing goes in; the lines that would have gone in say whose fault it was", async () => {
    const made = await bookWith(receive({ number: 1 }));
    const before = await contentOf(made.store);
    const lines = [
      ...linesOf(receive(), assign()),
      unreadable,
      { line: 4, given: answer() },
      { line: 5, given: contact() },
    ];
    const answers = await made.book.applyAtomically(lines);
    expect(short(answers)).toEqual([
      [1, "ROLLED_BACK"],
      [2, "ROLLED_BACK"],
      [3, "USAGE"],
      [4, "RULE_REFUSED"],
      [5, "ROLLED_BACK"],
    ]);
    expect(answers[0]).toMatchObject({ refusal: { data: { failedLine: 3 } } });
    expect(await contentOf(made.store)).toEqual(before);
  });

  it("also after many lines", async () => {
    const made = await newBook();
    const before = await contentOf(made.store);
    const commands = Array.from({ length: 600 }, (_, n) => receive({ number: n }));
    const answers = await made.book.applyAtomically(
      linesOf(...commands, answer({ case: "cppcc/15-5/1" })),
    );
    expect(answers.length).toBe(601);
    expect(answers.filter(({ ok }) => ok)).toEqual([]);
    expect(answers.at(-1)).toMatchObject({ line: 601, refusal: { code: "RULE_REFUSED" } });
    expect(await contentOf(made.store)).toEqual(before);
  });

  it("a line that no event can hold is refused like any other", async () => {
    const made = await newBook();
    const before = await contentOf(made.store);
    const tooLarge = receive({
      number: 2,
      text: "文".repeat(20_000),
      requests: Array.from({ length: 9 }, () => "求".repeat(400)),
    });
    const answers = await made.book.applyAtomically(linesOf(receive(), tooLarge, assign()));
    expect(short(answers)).toEqual([
      [1, "ROLLED_BACK"],
      [2, "INVALID_INPUT"],
      [3, "ROLLED_BACK"],
    ]);
    expect(await contentOf(made.store)).toEqual(before);
    // alone, the other lines are recorded
    expect(short(await applyTo(made, linesOf(receive(), tooLarge, assign())))).toEqual([
      [1, "CaseReceived"],
      [2, "INVALID_INPUT"],
      [3, "CaseAssigned"],
    ]);
  });

  it("command ids hold within the batch and after it", async () => {
    const made = await newBook();
    const lines = linesOf(
      receive({ commandId: "c1" }),
      assign({ commandId: "c2" }),
      assign({ commandId: "c2" }),
    );
    const answers = await made.book.applyAtomically(lines);
    expect(short(answers)).toEqual([
      [1, "CaseReceived"],
      [2, "CaseAssigned"],
      [3, "CaseAssigned"],
    ]);
    const size = await made.store.size();
    expect(short(await made.book.applyAtomically(lines))).toEqual(short(answers));
    expect(await made.store.size()).toBe(size);
  });

  it("a source that breaks takes everything back", async () => {
    const made = await newBook();
    const before = await contentOf(made.store);
    const breaking = function* (): Generator<CommandLine> {
      yield* linesOf(receive());
      throw new Error("the disk is gone");
    };
    await expect(made.book.applyAtomically(breaking())).rejects.toThrow("the disk is gone");
    expect(await contentOf(made.store)).toEqual(before);
  });
});

describe("rehearsing lines 试办", () => {
  it("answers as applying would, each line on those before it, and records nothing", async () => {
    const made = await bookWith(receive());
    const before = await made.book.lastRecordedAt();
    const answers: LineAnswer[] = [];
    const lines = linesOf(receive({ number: "123" }), assign(), answer(), contact(), answer());
    for await (const one of made.book.rehearseAll([...lines, unreadable])) answers.push(one);
    expect(short(answers)).toEqual([
      [1, "CaseReceived"],
      [2, "CaseAssigned"],
      [3, "RULE_REFUSED"],
      [4, "ContactRecorded"],
      [5, "ReplyDelivered"],
      [3, "USAGE"],
    ]);
    expect(answers[4]).toMatchObject({ recorded: { version: 4 } });
    expect((await made.book.list()).map((one) => one.status)).toEqual(["received"]);
    expect(await made.book.lastRecordedAt()).toBe(before);
  });
});
