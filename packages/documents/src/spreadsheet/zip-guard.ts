/**
 * @module zip-guard — what a workbook says of its own size, before anything of it is unpacked.
 *
 * A workbook is a ZIP file. Its central directory names every entry with its sizes; a file that announces
 * more than an office's list can need is refused unread. The reader holds each entry to what was announced.
 */
import type { EngineError, Label } from "@wuding/engine";
import { invalidInput } from "@wuding/engine";

/** All entries together, unpacked. */
const unpackedMax = 50 * 2 ** 20;
const entriesMax = 200;
/** Unpacked over packed; text of a list shrinks to about a tenth. */
const ratioMax = 200;
/** Small entries of repeated text may shrink further and harm nobody. */
const ratioCountsFrom = 2 ** 20;

/** The kind of file in the mode that a Unix program has kept. */
const fileType = 0o170_000;
const symbolicLink = 0o120_000;

const endSignature = 0x06_05_4b_50;
const entrySignature = 0x02_01_4b_50;
const endBytes = 22;
const commentMax = 0xff_ff;

/**
 * Looks at a workbook's directory.
 * @param name what the file is called in refusals
 * @throws EngineError `INVALID_INPUT` for what is no workbook, is cut off, encrypted, or too large
 */
export const assertSoundWorkbook = (bytes: Uint8Array, name: string): void => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (startsWith(bytes, compoundFile)) throw refused(name, whys.encrypted);
  if (!startsWith(bytes, zipFile)) throw refused(name, whys.noWorkbook);
  const end = endOf(view);
  if (end === undefined) throw refused(name, whys.cutOff);
  const count = view.getUint16(end + 10, true);
  if (count > entriesMax) throw refused(name, whys.tooLarge);
  let at = view.getUint32(end + 16, true);
  let unpacked = 0;
  const paths = new Set<string>();
  for (let entry = 0; entry < count; entry += 1) {
    if (at + 46 > end || view.getUint32(at, true) !== entrySignature) {
      throw refused(name, whys.cutOff);
    }
    const isEncrypted = view.getUint16(at + 8, true) % 2 === 1;
    const [packedSize, size] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true)];
    const nameBytes = view.getUint16(at + 28, true);
    const path = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameBytes));
    if (isEncrypted) throw refused(name, whys.encrypted);
    const isLink = (view.getUint16(at + 40, true) & fileType) === symbolicLink;
    if (isOutside(path) || isLink || paths.has(path)) throw refused(name, whys.noWorkbook);
    paths.add(path);
    unpacked += size;
    const isBomb = size > ratioCountsFrom && size > packedSize * ratioMax;
    if (isBomb || unpacked > unpackedMax) throw refused(name, whys.tooLarge);
    at += 46 + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  // an entry behind the announced number would be unpacked by whoever reads the directory to its end
  if (at + 4 <= end && view.getUint32(at, true) === entrySignature) {
    throw refused(name, whys.cutOff);
  }
  if (!paths.has("xl/workbook.xml")) throw refused(name, whys.noWorkbook);
};

const zipFile = [0x50, 0x4b];
/** The container of old and of password-protected Office files. */
const compoundFile = [0xd0, 0xcf, 0x11, 0xe0];

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, at) => bytes[at] === byte);

/** Where the directory's end record begins: the last one that is followed by its whole comment. */
const endOf = (view: DataView): number | undefined => {
  const first = Math.max(0, view.byteLength - endBytes - commentMax);
  for (let at = view.byteLength - endBytes; at >= first; at -= 1) {
    const isEnd = view.getUint32(at, true) === endSignature;
    if (isEnd && at + endBytes + view.getUint16(at + 20, true) === view.byteLength) return at;
  }
  return undefined;
};

const isOutside = (path: string): boolean =>
  /^(?:[/\\]|[A-Za-z]:)/.test(path) || path.split(/[/\\]/).includes("..");

/** A refusal of a file that names it and what it should be. */
export const refused = (name: string, expected: Label): EngineError<"INVALID_INPUT"> =>
  invalidInput({ field: name, kind: "malformed", expected });

export const whys = {
  noWorkbook: {
    zh: "Excel 工作簿（.xlsx）",
    en: "an Excel workbook (.xlsx)",
  },
  cutOff: {
    zh: "完整的 Excel 工作簿（此文件已损坏或不完整，请重新保存后再试）",
    en: "a whole Excel workbook; this one is damaged or cut off: save it again",
  },
  encrypted: {
    zh: "未加密的 .xlsx 工作簿（请去除密码；旧式 .xls 文件请另存为 .xlsx）",
    en: "an .xlsx workbook without a password: remove it; save an old .xls file as .xlsx",
  },
  tooLarge: {
    zh: "解压后不超过 50 MB 的工作簿（请删除图片和多余的工作表）",
    en: "a workbook of at most 50 MB unpacked: take out pictures and other sheets",
  },
} as const satisfies Record<string, Label>;
