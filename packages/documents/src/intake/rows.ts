/** @module rows — a row of a list as the facts that it says of one case, and all that is wrong with it. */
import type { CaseId, CivilDate, InputProblem, Label } from "@wuding/engine";
import type { Column, ReadingContext } from "./columns.ts";
import { isPersonal } from "./columns.ts";
import { redacted, withoutPhones } from "../publication/redact.ts";
import type { FactName } from "./facts.ts";
import type { Header, ListSheet } from "./header.ts";
import type { NameParts } from "./names.ts";
import { caseIdFrom, readCaseName } from "./names.ts";
import type { WrittenProposers } from "./proposers.ts";
import type { TitleSuggestion } from "./titles.ts";
import { isNoTitle, titleSuggestion } from "./titles.ts";
import type { Misread, Written } from "./written.ts";
import { plainForm } from "./written.ts";

/** Where a value was read: the heading as it stands in the file, and the cell. */
export type CellPlace = Readonly<{ column: string; cell: string; text: string }>;

export type Values = Readonly<Record<string, unknown>>;

export type ListRow = Readonly<{
  sheet: string;
  row: number;
  /** Undefined where it cannot be told; `problems` says why. */
  case?: CaseId;
  name: NameParts;
  /** What it says, fact by fact; only fields that are filled. */
  said: Readonly<Partial<Record<FactName, Values>>>;
  /** By `fact.field`. */
  places: ReadonlyMap<string, CellPlace>;
  /** Filled cells under headings that are not known. */
  extras: readonly CellPlace[];
  /** Cells without anything in them, under headings that are known. */
  empty: readonly (Omit<CellPlace, "text"> & Readonly<{ fact: FactName; field: string }>)[];
  /** What it says of the proposers beside their names. */
  proposers?: Readonly<{
    /** As the names tell it, where no column says it. */
    type: WrittenProposers["type"];
    /** There are more than it names. */
    isPart: boolean;
    /** The cell counts more than it names: its wording is kept. */
    isCounted: boolean;
  }>;
  remarks: readonly Label[];
  problems: readonly InputProblem[];
  /** How the title would read without what was glued to it. */
  title?: TitleSuggestion;
}>;

/** Dashes and strokes that people put where nothing is to be said. */
const nothing = /^[-—–－/／\\]+$/u;

const isFilled = (written: Written | undefined): written is Written =>
  written !== undefined && written.text !== "" && !nothing.test(written.text);

/** The rows below a header that say something of a case, read one after the other. */
export function* readRows(
  sheet: ListSheet,
  header: Header,
  context: ReadingContext,
): Generator<ListRow> {
  for (const { row, cells } of sheet.rows) {
    if (row <= header.row || isNoCase(cells, header)) continue;
    yield readRow({ sheet: sheet.name, row, cells }, header, context);
  }
}

/** The rows that say nothing of a case and are more than a repeated header: headings of sections, sums, signatures. */
export const passedOver = (
  sheet: ListSheet,
  header: Header,
): readonly Readonly<{ row: number; text: string }>[] =>
  sheet.rows.flatMap(({ row, cells }) =>
    row > header.row && isNoCase(cells, header) && !isHeaderAgain(cells, header)
      ? [{ row, text: [...cells.values()].map(({ text }) => text).join(" ") }]
      : [],
  );

const naming = new Set(["number", "case", "title"]);
/** How the last lines of a table begin. */
const foot = /^(?:合\s*计|总\s*计|小\s*计|共\s*计|制\s*表|填\s*表|审\s*核|注[:：]|说明[:：]|联系)/u;

/** A sum, whatever else stands in its row. */
const sum = /^(?:合计|总计|小计)(?:$|[:(\d])/u;

const isNoCase = (cells: ReadonlyMap<number, Written>, header: Header): boolean => {
  const filled = [...header.columns].filter(([at]) => isFilled(cells.get(at)));
  const isNamed = filled.some(([, { column }]) => column !== null && naming.has(column.field));
  const [first] = [...cells]
    .toSorted(([left], [right]) => left - right)
    .flatMap(([, written]) => (isFilled(written) ? [written] : []));
  if (first !== undefined && sum.test(plainForm(first.text))) return true;
  const isTitled = filled.some(([, { column }]) => column?.field === "title");
  const isFoot = !isTitled && foot.test(first?.text ?? "");
  // 一、主办件 alone in a row heads a section, in whichever column it stands
  const isSection = filled.length <= 1 && !isTitled && !/\d/u.test(first?.text ?? "");
  return isFoot || isSection || (!isNamed && filled.length <= 1) || isHeaderAgain(cells, header);
};

/** Lists that were printed repeat the header on every page. */
const isHeaderAgain = (cells: ReadonlyMap<number, Written>, { columns }: Header): boolean =>
  [...columns].every(([at, { heading }]) => heading.text.endsWith(cells.get(at)?.text ?? ""));

type Cells = Readonly<{ sheet: string; row: number; cells: ReadonlyMap<number, Written> }>;

const readRow = (
  { sheet, row, cells }: Cells,
  { columns, told }: Header,
  context: ReadingContext,
): ListRow => {
  const said: Partial<Record<FactName, Record<string, unknown>>> = {};
  const places = new Map<string, CellPlace>();
  const extras: CellPlace[] = [];
  const empty: ListRow["empty"][number][] = [];
  const problems: InputProblem[] = [];
  const remarks: Label[] = [];
  const unread = new Set<string>();
  let title: TitleSuggestion | undefined;
  let proposers: ListRow["proposers"];
  const wrong = (written: Written, column: Column, misread: Misread): void => {
    unread.add(column.field);
    if (naming.has(column.field) && column.fact === "name") {
      for (const part of ["kind", "session", "number"]) unread.add(part);
    }
    problems.push({
      ...misread,
      field: `${written.address} ${headingOf(column)}`,
    });
  };
  const headingOf = (column: Column): string =>
    [...columns.values()].find((one) => one.column === column)?.heading.text ?? column.label.zh;

  const name = nameOf(cells, columns, told, context, wrong);
  const inKind = { ...context, ...(name.kind !== undefined && { kind: name.kind }) };
  for (const [at, { heading, column }] of columns) {
    const written = cells.get(at);
    if (column?.fact === "computed") continue;
    if (column?.fact === "noted") {
      const { address: cell, text } = written ?? heading;
      if (isFilled(written)) extras.push({ column: column.label.zh, cell, text });
      continue;
    }
    if (!isFilled(written)) {
      if (column !== null && column.fact !== "name") {
        const cell = heading.address.replace(/\d+$/u, String(row));
        empty.push({ fact: column.fact, field: column.field, column: heading.text, cell });
      }
      continue;
    }
    const place = { column: heading.text, cell: written.address, text: written.text };
    if (column === null) {
      if (!isPersonal(heading.text)) extras.push(place);
      continue;
    }
    places.set(`${column.fact}.${column.field}`, place);
    if (column.fact === "name") continue;
    if (spreadsheetError.test(written.text)) {
      const expected = { zh: `内容（公式出错：${written.text}）`, en: `a value (${written.text})` };
      wrong(written, column, { kind: "malformed", expected });
      continue;
    }
    if (column.field === "title") {
      if (written.isFormula === true) {
        const expected = { zh: "文字（不能是公式）", en: "text, not a formula" };
        wrong(written, column, { kind: "malformed", expected });
        continue;
      }
      if (isNoTitle(written.text)) {
        wrong(written, column, { kind: "malformed", expected: aTitle });
        continue;
      }
      title = titleSuggestion(written.text);
    }
    const meant = column.read(written, inKind);
    if ("misread" in meant) {
      wrong(written, column, meant.misread);
      continue;
    }
    let { value } = meant;
    if (column.field === "proposers") {
      const who = value as WrittenProposers;
      value = who.proposers;
      proposers = {
        type: who.type,
        isPart: who.counted !== undefined || leadOnly.test(heading.text),
        isCounted: who.counted !== undefined,
      };
      if (who.counted !== undefined) remarks.push(partly(who));
      remarks.push(...(who.unsure ?? []).map(perhapsSeveral));
    }
    if (Array.isArray(value) && value.length === 0) continue;
    (said[column.fact] ??= {})[column.field] = value;
  }
  if (said.received !== undefined) {
    ofFirstProposer(said.received);
    const { note } = said.received;
    if (typeof note === "string") {
      said.received["note"] = redacted(note, phonesOf(said.received)).text;
    }
    const contrary = contraryDays(said.received, places);
    if (contrary !== undefined) problems.push(contrary);
  }
  const id = caseIdFrom(name);
  const missing = demanded(said, name).filter(([field]) => !unread.has(field));
  for (const [field, label] of missing) {
    problems.push({ field: `${label.zh}（${field}）`, kind: "missing" });
  }
  if (id === undefined && problems.length === 0) {
    const number = places.get("name.number") ?? places.get("name.case");
    const expected = { zh: "编号，如 122", en: "a number, such as 122" };
    problems.push({
      field: `${number?.cell ?? ""} ${number?.column ?? ""}`,
      kind: "malformed",
      expected,
    });
  }
  return {
    sheet,
    row,
    ...(id !== undefined && { case: id }),
    name,
    said,
    places,
    extras,
    empty,
    ...(proposers && { proposers }),
    remarks,
    problems,
    ...(title && { title }),
  };
};

/** Parts of the name from their own columns, else from the number's cell, else from what holds for the sheet. */
const nameOf = (
  cells: ReadonlyMap<number, Written>,
  columns: Header["columns"],
  told: NameParts,
  context: ReadingContext,
  wrong: (written: Written, column: Column, misread: Misread) => void,
): NameParts => {
  const own: Record<string, string> = {};
  const beside: NameParts = {};
  for (const [at, { column }] of columns) {
    const written = cells.get(at);
    if (column?.fact !== "name" || !isFilled(written)) continue;
    if (column.field === "number" || column.field === "case") {
      const named = readCaseName(written, context.kinds);
      if ("misread" in named) wrong(written, column, named.misread);
      else Object.assign(beside, named.value);
      continue;
    }
    const meant = column.read(written, context);
    if ("misread" in meant) wrong(written, column, meant.misread);
    else own[column.field] = String(meant.value);
  }
  for (const [at, { column }] of columns) {
    const written = cells.get(at);
    if (column?.fact !== "name" || !isFilled(written)) continue;
    const { [column.field as keyof NameParts]: other } = beside;
    const mine = own[column.field];
    if (mine === undefined || other === undefined || mine === other) continue;
    const expected = {
      zh: `与编号一致的内容（编号写的是 ${other}）`,
      en: `what the number says, which is ${other}`,
    };
    wrong(written, column, { kind: "malformed", expected });
  }
  return { ...told, ...beside, ...own };
};

const aTitle: Label = {
  zh: "建议提案的题目（所填只是网页文字或者广告）",
  en: "a title; these are only words of a web page, or advertising",
};

/** What spreadsheets put where a formula has no result. */
const spreadsheetError = /^#(?:REF!|VALUE!|NAME\?|DIV\/0!|N\/A|NUM!|NULL!)$/u;

/** Unit, sector and telephone number in columns of their own belong to who leads. */
const ofFirstProposer = (received: Record<string, unknown>): void => {
  const { unit: written, sector, phone: given, ...rest } = received;
  const [first, ...others] = (rest["proposers"] ?? []) as readonly Values[];
  for (const name of ["unit", "sector", "phone"]) delete received[name];
  if (first === undefined) return;
  const { text, phones } = withoutPhones(typeof written === "string" ? written : "");
  const unit = phones.length === 0 ? written : text.trim() || undefined;
  const known = [given ?? first["phone"], ...phones].filter((one) => typeof one === "string");
  const phone = known.length === 0 ? undefined : [...new Set(known)].join("、");
  const beside = Object.entries({ unit, sector, phone }).filter(([, value]) => value !== undefined);
  received["proposers"] = [{ ...first, ...Object.fromEntries(beside) }, ...others];
};

/** The telephone numbers that a row tells. */
export const phonesOf = (received: Values | undefined): readonly string[] =>
  ((received?.["proposers"] ?? []) as readonly Values[]).flatMap(({ phone }) =>
    typeof phone === "string" ? [phone, ...phone.split("、")] : [],
  );

/** No case is taken in before it was dispatched. */
const contraryDays = (
  { on, dispatchedOn }: Values,
  places: ListRow["places"],
): InputProblem | undefined => {
  if (typeof on !== "string" || typeof dispatchedOn !== "string" || on >= dispatchedOn)
    return undefined;
  const [own, other] = [places.get("received.on"), places.get("received.dispatchedOn")];
  const where = `${other?.cell ?? ""} ${other?.column ?? ""}`;
  return {
    field: `${own?.cell ?? ""} ${own?.column ?? ""}`,
    kind: "malformed",
    expected: {
      zh: `不早于交办日期的日期（${on} 与 ${where} 的 ${dispatchedOn} 互相矛盾）`,
      en: `no day before the dispatch (${on} and ${dispatchedOn} in ${where} contradict each other)`,
    },
  };
};

const perhapsSeveral = (name: string): Label => ({
  zh: `“${name}”可能不止一人，按一位提案人记`,
  en: `"${name}" may be several people; taken as one proposer`,
});

/** Headings of a column that names only the first of the proposers. */
const leadOnly = /第一|领衔|lead|first/iu;

const partly = ({ proposers, counted }: WrittenProposers): Label => ({
  zh: `提案人只列名 ${proposers.length} 位${typeof counted === "number" ? `，原文共 ${counted} 位` : ""}`,
  en: `only ${proposers.length} of ${counted ?? "several"} proposers are named`,
});

/** What no case can do without, where nothing of the kind is written. */
const demanded = (
  said: ListRow["said"],
  name: NameParts,
): readonly (readonly [field: string, label: Label])[] => {
  const needed = [
    ["kind", { zh: "件别", en: "kind" }, name.kind],
    ["session", { zh: "届次", en: "session" }, name.session],
    ["number", { zh: "编号", en: "number" }, name.number],
    ["title", { zh: "案由", en: "title" }, said.received?.["title"]],
    ["proposers", { zh: "提案人", en: "proposers" }, said.received?.["proposers"]],
  ] as const;
  return needed.flatMap(([field, label, value]) =>
    value === undefined ? [[field, label] as const] : [],
  );
};

/** The title that is recorded: the given one, or the suggested one where that was asked for. */
export const titleOf = (row: ListRow, options: Readonly<{ cleanTitles: boolean }>): unknown =>
  options.cleanTitles && row.title !== undefined ? row.title.title : row.said.received?.["title"];

/** The day that stands for one without a date of its own. */
export const dayOfReceipt = ({ said }: ListRow): CivilDate | undefined =>
  (said.received?.["on"] ?? said.received?.["dispatchedOn"]) as CivilDate | undefined;
