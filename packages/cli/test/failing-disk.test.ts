/**
 * @module failing-disk.test — the program on a disk that takes no more in the midst of a write: what was
 * answered is there, what was not can be asked again, and every command is recorded once.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { givenProgram } from "./given-program.ts";

const program = fileURLToPath(new URL("../bin/wuding.js", import.meta.url));

const line = (number: number): string =>
  JSON.stringify({
    command: "receive",
    commandId: `letter-${number}`,
    kind: "cppcc",
    session: "15-5",
    number: `${number}`,
    title: "关于改进政务信息化建设的建议".repeat(20),
    proposers: ["李楠"],
    dispatchedOn: "2021-04-02",
    on: "2021-04-02",
  });

/** More than are recorded in one transaction. */
const count = 400;

type Answer = Readonly<{
  ok: boolean;
  unchanged?: boolean;
  error?: Readonly<{ code: string; hint: string; data: Readonly<Record<string, unknown>> }>;
}>;

describe.skipIf(process.platform === "win32")("a disk that fails under the program", () => {
  it("leaves no doubt that the same command ids do not resolve", async () => {
    const { db, typed } = givenProgram();
    await typed("init");
    const lines = Array.from({ length: count }, (_none, at) => line(at + 1));
    const apply = (limit: string): readonly Answer[] => {
      const script = `${limit} exec "$0" "$@"`;
      const words = ["-c", script, process.execPath, program, "--db", db, "apply", "-", "--json"];
      const { stdout } = spawnSync("sh", words, {
        encoding: "utf8",
        input: lines.join("\n"),
        env: { ...process.env, LANG: "en_GB.UTF-8" },
      });
      const answers = stdout.split("\n").filter((text) => text !== "");
      expect(answers).toHaveLength(lines.length);
      return answers.map((text) => JSON.parse(text) as Answer);
    };
    // no file may become larger than 3 MB, and the write-ahead log would
    const first = apply("ulimit -f 6000;");
    const refused = first.filter(({ ok }) => !ok);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(count);
    for (const { error } of refused) {
      expect(error).toMatchObject({ code: "STORE_UNAVAILABLE", data: { verifyFirst: true } });
      expect(error?.hint).toMatch(/[Vv]erify/);
    }
    expect(refused.some(({ error }) => error?.data["outcomeUnknown"] === true)).toBe(true);
    expect((await typed("audit verify")).exitCode).toBe(0);
    const stands = await casesIn(typed);
    const answered = first.flatMap(({ ok }, at) => (ok ? [`cppcc/15-5/${at + 1}`] : []));
    expect(answered.filter((id) => !stands.includes(id))).toEqual([]);
    expect(apply("").filter(({ ok }) => !ok)).toEqual([]);
    expect(await casesIn(typed)).toHaveLength(count);
    expect((await typed("audit verify")).exitCode).toBe(0);
    expect((await typed("doctor")).exitCode).toBe(0);
  });
});

const casesIn = async (
  typed: ReturnType<typeof givenProgram>["typed"],
): Promise<readonly string[]> => {
  const { out } = await typed("list --json");
  return (JSON.parse(out) as { cases: readonly { case: string }[] }).cases.map((one) => one.case);
};
