/** @module export — the ledger as a workbook or as CSV, as people keep it and import reads it again. */
import type { Casebook, CivilDate, Label } from "@wuding/engine";
import { EngineError, shortRoot } from "@wuding/engine";
import type { Command, Typed } from "../command.ts";
import { facts } from "../print/page.ts";
import { progressOn } from "../print/progress.ts";
import { readMoment, readScope, scopeOptions } from "../scope.ts";
import { jsonLine } from "../visible.ts";

const said = {
  file: { zh: "文件", en: "file" },
  cases: { zh: "件数", en: "cases" },
  sheets: { zh: "工作表", en: "sheets" },
  root: { zh: "根哈希", en: "root" },
  exporting: { zh: "导出", en: "exporting" },
} as const satisfies Record<string, Label>;

export const command: Command = {
  name: "export",
  label: {
    zh: "导出台账为 Excel 工作簿或者 CSV",
    en: "the ledger as an Excel workbook or CSV",
  },
  positionals: ["FILE.xlsx|.csv"],
  options: scopeOptions,
  example: "wuding export 台账.xlsx --year 2021",
  run: async (typed, shell) => {
    const [file = ""] = typed.positionals;
    const form = /\.(xlsx|csv)$/i.exec(file)?.[1]?.toLowerCase();
    if (form === undefined) throw unknownForm(file);
    const casebook = await shell.open();
    const { today, reportLanguage: language } = shell;
    const scope = readScope(typed, casebook);
    const moment = readMoment(typed, shell);
    const progress = progressOn(shell, said.exporting[shell.language]);
    let entries;
    try {
      entries = await casebook.ledger({ scope, today, ...moment, onProgress: progress.at });
    } finally {
      progress.end();
    }
    const { size, root } = await (await casebook.proving()).head();
    const asOf: CivilDate = moment.asOf ?? moment.knownOn ?? today;
    const kinds = kindsOf(casebook, language);
    const options = { language, kinds, asOf, scope: scopeInWords(typed), log: { size, root } };
    const { ledgerCsv, ledgerWorkbook } = await import("@wuding/documents");
    const { bytes, sheets } =
      form === "xlsx"
        ? await ledgerWorkbook(entries, options)
        : { bytes: ledgerCsv(entries, options), sheets: [] };
    await shell.writeFile(file, bytes);
    const log = { size, root: Buffer.from(root).toString("base64") };
    if (shell.json) return shell.out(jsonLine({ file, cases: entries.length, sheets, asOf, log }));
    const separator = shell.language === "zh" ? "、" : ", ";
    facts(
      [
        [said.file[shell.language], file],
        [said.cases[shell.language], String(entries.length)],
        [said.sheets[shell.language], sheets.length === 0 ? null : sheets.join(separator)],
        [said.root[shell.language], shortRoot(root)],
      ],
      shell,
    );
  },
};

const unknownForm = (file: string) =>
  new EngineError("USAGE", {
    problem: {
      zh: `不知道“${file}”应写成什么格式：文件名须以 .xlsx 或 .csv 结尾。`,
      en: `"${file}" has no form that is known: its name must end in .xlsx or .csv.`,
    },
    suggestion: "wuding export 台账.xlsx",
  });

/** The kinds that the casebook's rulebooks know, the newest name of each. */
const kindsOf = (
  { rules }: Pick<Casebook, "rules">,
  language: keyof Label,
): readonly Readonly<{ id: string; name: string }>[] => {
  const names = new Map(
    rules.rulebooks.flatMap(({ rulebook }) =>
      rulebook.kinds.map(({ id, label }) => [id, label[language]] as const),
    ),
  );
  return [...names].map(([id, name]) => ({ id, name }));
};

/** `--year 2021 --role lead`: the choice as it was typed. */
const scopeInWords = ({ values }: Typed): string =>
  scopeOptions
    .flatMap(({ name }) => (values[name] === undefined ? [] : [`--${name} ${values[name]}`]))
    .join(" ");
