/** @module search — cases by words: Chinese words of two characters are found too. */
import type { FoundCase, Label } from "@wuding/engine";
import { searchPlaces, terms } from "@wuding/engine";
import type { Command } from "../command.ts";
import { painterOf } from "../print/colour.ts";
import { paragraph } from "../print/page.ts";
import { widthOf } from "../print/width.ts";
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
    for (const one of found) printCase(one, shell);
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
const printCase = ({ case: id, title, year, status, hits }: FoundCase, shell: Shell): void => {
  const { language, terminal } = shell;
  paragraph(`${id}  ${title}  ${year}  ${terms.statuses[status][language]}`, shell);
  for (const { in: place, excerpt } of hits) {
    if (place === "title") continue;
    const label = `${searchPlaces[place][language]}: `;
    const { text, from, to } = excerpt;
    // a line that is wrapped is not painted: the mark could end on another line than it begins
    if (terminal.isTerminal && widthOf(label + text) + 2 > terminal.columns) {
      paragraph(label + text, shell, 2);
      continue;
    }
    const [before = "", word = "", after = ""] = [
      text.slice(0, from),
      text.slice(from, to),
      text.slice(to),
    ].map(visible);
    shell.out(`  ${label}${before}${painterOf(shell)(word, "bold")}${after}`);
  }
};
