/** @module pack — sheet, header and footer of a document, and the file that holds them. */
import type { ISectionOptions } from "docx";
import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  TextRun,
} from "docx";
import { escaped } from "../html/markup.ts";
import type { Block, WordDocument, WordPage } from "./document.ts";
import { fonts, letterForm, mm, pt, sheet, size, widthIn } from "./measures.ts";
import { blockParts, fontOf, run } from "./paragraphs.ts";
import { withoutTimes } from "./same-bytes.ts";

const red = "FF0000";

/** A red double line of 170 mm, as the lower border of a paragraph in the type area of 156 mm. */
const redLine = (style: "thickThinSmallGap" | "thinThickSmallGap", space: number) => {
  const outside = (letterForm.line - (sheet.width - sheet.left - sheet.right)) / 2;
  const shift = (sheet.left - sheet.right) / 2;
  return {
    // the line lies in the middle of the sheet, the type area does not
    indent: { left: -mm(outside + shift), right: -mm(outside - shift) },
    border: { bottom: { style: BorderStyle[borderNames[style]], size: 18, space, color: red } },
  };
};
const borderNames = {
  thickThinSmallGap: "THICK_THIN_SMALL_GAP",
  thinThickSmallGap: "THIN_THICK_SMALL_GAP",
} as const;

/** As large as it fits one line, at most 初号 (42 pt). */
const issuerSize = (issuer: string): number =>
  Math.max(size.second, Math.min(42, Math.floor(440 / Math.max(1, widthIn(issuer)))));

const issuerHeader = (issuer: string): Header => {
  const points = issuerSize(issuer);
  return new Header({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        spacing: { line: pt(points), lineRule: "exact", before: 0, after: 0 },
        ...redLine("thickThinSmallGap", letterForm.space),
        children: [run(issuer, "title", points, { color: red, characterSpacing: 0 })],
      }),
    ],
  });
};

const lowerLineFooter = (): Footer =>
  new Footer({
    children: [
      new Paragraph({
        spacing: { line: 20, lineRule: "exact", before: 0, after: 0 },
        ...redLine("thinThickSmallGap", 0),
        children: [],
      }),
    ],
  });

/** 4号, a dash on either side, one character from the outer edge. */
const numberFooter = (side: "left" | "right", after: number): Footer =>
  new Footer({
    children: [
      new Paragraph({
        alignment: side === "left" ? AlignmentType.LEFT : AlignmentType.RIGHT,
        indent: { [side]: pt(size.fourth) },
        spacing: { line: pt(size.fourth), lineRule: "exact", before: 0, after },
        children: [
          new TextRun({
            children: ["— ", PageNumber.CURRENT, " —"],
            size: size.fourth * 2,
            font: fontOf("number"),
          }),
        ],
      }),
    ],
  });

/** A header that is there must have a paragraph; a high one would push the type area down. */
const nothing = (): Paragraph =>
  new Paragraph({ spacing: { line: 20, lineRule: "exact" }, children: [] });
const emptyHeader = (): Header => new Header({ children: [nothing()] });
const emptyFooter = (): Footer => new Footer({ children: [nothing()] });

/** Page numbers stand 7 mm under the type area. */
const numberFromEdge = sheet.bottom - 7 - (size.fourth / 72) * 25.4;

/** Forms are filled with a table and need the room. */
const formMargin = { top: 22, bottom: 20, left: 25, right: 25 } as const;

/** What each kind of sheet has: its size, its margins, its grid, its header and footer. */
const sectionOf = (page: WordPage): Omit<ISectionOptions, "children"> => {
  const isLetter = page.kind === "letter";
  // neither page numbers nor a second sheet are wanted of a form
  const isLandscape = page.kind === "form" && page.orientation === "landscape";
  const footer = isLetter ? letterForm.lowerLine : numberFromEdge;
  const after = mm(numberFromEdge - footer);
  const margin = page.kind === "form" ? { ...sheet, ...formMargin } : sheet;
  return {
    properties: {
      titlePage: true,
      page: {
        size: {
          width: mm(sheet.width),
          height: mm(sheet.height),
          orientation: isLandscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
        },
        margin: {
          top: mm(margin.top),
          bottom: mm(margin.bottom),
          left: mm(margin.left),
          right: mm(margin.right),
          header: mm(isLetter ? letterForm.issuer : 15),
          footer: mm(page.kind === "form" ? 10 : footer),
        },
      },
    },
    headers: {
      first: isLetter ? issuerHeader(page.issuer) : emptyHeader(),
      default: emptyHeader(),
      even: emptyHeader(),
    },
    footers:
      page.kind === "form"
        ? { first: emptyFooter(), default: emptyFooter(), even: emptyFooter() }
        : {
            first: isLetter ? lowerLineFooter() : numberFooter("right", after),
            default: numberFooter("right", after),
            even: numberFooter("left", after),
          },
  };
};

/**
 * What paragraphs have of themselves. No punctuation hangs over the right edge of the type area; of one
 * paragraph the library cannot say so.
 */
const styles = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="${fonts.body}" w:hAnsi="${fonts.body}" w:eastAsia="${fonts.body}" w:cs="${fonts.body}"/><w:sz w:val="${size.third * 2}"/><w:szCs w:val="${size.third * 2}"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:overflowPunct w:val="0"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr><w:overflowPunct w:val="0"/></w:pPr><w:rPr><w:sz w:val="${size.third * 2}"/></w:rPr></w:style></w:styles>`;

/** The file's own properties; without a time, which would differ from one writing to the next. */
const coreProperties = ({ title, creator, language }: WordDocument): string =>
  `<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escaped(title)}</dc:title><dc:creator>${escaped(creator)}</dc:creator><dc:language>${language === "zh" ? "zh-CN" : "en"}</dc:language></cp:coreProperties>`;

/** What closes a letter stays together, and with the last lines of the text. */
const isTail = (next: Block | undefined): boolean =>
  next !== undefined && ["signature", "note", "copies", "foot"].includes(next.kind);

/** The bytes of the .docx file. */
export const packed = async (document: WordDocument): Promise<Uint8Array> => {
  const { page, blocks } = document;
  const file = new Document({
    evenAndOddHeaderAndFooters: true,
    sections: [
      {
        ...sectionOf(page),
        children: blocks.flatMap((block, at) => blockParts(block, isTail(blocks[at + 1]))),
      },
    ],
  });
  const own = [
    { path: "docProps/core.xml", data: coreProperties(document) },
    { path: "word/styles.xml", data: styles },
  ];
  return withoutTimes(await Packer.pack(file, "uint8array", undefined, own));
};
