/** @module heading — how a reply is called in public and whom it speaks to. */
import type { PublishableReply } from "@wuding/engine";

const numerals = "〇一二三四五六七八九";

/** 15 → 十五, 4 → 四, 103 → 一百零三; up to 999. */
export const chineseNumeral = (number: number): string => {
  const digit = (one: number): string => numerals[one] ?? "";
  const [hundreds, tens, ones] = [
    Math.floor(number / 100),
    Math.floor(number / 10) % 10,
    number % 10,
  ];
  const ten =
    tens === 0
      ? hundreds > 0 && ones > 0
        ? "零"
        : ""
      : `${tens === 1 && hundreds === 0 ? "" : digit(tens)}十`;
  const rest = `${ten}${ones === 0 && number > 0 ? "" : digit(ones)}`;
  return hundreds === 0 ? rest : `${digit(hundreds)}百${rest}`;
};

const bodies: Readonly<Record<string, string>> = { cppcc: "政协", npc: "人大" };

/** 市政协十五届四次会议第138号提案《关于推行智慧城市建设的建议》 */
export const itemName = (reply: PublishableReply): string => {
  const { kind, session, number, level, title } = reply;
  const [term, meeting] = session.split("-").map(Number);
  const isOfSession = term !== undefined && meeting !== undefined;
  // which province, county or town it is the casebook does not say
  const place = level === "national" ? "全国" : level === "city" ? "市" : "";
  const where = isOfSession
    ? `${place}${bodies[kind.id] ?? ""}${chineseNumeral(term)}届${chineseNumeral(meeting)}次会议`
    : `${session}年`;
  return `${where}第${number}号${isOfSession ? kind.noun.zh : kind.label.zh}《${inner(title)}》`;
};

/** A title inside a title has the inner marks. */
const inner = (title: string): string => title.replaceAll("《", "〈").replaceAll("》", "〉");

/** 刘桂敏委员：, 甲、乙、丙委员：, 甲等12位代表：; an organisation by its own name. */
export const salutationOf = ({ proposers, proposerType, kind }: PublishableReply): string => {
  const word = kind.proposer.zh;
  const [first = ""] = proposers;
  if (proposerType === "collective" || proposerType === "delegation") {
    return `${proposers.join("、")}：`;
  }
  const named =
    proposers.length > namedProposers ? `${first}等${proposers.length}位` : proposers.join("、");
  return `${named}${named.endsWith(word) ? "" : word}：`;
};

/** More proposers than these are counted, not named. */
const namedProposers = 3;
