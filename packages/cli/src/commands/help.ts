/** @module help — `wuding help [COMMAND]`. */
import type { Command } from "../command.ts";
import { showHelpOf } from "../help.ts";
import { commandNamed, loadGroups } from "../registry.ts";
import { jsonLine } from "../visible.ts";
import { readVersion } from "../version.ts";

export const command: Command = {
  name: "help",
  label: { zh: "显示帮助", en: "show help" },
  positionals: ["[COMMAND...]"],
  options: [
    {
      name: "man",
      label: { zh: "输出手册页（roff），可用 man -l 查看", en: "the manual page, for man -l" },
      typed: "flag",
      form: "",
    },
  ],
  example: "wuding help receive",
  run: async ({ positionals: words, flags }, shell) => {
    if (flags["man"] === true) {
      const { manualPage } = await import("../manual.ts");
      const page = manualPage(await loadGroups(), readVersion(), shell.language);
      return shell.out(shell.json ? jsonLine({ page }) : page.trimEnd());
    }
    const found = words.length === 0 ? undefined : await commandNamed(words.join(" "));
    await showHelpOf(found, shell);
  },
};
