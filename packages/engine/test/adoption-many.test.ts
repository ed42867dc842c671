/** @module adoption-many.test — new rules for more open cases than fit into one append, and an adoption cut short. */
import { EngineError, openCasebookOn } from "@wuding/engine";
import type { MemoryStore } from "@wuding/engine/memory";
import { describe, expect, it } from "vitest";
import type { Book } from "./given.ts";
import { clerk, idsNamed, newBook } from "./given.ts";
import { forOpenCases, isSound, receiveDeputys } from "./given-adoption.ts";

/** An office with so many open suggestions of deputies. */
const officeWith = async (cases: number): Promise<Book> => {
  const made = await newBook();
  const lines = Array.from({ length: cases }, (_, at) => ({
    line: at + 1,
    given: receiveDeputys({ number: at + 1 }),
  }));
  for await (const answer of made.book.apply(lines)) expect(answer.ok).toBe(true);
  return made;
};

const rulebooksOf = async ({ store }: Book): Promise<readonly string[]> => {
  const rows = await store.rows({ projection: "ledger", limit: 10_000 });
  return rows.map(({ body }) => (body as { rulebook: string }).rulebook);
};

describe("more open cases than one append takes 批量重新计算", () => {
  it("all come under the new rulebook, each with one event", async () => {
    const made = await officeWith(620);
    const before = await made.store.size();
    const adoption = await made.book.adoptRulebook(forOpenCases);
    expect(adoption).toMatchObject({ cases: 620, unchanged: false });
    expect(await made.store.size()).toBe(before + 1 + 620);
    expect(new Set(await rulebooksOf(made))).toEqual(new Set(["chongqing@2018.1"]));
    await isSound(made);
  });

  it("an adoption that was cut short is completed by repeating it", async () => {
    const made = await officeWith(620);
    let appends = 0;
    const store: MemoryStore = {
      ...made.store,
      append: async (request) => {
        appends += 1;
        if (appends > 1) throw new EngineError("STORE_UNAVAILABLE", { file: "memory", why });
        return await made.store.append(request);
      },
    };
    const failing = await openCasebookOn({
      store,
      clock: made.clock,
      ids: idsNamed("second"),
      actor: { id: clerk },
    });
    await expect(failing.adoptRulebook(forOpenCases)).rejects.toMatchObject({
      code: "STORE_UNAVAILABLE",
    });
    const left = (await rulebooksOf(made)).filter((name) => name !== "chongqing@2018.1").length;
    expect(left).toBe(120);
    await isSound(made);

    expect(await made.book.adoptRulebook(forOpenCases, { dryRun: true })).toMatchObject({
      cases: left,
      unchanged: false,
    });
    expect(await made.book.adoptRulebook(forOpenCases)).toMatchObject({
      cases: left,
      unchanged: false,
      position: null,
    });
    expect(new Set(await rulebooksOf(made))).toEqual(new Set(["chongqing@2018.1"]));
    expect(await made.book.adoptRulebook(forOpenCases)).toMatchObject({
      cases: 0,
      unchanged: true,
    });
    await isSound(made);
  });
});

const why = { zh: "磁盘故障", en: "the disk failed" };
