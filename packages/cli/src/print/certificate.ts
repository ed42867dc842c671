/** @module certificate — the certificate of a replay 重放证明, to read and to file. */
import type { Label, ReplayCertificate, ReplayedThing } from "@wuding/engine";
import { replayedThings } from "@wuding/engine";
import type { Shell } from "../shell.ts";
import { facts, paragraph } from "./page.ts";
import { tableLines } from "./table.ts";
import { labelled } from "./words.ts";

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
  sound: {
    zh: "全部记录、时限、汇总数据和指标均与重新计算的结果一致。",
    en: "All events, due dates, stored states and rates are what they are when computed anew.",
  },
  recorded: { zh: "记载", en: "recorded" },
  expected: { zh: "应为", en: "expected" },
  none: { zh: "无", en: "none" },
} as const satisfies Record<string, Label>;

const counted = {
  differences: {
    zh: (count: number) => `共有 ${count} 处不一致：`,
    en: (count: number) => `${count} differences:`,
  },
  more: {
    zh: (count: number) => `另有 ${count} 处未逐一列出。`,
    en: (count: number) => `${count} more are not listed.`,
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
  const { origin, size, root, today, rulebooks, calendars, checked } = certificate;
  shell.out(said.title[language]);
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
  const lines = tableLines(
    Object.keys(replayedThings) as ReplayedThing[],
    [
      { heading: said.thing[language], text: (thing) => replayedThings[thing][language] },
      {
        heading: said.checked[language],
        text: (thing) => String(checked[thing]),
        align: "right",
      },
    ],
    shell,
  );
  for (const line of lines) shell.out(line);
  shell.out("");
  printDifferences(certificate, shell);
};

const printDifferences = (
  { differences, count, uncounted }: ReplayCertificate,
  shell: Shell,
): void => {
  const { language } = shell;
  if (count === 0 && uncounted.length === 0) return paragraph(said.sound[language], shell);
  if (count > 0) paragraph(counted.differences[language](count), shell);
  for (const { position, case: id, what, recorded, expected } of differences) {
    const place = [position === null ? [] : [`#${position}`], id ?? []].flat().join(" ");
    paragraph(place === "" ? what[language] : labelled(place, what[language], language), shell, 2);
    const sides = [
      labelled(said.recorded[language], recorded ?? said.none[language], language),
      labelled(said.expected[language], expected ?? said.none[language], language),
    ];
    if (recorded !== expected) paragraph(sides.join(language === "zh" ? "，" : ", "), shell, 4);
  }
  if (count > differences.length) {
    paragraph(counted.more[language](count - differences.length), shell);
  }
  if (uncounted.length === 0) return;
  paragraph(counted.uncounted[language](uncounted.length), shell);
  for (const { case: id, deadline, rulebook } of uncounted) {
    paragraph([id, deadline, rulebook ?? ""].join(" ").trimEnd(), shell, 2);
  }
};
