/**
 * @module letters.test — the text of a letter as somebody wrote, copied or broke it: every letter and the
 * public record are made of it or refused in words, in a second, and no personal value goes public.
 */
import { inflateRawSync } from "node:zlib";
import type { CaseView, Kind, PublishableReply } from "@wuding/engine";
import { forbiddenCharacter, kindOf } from "@wuding/engine";
import { it } from "vitest";
import {
  letterKinds,
  publicationJson,
  publicationOf,
  publicationPage,
  wordFile,
} from "../../../packages/documents/src/index.ts";
import * as given from "../../../packages/engine/test/given.ts";
import type { Dice } from "../frame.ts";
import { accepted, besiege, broken } from "./boundary.ts";
import { hostileText, mutatedText, once, oneOf } from "./hostile.ts";

const letter = [
  "对区政协十五届五次会议第122号提案的答复",
  "李楠委员：",
  "您提出的《关于改进政务信息化建设的建议》的提案收悉，现答复如下：",
  "一、工作开展情况",
  "（一）平台建设。2020年以来，已完成《区级平台》建设，上线事项二百项。",
  "二、下一步打算",
  "今年11月底前将再上线二百项；进一步加强数据共享，争取年内实现“一网通办”。",
  "感谢您的关心。联系人：张三丰，电话：0555-2345678，地址：某市某路1号，邮箱 zhang@example.com",
  "马鞍山市数据资源管理局",
  "2021年6月15日",
  "联系人：张三丰  电话：13800001234  微信号：zhangsan_88",
  "抄送：区政协提案委，区政府办公室。",
  "【打印本页】【关闭窗口】",
].join("\n");

/** Pieces that a reader of letters looks for, and what stands between them on pages. */
const pieces: readonly string[] = [
  " ",
  "　",
  "\t",
  "：",
  "、",
  "，",
  "1",
  "a",
  "a.",
  "a@",
  "《",
  "（",
  "电话",
  "微信",
  "账号：",
  "联系人：",
  "地址：",
  "一、",
  "（一）",
  "将",
  "年底，",
  "年底前将，",
  "13800001234",
  "您提出的《",
  "|",
  "张三丰",
];

/** No text in the log is longer. */
const textMax = 20_000;

const repeated = (dice: Dice): string => {
  const piece = oneOf(dice, pieces);
  return piece.repeat(Math.floor((1 + dice(textMax)) / piece.length));
};

/** A letter with pieces of it gone, others in it, or a piece many times over. */
const anyLetter = (dice: Dice): string => {
  const lines = letter.split("\n");
  switch (dice(5)) {
    case 0: {
      const at = dice(letter.length);
      return (letter.slice(0, at) + repeated(dice) + letter.slice(at)).slice(0, textMax);
    }
    case 1: {
      const own = lines.map((line) => (once(dice, 4) ? mutatedText(dice, line) : line));
      return own.filter(() => !once(dice, 6)).join(oneOf(dice, ["\n", "\r\n", "　　", "\n\n "]));
    }
    case 2:
      return lines.map((line) => line + (once(dice, 5) ? oneOf(dice, pieces) : "")).join("\n");
    case 3:
      return hostileText(dice).slice(0, textMax);
    default:
      return mutatedText(dice, letter);
  }
};

/** A case that was answered, with its kind and its reply as it goes public. */
const answered = async (): Promise<
  Readonly<{ view: CaseView; kind: Kind; reply: PublishableReply }>
> => {
  const { book } = await given.bookWith(
    given.receive({
      title: "关于改进政务信息化建设的建议",
      proposers: [{ name: "李楠", unit: "民盟区委", phone: "13811112222" }],
    }),
    given.assign(),
    given.contact(),
    given.answer({ disclosure: "full" }),
  );
  const view = await book.show(given.caseId);
  const kind = kindOf(book.rules.current.rulebook, view.kind);
  if (kind === undefined) throw new Error("the case has a kind");
  return { view, kind, reply: await book.publishable(given.caseId, { today: given.today }) };
};

const log = { size: 9, shortRoot: "0".repeat(16), note: null } as const;

/** The body of a Word file: its entry that says so. */
const bodyOf = (zip: Buffer): string => {
  const end = zip.lastIndexOf(Buffer.from("PK\u0005\u0006"));
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const name = zip.toString("utf8", at + 46, at + 46 + zip.readUInt16LE(at + 28));
    const local = zip.readUInt32LE(at + 42);
    const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(begin, begin + zip.readUInt32LE(at + 20));
    if (name === "word/document.xml") return inflateRawSync(packed).toString("utf8");
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return "";
};

it("a letter is made of any text that the log may hold, as a file that Word opens", async () => {
  const { view, kind } = await answered();
  const names = Object.keys(letterKinds) as (keyof typeof letterKinds)[];
  await besiege<Readonly<{ text: string; name: (typeof names)[number] }>>({
    name: "letters",
    count: 600,
    make: (dice) => ({ text: anyLetter(dice), name: oneOf(dice, names) }),
    put: async ({ text, name }, dice) => {
      // the command refuses these before a letter is made
      if (forbiddenCharacter(text, { breaks: true }) !== undefined) return { refused: "hidden" };
      const line = text.replaceAll(/\s/g, " ").slice(0, 500);
      const { document, findings } = letterKinds[name].build({
        language: once(dice, 2) ? "zh" : "en",
        case: once(dice, 3) ? { ...view, title: line } : view,
        kind,
        office: once(dice, 3) ? line : "市数据资源管理局",
        draftText: once(dice, 3) ? text : null,
        log,
        given: { text, reason: text, suggestedUnit: line, copyTo: [line], due: "2021-12-31" },
      });
      const xml = bodyOf(Buffer.from(await wordFile(document)));
      if (!xml.endsWith("</w:document>")) return broken("no body of a Word file");
      if (forbiddenCharacter(xml, { breaks: true }) !== undefined)
        return broken("a character that Word refuses");
      const refused = findings.find(({ gravity }) => gravity === "refused");
      return refused === undefined ? accepted : { refused: refused.check };
    },
  });
});

it("no value of the casebook goes public with any text, and no number of a telephone", async () => {
  const { reply } = await answered();
  const recorded = reply.personal.find((one) => /^\d{11}$/.test(one));
  if (recorded === undefined) throw new Error("the proposer's number is recorded");
  await besiege<string>({
    name: "publication",
    count: 2000,
    make: (dice) => {
      const text = anyLetter(dice);
      const at = dice(text.length + 1);
      return once(dice, 2) ? `${text.slice(0, at)}，${recorded}，${text.slice(at)}` : text;
    },
    put: (text) => {
      const { record, redactions } = publicationOf(reply, { today: given.today, text });
      const json = publicationJson(record, log, "zh");
      const page = publicationPage(record, log, "zh");
      for (const made of [json, page]) {
        if (made.includes(recorded)) return broken("the recorded number goes public");
        // a longer row of digits is none
        if (/(?<![\d０-９])1[3-9]\d{9}(?![\d０-９])/.test(made))
          return broken("a number goes public");
      }
      if (!page.trimEnd().endsWith("</html>")) return broken("no page");
      JSON.parse(json);
      return redactions.length === 0 ? accepted : { refused: "redacted" };
    },
  });
});
