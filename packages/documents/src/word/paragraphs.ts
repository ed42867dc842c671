/** @module paragraphs — each of our paragraphs in Word's words. */
import type { IParagraphOptions, IRunOptions } from "docx";
import {
  AlignmentType,
  BorderStyle,
  ImageRun,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from "docx";
import type { Block, Cell, Picture, WordTable } from "./document.ts";
import type { Font } from "./measures.ts";
import { fonts, linePitch, mm, pt, size, tracking, widthIn } from "./measures.ts";

/** A run of text: its font for every script, its size in points. */
export const run = (
  text: string,
  font: Font,
  points: number,
  more: Partial<IRunOptions> = {},
): TextRun =>
  new TextRun({ text, size: points * 2, font: fontOf(font), characterSpacing: tracking, ...more });

/** A font for every script alike: else Latin letters and digits stand in another. */
export const fontOf = (
  font: Font,
): Readonly<Record<"ascii" | "hAnsi" | "eastAsia" | "cs", string>> => {
  const name = fonts[font];
  return { ascii: name, hAnsi: name, eastAsia: name, cs: name };
};

/** 22 lines to the type area, whatever the size of the type. */
const onGrid = { line: linePitch, lineRule: "exact" } as const;
const indented = { firstLine: pt(size.third * 2), firstLineChars: 200 } as const;
/** 28 characters to a line keep the right edge by themselves; LibreOffice loses a full stop where it justifies. */
const running = AlignmentType.LEFT;
const third = size.third;

const paragraph = (options: IParagraphOptions): Paragraph =>
  new Paragraph({ spacing: onGrid, ...options });

/** Right indents that put the unit over the middle of the date, the date four characters from the edge. */
const signaturePlaces = (unit: string, date: string): Readonly<{ unit: number; date: number }> => {
  const free = 4 + (widthIn(date) - widthIn(unit)) / 2;
  const unitPlace = Math.max(0, free);
  return {
    unit: pt(unitPlace * third),
    date: pt((4 + unitPlace - free) * third),
  };
};

const picture = ({ bytes, side, description }: Picture): ImageRun =>
  new ImageRun({
    type: "bmp",
    data: bytes,
    transformation: {
      width: Math.round((side / 25.4) * 96),
      height: Math.round((side / 25.4) * 96),
    },
    // a number of its own, or Word's would be counted over all documents of the process
    altText: { id: "1", name: "qr", title: description, description },
  });

const noBorder = { style: BorderStyle.NONE, size: 0, color: "auto" } as const;
const noBorders = {
  top: noBorder,
  bottom: noBorder,
  left: noBorder,
  right: noBorder,
  insideHorizontal: noBorder,
  insideVertical: noBorder,
} as const;
const line = { style: BorderStyle.SINGLE, size: 4, color: "000000" } as const;
const lines = {
  top: line,
  bottom: line,
  left: line,
  right: line,
  insideHorizontal: line,
  insideVertical: line,
} as const;

/** The foot line, small and grey; the code stands left of it. */
const foot = ({
  lines: texts,
  picture: code,
}: Extract<Block, { kind: "foot" }>): (Paragraph | Table)[] => {
  const words = texts.map(
    (text) =>
      new Paragraph({
        spacing: { line: pt(12), lineRule: "exact", before: 0, after: 0 },
        children: [run(text, "body", size.smallFifth, { color: "595959", characterSpacing: 0 })],
      }),
  );
  const gap = new Paragraph({
    spacing: { line: pt(12), lineRule: "exact" },
    keepNext: true,
    children: [],
  });
  if (code === undefined) return [gap, ...words];
  const cell = (width: number, children: Paragraph[]): TableCell =>
    new TableCell({
      width: { size: mm(width), type: WidthType.DXA },
      verticalAlign: VerticalAlignTable.CENTER,
      children,
    });
  const image = new Paragraph({
    spacing: { line: 240, lineRule: "auto" },
    children: [picture(code)],
  });
  const left = code.side + 4;
  return [
    gap,
    new Table({
      borders: noBorders,
      layout: TableLayoutType.FIXED,
      columnWidths: [mm(left), mm(156 - left)],
      rows: [
        new TableRow({ cantSplit: true, children: [cell(left, [image]), cell(156 - left, words)] }),
      ],
    }),
  ];
};

const cellParagraphs = ({
  lines: texts,
  isHeading,
  align = isHeading ? "centre" : "left",
}: Cell): Paragraph[] =>
  (texts.length === 0 ? [""] : texts).map(
    (text) =>
      new Paragraph({
        alignment: align === "centre" ? AlignmentType.CENTER : AlignmentType.LEFT,
        spacing: { line: pt(18), lineRule: "exact" },
        children: [
          run(text, isHeading ? "chapter" : "body", size.smallFourth, { characterSpacing: 0 }),
        ],
      }),
  );

const table = ({ widths, rows, headings = 0 }: WordTable): Table =>
  new Table({
    borders: lines,
    layout: TableLayoutType.FIXED,
    columnWidths: widths.map(mm),
    width: { size: mm(widths.reduce((sum, one) => sum + one, 0)), type: WidthType.DXA },
    rows: rows.map(({ cells, height }, at) => {
      let column = 0;
      return new TableRow({
        tableHeader: at < headings,
        cantSplit: true,
        ...(height !== undefined && { height: { value: mm(height), rule: "atLeast" as const } }),
        children: cells.map((cell) => {
          const { across = 1 } = cell;
          const width = widths.slice(column, column + across).reduce((sum, one) => sum + one, 0);
          column += across;
          return new TableCell({
            columnSpan: across,
            width: { size: mm(width), type: WidthType.DXA },
            verticalAlign: VerticalAlignTable.CENTER,
            margins: { top: mm(0.8), bottom: mm(0.8), left: mm(1.5), right: mm(1.5) },
            children: cellParagraphs(cell),
          });
        }),
      });
    }),
  });

/**
 * A block as Word's paragraphs and tables. One that is kept ends on the sheet on which the next one begins:
 * a signature never stands on a sheet without text.
 */
export const blockParts = (block: Block, isKept: boolean): (Paragraph | Table)[] => {
  switch (block.kind) {
    case "mark":
      return [
        paragraph({ alignment: AlignmentType.RIGHT, children: [run(block.text, "body", third)] }),
      ];
    case "title":
      return [
        paragraph({
          alignment: AlignmentType.CENTER,
          spacing: { ...onGrid, before: linePitch, after: linePitch },
          keepNext: true,
          children: (block.lines ?? [block.text]).map((text, at) =>
            run(text, "title", size.second, { characterSpacing: 0, ...(at > 0 && { break: 1 }) }),
          ),
        }),
      ];
    case "salutation":
      return [paragraph({ children: [run(block.text, "body", third)] })];
    case "chapter":
      return [
        paragraph({
          alignment: running,
          indent: indented,
          keepNext: isKept || block.runOn === undefined,
          children: [
            run(block.text, "chapter", third),
            ...(block.runOn === undefined ? [] : [run(block.runOn, "body", third)]),
          ],
        }),
      ];
    case "section":
      return [
        paragraph({
          alignment: running,
          indent: indented,
          keepNext: isKept || block.text === "",
          children: [run(block.heading, "section", third), run(block.text, "body", third)],
        }),
      ];
    case "body":
      return [
        paragraph({
          alignment: running,
          indent: indented,
          keepNext: isKept,
          children: [run(block.text, "body", third)],
        }),
      ];
    case "explanation":
      return [
        new Paragraph({
          spacing: { line: pt(18), lineRule: "exact" },
          children: [run(block.text, "body", size.smallFourth, { characterSpacing: 0 })],
        }),
      ];
    case "signature": {
      const places = signaturePlaces(block.unit, block.date);
      return [
        paragraph({ keepNext: true, children: [] }),
        paragraph({ keepNext: true, children: [] }),
        paragraph({
          alignment: AlignmentType.RIGHT,
          keepNext: true,
          indent: { right: places.unit },
          children: [run(block.unit, "body", third)],
        }),
        paragraph({
          alignment: AlignmentType.RIGHT,
          keepNext: isKept,
          indent: { right: places.date },
          children: [run(block.date, "body", third)],
        }),
      ];
    }
    case "note":
      return [
        paragraph({
          keepNext: isKept,
          indent: { left: pt(third * 2) },
          children: [run(block.text, "body", third)],
        }),
      ];
    case "copies":
      return [
        paragraph({
          keepNext: isKept,
          indent: { left: pt(size.fourth), right: pt(size.fourth) },
          children: [run(block.text, "body", size.fourth)],
        }),
      ];
    case "foot":
      return foot(block);
    case "blank":
      return [paragraph({ children: [] })];
    case "newPage":
      return [
        new Paragraph({
          pageBreakBefore: true,
          spacing: { line: 20, lineRule: "exact" },
          children: [],
        }),
      ];
    case "table":
      return [table(block)];
  }
};
