/** @module words — the words of the Monday paper, alike on a terminal and on the page. */
import type { Label, Week, WeekMatter } from "@wuding/engine";
import { weekMatters } from "@wuding/engine";
import { dayWords } from "../html/day-words.ts";

export const nobody: Label = { zh: "尚无责任人", en: "Nobody yet" };

export const weekTitle = ({ from, to }: Pick<Week, "from" | "to">): Label => ({
  zh: `一周办件清单（${from} 至 ${to}）`,
  en: `The week from ${from} to ${to}`,
});

/** 甲外出期间由乙代办 */
export const delegateWords = ({
  name,
  until,
}: Readonly<{ name: string; until: string }>): Label => ({
  zh: `（${until} 前由${name}代办）`,
  en: `(${name} acts until ${until})`,
});

/** 截至……共 3 件，逾期 1 项：到期 2，…… */
export const totalsOfWeek = (week: Week): Label => {
  const { cases, late, counts } = week;
  const day = dayWords(week);
  const names = (Object.keys(weekMatters) as WeekMatter[]).filter((name) => counts[name] > 0);
  const zh = names.map((name) => `${weekMatters[name].zh} ${counts[name]}`).join("、");
  const en = names.map((name) => `${weekMatters[name].en} ${counts[name]}`).join(", ");
  return {
    zh: `${day.zh}：涉及 ${cases} 件，已逾期 ${late} 项${zh === "" ? "" : `；${zh}`}。`,
    en: `${day.en}: cases ${cases}, late ${late}${en === "" ? "" : `; ${en}`}.`,
  };
};
