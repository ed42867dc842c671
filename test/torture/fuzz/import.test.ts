/**
 * @module import.test — lists as CSV and as workbooks, wrong in their bytes, their archive, their XML and
 * their cells: every one is read row by row, or refused as a whole.
 */
import { crc32, deflateRawSync, inflateRawSync } from "node:zlib";
import type { CommandLine } from "@wuding/engine";
import { schemeFor } from "@wuding/engine";
import { it } from "vitest";
import {
  ledgerCsv,
  ledgerWorkbook,
  oursOf,
  planRow,
  readList,
  readSheets,
} from "../../../packages/documents/src/index.ts";
import * as given from "../../../packages/engine/test/given.ts";
import type { Dice } from "../frame.ts";
import type { Answer } from "./boundary.ts";
import { accepted, answerOf, besiege } from "./boundary.ts";
import {
  encodedSomehow,
  hostileDay,
  hostileNumber,
  hostileText,
  mutatedBytes,
  mutatedText,
  once,
  oneOf,
} from "./hostile.ts";

/** A casebook with its ledger, as an office would send it round. */
const office = async () => {
  const { book } = await given.bookWith(
    ...given.handled,
    given.receive({ number: "123", title: "关于老旧小区改造的建议", proposers: ["王兰", "李楠"] }),
    given.assign({ case: "cppcc/15-5/123" }),
  );
  const { kinds } = book.rules.current.rulebook;
  const options = {
    language: "zh",
    kinds: kinds.map(({ id, label }) => ({ id, name: label.zh })),
    asOf: given.today,
    scope: "",
    log: { size: 9, root: new Uint8Array(32) },
  } as const;
  const entries = await book.ledger({ today: given.today });
  return {
    book,
    csv: Buffer.from(ledgerCsv(entries, options)),
    workbook: Buffer.from((await ledgerWorkbook(entries, options)).bytes),
  };
};

type Book = Awaited<ReturnType<typeof office>>["book"];

/** What `wuding import` does with a file, less the recording. */
const imported = async (book: Book, bytes: Uint8Array, name: string): Promise<Answer> => {
  const { rulebook } = book.rules.current;
  const context = {
    kinds: rulebook.kinds,
    schemeOf: () => schemeFor(rulebook, "cppcc"),
    year: 2021,
  };
  const list = readList(await readSheets(bytes, name), context, { kind: "cppcc", session: "15-5" });
  if ("problems" in list) return { refused: "the whole list" };
  const known = new Set((await book.list()).map((one) => one.case));
  let isAnyRefused = false;
  for (const row of list.rows()) {
    if (row.problems.length > 0 || row.case === undefined) {
      isAnyRefused = true;
      continue;
    }
    const view = known.has(row.case) ? await book.show(row.case) : null;
    const recorded = view && { view, ours: oursOf(view, await book.history(view.case)) };
    const { commands } = planRow(row, recorded, { cleanTitles: true, update: { reason: "更正" } });
    const lines: CommandLine[] = commands.map((one, line) => ({ line, given: one.given }));
    for await (const answer of book.rehearseAll(lines)) {
      if (answer.ok) continue;
      isAnyRefused = true;
      const told = answerOf(answer.refusal);
      if (typeof told === "object" && "broken" in told) return told;
    }
  }
  return isAnyRefused ? { refused: "some rows" } : accepted;
};

/** Headings as offices write them, known and unknown. */
const headings = [
  "件别",
  "届次",
  "编号",
  "提案号",
  "案由",
  "标题",
  "提案人",
  "第一提案人",
  "联名人",
  "交办日期",
  "主办单位",
  "承办科室",
  "经办人",
  "办理期限",
  "答复日期",
  "办理结果",
  "满意度",
  "联系电话",
  "备注",
  "是否公开",
  "答复\n日期",
  "案 由",
  "序号",
];

const cell = (dice: Dice): string =>
  oneOf(dice, [
    () =>
      oneOf(dice, [
        "政协提案",
        "122",
        "关于改进政务信息化建设的建议",
        "李楠",
        "李楠、王兰",
        "A",
        "满意",
      ]),
    () => oneOf(dice, ["2021-04-02", "4月2日", "2021.4.2", "44288", "是", "√", "详见附件"]),
    () => hostileText(dice),
    () => hostileDay(dice),
    () => hostileNumber(dice),
  ])();

const quoted = (dice: Dice, text: string): string =>
  once(dice, 12) ? text : `"${text.replaceAll('"', '""')}"`;

/** A list of a few rows below headings of its own, with title lines now and then. */
const listOf = (dice: Dice): string => {
  const own = Array.from({ length: 1 + dice(10) }, () =>
    once(dice, 8) ? hostileText(dice).slice(0, 300) : oneOf(dice, headings),
  );
  if (once(dice, 2)) own.unshift("编号", "案由", "提案人", "交办日期");
  const rows = Array.from({ length: dice(6) }, () =>
    Array.from({ length: own.length + (once(dice, 10) ? 3 : 0) }, () => cell(dice)),
  );
  const titles = once(dice, 3) ? [["区政协十五届五次会议提案交办清单"]] : [];
  const comma = once(dice, 10) ? oneOf(dice, [";", "\t", "，"]) : ",";
  return [...titles, own, ...rows]
    .map((row) => row.map((one) => quoted(dice, one)).join(comma))
    .join("\n");
};

it("a CSV file is read row by row, or refused as a whole", async () => {
  const { book, csv } = await office();
  const text = csv.toString("utf8");
  await besiege({
    name: "import of CSV",
    count: 6000,
    make: (dice) => {
      const list = once(dice, 3) ? mutatedText(dice, text) : listOf(dice);
      const bytes = encodedSomehow(dice, list);
      return once(dice, 3) ? mutatedBytes(dice, bytes) : bytes;
    },
    put: (bytes) => imported(book, bytes, "清单.csv"),
  });
});

/** An entry of an archive. */
type Entry = Readonly<{ name: string; contents: Buffer }>;

/** The entries of a sound archive. */
const entriesOf = (archive: Buffer): readonly Entry[] => {
  const end = archive.lastIndexOf(Buffer.from("PK\u0005\u0006"));
  let at = archive.readUInt32LE(end + 16);
  return Array.from({ length: archive.readUInt16LE(end + 10) }, () => {
    const [method, packed, nameBytes] = [
      archive.readUInt16LE(at + 10),
      archive.readUInt32LE(at + 20),
      archive.readUInt16LE(at + 28),
    ];
    const name = archive.toString("utf8", at + 46, at + 46 + nameBytes);
    const local = archive.readUInt32LE(at + 42);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const body = archive.subarray(start, start + packed);
    at += 46 + nameBytes + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
    return { name, contents: method === 0 ? Buffer.from(body) : inflateRawSync(body) };
  });
};

/** An archive of these entries; `lie` may change what its directory says. */
const archiveOf = (
  entries: readonly Entry[],
  lie: (record: Buffer, isLocal: boolean) => void = () => undefined,
): Buffer => {
  const [locals, records]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const { name, contents } of entries) {
    const packed = deflateRawSync(contents, { level: 1 });
    const bytes = Buffer.from(name);
    const record = Buffer.alloc(46);
    record.writeUInt32LE(0x02_01_4b_50);
    record.writeUInt16LE(20, 4);
    record.writeUInt16LE(20, 6);
    record.writeUInt16LE(0x0800, 8);
    record.writeUInt16LE(8, 10);
    record.writeUInt32LE(crc32(contents), 16);
    record.writeUInt32LE(packed.length, 20);
    record.writeUInt32LE(contents.length, 24);
    record.writeUInt16LE(bytes.length, 28);
    record.writeUInt32LE(offset, 42);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04_03_4b_50);
    record.copy(local, 4, 6, 30);
    lie(record, false);
    lie(local, true);
    locals.push(local, bytes, packed);
    records.push(record, bytes);
    offset += 30 + bytes.length + packed.length;
  }
  const directory = Buffer.concat(records);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06_05_4b_50);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
};

/** Pieces of XML that harm a careless reader. */
const harmfulXml: readonly string[] = [
  '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
  '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
  "&a;",
  "&#0;",
  "&#xD800;",
  "&#99999999;",
  "<![CDATA[",
  "<!--",
  "<a>".repeat(5000),
  '<row r="1048577">',
  '<row r="99999999">',
  '<row r="-1">',
  '<c r="XFD1048576"><v>1</v></c>',
  '<c r="ZZZZZZ9"><v>1</v></c>',
  '<c r="A1" t="s"><v>999999</v></c>',
  '<c r="A1" t="s"><v>-1</v></c>',
  '<c r="A1" t="d"><v>9999-99-99</v></c>',
  '<c r="A1" t="e"><v>#REF!</v></c>',
  '<c r="A1" s="99999"><v>1e300</v></c>',
  '<c r="A1"><f>1/0</f></c>',
  '<mergeCell ref="A1:XFD1048576"/>',
  '<dimension ref="A1:XFD1048576"/>',
  '<col min="1" max="99999999"/>',
  'xmlns:x="x"',
  'state="veryHidden"',
];

const changedXml = (dice: Dice, text: string): string => {
  const tags = [...text.matchAll(/</g)].map(({ index }) => index);
  const at = tags.length === 0 ? 0 : oneOf(dice, tags);
  switch (dice(5)) {
    case 0:
      return text.slice(0, at) + oneOf(dice, harmfulXml) + text.slice(at);
    case 1:
      return text.replace(/(?<=>)[^<]+(?=<)/, () => hostileText(dice).slice(0, 2000));
    case 2: {
      const numbers = [...text.matchAll(/\d+/g)];
      if (numbers.length === 0) return text;
      const { index, 0: digits } = oneOf(dice, numbers);
      return text.slice(0, index) + hostileNumber(dice) + text.slice(index + digits.length);
    }
    default:
      return mutatedText(dice, text);
  }
};

/** Puts another number into a place of a directory's record. */
const lying =
  (dice: Dice) =>
  (record: Buffer, isLocal: boolean): void => {
    if (!once(dice, 4)) return;
    const places = isLocal ? [6, 8, 14, 18, 22, 26, 28] : [8, 10, 16, 20, 24, 28, 30, 32, 40, 42];
    const value = oneOf(dice, [0, 1, 8, 99, 0xffff, 0x7fff_ffff, 0xffff_ffff, 1 << 24]);
    const place = oneOf(dice, places);
    if (place + 4 <= record.length && once(dice, 2)) record.writeUInt32LE(value >>> 0, place);
    else record.writeUInt16LE(value & 0xffff, place);
  };

it("a workbook is read row by row, or refused as a whole", async () => {
  const { book, workbook: real } = await office();
  const parts = entriesOf(real);
  const read = await imported(book, real, "台账.xlsx");
  if (read !== accepted) throw new Error(`the ledger itself is ${JSON.stringify(read)}`);
  await besiege({
    name: "import of a workbook",
    count: 2500,
    make: (dice) => {
      if (once(dice, 6)) return mutatedBytes(dice, real);
      const changed = parts.map((part) => ({ ...part }));
      const at = dice(changed.length);
      const part = changed[at] as Entry;
      switch (dice(8)) {
        case 0:
          changed.splice(at, 1);
          break;
        case 1:
          changed.push(once(dice, 2) ? part : { ...part, name: hostileText(dice).slice(0, 200) });
          break;
        case 2:
          return archiveOf(changed, lying(dice));
        case 3:
          changed[at] = { ...part, contents: mutatedBytes(dice, part.contents) };
          break;
        default:
          changed[at] = {
            ...part,
            contents: Buffer.from(changedXml(dice, part.contents.toString("utf8"))),
          };
      }
      return archiveOf(changed);
    },
    put: (bytes) => imported(book, bytes, "台账.xlsx"),
  });
});

it("an archive that unpacks to far more than it weighs is refused before it is unpacked", async () => {
  const { book, workbook } = await office();
  const parts = entriesOf(workbook);
  const sizes = [1, 8, 24];
  const bombs = sizes.map((size) => {
    const contents = Buffer.alloc(size * 2 ** 20, "<row><c><v>1</v></c></row>");
    return parts.map((part) => (part.name.includes("sheet1") ? { ...part, contents } : part));
  });
  const honest = bombs.map((one) => archiveOf(one));
  await besiege({
    name: "import bombs",
    count: 24,
    make: (dice, number) => {
      const bomb = bombs[number % bombs.length] as readonly Entry[];
      if (once(dice, 2)) return honest[number % honest.length] as Buffer;
      // the directory tells a small size, or the entry itself does
      const told = oneOf(dice, [0, 100, 4096, 2 ** 20]);
      return archiveOf(bomb.slice(0, 12), (record, isLocal) => {
        if (record.readUInt32LE(isLocal ? 22 : 24) > 2 ** 19)
          record.writeUInt32LE(told, isLocal ? 22 : 24);
      });
    },
    put: (bytes) => imported(book, bytes, "台账.xlsx"),
  });
});
