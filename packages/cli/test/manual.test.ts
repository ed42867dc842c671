/**
 * @module manual.test — the manual pages that are installed are those of the program, and formatters take them
 * without a complaint. `npm run manual` writes them anew.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { globalOptions } from "../src/arguments.ts";
import { manualPage } from "../src/manual.ts";
import { widthOf } from "../src/print/width.ts";
import { loadGroups } from "../src/registry.ts";
import { readVersion } from "../src/version.ts";

const page = async (language: "zh" | "en"): Promise<string> =>
  manualPage(await loadGroups(), readVersion(), language);

const formatted = (text: string, ...command: readonly string[]) => {
  const [program = "", ...words] = command;
  return spawnSync(program, words, { encoding: "utf8", input: text });
};
const backspace = String.fromCodePoint(8);
const hasGroff = formatted("", "groff", "-v").status === 0;
const hasMandoc = formatted("", "mandoc", "-h").error === undefined;

describe("the manual page", () => {
  it.each([
    ["en", "wuding.1"],
    ["zh", "wuding.zh.1"],
  ] as const)("in %s is the installed one", async (language, name) => {
    const file = fileURLToPath(new URL(`../man/${name}`, import.meta.url));
    await expect(await page(language)).toMatchFileSnapshot(file);
  });

  it("tells every command and every option", async () => {
    const text = (await page("en")).replaceAll("\\-", "-").replaceAll("\\:", "");
    for (const { commands } of await loadGroups()) {
      for (const { name, options, example } of commands) {
        expect(text).toContain(`.SS "${name}"`);
        expect(text).toContain(example.replaceAll("\\", "\\e"));
        for (const option of [...options, ...globalOptions]) {
          expect(text).toContain(`.B --${option.name}`);
        }
      }
    }
  });

  it.skipIf(!hasGroff).each(["en", "zh"] as const)(
    `in %s is formatted by groff without a warning, in 80 columns${hasGroff ? "" : " (not here)"}`,
    async (language) => {
      const { stdout, stderr } = formatted(
        await page(language),
        "groff",
        "-k",
        "-man",
        "-ww",
        "-Tutf8",
        // bold by overstriking, which is taken out again below
        "-P-c",
      );
      expect(stderr).toBe("");
      // an example is one line, to be pasted
      const lines = stdout
        .replaceAll(new RegExp(`.${backspace}`, "gu"), "")
        .split("\n")
        .filter((line) => !/^ +wuding /.test(line));
      expect(lines.filter((line) => widthOf(line) > 80)).toEqual([]);
      expect(stdout.length).toBeGreaterThan(10_000);
    },
  );

  it.skipIf(!hasMandoc)(
    `is what mandoc takes for one${hasMandoc ? "" : " (not here)"}`,
    async () => {
      const { status } = formatted(await page("en"), "mandoc", "-T", "lint", "-W", "error");
      expect(status).toBe(0);
    },
  );
});
