/** @module asking.test — who asks and on which day: checked for every caller, because it is recorded. */
import { createCasebook, parseCaseId } from "@wuding/engine";
import { createMemoryStore } from "@wuding/engine/memory";
import { countingIds, settableClock } from "@wuding/engine/testing";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bookWith, caseId, newBook, receive, refusalOf, take } from "./given.ts";

describe("who records 记录人", () => {
  it.each(["", " ", "甲\u001b[31m", "甲\u202e乙", "\ud800", "甲".repeat(201)])(
    "%j is nobody's name",
    async (id) => {
      const { book, store } = await newBook();
      const work = () => book.executeGiven(receive(), { actor: { id } });
      await refusalOf(store, work, "INVALID_INPUT");
    },
  );
});

describe("the day that counts as today 今天", () => {
  it("is not after the real one where something is recorded", async () => {
    const { book, store } = await newBook("2021-12-31");
    for (const today of ["2022-01-01", "2099-12-31", "abc", "2021-02-30"]) {
      const work = () => book.executeGiven(receive(), { today });
      await refusalOf(store, work, "INVALID_INPUT", { problems: [{ field: "today" }] });
    }
  });

  it("may lie ahead where something is only asked", async () => {
    const { book } = await bookWith(receive());
    expect((await book.due({ today: "2022-06-01" })).asOf).toBe("2022-06-01");
    await expect(book.due({ today: "2022-02-30" })).rejects.toMatchObject({
      code: "INVALID_INPUT",
    });
  });
});

describe("the name of a log", () => {
  it.each(["", "two words", "a\nb — c", "a+b", "卷\u202e"])("%j is none", async (origin) => {
    const clock = settableClock("2021-12-31T00:00:00Z");
    const ids = countingIds();
    const store = createMemoryStore({ clock, ids, origin: "wuding.invalid/test" });
    const made = createCasebook({ store, clock, ids, origin, actor: { id: "甲" } });
    await expect(made).rejects.toMatchObject({ code: "INVALID_INPUT" });
    expect(await store.size()).toBe(0);
  });
});

describe("the name of a case 编号", () => {
  it("is found again under the name that it was given, or refused", () =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.stringMatching(/^\d{1,30}-\d{1,30}$/), fc.string({ unit: "binary" })),
        fc.oneof(fc.stringMatching(/^\d{1,30}$/), fc.string({ unit: "binary" })),
        async (session, number) => {
          const book = await newBook();
          const made = await take(book, receive({ session, number })).catch(() => undefined);
          if (made === undefined) return;
          const id = made.case ?? "";
          expect(parseCaseId(id)).toMatchObject({ kind: "cppcc" });
          expect((await book.book.show(id)).case).toBe(id);
        },
      ),
      { numRuns: 100 },
    ));

  it("a session of absurd length is none", async () => {
    const { book, store } = await newBook();
    const session = `${"9".repeat(25)}-1`;
    await refusalOf(store, () => book.executeGiven(receive({ session })), "INVALID_INPUT");
    expect(await book.executeGiven(receive())).toMatchObject({ case: caseId });
  });
});
