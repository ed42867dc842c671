/** @module read-json — the text of a rulebook or calendar file as data, or the place where it breaks. */
import type { Label } from "../../case/terms.ts";
import type { JsonFault } from "../../log/strict-json.ts";
import { parseStrict } from "../../log/strict-json.ts";
import type { Json } from "../../ports/event-store.ts";
import type { RuleProblem } from "./rule-problem.ts";

/** The data of a file, or the one mistake that hides all others. */
type ReadJson = Readonly<{ value: Json }> | Readonly<{ problem: RuleProblem }>;

/** Reads JSON in UTF-8, with or without a byte order mark. */
export const readJson = (file: string | Uint8Array): ReadJson => {
  const decoded = typeof file === "string" ? file : decode(file);
  if (decoded === undefined) {
    return {
      problem: {
        place: "",
        rule: null,
        problem: { zh: "文件不是 UTF-8 编码。", en: "The file is not UTF-8 text." },
        repair: { zh: "请以 UTF-8 编码重新保存。", en: "Save it again as UTF-8." },
      },
    };
  }
  const text = decoded.replace(/^\uFEFF/, "");
  const read = parseStrict(text);
  if (read.ok) return { value: read.value };
  const { problem, repair } = described(read.fault);
  return { problem: { place: placeOf(text, read.fault.at), rule: null, problem, repair } };
};

const decode = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/** `line:column`, both from 1; a column is a character as an editor counts it. */
const placeOf = (text: string, at: number): string => {
  const lines = text.slice(0, at).split(/\r\n|\r|\n/);
  return `${lines.length}:${Array.from(lines.at(-1) ?? "").length + 1}`;
};

const described = (fault: JsonFault): Readonly<{ problem: Label; repair: Label }> => {
  switch (fault.kind) {
    case "syntax":
      return {
        problem: { zh: "这里不符合 JSON 的写法。", en: "This is not JSON here." },
        repair: {
          zh: "请检查此处及其前面的逗号、引号和括号；JSON 不能写注释，末项之后不加逗号，标点须用半角。",
          en: "Look at the commas, quotes and brackets here and before; JSON has no comments, no comma after the last element and no full-width punctuation.",
        },
      };
    case "unfinished":
      return {
        problem: { zh: "文件在此中断，没有写完。", en: "The file breaks off here." },
        repair: { zh: "请补全引号和括号。", en: "Add the missing quotes and brackets." },
      };
    case "tooDeep":
      return {
        problem: { zh: "括号嵌套过深。", en: "The brackets are nested too deeply." },
        repair: { zh: "请按格式说明减少嵌套。", en: "Write it as the format says." },
      };
    case "tooManyValues":
      return {
        problem: {
          zh: "文件内容过多，上限为一万个值。",
          en: "The file holds more than 10,000 values.",
        },
        repair: {
          zh: "请删去重复内容，或用 extends 只写不同之处。",
          en: "Take out what repeats, or say only what differs, with extends.",
        },
      };
    case "duplicateName":
      return {
        problem: {
          zh: `成员“${fault.name}”在同一处写了两次。`,
          en: `The member "${fault.name}" is there twice.`,
        },
        repair: { zh: "请只保留一个。", en: "Keep one of them." },
      };
    case "forbiddenName":
      return {
        problem: {
          zh: `不允许使用名为“${fault.name}”的成员。`,
          en: `A member may not be named "${fault.name}".`,
        },
        repair: { zh: "请删去此成员。", en: "Take it out." },
      };
    case "inexactNumber":
      return {
        problem: {
          zh: `数字 ${fault.written} 过大，无法精确表示。`,
          en: `The number ${fault.written} is too large to be exact.`,
        },
        repair: { zh: "请改为较小的数字。", en: "Write a smaller number." },
      };
  }
};
