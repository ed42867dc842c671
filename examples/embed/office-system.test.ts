/** @module office-system.test — the program of this folder runs and prints what its README says. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterAll, expect, it, vi } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "wuding-embed-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("an office system receives, assigns, asks what is due and follows the log", async () => {
  process.argv[2] = join(folder, "office.db");
  const said: string[] = [];
  vi.spyOn(console, "log").mockImplementation((line: string) => void said.push(line));
  await import("./office-system.ts");
  vi.restoreAllMocks();
  for (const readme of ["README.md", "README.zh-CN.md"]) {
    const text = readFileSync(new URL(readme, import.meta.url), "utf8");
    const printed = /```text\n([\s\S]*?)```/.exec(text)?.[1];
    expect(`${readme}\n${printed}`).toBe(`${readme}\n${said.join("\n")}\n`);
  }
});
