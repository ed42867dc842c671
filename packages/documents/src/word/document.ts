/**
 * @module document — our own words for what stands in an official document. Builders speak these; what
 * Word calls them is known in this room alone.
 */
import type { Label } from "@wuding/engine";

/**
 * The sheet: `letter` is the letter form 信函格式 with the issuer's red name and two red lines; `report` has
 * the same type area and page numbers; `form` is filled with a table.
 */
export type WordPage =
  | Readonly<{ kind: "letter"; issuer: string }>
  | Readonly<{ kind: "report" }>
  | Readonly<{ kind: "form"; orientation: "portrait" | "landscape" }>;

/** A picture of square dots, as `qrBitmap` makes it. */
export type Picture = Readonly<{
  /** A whole BMP file. */
  bytes: Uint8Array;
  /** Width and height in millimetres. */
  side: number;
  /** What it shows, for whoever cannot see it. */
  description: string;
}>;

/** One cell of a table; `lines` stand one under another. */
export type Cell = Readonly<{
  lines: readonly string[];
  /** A heading or the name of a row. */
  isHeading?: true;
  /** Columns that it spans. */
  across?: number;
  align?: "left" | "centre";
}>;

export type WordTable = Readonly<{
  kind: "table";
  /** Widths of the columns in millimetres. */
  widths: readonly number[];
  rows: readonly Readonly<{
    cells: readonly Cell[];
    /** The least height in millimetres. */
    height?: number;
  }>[];
  /** How many rows at the top are repeated on each page. */
  headings?: number;
}>;

/** What stands under another on the sheet. Every text is one paragraph. */
export type Block =
  /** Flush right under the first red line: 发文字号, 办理结果. */
  | Readonly<{ kind: "mark"; text: string }>
  /** Broken where its lines end; without them Word breaks it. */
  | Readonly<{ kind: "title"; text: string; lines?: readonly string[] }>
  | Readonly<{ kind: "salutation"; text: string }>
  /** 一、 with the text that goes on in the same paragraph, if any. */
  | Readonly<{ kind: "chapter"; text: string; runOn?: string }>
  /** （一） with the text that goes on in the same paragraph. */
  | Readonly<{ kind: "section"; heading: string; text: string }>
  /** A paragraph, also 1. and （1）. */
  | Readonly<{ kind: "body"; text: string }>
  /** A smaller paragraph, for what explains a form. */
  | Readonly<{ kind: "explanation"; text: string }>
  /** Unit over date, the date four characters from the right edge, with room for the seal. */
  | Readonly<{ kind: "signature"; unit: string; date: string }>
  /** 附注, in brackets under the date. */
  | Readonly<{ kind: "note"; text: string }>
  /** 抄送 */
  | Readonly<{ kind: "copies"; text: string }>
  /** The foot line that tells about the log, with the code beside it. */
  | Readonly<{ kind: "foot"; lines: readonly string[]; picture?: Picture }>
  | Readonly<{ kind: "blank" }>
  | Readonly<{ kind: "newPage" }>
  | WordTable;

export type WordDocument = Readonly<{
  language: keyof Label;
  /** What programs show as the document's title. */
  title: string;
  /** Who issues it. */
  creator: string;
  page: WordPage;
  blocks: readonly Block[];
}>;
