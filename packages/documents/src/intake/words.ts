/** @module words — the words of closed sets as lists spell them: labels in both languages, keys, and what else is usual. */
import type { Label, ResultScheme } from "@wuding/engine";
import { terms } from "@wuding/engine";
import type { Meant } from "./written.ts";
import { plainForm, shouldBe } from "./written.ts";

type Word<Terms> = keyof Terms & string;

/** Makes the reader of a closed set; `others` are spellings beside keys and labels. */
const wordReader = <Terms extends Readonly<Record<string, Label>>>(
  set: Terms,
  others?: Readonly<Partial<Record<Word<Terms>, readonly string[]>>>,
) => {
  const spelt = new Map<string, Word<Terms>>();
  for (const [key, { zh, en }] of Object.entries(set)) {
    for (const one of [key, zh, en, ...(others?.[key as Word<Terms>] ?? [])]) {
      spelt.set(plainForm(one), key);
    }
  }
  return (text: string): Meant<Word<Terms>> => {
    const value = spelt.get(plainForm(text));
    if (value !== undefined) return { value };
    const labels = Object.values(set);
    return shouldBe(
      `${labels.map(({ zh }) => zh).join("、")}之一（不能是“${text}”）`,
      `one of ${Object.keys(set).join(", ")}, not "${text}"`,
    );
  };
};

const roleWord = wordReader(terms.roles, {
  sole: ["单独办理", "独立办理", "承办", "独办件"],
  lead: ["牵头", "牵头主办", "主办牵头", "牵头件", "牵头办理", "主办件", "牵头单位", "主办单位"],
  separate: ["分别办理", "分办件"],
  assist: ["会办", "协助办理", "会同办理", "会办件", "协办件", "会办单位", "协办单位"],
});

/** A role; said twice, as in 主办（牵头）, where both words mean the same. */
export const readRole = (text: string): ReturnType<typeof roleWord> => {
  const [, word = "", inside = ""] = /^(.+?)\((.+)\)$/u.exec(plainForm(text)) ?? [];
  const [outer, inner] = [roleWord(word), roleWord(inside)];
  return "value" in outer && "value" in inner && outer.value === inner.value
    ? outer
    : roleWord(text);
};

export const readProposerType = wordReader(terms.proposerTypes, {
  individual: ["个人提案", "委员个人", "代表个人", "委员"],
  joint: ["联名提案", "委员联名", "代表联名"],
  collective: ["集体提案", "党派", "党派团体", "团体", "团体提案", "界别", "界别提案", "专委会"],
  delegation: ["代表团建议"],
});

export const readRating = wordReader(terms.ratings);

export const readDisclosure = wordReader(terms.disclosures, {
  full: ["公开", "全文公开", "全部公开"],
  summary: ["摘要"],
  "on-request": ["依申请"],
  withheld: ["不公开"],
});

export const readMode = wordReader(terms.contactModes, {
  phone: ["电话", "电话沟通"],
  visit: ["走访", "登门", "上门走访", "上门"],
  meeting: ["面谈", "面商", "当面沟通", "见面", "当面"],
  symposium: ["座谈", "座谈会", "座谈协商"],
  "site-visit": ["实地", "调研", "现场调研", "现场办公", "实地察看"],
  letter: ["信函", "书面", "发函"],
  online: ["网络", "微信", "邮件", "电子邮件"],
});

export const readLevel = wordReader(terms.levels, {
  provincial: ["省"],
  city: ["市", "地市级"],
  county: ["县", "区", "区级", "县区级"],
  township: ["乡镇", "镇", "街道"],
});

export const readPhase = wordReader(terms.submissionPhases, {
  inSession: ["会间", "会中", "大会", "会议期间"],
  intersession: ["闭会", "平时", "闭会期"],
});

const affirmed = ["是", "有", "√", "✓", "✔", "y", "yes", "true", "1", "重点", "重点件", "同意"];
const denied = [
  "否",
  "无",
  "不是",
  "×",
  "✗",
  "✘",
  "n",
  "no",
  "false",
  "0",
  "非重点",
  "不同意",
  "一般",
];

/** 是、√、yes; 否、×、no. */
export const readFlag = (text: string): Meant<boolean> => {
  const said = plainForm(text);
  if (affirmed.some((one) => plainForm(one) === said)) return { value: true };
  if (denied.some((one) => plainForm(one) === said)) return { value: false };
  return shouldBe(`是或否（不能是“${text}”）`, `yes or no, not "${text}"`);
};

/** A result letter: `A`, `Ａ类`, `A（已解决）`, or what the scheme says in its place. */
export const readResult = (text: string, { codes }: Pick<ResultScheme, "codes">): Meant<string> => {
  const said = plainForm(text);
  const [, letter] = /^([a-z]\d?)(?:类|级)?(?:\(.*\)|:.*)?$/u.exec(said) ?? [];
  const found = codes.find(
    ({ code, label, meaning }) =>
      code.toLowerCase() === (letter ?? said) ||
      [label.zh, label.en, terms.resultMeanings[meaning].zh].some((one) => plainForm(one) === said),
  );
  if (found !== undefined) return { value: found.code };
  return shouldBe(
    `${codes.map(({ code }) => code).join("、")}类之一（不能是“${text}”）`,
    `one of ${codes.map(({ code }) => code).join(", ")}, not "${text}"`,
  );
};
