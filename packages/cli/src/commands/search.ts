/** @module search — cases by words: Chinese words of two characters are found too. */
import type { FoundCase, Label } from "@wuding/engine";
import { searchPlaces, terms } from "@wuding/engine";
import type { Command } from "../command.ts";
import { painterOf } from "../print/colour.ts";
import { plural } from "../print/words.ts";
import { momentOptions, readScope, scopeOptions } from "../scope.ts";
import type { Shell } from "../shell.ts";
import { jsonLine, visible } from "../visible.ts";

export const command: Command = {
  name: "search",
  label: {
    zh: "按词查找：标题、诉求、原文、答复、承诺",
    en: "cases by words in titles, requests, texts, replies and promises",
  },
  positionals: ["WORDS..."],
  // what is searched is what stands in the casebook now
  options: scopeOptions.filter((option) => !momentOptions.includes(option)),
  example: "wuding search 政务 信息化",
  run: async (typed, shell) => {
    const casebook = await shell.open();
    const scope = readScope(typed, casebook);
    const { words, found } = await casebook.search(typed.positionals.join(" "), { scope });
    if (shell.json) return shell.out(jsonLine({ words, found }));
    const { language } = shell;
    if (found.length === 0) return shell.talk(nothing(words)[language]);
    for (const one of found) for (const line of linesOf(one, shell)) shell.out(line);
    shell.talk(counted(found.length)[language]);
  },
};

const nothing = (words: readonly string[]): Label => ({
  zh: `没有找到同时包含${words.map((word) => `“${visible(word)}”`).join("、")}的办件。`,
  en: `No case mentions ${words.map((word) => `"${visible(word)}"`).join(" and ")}.`,
});

const counted = (count: number): Label => ({
  zh: `共找到 ${count} 件。`,
  en: `${plural(count, "case")} found.`,
});

/** A case and, under it, what stands around each word that its title does not show. */
const linesOf = (
  { case: id, title, year, status, hits }: FoundCase,
  shell: Pick<Shell, "language" | "terminal">,
): readonly string[] => {
  const { language } = shell;
  const paint = painterOf(shell);
  const elsewhere = hits.filter((hit) => hit.in !== "title");
  return [
    `${visible(id)}  ${paint(visible(title), "bold")}  ${year}  ${terms.statuses[status][language]}`,
    ...elsewhere.map(({ in: place, excerpt: { text, from, to } }) => {
      const parts = [text.slice(0, from), text.slice(from, to), text.slice(to)].map(visible);
      const [before = "", word = "", after = ""] = parts;
      return `  ${searchPlaces[place][language]}: ${before}${paint(word, "bold")}${after}`;
    }),
  ];
};
