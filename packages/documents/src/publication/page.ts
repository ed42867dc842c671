/** @module page — the publication record as an HTML page, and as JSON with the same content. */
import type { Label } from "@wuding/engine";
import { terms } from "@wuding/engine";
import type { LogAnchor } from "../html/log-anchor.ts";
import { anchorHtml, anchorStyle } from "../html/log-anchor.ts";
import { escaped } from "../html/markup.ts";
import { htmlPage } from "../html/page.ts";
import type { PublicationRecord } from "./record.ts";

const said = {
  indexNumber: { zh: "索引号", en: "Index number" },
  catalogue: { zh: "公开目录", en: "Catalogue" },
  publisher: { zh: "发布机构", en: "Publisher" },
  publishedOn: { zh: "发布日期", en: "Published on" },
  disclosure: { zh: "公开方式", en: "Disclosure" },
  documentNumber: { zh: "文号", en: "Document number" },
  title: { zh: "标题", en: "Title" },
  overview: { zh: "内容概述", en: "Overview" },
  writtenOn: { zh: "生成日期", en: "Written on" },
  abolishedOn: { zh: "废止日期", en: "Abolished on" },
  url: { zh: "网址", en: "Address" },
  proposed: { zh: "（拟编，尚未登记）", en: " (proposed, not recorded)" },
  summary: {
    zh: "本答复摘要公开，以下为摘要。",
    en: "This reply is disclosed as a summary, which follows.",
  },
} as const satisfies Record<string, Label>;

/** The metadata in the order in which sites print it; what is not known stays as an empty place. */
const metadata = (
  record: PublicationRecord,
  language: keyof Label,
): readonly (readonly [string, string])[] => [
  [
    said.indexNumber[language],
    `${record.indexNumber ?? ""}${record.indexNumberIs === "proposed" ? said.proposed[language] : ""}`,
  ],
  [said.catalogue[language], record.catalogue ?? ""],
  [said.publisher[language], record.publisher ?? ""],
  [said.publishedOn[language], record.publishedOn ?? ""],
  [said.disclosure[language], terms.disclosures[record.disclosure][language]],
  [said.documentNumber[language], record.documentNumber ?? ""],
  [said.title[language], record.title],
  [said.overview[language], record.overview ?? ""],
  [said.writtenOn[language], record.writtenOn],
  [said.abolishedOn[language], ""],
  ...(record.url === null ? [] : [[said.url[language], record.url] as const]),
];

const style = `
.block { border: 1px solid #888; padding: .6em .9em; }
article p { text-indent: 2em; margin: .5em 0; } article p.to, article p.told { text-indent: 0; }
@media (max-width: 28em) { .block dl { grid-template-columns: 1fr; gap: 0; } .block dd { margin-bottom: .4em; min-height: 1.2em; } }
${anchorStyle}
@media print {
  @page { size: A4; margin: 10mm 13mm; }
  body { font-size: 8.8pt; line-height: 1.33; } h1 { font-size: 13pt; margin: 0 0 1.5mm; text-align: center; }
  .block { padding: 1mm 2.5mm; margin-bottom: 2mm; font-size: 8.5pt; line-height: 1.3; } .block dl { grid-template-columns: max-content 1fr max-content 1fr; gap: 0 3mm; } .block dd:is(:nth-of-type(7), :nth-of-type(8), :nth-of-type(11)) { grid-column: 2 / -1; }
  article { columns: 2; column-gap: 7mm; } article p { margin: 0 0 .5mm; orphans: 2; widows: 2; } article p.to { margin-top: 0; }
}`;

/** The page. The same record gives the same bytes. */
export const publicationPage = (
  record: PublicationRecord,
  anchor: LogAnchor,
  language: keyof Label,
): string => {
  const rows = metadata(record, language)
    .map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`)
    .join("");
  const paragraphs = record.body.map((one) => `<p>${escaped(one)}</p>`).join("\n");
  const told =
    record.disclosure === "summary" ? `<p class="told">${said.summary[language]}</p>` : "";
  const body = `<section class="block"><dl>${rows}</dl></section>
<article>${told}<p class="to">${escaped(record.salutation)}</p>
${paragraphs}</article>
${anchorHtml(anchor, language)}`;
  return htmlPage({ language, title: record.title, style, body });
};

/** The same as JSON, one document. */
export const publicationJson = (
  record: PublicationRecord,
  { size, shortRoot }: LogAnchor,
  language: keyof Label,
): string =>
  `${JSON.stringify(
    {
      ...record,
      disclosureLabel: terms.disclosures[record.disclosure][language],
      log: { size, shortRoot },
    },
    null,
    2,
  )}\n`;
