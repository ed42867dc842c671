/** @module integrity.test — a log that contradicts itself is said to, and what it is compared with holds still. */
import type { AppendRequest, CommandLine } from "@wuding/engine";
import { isEngineError } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import { assign, bookWith, caseId, newBook, receive, take } from "./given.ts";

/** A casebook whose one case says that it was dispatched under a rulebook that is not there. */
const withUnknownRulebook = async () => {
  const source = await bookWith(receive());
  const [original] = await source.store.readStream(caseId);
  const made = await newBook();
  const { type, dataVersion, on, data, from, to } = original ?? ({} as never);
  const event = { type, dataVersion, on, data: { ...data, rulebook: "other@1999" }, from, to };
  const request: AppendRequest = {
    commandId: "by hand",
    requestHash: "0".repeat(64),
    actor: { id: "nobody" },
    streams: [
      {
        stream: caseId,
        expectedVersion: 0,
        rulebookHash: original?.rulebookHash ?? "",
        events: [event],
      },
    ],
  };
  await made.store.append(request);
  return made;
};

const unknownRulebook = (error: unknown): boolean =>
  isEngineError(error, "INTEGRITY") &&
  error.data.case === caseId &&
  error.data.what.en.includes("other@1999");

describe("a case under a rulebook that the log does not know 规则集缺失", () => {
  it("is neither decided nor counted under another one", async () => {
    const made = await withUnknownRulebook();
    await expect(take(made, assign())).rejects.toSatisfy(unknownRulebook);
    await expect(made.book.next(caseId)).rejects.toSatisfy(unknownRulebook);
    await expect(made.book.checkProjections()).rejects.toSatisfy(unknownRulebook);
  });

  it("is a fault that an audit reports", async () => {
    const { faults } = await (await withUnknownRulebook()).book.audit();
    expect(faults).toMatchObject({ first: { kind: "MISSING", case: caseId }, more: 0 });
  });
});

describe("an audit 核验", () => {
  it("counts every difference of the projections", async () => {
    const made = await bookWith(...Array.from({ length: 30 }, (_, n) => receive({ number: n })));
    await made.store.rebuild("none", async function* () {});
    const { count } = await made.book.checkProjections();
    expect(count).toBeGreaterThan(60);
    expect((await made.book.audit()).faults.more).toBe(count - 1);
  });

  it("finds nothing wrong while others record", async () => {
    const made = await newBook();
    const lines = function* (): Generator<CommandLine> {
      for (let line = 1; line <= 400; line += 1) yield { line, given: receive({ number: line }) };
    };
    const writing = (async () => {
      for await (const { ok } of made.book.apply(lines())) expect(ok).toBe(true);
    })();
    // the first use of each part loads it, which only happens between turns
    const first = await made.book.subscribe(0)[Symbol.asyncIterator]().next();
    expect(first.done).toBe(false);
    for (let rounds = 0; rounds < 20; rounds += 1) {
      expect((await made.book.checkProjections()).count).toBe(0);
      expect((await made.book.audit()).faults).toEqual({ first: null, more: 0 });
      expect(await made.book.replayAll()).toMatchObject({ firstFault: null });
    }
    await writing;
  });
});
