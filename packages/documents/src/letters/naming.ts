/** @module naming — what a case, its proposers and its day are called in an official letter. */
import type { CaseView, CivilDate, Kind, Label } from "@wuding/engine";
import { chineseNumeral } from "@wuding/engine";

/** `2021-06-30` → 2021年6月30日: Arabic numerals without leading zeros. */
export const dayInWords = (day: CivilDate): Label => {
  const [year = "", month = "", date = ""] = day.split("-");
  return { zh: `${year}年${Number(month)}月${Number(date)}日`, en: day };
};

/** A day that is not known yet, to be written by hand. */
export const blankDay: Label = { zh: "　　　　年　　月　　日", en: "date: ____________" };

/** Levels whose word is certain: a county may be 县 or 区, a province an autonomous region. */
const levels: Readonly<Partial<Record<NonNullable<CaseView["level"]>, Label>>> = {
  national: { zh: "全国", en: "national " },
  city: { zh: "市", en: "municipal " },
};

/** The assembly that a kind of case belongs to, and how its meeting is named. */
const assemblies: Readonly<
  Record<
    string,
    Readonly<{ en: string; meeting(level: string, term: string, session: string): string }>
  >
> = {
  cppcc: {
    en: "CPPCC",
    meeting: (level, term, session) => `${level}政协${term}届${session}次会议`,
  },
  npc: {
    en: "People's Congress",
    meeting: (level, term, session) =>
      level === "全国"
        ? `${term}届全国人大${session}次会议`
        : `${level}${term}届人大${session}次会议`,
  },
};

type Named = Pick<CaseView, "kind" | "session" | "number" | "level">;

/** 市政协十五届四次会议第138号提案. A level whose word the record does not settle is left out. */
export const caseName = (view: Named, kind: Pick<Kind, "noun">): Label => {
  const { session, number } = view;
  const level = (view.level && levels[view.level]) ?? { zh: "", en: "" };
  const assembly = Object.hasOwn(assemblies, view.kind) ? assemblies[view.kind] : undefined;
  const [, term, meeting] = /^(\d+)-(\d+)$/.exec(session) ?? [];
  const noun = { zh: kind.noun.zh, en: kind.noun.en };
  if (term === undefined || meeting === undefined) {
    return {
      zh: `${session}年第${number}号${noun.zh}`,
      en: `${noun.en} no. ${number} of ${session}`,
    };
  }
  const spoken = [Number(term), Number(meeting)].map(chineseNumeral);
  const zh =
    assembly?.meeting(level.zh, spoken[0] ?? "", spoken[1] ?? "") ??
    `${level.zh}${spoken[0]}届${spoken[1]}次会议`;
  return {
    zh: `${zh}第${number}号${noun.zh}`,
    en: `${noun.en} no. ${number} of the ${level.en}${assembly?.en ?? ""} (term ${term}, session ${meeting})`,
  };
};

/** 《…》 around a title, once. */
export const quotedTitle = (title: string): Label => {
  const bare = title.replace(/^《(.*)》$/, "$1");
  return { zh: `《${bare}》`, en: `“${bare}”` };
};

/** Whom a reply is addressed to, without the colon. */
export const addressee = (
  {
    proposers,
    proposerType,
  }: Pick<CaseView, "proposerType"> &
    Readonly<{ proposers: readonly Readonly<{ name: string }>[] }>,
  kind: Pick<Kind, "proposer">,
): Label => {
  const name = proposers[0]?.name.trim() ?? "";
  const others = proposers.length;
  if (proposerType === "delegation") {
    return { zh: name.endsWith("团") ? name : `${name}代表团`, en: name };
  }
  if (proposerType === "collective") {
    const names = proposers.map((one) => one.name.trim());
    return { zh: names.join("、"), en: names.join(", ") };
  }
  const called = kind.proposer.zh;
  // a name that says already what the proposer is stays as it is
  const titled = name.startsWith(called) || name.endsWith(called);
  const among = others > 1 ? `（等${others}名）` : "";
  return {
    zh: `${name}${among}${titled && others === 1 ? "" : called}`,
    en: others > 1 ? `${name} and ${others - 1} more` : name,
  };
};

/** How the proposer is spoken to in the first sentence. */
const spokenTo: Readonly<Record<CaseView["proposerType"], string>> = {
  individual: "您",
  joint: "你们",
  collective: "贵单位",
  delegation: "贵团",
};

/** 您提出的《…》的提案收悉，现答复如下： */
export const opening = (view: CaseView, kind: Kind): Label => {
  const title = quotedTitle(view.title);
  return {
    zh: `${spokenTo[view.proposerType]}提出的${title.zh}的${kind.noun.zh}收悉，现答复如下：`,
    en: `We have received your ${kind.noun.en} ${title.en} and reply as follows.`,
  };
};
