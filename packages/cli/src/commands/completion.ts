/** @module completion — scripts by which a shell completes command lines, and the names of a casebook that they ask for. */
import type { Casebook, ListedCase, Rulebook } from "@wuding/engine";
import { invalidInput, isEngineError, shippedRulebook, shippedRulebooks } from "@wuding/engine";
import { globalOptions } from "../arguments.ts";
import type { Command } from "../command.ts";
import type { AskedFor } from "../completing/places.ts";
import { askedFor, placesOf } from "../completing/places.ts";
import type { ShellName } from "../completing/shells.ts";
import { completionScript, shells } from "../completing/shells.ts";
import { loadGroups } from "../registry.ts";
import { kindsIn } from "../scope.ts";
import type { Shell } from "../shell.ts";
import { jsonLine } from "../visible.ts";

type OfficeFacts = Casebook["rules"]["office"];

/** The place of the shell, as help shows it and as refusals name it. */
const place = shells.join("|");

export const command: Command = {
  name: "completion",
  label: { zh: "命令行补全脚本", en: "completion for your shell" },
  positionals: [place, "[PREFIX]"],
  options: [],
  example: "wuding completion bash",
  run: async ({ positionals: [asked = "", prefix = ""] }, shell) => {
    const { json, language, out } = shell;
    // what the scripts ask for; nobody types it
    if (isAskedFor(asked)) {
      const names = await namesFor[asked](prefix, shell);
      if (json) return out(jsonLine({ [asked]: names }));
      for (const name of names) out(name);
      return;
    }
    const found = shells.find((one) => one === asked);
    if (found === undefined) {
      throw invalidInput({ field: place, kind: "notOneOf", value: asked, allowed: shells });
    }
    const script = await scriptFor(found, language);
    out(json ? jsonLine({ shell: found, script }) : script.trimEnd());
  },
};

const scriptFor = async (shell: ShellName, language: Shell["language"]): Promise<string> => {
  const commands = (await loadGroups()).flatMap((group) => group.commands);
  return completionScript(shell, placesOf(commands, globalOptions, language));
};

const isAskedFor = (word: string): word is AskedFor => askedFor.some((one) => one === word);

/** What the casebook knows; at a keyboard there is no place for a refusal: nothing is offered then. */
const unlessRefused = async (ask: () => Promise<readonly string[]>): Promise<readonly string[]> => {
  try {
    return await ask();
  } catch (error) {
    if (isEngineError(error)) return [];
    throw error;
  }
};

/** Names that begin with a prefix: whole ones, and once something is typed the short ones that fit one case. */
const caseNames = async (prefix: string, shell: Shell): Promise<readonly string[]> =>
  unlessRefused(async () => {
    const casebook = await shell.open();
    const names = (await casebook.list({ today: shell.today })).map((one) => one.case);
    const whole = names.filter((name) => name.startsWith(prefix));
    return prefix === "" || whole.length > 0 ? whole : shortNames(names, prefix);
  });

/** What the cases and the office itself name, each once, that begins with a prefix. */
const namesIn =
  (ofCase: (one: ListedCase) => string | null, ofOffice: (office: OfficeFacts) => string[]) =>
  async (prefix: string, shell: Shell): Promise<readonly string[]> =>
    unlessRefused(async () => {
      const casebook = await shell.open();
      const { office } = casebook.rules;
      const named = (await casebook.list({ today: shell.today })).map(ofCase);
      const names = [...named, ...ofOffice(office)].filter((name) => name !== null);
      return [...new Set(names)].filter((name) => name.startsWith(prefix)).toSorted();
    });

/** Kinds of the casebook that begin with a prefix; where there is no casebook, of the rulebooks that are shipped. */
const kindNames = async (prefix: string, shell: Shell): Promise<readonly string[]> =>
  kindsIn(await rulebooksAtHand(shell)).filter((kind) => kind.startsWith(prefix));

const rulebooksAtHand = async (shell: Shell): Promise<readonly Pick<Rulebook, "kinds">[]> => {
  try {
    const { rules } = await shell.open();
    return rules.rulebooks.map(({ rulebook }) => rulebook);
  } catch (error) {
    if (!isEngineError(error)) throw error;
    return Promise.all(shippedRulebooks.map((id) => shippedRulebook(id)));
  }
};

const namesFor: Readonly<
  Record<AskedFor, (prefix: string, shell: Shell) => Promise<readonly string[]>>
> = {
  cases: caseNames,
  kinds: kindNames,
  departments: namesIn(
    (one) => one.department,
    ({ renamings }) => renamings.map(({ to }) => to),
  ),
  persons: namesIn(
    (one) => one.person,
    ({ delegations }) => delegations.flatMap(({ from, to }) => [from, to]),
  ),
  blocks: namesIn(
    (one) => one.block,
    () => [],
  ),
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
