/** @module log-anchor — what every document says of the log that it was made from. */
import type { Label } from "@wuding/engine";
import { qrSvg } from "../qr/qr.ts";
import { escaped } from "./markup.ts";

/** The log when a document was made. */
export type LogAnchor = Readonly<{
  /** Events in the log. */
  size: number;
  /** The first characters of the root, as people compare them. */
  shortRoot: string;
  /** The newest signed checkpoint as it is written, null where there is none. */
  note: string | null;
}>;

const said = {
  checkpoint: { zh: "检查点（签名）", en: "checkpoint (signed)" },
} as const satisfies Record<string, Label>;

/** （办件库记录 120 条，根哈希 …） */
export const anchorSentence = ({ size, shortRoot }: LogAnchor): Label => ({
  zh: `办件库记录 ${size} 条，根哈希 ${shortRoot}`,
  en: `${size} events in the log, root ${shortRoot}`,
});

/** The same as HTML, with the checkpoint as a QR code. */
export const anchorHtml = (anchor: LogAnchor, language: keyof Label): string => {
  const sentence = `<p>${escaped(anchorSentence(anchor)[language])}</p>`;
  if (anchor.note === null) return `<footer class="anchor">${sentence}</footer>`;
  return `<footer class="anchor">${sentence}<figure>${qrSvg(anchor.note)}<figcaption>${said.checkpoint[language]}</figcaption></figure></footer>`;
};

export const anchorStyle = `
.anchor { margin-top: 2em; border-top: 1px solid #bbb; font-size: .85em; color: #444; }
.anchor figure { margin: 0; } .anchor svg { width: 9em; max-width: 100%; height: auto; display: block; }
@media print { .anchor { display: flex; justify-content: space-between; margin-top: 1.5mm; padding-top: 1mm; break-inside: avoid; } .anchor p { margin: 0; } .anchor svg { width: 17mm; } .anchor figure { display: flex; flex-direction: row-reverse; gap: 2mm; } }
`;
