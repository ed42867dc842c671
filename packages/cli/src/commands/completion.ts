/** @module completion — scripts by which a shell completes command lines, and the names of cases that they ask for. */
import { invalidInput, isEngineError } from "@wuding/engine";
import { globalOptions } from "../arguments.ts";
import type { Command } from "../command.ts";
import { placesOf } from "../completing/places.ts";
import type { ShellName } from "../completing/shells.ts";
import { completionScript, shells } from "../completing/shells.ts";
import { loadGroups } from "../registry.ts";
import type { Shell } from "../shell.ts";
import { jsonLine } from "../visible.ts";

export const command: Command = {
  name: "completion",
  label: { zh: "命令行补全脚本", en: "completion for your shell" },
  positionals: [shells.join("|"), "[PREFIX]"],
  options: [],
  example: "wuding completion bash",
  run: async ({ positionals: [asked = "", prefix = ""] }, shell) => {
    const { json, language, out } = shell;
    // what the scripts ask for; nobody types it
    if (asked === "cases") {
      const names = await caseNames(prefix, shell);
      if (json) return out(jsonLine({ cases: names }));
      for (const name of names) out(name);
      return;
    }
    const found = shells.find((one) => one === asked);
    if (found === undefined) {
      throw invalidInput({ field: "SHELL", kind: "notOneOf", value: asked, allowed: shells });
    }
    const script = await scriptFor(found, language);
    out(json ? jsonLine({ shell: found, script }) : script.trimEnd());
  },
};

const scriptFor = async (shell: ShellName, language: Shell["language"]): Promise<string> => {
  const commands = (await loadGroups()).flatMap((group) => group.commands);
  return completionScript(shell, placesOf(commands, globalOptions, language));
};

/** Names that begin with a prefix: whole ones, and once something is typed the short ones that fit one case. */
const caseNames = async (prefix: string, shell: Shell): Promise<readonly string[]> => {
  try {
    const casebook = await shell.open();
    const names = (await casebook.list({ today: shell.today })).map((one) => one.case);
    const whole = names.filter((name) => name.startsWith(prefix));
    return prefix === "" || whole.length > 0 ? whole : shortNames(names, prefix);
  } catch (error) {
    // at a keyboard there is no place for a refusal: nothing is offered
    if (isEngineError(error)) return [];
    throw error;
  }
};

/** `122`, `15-5/122`: endings of names that begin so and belong to one case only. */
const shortNames = (names: readonly string[], prefix: string): readonly string[] => {
  const counts = new Map<string, number>();
  for (const name of names) {
    const parts = name.split("/");
    for (let from = 1; from < parts.length; from += 1) {
      const ending = parts.slice(from).join("/");
      if (ending.startsWith(prefix)) counts.set(ending, (counts.get(ending) ?? 0) + 1);
    }
  }
  return [...counts].flatMap(([ending, count]) => (count === 1 ? [ending] : []));
};
