/** @module rebuilding.test — projections are made anew while others read and record, and changed at once. */
import { readdirSync } from "node:fs";
import { dirname } from "node:path";
import type { Refold } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import { inspectFile, openCasebook } from "../src/index.ts";
import { create, listed, newFile, open, request } from "./given-files.ts";
import { otherProgram } from "./given-sqlite.ts";

/** One row and one count for each case that a stretch of the log names first. */
const ledgerOf = (
  store: Awaited<ReturnType<typeof open>>,
  after: () => Promise<void> | void = () => undefined,
): Refold =>
  async function* (from, to) {
    for (const { stream, streamVersion } of await store.readAll({
      after: from - 1,
      limit: to - from,
    }))
      if (stream !== null && streamVersion === 1) yield listed(stream);
    await after();
  };

const append = async (store: Awaited<ReturnType<typeof open>>, n: number): Promise<void> => {
  const stream = `a/1/${n}`;
  await store.append(request(`c${n}`, stream, 0, { changes: listed(stream) }));
};

describe("while projections are rebuilt", () => {
  it("this process and others record, and every case is listed once", async () => {
    const { file, store } = await create();
    const other = await open(file);
    for (let n = 0; n < 10; n += 1) await append(store, n);
    let n = 10;
    await store.rebuild(
      "v1",
      ledgerOf(store, async () => {
        // five hundred in the first round, then ever fewer
        for (const until = n + Math.floor(500 / (n - 9)); n < until; n += 1)
          await append(n % 2 === 0 ? store : other, n);
      }),
    );
    await append(other, n);
    const rows = await store.rows({ projection: "ledger", limit: 10_000 });
    expect(rows).toHaveLength(n + 1);
    expect(await store.tallies("ledger")).toEqual([{ key: "cases", count: n + 1 }]);
    expect(await store.projectionVersion()).toBe("v1");
  });

  it("nobody waits: another program may write at every moment but the last", async () => {
    const { file, store } = await create();
    await append(store, 1);
    const impatient = otherProgram(file);
    await store.rebuild(
      "v1",
      ledgerOf(store, () => void impatient.exec("begin immediate; rollback")),
    );
    expect(await store.tallies("ledger")).toEqual([{ key: "cases", count: 1 }]);
  });

  it("the file's own tables stay what they were made as, and no other file is left", async () => {
    const { file, store } = await create();
    await append(store, 1);
    const before = await inspectFile(file);
    await store.rebuild("v1", ledgerOf(store));
    await store.close();
    const after = await inspectFile(file);
    expect(after.faults).toEqual([]);
    expect(after.schema).toEqual(before.schema);
    expect(readdirSync(dirname(file)).filter((name) => !name.startsWith("casebook.db"))).toEqual(
      [],
    );
  });

  it("cases that move meanwhile are counted as they stand at the end", async () => {
    const file = newFile();
    const casebook = await openCasebook(file, { create: true, origin: "office.invalid/log" });
    const other = await openCasebook(file);
    const receive = (number: number) => ({
      command: "receive",
      kind: "cppcc",
      session: "15-5",
      number: `${number}`,
      title: "关于公交线路的提案",
      proposers: ["李楠"],
      dispatchedOn: "2021-04-02",
      on: "2021-04-02",
    });
    for (let number = 1; number <= 5; number += 1) await casebook.executeGiven(receive(number));
    const seen: string[] = [];
    const recorded: Promise<unknown>[] = [];
    await casebook.rebuildProjections({
      onProgress: (done, of) => {
        seen.push(`${done}/${of}`);
        if (seen.length > 1) return;
        const withdraw = { command: "withdraw", case: "cppcc/15-5/1", reason: "提案人撤回" };
        recorded.push(other.executeGiven({ ...withdraw, on: "2021-04-03" }));
        recorded.push(casebook.executeGiven(receive(6)));
      },
    });
    await Promise.all(recorded);
    expect(seen).toHaveLength(5);
    expect(await casebook.checkProjections()).toMatchObject({ count: 0 });
    expect(await casebook.list()).toHaveLength(6);
    await Promise.all([casebook.close(), other.close()]);
  });
});
