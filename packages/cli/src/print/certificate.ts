/** @module certificate — the certificate of a replay 重放证明, to read and to file. */
import type {
  CaseCertificate,
  Label,
  Replayed,
  ReplayCertificate,
  ReplayedThing,
} from "@wuding/engine";
import { replayedThings } from "@wuding/engine";
import type { Language, Shell } from "../shell.ts";
import { facts, heading, paragraph } from "./page.ts";
import { tableLines } from "./table.ts";
import { labelled, plural } from "./words.ts";

const said = {
  title: { zh: "重放证明", en: "Certificate of replay" },
  origin: { zh: "办件库标识", en: "origin" },
  size: { zh: "记录数", en: "events" },
  root: { zh: "根哈希", en: "root" },
  today: { zh: "指标截止日", en: "rates as of" },
  rulebook: { zh: "规则集", en: "rulebook" },
  calendar: { zh: "工作日历", en: "calendar" },
  thing: { zh: "重新计算的内容", en: "computed anew" },
  checked: { zh: "数目", en: "number" },
  ofCase: { zh: "重新计算的结果", en: "Computed anew" },
  recorded: { zh: "记载", en: "recorded" },
  expected: { zh: "应为", en: "expected" },
  none: { zh: "无", en: "none" },
} as const satisfies Record<string, Label>;

/** What a certificate says where nothing differs: how many due dates follow from facts, and how many a person fixed. */
const sound = {
  ofCase: (due: string): Label => ({
    zh: `本件的记录、${due}和汇总数据均与重新计算的结果一致`,
    en: `The case's events, ${due} and stored state are what they are when computed anew`,
  }),
  ofAll: (due: string): Label => ({
    zh: `全部记录、${due}、汇总数据和指标均与重新计算的结果一致`,
    en: `All events, ${due}, stored states and rates are what they are when computed anew`,
  }),
};

const soundSentence = (
  words: (due: string) => Label,
  { checked: { deadlines }, fixed }: Replayed,
  language: Language,
): string => {
  if (language === "zh") {
    const rest = fixed === 0 ? "" : `；另有 ${fixed} 项由人员指定的时限无从核对`;
    return `${words(`${deadlines} 项时限`).zh}${rest}。`;
  }
  const due = plural(deadlines, "due date");
  const rest =
    fixed === 0 ? "" : `; ${plural(fixed, "due date")} fixed by a person could not be compared`;
  return `${words(due).en}${rest}.`;
};

/** A damaged file may differ in thousands of places; `--json` lists them all. */
const listedMax = 100;

const counted = {
  fixed: {
    zh: (count: number) =>
      `另有 ${count} 项时限由人员指定，除时限本身外别无记载，无从核对，未计入上表。`,
    en: (count: number) =>
      count === 1
        ? "1 more due date was fixed by a person and is told nowhere else: it could be compared with nothing, and is not in the table."
        : `${count} more due dates were fixed by a person and are told nowhere else: they could be compared with nothing, and are not in the table.`,
  },
  differences: {
    zh: (count: number) => `共有 ${count} 处不一致：`,
    en: (count: number) => `${count} differences:`,
  },
  more: {
    zh: (count: number) => `另有 ${count} 处，见 --json。`,
    en: (count: number) => `${count} more; --json lists them.`,
  },
  uncounted: {
    zh: (count: number) => `有 ${count} 项时限因缺少规则集或者规则而无法重新计算：`,
    en: (count: number) =>
      `${count} due dates could not be counted again, their rulebook or rule not being there:`,
  },
};

/** Prints a certificate. */
export const printCertificate = (certificate: ReplayCertificate, shell: Shell): void => {
  const { language } = shell;
  const { origin, size, root, today, rulebooks, calendars } = certificate;
  paragraph(said.title[language], shell);
  facts(
    [
      [said.origin[language], origin],
      [said.size[language], String(size)],
      [said.root[language], root],
      ...rulebooks.map(
        ({ name, hash, adoptedOn }) =>
          [said.rulebook[language], `${name} ${adoptedOn} ${hash}`] as const,
      ),
      ...calendars.map(
        ({ edition, sha256, adoptedOn }) =>
          [said.calendar[language], `${edition} ${adoptedOn} sha256:${sha256}`] as const,
      ),
      [said.today[language], today],
    ],
    shell,
  );
  shell.out("");
  printReplayed(certificate, sound.ofAll, shell);
};

/** Prints the certificate of one case. */
export const printCaseCertificate = (certificate: CaseCertificate, shell: Shell): void => {
  heading(said.ofCase[shell.language], shell);
  printReplayed(certificate, sound.ofCase, shell, ["events", "deadlines", "states"]);
};

const printReplayed = (
  replayed: Replayed,
  words: (due: string) => Label,
  shell: Shell,
  things: readonly ReplayedThing[] = Object.keys(replayedThings) as ReplayedThing[],
): void => {
  const { language } = shell;
  const lines = tableLines(
    things,
    [
      { heading: said.thing[language], text: (thing) => replayedThings[thing][language] },
      {
        heading: said.checked[language],
        text: (thing) => String(replayed.checked[thing]),
        align: "right",
      },
    ],
    shell,
  );
  for (const line of lines) shell.out(line);
  if (replayed.fixed > 0) paragraph(counted.fixed[language](replayed.fixed), shell);
  shell.out("");
  printDifferences(replayed, words, shell);
};

const printDifferences = (
  replayed: Replayed,
  words: (due: string) => Label,
  shell: Shell,
): void => {
  const { language } = shell;
  const { differences, count, uncounted } = replayed;
  if (count === 0 && uncounted.length === 0) {
    return paragraph(soundSentence(words, replayed, language), shell);
  }
  if (count > 0) paragraph(counted.differences[language](count), shell);
  for (const { position, case: id, what, recorded, expected } of differences.slice(0, listedMax)) {
    const place = [position === null ? [] : [`#${position}`], id ?? []].flat().join(" ");
    paragraph(place === "" ? what[language] : labelled(place, what[language], language), shell, 2);
    const sides = [
      labelled(said.recorded[language], recorded ?? said.none[language], language),
      labelled(said.expected[language], expected ?? said.none[language], language),
    ];
    if (recorded !== expected) paragraph(sides.join(language === "zh" ? "，" : ", "), shell, 4);
  }
  if (count > listedMax) paragraph(counted.more[language](count - listedMax), shell);
  if (uncounted.length === 0) return;
  paragraph(counted.uncounted[language](uncounted.length), shell);
  for (const { position, case: id, deadline, rulebook } of uncounted) {
    paragraph([`#${position}`, id, deadline ?? "", rulebook ?? ""].join(" ").trimEnd(), shell, 2);
  }
};
