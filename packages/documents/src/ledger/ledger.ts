/**
 * @module ledger — the ledger 台账 as a workbook, one sheet for each kind of case, or as CSV. A last sheet
 * says of which day and of which log it is.
 */
import type { CivilDate, LedgerEntry } from "@wuding/engine";
import { shortRoot } from "@wuding/engine";
import type { OutCell, OutSheet } from "../spreadsheet/write-table.ts";
import { writeCsv, writeWorkbook } from "../spreadsheet/write-table.ts";
import type { LedgerColumn, LedgerLanguage, LedgerWords } from "./columns.ts";
import { ledgerColumns } from "./columns.ts";

export type LedgerOptions = Readonly<{
  language: LedgerLanguage;
  /** Kinds of case with their names, in the order of their sheets. */
  kinds: readonly Readonly<{ id: string; name: string }>[];
  /** The day that the ledger is of. */
  asOf: CivilDate;
  /** The choice of cases in words; empty for all. */
  scope: string;
  /** The log as it was. */
  log: Readonly<{ size: number; root: Uint8Array }>;
}>;

const said = {
  about: { zh: "说明", en: "About" },
  other: { zh: "其他", en: "Other" },
  lines: {
    zh: ({ asOf, scope, log }: LedgerOptions, cases: number) => [
      `截至 ${asOf} 的台账，共 ${cases} 件。`,
      ...(scope === "" ? [] : [`范围：${scope}`]),
      `办件库记录 ${log.size} 条，根哈希 ${shortRoot(log.root)}。`,
      "截止日期、状态、灯色等由记录算出，在此处修改无效；导入本表时不读取。",
      "件号、件别、届次、编号用于识别办件，请勿修改；清空单元格不删除已有记录。",
    ],
    en: ({ asOf, scope, log }: LedgerOptions, cases: number) => [
      `The ledger as of ${asOf}, ${cases} ${cases === 1 ? "case" : "cases"}.`,
      ...(scope === "" ? [] : [`Scope: ${scope}`]),
      `${log.size} events in the log, root ${shortRoot(log.root)}.`,
      "Due dates, status and lamps are computed: a change of them here has no effect, and an import does not read them.",
      "Case, kind, session and number say which case it is; leave them as they are. An emptied cell deletes nothing.",
    ],
  },
} as const;

/** The sheet names that Excel allows: up to 31 characters without these. */
const sheetName = (name: string): string => name.replaceAll(/[\\/?*[\]:]/g, " ").slice(0, 31);

const rowsOf = (
  entries: readonly LedgerEntry[],
  words: LedgerWords,
): readonly (readonly OutCell[])[] =>
  entries.map((entry, at) => ledgerColumns.map(({ cell }) => cell(entry, words, at + 1)));

const headed =
  (language: LedgerLanguage) =>
  ({ label, width }: LedgerColumn) => ({ heading: label[language], width });

const wordsOf = ({ language, kinds }: LedgerOptions): LedgerWords => {
  const names = new Map(kinds.map(({ id, name }) => [id, name]));
  return { language, kindOf: (id) => names.get(id) ?? id };
};

/** The ledger as `.xlsx`. */
export const ledgerWorkbook = async (
  entries: readonly LedgerEntry[],
  options: LedgerOptions,
): Promise<Readonly<{ bytes: Uint8Array; sheets: readonly string[] }>> => {
  const { language, kinds } = options;
  const words = wordsOf(options);
  const columns = ledgerColumns.map(headed(language));
  const known = new Set(kinds.map(({ id }) => id));
  const groups = [
    ...kinds.map(({ id, name }) => ({
      name: sheetName(name),
      entries: entries.filter(({ view }) => view.kind === id),
    })),
    {
      name: said.other[language],
      entries: entries.filter(({ view }) => !known.has(view.kind)),
    },
  ].filter((group) => group.entries.length > 0);
  const shown = groups.length > 0 ? groups : [{ name: sheetName(kinds[0]?.name ?? ""), entries }];
  const about: OutSheet = {
    name: said.about[language],
    columns: [{ heading: "", width: 100 }],
    rows: said.lines[language](options, entries.length).map((value) => [{ value }]),
    isProse: true,
  };
  const sheets: readonly OutSheet[] = [
    ...shown.map((group) => ({ name: group.name, columns, rows: rowsOf(group.entries, words) })),
    about,
  ];
  return {
    bytes: await writeWorkbook(sheets, options.asOf),
    sheets: sheets.map(({ name }) => name),
  };
};

/** The ledger as `.csv`, all kinds in one table. */
export const ledgerCsv = (entries: readonly LedgerEntry[], options: LedgerOptions): Uint8Array =>
  writeCsv({
    columns: ledgerColumns.map(headed(options.language)),
    rows: rowsOf(entries, wordsOf(options)),
  });
