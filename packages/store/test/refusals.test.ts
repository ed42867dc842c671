import { mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isEngineError } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import { openStore } from "../src/index.ts";
import { create, newFile, newFolder, open, request } from "./given-files.ts";
import { otherProgram } from "./given-sqlite.ts";

const refusal = (code: string, data: object = {}): object => ({ name: "EngineError", code, data });

/** A closed casebook whose file another program has worked on. */
const changedBy = async (statements: string): Promise<string> => {
  const { file, store } = await create();
  await store.append(request("c1", "cppcc/15-5/1", 0));
  await store.close();
  otherProgram(file).exec(statements);
  return file;
};

describe("opening", () => {
  it("a missing file is not made unless asked for", async () => {
    const file = newFile();
    await expect(open(file)).rejects.toMatchObject(
      refusal("NOT_FOUND", { what: "casebook", name: file }),
    );
    await expect(open(file)).rejects.toMatchObject(refusal("NOT_FOUND"));
    await expect(open(file, { create: true, readOnly: true })).rejects.toMatchObject(
      refusal("NOT_FOUND"),
    );
    const { store } = await create(file);
    expect(await store.size()).toBe(0);
  });

  it("a casebook that is there is opened, whatever `create` and `origin` say", async () => {
    const { file, store } = await create();
    await store.append(request("c1", "cppcc/15-5/1", 0));
    await store.close();
    const again = await open(file, { create: true, origin: "other.invalid/log" });
    await again.append(request("c2", "cppcc/15-5/1", 1));
    const origins = (await again.readRaw({ limit: 9 })).map(
      ({ body }) => (JSON.parse(Buffer.from(body).toString()) as { log: string }).log,
    );
    expect(origins).toEqual(["test.invalid/log", "test.invalid/log"]);
  });

  it("an empty log wants a name before its first event", async () => {
    const clock = { now: () => 0 };
    const ids = { next: () => "id" };
    const store = await openStore(newFile(), { create: true, clock, ids });
    await expect(store.append(request("c1", "cppcc/15-5/1", 0))).rejects.toThrow("origin");
    await store.close();
  });

  it.each([
    ["empty", ""],
    ["short", "hello"],
    ["not SQLite", "五定".repeat(4000)],
    ["a header and nothing else", "SQLite format 3\0"],
  ])("a file that is %s is no casebook and stays as it is", async (_what, content) => {
    const file = newFile();
    writeFileSync(file, content);
    await expect(open(file)).rejects.toMatchObject(refusal("NOT_A_CASEBOOK", { file }));
    await expect(open(file, { create: true })).rejects.toMatchObject(
      refusal("NOT_A_CASEBOOK", { file }),
    );
    await expect(open(file, { readOnly: true })).rejects.toMatchObject(
      refusal("NOT_A_CASEBOOK", { file }),
    );
    expect(readFileSync(file, "utf8")).toBe(content);
  });

  it("another program's database is no casebook and stays as it is, byte for byte", async () => {
    const file = newFile();
    otherProgram(file).exec(
      "create table event (seq integer primary key); pragma user_version = 1",
    );
    const before = readFileSync(file);
    await expect(open(file, { create: true })).rejects.toMatchObject(
      refusal("NOT_A_CASEBOOK", { file }),
    );
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it("our mark alone makes no casebook", async () => {
    const file = newFile();
    otherProgram(file).exec("pragma application_id = 1465205831; pragma user_version = 1");
    await expect(open(file)).rejects.toMatchObject(refusal("NOT_A_CASEBOOK", { file }));
  });

  it("a folder is no casebook", async () => {
    const folder = join(newFolder(), "casebook.db");
    mkdirSync(folder);
    await expect(open(folder, { create: true })).rejects.toMatchObject(
      refusal("NOT_A_CASEBOOK", { file: folder }),
    );
  });

  it("names that SQLite takes for no file are names of files", async () => {
    await expect(open(":memory:")).rejects.toMatchObject(
      refusal("NOT_FOUND", { name: ":memory:" }),
    );
    await expect(open("file::memory:")).rejects.toMatchObject(refusal("NOT_FOUND"));
  });

  it("a missing folder is said to be missing", async () => {
    const file = join(newFolder(), "nowhere", "casebook.db");
    await expect(open(file)).rejects.toMatchObject(refusal("NOT_FOUND"));
    const opening = open(file, { create: true });
    await expect(opening).rejects.toMatchObject(
      refusal("STORE_UNAVAILABLE", {
        file,
        why: { en: "its folder does not exist" },
      }),
    );
  });

  it("a newer version's casebook is left alone", async () => {
    const file = await changedBy("pragma user_version = 4");
    await expect(open(file)).rejects.toMatchObject(
      refusal("STORE_NEWER", { file, found: 4, known: 3 }),
    );
  });

  it.each([
    ["a trigger is gone", "drop trigger event_is_never_updated"],
    [
      "a trigger was weakened",
      "drop trigger event_is_never_deleted; create trigger event_is_never_deleted before delete on event begin select 1; end",
    ],
    ["a table was added", "create table other (a)"],
    ["a view was added", "create view other as select 1"],
  ])("a casebook where %s is refused", async (_what, statements) => {
    const file = await changedBy(statements);
    await expect(open(file)).rejects.toMatchObject(refusal("INTEGRITY", { fault: "ALTERED" }));
    await expect(open(file, { readOnly: true })).rejects.toMatchObject(
      refusal("INTEGRITY", { fault: "ALTERED" }),
    );
  });

  it("a casebook that was brought to another journal mode is brought back", async () => {
    const file = await changedBy("pragma journal_mode = delete; analyze");
    expect(await (await open(file)).size()).toBe(1);
    expect(otherProgram(file).pragma("journal_mode", { simple: true })).toBe("wal");
  });

  it("every refusal has a sentence in both languages", async () => {
    const error: unknown = await open(join(newFolder(), "nowhere", "a.db"), { create: true }).catch(
      (reason: unknown) => reason,
    );
    expect(isEngineError(error) && error.sentence).toMatchObject({
      zh: expect.stringContaining("所在目录不存在"),
      en: expect.stringContaining("its folder does not exist"),
    });
  });
});

describe("an open casebook", () => {
  it("refuses everything once it is closed, and closing again changes nothing", async () => {
    const { store } = await create();
    const waiting = store.append(request("c1", "cppcc/15-5/1", 0));
    await Promise.all([store.close(), store.close()]);
    expect((await waiting).events).toHaveLength(1);
    await store.close();
    for (const work of [store.append(request("c2", "cppcc/15-5/1", 1)), store.size()]) {
      await expect(work).rejects.toMatchObject(
        refusal("STORE_UNAVAILABLE", { why: { en: "it has been closed" } }),
      );
    }
  });

  it("refuses to write when its file was moved away or replaced", async () => {
    const { file, store } = await create();
    await store.append(request("c1", "cppcc/15-5/1", 0));
    renameSync(file, `${file}.moved`);
    await expect(store.append(request("c2", "cppcc/15-5/1", 1))).rejects.toMatchObject(
      refusal("STORE_UNAVAILABLE"),
    );
    await create(file);
    await expect(store.append(request("c2", "cppcc/15-5/1", 1))).rejects.toMatchObject(
      refusal("STORE_UNAVAILABLE"),
    );
    for (const work of [store.transaction(async () => 1), store.snapshot(async () => 1)]) {
      await expect(work).rejects.toMatchObject(
        refusal("STORE_UNAVAILABLE", { why: { en: expect.stringContaining("replaced") } }),
      );
    }
    const rebuilding = store.rebuild("v1", async function* () {});
    await expect(rebuilding).rejects.toMatchObject(refusal("STORE_UNAVAILABLE"));
  });

  it("may be reached by a link", async () => {
    const { file, store } = await create();
    await store.append(request("c1", "cppcc/15-5/1", 0));
    const link = join(newFolder(), "link.db");
    symlinkSync(file, link);
    const other = await open(link);
    await other.append(request("c2", "cppcc/15-5/1", 1));
    expect(await store.size()).toBe(2);
  });

  it("notices when the log was cut or rewritten behind its back", async () => {
    for (const [attack, fault] of [
      ["delete from event where seq = 1", "TRUNCATED"],
      ["update event set leaf = randomblob(32) where seq = 1", "REWRITTEN"],
    ] as const) {
      const { file, store } = await create();
      await store.append(request("c1", "cppcc/15-5/1", 0));
      await store.append(request("c2", "cppcc/15-5/1", 1));
      const other = otherProgram(file);
      other.exec("drop trigger event_is_never_deleted; drop trigger event_is_never_updated");
      other.exec(attack);
      const appending = store.append(request("c3", "cppcc/15-5/2", 0));
      await expect(appending).rejects.toMatchObject(refusal("INTEGRITY", { fault, position: 1 }));
    }
  });
});
