/** @module import-rows — what became of the rows of a list: for people, a block a row; for scripts, an object. */
import type { EngineError, Label } from "@wuding/engine";
import { terms } from "@wuding/engine";
import type { CellPlace, List, RowPlan, TitleSuggestion } from "@wuding/documents";
import { refusalJson } from "../refusal.ts";
import type { Language, Shell } from "../shell.ts";
import { visible } from "../visible.ts";
import { inLanguage } from "./in-language.ts";
import { paragraph } from "./page.ts";
import { cutTo } from "./width.ts";
import { clauses, labelled, listed, plural, withAside } from "./words.ts";

/** What became of a row, or would. */
export type RowOutcome = Readonly<{
  sheet: string;
  row: number;
  /** Null where the row does not tell it. */
  case: string | null;
  verdict: "new" | "same" | "differs" | "refused";
  /** Whether anything was recorded, and all of it. */
  recorded: boolean;
  /** Types of the events. */
  events?: readonly string[];
  version?: number;
  differences: RowPlan["differences"];
  remarks: readonly Label[];
  /** `taken`: recorded as suggested. */
  title?: TitleSuggestion & Readonly<{ given: string; taken: boolean }>;
  refusal?: EngineError;
  /** The cell that the refusal is about, where it is about one. */
  at?: CellPlace;
}>;

const verdicts = {
  new: { zh: "新件", en: "new" },
  same: { zh: "相同", en: "same" },
  differs: { zh: "不同", en: "differs" },
  refused: { zh: "拒绝", en: "refused" },
} as const satisfies Record<RowOutcome["verdict"], Label>;

const said = {
  list: { zh: "清单", en: "list" },
  recorded: { zh: "已记录", en: "recorded" },
  nothing: { zh: "未记录", en: "nothing recorded" },
  taken: { zh: "按清单更正", en: "taken from the list" },
  willBeTaken: { zh: "将按清单更正", en: "would be taken from the list" },
  title: { zh: "案由建议改为", en: "the title might read" },
  titleTaken: { zh: "案由已改为", en: "the title was taken as" },
  ignored: { zh: "由系统计算、不读入的列", en: "computed columns, not read" },
  notes: {
    zh: "没有对应字段的列，新件写入备注，已有的件不比较",
    en: "columns without a field: kept as notes of new cases, not compared with recorded ones",
  },
  personal: {
    zh: "个人信息，不写入备注、未读的列",
    en: "columns of personal data: not put into notes, not read",
  },
  told: { zh: "据标题行、表名或者选项", en: "from title lines, sheet names or options" },
  passedOver: { zh: "不是办件的行，未读", en: "rows that are no case, not read" },
  skipped: { zh: "没有表头、未读的表", en: "sheets without a header, not read" },
} as const satisfies Record<string, Label>;

const cellForm = /^([A-Z]+\d+) (.+)$/su;

/** The cell of a refusal: the one it is about, or the one that its first problem names. */
const cellOf = ({ refusal, at }: RowOutcome): Readonly<{ cell?: string; column?: string }> => {
  if (at !== undefined) return { cell: at.cell, column: at.column };
  const problems =
    refusal !== undefined && "problems" in refusal.data
      ? (refusal.data.problems as readonly Readonly<{ field?: string }>[])
      : [];
  const [, cell, column] = cellForm.exec(problems[0]?.field ?? "") ?? [];
  return cell === undefined || column === undefined ? {} : { cell, column };
};

/** A row as scripts read it. */
export const rowJson = (outcome: RowOutcome, language: Language): object => {
  const { differences, remarks, title, refusal, at: _at, ...rest } = outcome;
  return {
    ...rest,
    ...(differences.length > 0 && {
      differences: differences.map(({ isRecorded: _isRecorded, ...one }) => one),
    }),
    ...(remarks.length > 0 && { remarks: inLanguage(remarks, language) }),
    ...(title && {
      title: {
        given: title.given,
        suggested: title.title,
        why: inLanguage(title.why, language),
        taken: title.taken,
      },
    }),
    ...(refusal && { error: { ...refusalJson(refusal, language), ...cellOf(outcome) } }),
  };
};

const quoted = (text: string, language: Language): string =>
  language === "zh" ? `“${text}”` : `"${text}"`;

type Difference = RowPlan["differences"][number];

/** The closed sets whose words are shown by their labels; a reply's result is a letter. */
const wordsOf = ({ fact, field }: Difference): Readonly<Record<string, Label>> => {
  if (fact === "feedback" && (field === "attitude" || field === "result")) return terms.ratings;
  return wordsByField[field] ?? {};
};

const wordsByField: Readonly<Record<string, Readonly<Record<string, Label>>>> = {
  role: terms.roles,
  proposerType: terms.proposerTypes,
  level: terms.levels,
  submissionPhase: terms.submissionPhases,
  mode: terms.contactModes,
  disclosure: terms.disclosures,
};

const valueText = (one: Difference, side: "theirs" | "ours", language: Language): string | null => {
  const value = one[side];
  if (value === null) return null;
  if (typeof value === "boolean") {
    const words = value ? { zh: "是", en: "yes" } : { zh: "否", en: "no" };
    return words[language];
  }
  const text = typeof value === "string" ? value : listed(value, language);
  return quoted(wordsOf(one)[text]?.[language] ?? text, language);
};

type Shown = Readonly<{ dryRun: boolean }>;

/** Prints a row; rows that went in without a word are only counted, except in a dry run. */
export const printOutcome = (outcome: RowOutcome, { dryRun }: Shown, shell: Shell): void => {
  const { verdict, title, remarks, differences, refusal } = outcome;
  const hasWords = title !== undefined || remarks.length > 0;
  if (!dryRun && (verdict === "new" ? !hasWords : verdict === "same" && remarks.length === 0))
    return;
  const { language } = shell;
  const place = `${outcome.sheet}!${outcome.row}`;
  const name = outcome.case ?? "";
  paragraph(`${place}  ${verdicts[verdict][language]}${name === "" ? "" : `  ${name}`}`, shell);
  for (const one of differences) {
    const theirs = labelled(said.list, valueText(one, "theirs", language) ?? "", language);
    const known = valueText(one, "ours", language);
    const ours = known === null ? said.nothing[language] : labelled(said.recorded, known, language);
    const taken = one.planned ? (outcome.recorded ? said.taken : said.willBeTaken)[language] : "";
    const both = clauses([theirs, ours], language);
    const column = `${one.cell} ${one.column}`;
    paragraph(labelled(column, withAside(both, taken, language), language), shell, 2);
  }
  if (title !== undefined) {
    const label = title.taken ? said.titleTaken : said.title;
    const why = listed(inLanguage(title.why, language), language);
    const text = withAside(quoted(visible(title.title), language), why, language);
    paragraph(labelled(label, text, language), shell, 2);
  }
  for (const remark of remarks) paragraph(remark[language], shell, 2);
  if (refusal !== undefined) {
    const { cell, column } = cellOf(outcome);
    const sentence = refusal.sentence[language];
    const before = cell === undefined || sentence.includes(cell) ? "" : `${cell} ${column}`;
    paragraph(before === "" ? sentence : labelled(before, sentence, language), shell, 2);
  }
};

/** Says which columns are not taken as they stand, on stderr. */
export const printColumns = ({ columns, skipped }: List, { language, talk }: Shell): void => {
  const tell = (label: Label, names: readonly string[]): void => {
    const each = [...new Set(names)];
    if (each.length > 0) talk(visible(labelled(label, listed(each, language), language)));
  };
  tell(
    said.ignored,
    columns.flatMap(({ computed }) => computed),
  );
  tell(
    said.notes,
    columns.flatMap(({ notes }) => notes),
  );
  tell(
    said.personal,
    columns.flatMap(({ personal }) => personal),
  );
  tell(
    said.told,
    columns.flatMap(({ told }) => Object.values(told)),
  );
  tell(
    said.passedOver,
    columns.flatMap(({ sheet, passedOver }) =>
      passedOver.map(({ row, text }) => `${sheet}!${row} ${cutTo(text, 30)}`),
    ),
  );
  tell(said.skipped, skipped);
};

type Counts = Readonly<Record<"rows" | "recorded" | RowOutcome["verdict"], number>>;

/** Prints the sums, and what to do with rows that differ. */
export const printCounts = (
  counts: Counts,
  { dryRun, update }: Shown & Readonly<{ update?: object }>,
  shell: Shell,
): void => {
  const { language, talk } = shell;
  const parts = (["new", "same", "differs", "refused"] as const).map((verdict) =>
    language === "zh"
      ? `${verdicts[verdict].zh} ${counts[verdict]}`
      : `${counts[verdict]} ${verdicts[verdict].en}`,
  );
  const recorded = dryRun
    ? { zh: "未记录任何内容（--dry-run）", en: "nothing was recorded (--dry-run)" }
    : { zh: `已记录 ${counts.recorded} 行`, en: `${counts.recorded} recorded` };
  const sum = {
    zh: `共 ${counts.rows} 行：${parts.join("，")}；${recorded.zh}。`,
    en: `${plural(counts.rows, "row")}: ${parts.join(", ")}; ${recorded.en}.`,
  };
  paragraph(sum[language], shell);
  if (counts.differs > 0 && update === undefined) {
    const hint = {
      zh: "不同的行未动；如以清单为准，加 --update --reason 依台账更正。",
      en: "Rows that differ were left alone; to take the list's word, add --update --reason TEXT.",
    };
    talk(hint[language]);
  }
};
