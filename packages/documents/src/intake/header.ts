/**
 * @module header — where the headings of a list stand, and which column each of them is: below title lines,
 * in two rows where groups are merged over them, in any order.
 */
import type { InputProblem } from "@wuding/engine";
import type { Column, ReadingContext } from "./columns.ts";
import { columns, columnsCalled } from "./columns.ts";
import type { NameParts } from "./names.ts";
import { namePartsIn, readCaseName } from "./names.ts";
import type { Written } from "./written.ts";

/** A sheet as it was read: rows from 1, cells by their column from 1; empty cells are left out. */
export type ListSheet = Readonly<{
  name: string;
  rows: readonly Readonly<{ row: number; cells: ReadonlyMap<number, Written> }>[];
}>;

export type Header = Readonly<{
  /** Its lowest row. */
  row: number;
  /** By column; a heading that is not known is kept as it is. */
  columns: ReadonlyMap<number, Readonly<{ heading: Written; column: Column | null }>>;
  /** What the sheet's name and the lines above tell of every case below. */
  told: NameParts;
}>;

/** The name of a CSV's only sheet is the file's. */
const titleOf = ({ name }: ListSheet): string => name.replace(/\.csv$/iu, "");

type Headings = ReadonlyMap<number, Written>;

/** Rows among which headings are looked for. */
const searchedRows = 20;
/** Fewer known headings are no header: a sheet of explanations has one by chance. */
const leastKnown = 2;

/**
 * The header of a sheet, undefined where it has none.
 * @param given parts of the name that hold for all rows, from the command line
 * @returns the problems instead: a column that comes twice, one that cannot be done without
 */
export const findHeader = (
  sheet: ListSheet,
  context: ReadingContext,
  given: NameParts,
): Header | Readonly<{ problems: readonly InputProblem[] }> | undefined => {
  const top = sheet.rows.slice(0, searchedRows);
  const found = top
    .map(({ row, cells }, at) => ({ at, row, headings: below(cells, top[at - 1]?.cells) }))
    .map((one) => ({ ...one, known: knownIn(one.headings) }))
    .reduce<{ at: number; row: number; headings: Headings; known: number } | undefined>(
      (best, one) => (one.known > (best?.known ?? leastKnown - 1) ? one : best),
      undefined,
    );
  if (found === undefined) return undefined;
  const data = sheet.rows.slice(found.at + 1);
  const above = top.slice(0, found.at).flatMap(({ cells }) => [...cells.values()]);
  const told = {
    ...toldBy([...above.map(({ text }) => text), titleOf(sheet)], context),
    ...given,
  };
  const resolved = resolve(found.headings, data, context);
  const problems = [
    ...twice(resolved, sheet.name),
    ...missing(resolved, told, data[0]?.cells, sheet.name, context),
  ];
  return problems.length > 0 ? { problems } : { row: found.row, columns: resolved, told };
};

/** The headings of a row, with those of the row above where a heading is merged downwards or grouped. */
const below = (cells: Headings, above: Headings | undefined): Headings => {
  if (above === undefined || knownIn(above) === 0) return cells;
  const headings = new Map(cells);
  for (const [column, heading] of above) {
    const own = cells.get(column);
    if (own === undefined) {
      if (isKnown(heading)) headings.set(column, heading);
      continue;
    }
    // 日期 under 答复 is 答复日期
    const together = { ...own, text: heading.text + own.text };
    if (!isKnown(own) && isKnown(together)) headings.set(column, together);
  }
  return headings;
};

const isKnown = ({ text }: Written): boolean => columnsCalled(text).candidates.length > 0;

const knownIn = (headings: Headings): number => [...headings.values()].filter(isKnown).length;

/** Kind and session where title lines or the sheet's name tell them; the nearest line first. */
const toldBy = (texts: readonly string[], { kinds }: ReadingContext): NameParts => {
  const parts = texts.toReversed().map((text) => namePartsIn(text, kinds));
  const kind = parts.find((one) => one.kind !== undefined)?.kind;
  const session = parts.find((one) => one.session !== undefined)?.session;
  return { ...(kind !== undefined && { kind }), ...(session !== undefined && { session }) };
};

type Resolved = Header["columns"];

/** What each heading is; where it may be several, what its cells can be read as decides. */
const resolve = (
  headings: Headings,
  data: ListSheet["rows"],
  context: ReadingContext,
): Resolved => {
  const inOrder = [...headings].toSorted(([left], [right]) => left - right);
  const called = inOrder.map(([at, heading]) => ({
    at,
    heading,
    ...columnsCalled(heading.text),
  }));
  const taken = new Set(
    called.flatMap(({ sure, candidates }) => (sure ? candidates.slice(0, 1) : [])),
  );
  const resolved = new Map<number, { heading: Written; column: Column | null }>();
  for (const { at, heading, sure, candidates } of called) {
    const free = sure ? candidates : candidates.filter((one) => !taken.has(one));
    const sample = data.find(({ cells }) => cells.has(at))?.cells.get(at);
    const column =
      free.find((one) => sample !== undefined && "value" in one.read(sample, context)) ??
      free[0] ??
      null;
    if (column !== null) taken.add(column);
    resolved.set(at, { heading, column });
  }
  return resolved;
};

const place = (sheet: string, { address, text }: Written): string => `${sheet}!${address} ${text}`;

const twice = (resolved: Resolved, sheet: string): readonly InputProblem[] => {
  const seen = new Map<Column | string, Written>();
  return [...resolved.values()].flatMap(({ heading, column }) => {
    const key = column ?? heading.text;
    const first = seen.get(key);
    seen.set(key, first ?? heading);
    if (first === undefined || column?.fact === "computed") return [];
    const expected = {
      zh: `只出现一次的列（${first.address}“${first.text}”已是同一列）`,
      en: `a column that comes only once (${first.address} "${first.text}" is the same one)`,
    };
    return [{ field: place(sheet, heading), kind: "malformed" as const, expected }];
  });
};

const columnOf = (field: string): Column | undefined =>
  columns.find((one) => one.field === field && (one.fact === "name" || one.fact === "received"));

const missing = (
  resolved: Resolved,
  told: NameParts,
  first: Headings | undefined,
  sheet: string,
  context: ReadingContext,
): readonly InputProblem[] => {
  const has = (field: string): boolean =>
    [...resolved.values()].some(({ column }) => column !== null && column === columnOf(field));
  const numbered = [...resolved].find(([, { column }]) => column === columnOf("number"))?.[0];
  const cell = numbered === undefined ? undefined : first?.get(numbered);
  const read = cell && readCaseName(cell, context.kinds);
  const inNumber: NameParts = read !== undefined && "value" in read ? read.value : {};
  const isNamed = has("case");
  const isThere: Readonly<Record<string, boolean>> = {
    kind: isNamed || has("kind") || told.kind !== undefined || inNumber.kind !== undefined,
    session:
      isNamed || has("session") || told.session !== undefined || inNumber.session !== undefined,
    number: isNamed || has("number"),
    title: has("title"),
    proposers: has("proposers"),
  };
  return Object.entries(isThere).flatMap(([field, there]) => {
    const label = columnOf(field)?.label;
    return there || label === undefined
      ? []
      : [{ field: `${sheet}! ${label.zh} (${label.en})`, kind: "missing" as const }];
  });
};
