/** @module list — a whole file of lists: its sheets with their headers, and its rows, those that clash among them. */
import type { CaseId, InputProblem, Label } from "@wuding/engine";
import { sha256Hex } from "@wuding/engine";
import type { Column, ReadingContext } from "./columns.ts";
import { isPersonal } from "./columns.ts";
import type { Header, ListSheet } from "./header.ts";
import { findHeader } from "./header.ts";
import type { NameParts } from "./names.ts";
import type { ListRow } from "./rows.ts";
import { passedOver, readRows } from "./rows.ts";

export type ListedColumns = Readonly<{
  sheet: string;
  /** Headings that are read, that follow from what is recorded, and that are kept as notes of new cases. */
  read: readonly string[];
  computed: readonly string[];
  notes: readonly string[];
  /** Unknown headings of personal data: not read at all. */
  personal: readonly string[];
  /** What the title lines, the sheet's name or the command line say of all rows. */
  told: NameParts;
  /** Rows below the header that say nothing of a case. */
  passedOver: readonly Readonly<{ row: number; text: string }>[];
}>;

export type List = Readonly<{
  columns: readonly ListedColumns[];
  /** Names of sheets that have no header. */
  skipped: readonly string[];
  /** Rows that say something. */
  count: number;
  /** The rows, read as they are asked for; one that repeats another says so. */
  rows(): Generator<ListRow & Readonly<{ repeats?: string }>>;
}>;

type Found = Readonly<{ sheet: ListSheet; header: Header }>;

/**
 * Reads the sheets of a file.
 * @param given parts of the name that hold for all rows
 * @returns the problems instead: no header at all, a column that is missing or comes twice
 */
export const readList = (
  sheets: readonly ListSheet[],
  context: ReadingContext,
  given: NameParts,
): List | Readonly<{ problems: readonly InputProblem[] }> => {
  const found: Found[] = [];
  const skipped: string[] = [];
  const problems: InputProblem[] = [];
  for (const sheet of sheets) {
    const header = findHeader(sheet, context, given);
    if (header === undefined) {
      if (sheet.rows.length > 0) skipped.push(sheet.name);
    } else if ("problems" in header) problems.push(...header.problems);
    else found.push({ sheet, header });
  }
  if (problems.length > 0) return { problems };
  if (found.length === 0) return { problems: [withoutHeader(sheets)] };
  const places = new Map<CaseId, Place[]>();
  let count = 0;
  for (const row of rowsOf(found, context)) {
    count += 1;
    if (row.case === undefined) continue;
    const title = String(row.said.received?.["title"]);
    const place = { where: whereOf(row), title, content: contentOf(row) };
    places.set(row.case, [...(places.get(row.case) ?? []), place]);
  }
  for (const [id, at] of places) if (at.length === 1) places.delete(id);
  return {
    columns: found.map(listedColumns),
    skipped,
    count,
    *rows() {
      for (const row of rowsOf(found, context)) {
        const at = row.case === undefined ? undefined : places.get(row.case);
        yield at === undefined ? row : besideOthers(row, at);
      }
    },
  };
};

function* rowsOf(found: readonly Found[], context: ReadingContext): Generator<ListRow> {
  for (const { sheet, header } of found) yield* readRows(sheet, header, context);
}

const withoutHeader = (sheets: readonly ListSheet[]): InputProblem => {
  const names = sheets.map(({ name }) => name).join("、");
  const expected: Label = {
    zh: "带表头的清单（前 20 行中须有编号、案由、提案人等列名）",
    en: "a list with a header (number, title, proposers … among the first 20 rows)",
  };
  return { field: names, kind: "malformed", expected };
};

/** What is told of all rows and stands in no column of its own. */
const toldBeside = ({ columns, told }: Header): NameParts => {
  const own = new Set([...columns.values()].flatMap(({ column }) => column?.field ?? []));
  return own.has("case")
    ? {}
    : Object.fromEntries(Object.entries(told).filter(([name]) => !own.has(name)));
};

const unread: ReadonlySet<Column["fact"]> = new Set<Column["fact"]>(["computed", "noted"]);

const listedColumns = ({ sheet, header }: Found): ListedColumns => {
  const all = [...header.columns.values()];
  const headings = (fits: (one: (typeof all)[number]) => boolean): readonly string[] =>
    all.filter(fits).map(({ heading }) => heading.text);
  return {
    sheet: sheet.name,
    read: headings(({ column }) => column !== null && !unread.has(column.fact)),
    computed: headings(({ column }) => column?.fact === "computed"),
    notes: headings(
      ({ column, heading }) =>
        column?.fact === "noted" || (column === null && !isPersonal(heading.text)),
    ),
    personal: headings(({ column, heading }) => column === null && isPersonal(heading.text)),
    told: toldBeside(header),
    passedOver: passedOver(sheet, header),
  };
};

/** A row of the same number as another. */
type Place = Readonly<{ where: string; title: string; content: string }>;

const whereOf = ({ sheet, row }: Pick<ListRow, "sheet" | "row">): string => `${sheet}!${row}`;

const contentOf = ({ said, extras }: ListRow): string =>
  sha256Hex(JSON.stringify([said, extras.map(({ column, text }) => [column, text])]));

const besideOthers = (
  row: ListRow,
  places: readonly Place[],
): ListRow & Readonly<{ repeats?: string }> => {
  const own = places.find(({ where }) => where === whereOf(row)) as Place;
  const [first] = places as readonly [Place];
  const contrary = places.find(({ title }) => title !== own.title);
  if (contrary !== undefined)
    return { ...row, problems: [...row.problems, clash(row, contrary, "title")] };
  if (own === first) return row;
  return own.content === first.content
    ? { ...row, repeats: first.where }
    : { ...row, problems: [...row.problems, clash(row, first, "content")] };
};

const clash = (row: ListRow, other: Place, what: "title" | "content"): InputProblem => {
  const number = row.places.get("name.number") ?? row.places.get("name.case");
  const zh = what === "title" ? `案由不同：“${other.title}”` : "内容不同";
  const en = what === "title" ? `another title: "${other.title}"` : "other content";
  return {
    field: `${number?.cell ?? ""} ${number?.column ?? ""}`,
    kind: "malformed",
    expected: {
      zh: `不重复的编号（${other.where} 也是 ${row.case ?? ""}，${zh}）`,
      en: `a number that comes once (${other.where} is ${row.case ?? ""} too, with ${en})`,
    },
  };
};
