/** @module help — `wuding help [COMMAND]`. */
import type { Command } from "../command.ts";
import { showHelpOf } from "../help.ts";
import { commandNamed } from "../registry.ts";

export const command: Command = {
  name: "help",
  label: { zh: "显示帮助", en: "show help" },
  positionals: ["[COMMAND...]"],
  options: [],
  example: "wuding help receive",
  run: async ({ positionals: words }, shell) => {
    const found = words.length === 0 ? undefined : await commandNamed(words.join(" "));
    await showHelpOf(found, shell);
  },
};
