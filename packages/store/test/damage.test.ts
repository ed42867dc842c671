import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { create, open, request } from "./given-files.ts";
import { otherProgram } from "./given-sqlite.ts";

/** A casebook of 300 events, of whose pages the last twenty, or a single one, have been filled with a byte. */
const damaged = async (byte: number, single?: number): Promise<string> => {
  const { file, store } = await create();
  await Promise.all(
    Array.from({ length: 300 }, (_, n) => store.append(request(`c${n}`, `a/1/${n}`, 0))),
  );
  await store.close();
  const bytes = readFileSync(file);
  const [from, pages] = single === undefined ? [-20, 20] : [single, 1];
  const start = bytes.length + from * 4096;
  bytes.fill(byte, start, start + pages * 4096);
  writeFileSync(file, bytes);
  return file;
};

describe("a damaged file", () => {
  it.each([0x00, 0xff, 0x41])("is refused, and not used any more (pages of %i)", async (byte) => {
    const store = await open(await damaged(byte));
    await expect(store.readAll({ limit: 1000 })).rejects.toMatchObject({
      code: "INTEGRITY",
      data: { fault: "ALTERED" },
    });
    const stopped = {
      code: "STORE_UNAVAILABLE",
      data: { why: { en: expect.stringContaining("verify") }, verifyFirst: true },
      hint: { en: expect.stringContaining("audit verify") },
    };
    await expect(store.append(request("c", "a/2/1", 0))).rejects.toMatchObject(stopped);
    await expect(store.size()).rejects.toMatchObject(stopped);
  });

  it("stops the store whichever of its connections meets the damage", async () => {
    const store = await open(await damaged(0xff));
    const stopped = {
      code: "STORE_UNAVAILABLE",
      data: { why: { en: expect.stringContaining("verify") } },
    };
    await expect(
      store.transaction(async ({ append }) => append([request("c", "a/1/1", 1)])),
    ).rejects.toMatchObject({ code: "INTEGRITY" });
    await expect(store.size()).rejects.toMatchObject(stopped);
    await expect(store.transaction(async () => "done")).rejects.toMatchObject(stopped);
    await expect(store.snapshot(async () => "read")).rejects.toMatchObject(stopped);
  });

  it("met by a transaction stops the whole store, until it is opened again", async () => {
    const file = await damaged(0xff);
    const store = await open(file);
    const reading = store.transaction((given) => given.readStream("a/1/299"));
    await expect(reading).rejects.toMatchObject({ code: "INTEGRITY" });
    const stopped = { code: "STORE_UNAVAILABLE", data: { verifyFirst: true } };
    await expect(store.size()).rejects.toMatchObject(stopped);
    await expect(store.append(request("c", "a/2/1", 0))).rejects.toMatchObject(stopped);
    // opened again, it tells what is wrong with the file
    await expect((await open(file)).size()).rejects.toMatchObject({ code: "INTEGRITY" });
  });

  it("is not written to, even where the write would meet no damage", async () => {
    const file = await damaged(0xff);
    const before = readFileSync(file);
    const store = await open(file);
    await expect(store.append(request("c", "z/2/1", 0))).rejects.toMatchObject({
      code: "INTEGRITY",
      data: { fault: "ALTERED", what: { en: expect.stringContaining("damaged") } },
    });
    await expect(store.size()).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it("is looked through before the first write only as far as its opener asks for", async () => {
    const file = await damaged(0xff, -40);
    const believing = await open(file, { lookThroughMaxBytes: 0 });
    await believing.append(request("c", "z/2/1", 0));
    await believing.close();
    const looking = await open(file);
    await expect(looking.append(request("d", "z/2/1", 1))).rejects.toMatchObject({
      code: "INTEGRITY",
    });
  });

  it("is refused where one of its parts has what another one lacks", async () => {
    const { file, store } = await create();
    await store.append(request("c1", "a/1/1", 0));
    // the tree node that only the next event completes
    otherProgram(file).exec("INSERT INTO node VALUES (1, 0, zeroblob(32))");
    await expect(store.append(request("c2", "a/1/1", 1))).rejects.toMatchObject({
      code: "INTEGRITY",
      data: { fault: "ALTERED", what: { en: expect.stringContaining("contradict") } },
    });
    await expect(store.size()).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
    expect(await (await open(file)).size()).toBe(1);
  });

  it("is refused when a byte of its header names a format that SQLite does not have", async () => {
    const { file, store } = await create();
    await store.close();
    const bytes = readFileSync(file);
    bytes[47] = 12; // the schema format; SQLite knows 1 to 4
    writeFileSync(file, bytes);
    await expect(open(file)).rejects.toMatchObject({
      code: "INTEGRITY",
      data: { fault: "ALTERED" },
    });
  });
});
