/** @module similar — cases that are likely about the same thing, with what was answered then. */
import type { Label } from "@wuding/engine";
import { invalidInput, terms } from "@wuding/engine";
import type { Command } from "../command.ts";
import { tableLines } from "../print/table.ts";
import { orDash, words } from "../print/words.ts";
import { jsonLine } from "../visible.ts";

const said = {
  none: { zh: "没有发现相近的办件。", en: "No case looks alike." },
  similarity: { zh: "相近", en: "alike" },
  year: { zh: "年份", en: "year" },
  result: { zh: "结果", en: "result" },
  answeredOn: { zh: "答复日期", en: "answered" },
} as const satisfies Record<string, Label>;

export const command: Command = {
  name: "similar",
  label: {
    zh: "与此件相近的办件，含往年，供查重与参考",
    en: "cases that are likely about the same thing, of former years too",
  },
  positionals: ["CASE"],
  options: [
    {
      name: "limit",
      label: { zh: "最多列出几件，默认 10", en: "how many at most; 10 unless told" },
      typed: "value",
      form: "N",
    },
  ],
  example: "wuding similar cppcc/15-5/122",
  run: async (typed, shell) => {
    const limit = readLimit(typed.values["limit"]);
    const casebook = await shell.open();
    const [name = ""] = typed.positionals;
    const answer = await casebook.similar(name, limit === undefined ? {} : { limit });
    if (shell.json) return shell.out(jsonLine(answer));
    const { language } = shell;
    if (answer.similar.length === 0) return shell.talk(said.none[language]);
    const lines = tableLines(
      answer.similar,
      [
        {
          heading: said.similarity[language],
          text: (row) => `${Math.round(row.similarity * 100)}%`,
          align: "right",
        },
        { heading: words.case[language], text: (row) => row.case },
        { heading: words.title[language], text: (row) => row.title, narrow: "cut" },
        { heading: said.year[language], text: (row) => String(row.year), narrow: "drop" },
        { heading: words.status[language], text: (row) => terms.statuses[row.status][language] },
        { heading: said.result[language], text: (row) => orDash(row.result) },
        {
          heading: said.answeredOn[language],
          text: (row) => orDash(row.answeredOn),
          narrow: "drop",
        },
        {
          heading: words.department[language],
          text: (row) => orDash(row.department),
          narrow: "drop",
        },
      ],
      shell,
    );
    for (const line of lines) shell.out(line);
  },
};

const readLimit = (given: string | undefined): number | undefined => {
  if (given === undefined) return undefined;
  if (/^[1-9]\d{0,3}$/.test(given)) return Number(given);
  const expected = { zh: "1 至 9999 的整数", en: "a whole number from 1 to 9999" };
  throw invalidInput({ field: "--limit", kind: "malformed", expected });
};
