/**
 * @module titles — what was glued to a title when it was copied from a page, and how it would read without.
 * Only a suggestion: nobody but the clerk knows what the title was.
 */
import type { Label } from "@wuding/engine";

export type TitleSuggestion = Readonly<{ title: string; why: readonly Label[] }>;

type Repair = Readonly<{ why: Label; clean(title: string): string }>;

/** What stands above or below a text on a page, and names itself with a colon. */
const named = [
  // 浏览次数：123次
  "(?:浏览|阅读|点击|访问)(?:次数|量|数)?\\s*[:：]\\s*\\d*\\s*次?",
  // 发布时间：2021-03-26 10:20
  "(?:发布|更新)?(?:时间|日期)\\s*[:：]\\s*\\d{4}[-年./]\\d{1,2}[-月./]\\d{1,2}日?(?:\\s*\\d{1,2}:\\d{2}(?::\\d{2})?)?",
  "(?:来源|作者|编辑)\\s*[:：]\\s*\\S{2,20}",
  // 【字体：大 中 小】
  "字[体号]\\s*[:：]\\s*(?:[[【（(]?\\s*大\\s*中\\s*小\\s*[\\]】）)]?)?",
];
/** What stands below a text only. */
const below = [
  "字[体号]\\s*[[【（(]?\\s*大\\s*中\\s*小\\s*[\\]】）)]?",
  "打印(?:本页|此页)?",
  "关闭(?:窗口|本页)?",
  "收藏(?:本页)?",
  "分享(?:到|至)?[:：]?",
  "返回(?:顶部|首页|列表)?",
  "[上下]一篇.*",
  "(?:微信)?扫一扫[，,]?\\s*(?:在手机|手机|打开|查看|分享|关注).*",
  "(?:点击|立即|扫码|马上)下载.{0,12}",
  "(?:[咨客服投举][^\\s\\d:：]{0,5})?(?:热线|电话)\\s*[:：]?\\s*\\d[\\d\\s-]{5,}",
];
/** What stands above it only: where in the site the page is. */
const above = [
  "您?[^\\s:：>]{0,5}位置\\s*[:：]",
  "(?:网站)?[首主]页(?:\\s*[>＞»›→]+\\s*(?!关于)[^>＞»›→\\s]{1,12})*\\s*[>＞»›→]+",
];
const opens = "[\\s【[（(|｜]*";
const closes = "[\\s】\\]）)|｜]";

const atTheEnd = new RegExp(`${opens}(?:${[...named, ...below].join("|")})${closes}*$`, "u");
const inFront = new RegExp(
  `^${opens}(?:(?:${named.join("|")})(?:${closes}+|(?=关于)|$)|(?:${above.join("|")})${closes}*)`,
  "u",
);
/** …的建议 - 某市人民政府门户网站 */
const siteName = /\s*[-_—–|｜]+\s*[^-_—–|｜]{2,20}(?:门户网站?|政府网站?|官方网站|信息网|政务网)$/u;

/** How titles end; behind anything else a word of a page may be one of the title: 3D打印. */
const titleEnd = /(?:建议|提案|意见|议案|[”》）)])$/u;

const withoutFurniture = (title: string): string => {
  const bare = title.replace(inFront, "").replace(siteName, "");
  const found = atTheEnd.exec(bare);
  if (found === null) return bare;
  const kept = bare.slice(0, found.index);
  const isApart = /^[\s【[（(|｜]/u.test(found[0]) || kept === "" || titleEnd.test(kept);
  return isApart ? kept.trimEnd() : bare;
};

/** Words of advertising in the bars that are pushed in front of titles. */
const advertising =
  /官网|登录|登陆|注册|直播|投注|博彩|彩票|棋牌|体育|娱乐|下载|平台入口|网址|开户|首页|主页|APP/iu;
const bars = /[|｜]/u;
/** What such a row ends with, glued to the first word of the title. */
const lastBar =
  /^(?:(?:手机|官方|平台|客户端|安卓|苹果|最新|app|ios)*(?:主页|首页|官网|官方网站|登录|登陆|入口|下载|手机版))+/iu;

const isAdvertising = (piece: string): boolean =>
  advertising.test(piece) && piece.length <= 20 && !piece.startsWith("关于");

const withoutAdvertising = (title: string): string => {
  const pieces = title.split(bars);
  const last = pieces.length - 1;
  if (last === 0) return title;
  if (
    pieces
      .slice(0, last)
      .every((piece) => piece !== "" && piece.length <= 20 && !piece.startsWith("关于"))
  ) {
    const isAdvertised = pieces.slice(0, last).some((piece) => advertising.test(piece));
    const kept = (pieces[last] ?? "").replace(lastBar, "").trim();
    if (isAdvertised && kept.length >= 4) return kept;
  }
  const behind = pieces.slice(1).every(isAdvertising);
  return behind ? (pieces[0] ?? "").trim() : title;
};

const untilStill = (title: string, clean: (one: string) => string): string => {
  const next = clean(title);
  return next === title ? title : untilStill(next, clean);
};

const repairs: readonly Repair[] = [
  {
    why: { zh: "含不可见字符或者换行", en: "holds invisible characters or line breaks" },
    clean: (title) =>
      title
        .replaceAll(/[\r\n\t\u2028\u2029]+/gu, "")
        .replaceAll(/[\p{Cc}\p{Cf}\p{Noncharacter_Code_Point}\uFFFC\uFFFD]/gu, ""),
  },
  {
    why: { zh: "带有网页文字", en: "has words of a web page beside it" },
    clean: (title) => untilStill(title, withoutFurniture),
  },
  {
    why: { zh: "夹带广告", en: "has advertising in it" },
    clean: withoutAdvertising,
  },
  {
    why: { zh: "案由重复", en: "says the title twice" },
    clean: (title) => /^(.{6,}?)[\s:：—-]*\1$/u.exec(title)?.[1] ?? title,
  },
  {
    why: { zh: "末尾多出“的提案”", en: "ends in 的提案, which letters add themselves" },
    clean: (title) =>
      /^《([^《》]+)》的(?:提案|建议)$/u.exec(title)?.[1] ??
      title.replace(/(建议|意见|提案|议案)的(?:提案|建议)$/u, "$1"),
  },
];

/** Whether there is nothing but words of a page or advertising: `首页`, `官网登录|足球直播|主页`. */
export const isNoTitle = (title: string): boolean => {
  if (title.length > longestTitle) return false;
  const pieces = untilStill(title.trim(), withoutFurniture)
    .split(bars)
    .map((piece) => piece.replace(lastBar, ""));
  const isBarred = pieces.length > 1;
  return pieces.every((piece) => piece === "" || (isBarred && isAdvertising(piece)));
};

/** Longer text is no title; it is refused anyway. */
const longestTitle = 1000;

/** How a title would read without what was glued to it, and why; undefined where nothing was. */
export const titleSuggestion = (title: string): TitleSuggestion | undefined => {
  if (title.length > longestTitle) return undefined;
  let cleaned = title;
  const why: Label[] = [];
  for (const repair of repairs) {
    const next = repair.clean(cleaned);
    if (next === cleaned || next.trim() === "") continue;
    cleaned = next;
    why.push(repair.why);
  }
  return why.length === 0 ? undefined : { title: cleaned, why };
};
