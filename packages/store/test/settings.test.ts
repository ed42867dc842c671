import { describe, expect, it } from "vitest";
import { openCasebookFile } from "../src/casebook-file.ts";
import { isSoundVersion } from "../src/settings.ts";
import { create } from "./given-files.ts";
import { otherProgram } from "./given-sqlite.ts";

const expected = {
  journal_mode: "wal",
  synchronous: 2,
  recursive_triggers: 1,
  foreign_keys: 1,
  trusted_schema: 0,
  cell_size_check: 1,
  journal_size_limit: 67_108_864,
  // SQLite itself never waits: packages/store/src/waiting-turn.ts does
  busy_timeout: 0,
  application_id: 0x57554447,
  user_version: 3,
};

describe("the settings of a connection", () => {
  it("hold on every connection, the first one and the later ones", async () => {
    const { file, store } = await create();
    await store.close();
    for (let opening = 1; opening <= 3; opening++) {
      const connection = openCasebookFile(file, { readOnly: false, busyTimeoutMs: 15_000 });
      for (const [name, value] of Object.entries(expected)) {
        expect([name, connection.pragma(name)]).toEqual([name, value]);
      }
      connection.close();
    }
  });

  it("are needed: without them a reopened file may lose what was acknowledged", async () => {
    const { file, store } = await create();
    await store.close();
    const plain = otherProgram(file);
    plain.prepare("select count(*) from event").get();
    expect(plain.pragma("synchronous", { simple: true })).toBe(1);
  });

  it.each([
    ["3.44.5", false],
    ["3.44.6", true],
    ["3.50.7", true],
    ["3.51.2", false],
    ["3.51.3", true],
    ["3.52.0", false],
    ["3.53.2", true],
    ["4.0.0", true],
  ])("SQLite %s is used: %s", (version, isUsed) => {
    expect(isSoundVersion(version)).toBe(isUsed);
  });
});
