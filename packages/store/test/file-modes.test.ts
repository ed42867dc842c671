import { chmodSync, readdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { create, newFile, open, request } from "./given-files.ts";

const modeOf = (file: string): string => (statSync(file).mode & 0o777).toString(8);
const nobody = 65_534;

describe.skipIf(process.platform === "win32")("the modes of the files", () => {
  it("a casebook and its side files belong to their owner alone, whatever the umask", async () => {
    const before = process.umask(0o022);
    onTestFinished(() => {
      process.umask(before);
    });
    const { file, store } = await create();
    await store.append(request("c1", "cppcc/15-5/1", 0));
    expect([file, `${file}-wal`, `${file}-shm`].map(modeOf)).toEqual(["600", "600", "600"]);
    expect(process.umask()).toBe(0o022);
  });

  it("nothing is left beside a casebook: not by making it, not after closing it", async () => {
    const { file, store } = await create();
    await store.append(request("c1", "cppcc/15-5/1", 0));
    await store.close();
    expect(readdirSync(dirname(file))).toEqual(["casebook.db"]);
  });

  /** Shows `work` a casebook in a folder, both read-only, as they are to an ordinary user. */
  const withReadOnlyCasebook = async (work: (file: string) => Promise<void>): Promise<void> => {
    const { file, store } = await create();
    await store.append(request("c1", "cppcc/15-5/1", 0));
    await store.close();
    chmodSync(file, 0o444);
    chmodSync(dirname(file), 0o555);
    const isRoot = process.getuid?.() === 0;
    if (isRoot) process.seteuid?.(nobody);
    try {
      await work(file);
    } finally {
      if (isRoot) process.seteuid?.(0);
      chmodSync(dirname(file), 0o755);
    }
    expect(readdirSync(dirname(file))).toEqual(["casebook.db"]);
  };

  it.each([false, true])(
    "a read-only casebook can be read, and says why it takes nothing (readOnly: %s)",
    async (readOnly) => {
      await withReadOnlyCasebook(async (file) => {
        const store = await open(file, { readOnly });
        expect(await store.readStream("cppcc/15-5/1")).toHaveLength(1);
        const readOnlyFile = {
          code: "STORE_UNAVAILABLE",
          data: { why: { en: "the file or its folder is read-only" } },
        };
        const appending = store.append(request("c2", "cppcc/15-5/1", 1));
        await expect(appending).rejects.toMatchObject(readOnlyFile);
        const rebuilding = store.rebuild("v1", async function* () {});
        await expect(rebuilding).rejects.toMatchObject(readOnlyFile);
        await store.close();
      });
    },
  );

  it("no casebook is made in a read-only folder", async () => {
    await withReadOnlyCasebook(async (file) => {
      const opening = open(`${file}.new`, { create: true });
      await expect(opening).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
    });
  });

  it("an auditor's reading leaves the file as it is", async () => {
    const file = newFile();
    const { store } = await create(file);
    await store.append(request("c1", "cppcc/15-5/1", 0));
    await store.close();
    const before = statSync(file);
    const reader = await open(file, { readOnly: true });
    expect(await reader.size()).toBe(1);
    await expect(reader.append(request("c2", "cppcc/15-5/1", 1))).rejects.toMatchObject({
      code: "STORE_UNAVAILABLE",
    });
    await reader.close();
    expect([statSync(file).mtimeMs, statSync(file).size]).toEqual([before.mtimeMs, before.size]);
  });
});
