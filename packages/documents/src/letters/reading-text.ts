/**
 * @module reading-text — a letter as somebody typed or copied it, read as title, salutation, paragraphs
 * and closing. Not a character of the paragraphs is changed; spaces at the ends of lines are.
 */

export type ReadParagraph =
  | Readonly<{ kind: "chapter"; text: string; runOn?: string }>
  | Readonly<{ kind: "section"; heading: string; text: string }>
  | Readonly<{ kind: "body"; text: string }>;

export type ReadText = Readonly<{
  /** 对……的答复, where the text begins with it, or the page that it was copied from names it. */
  title: string | null;
  /** Without its colon. */
  salutation: string | null;
  paragraphs: readonly ReadParagraph[];
  /** Who signed at its end, and the day as it is written there. */
  unit: string | null;
  date: string | null;
  /** What stands under the day: 联系人, 抄送 and the like, line by line. */
  notes: readonly string[];
  /** What stood around the letter on the web page that it was copied from, line by line: no part of it. */
  furniture: readonly string[];
}>;

/** All the words of a paragraph. */
export const wordsOf = (one: ReadParagraph): string =>
  one.kind === "section"
    ? one.heading + one.text
    : one.kind === "chapter"
      ? one.text + (one.runOn ?? "")
      : one.text;

const contact = /联系(?:人|电话|方式)[：:]/;
/** Whether a line says whom to ask. */
export const asksWhom = (lines: readonly string[]): boolean =>
  lines.some((line) => contact.test(line));

const numeral = "[一二三四五六七八九十]{1,3}";
/** 一、二、三产业 is no heading. */
const chapterMark = new RegExp(`^${numeral}、(?!${numeral}、)`);
const sectionMark = new RegExp(`^[（(]${numeral}[)）]`);
/** Where a web page lost the line breaks, chapters stand behind spaces. */
const lostBreak = new RegExp(
  String.raw`(?<![ \t\u3000])[ \t\u3000]+(?=${numeral}、|[（(]${numeral}[)）])`,
  "g",
);
/** A heading without a full stop, then spaces, then the text. */
const lostBreakAfter = /^(\S{2,40}?)[ \t\u3000]+(\S.*)$/;
const longestHeading = 40;

const dateLine = /^\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日$/;
/** Unit and day, where a web page left them on one line. */
const gluedClosing = /^(\S{2,30})\s+(\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)$/;
/** A last line that can only be who signed. */
const unitLine =
  /^[^，。；：:、]{2,28}(?:局|委员会|委|办公室|厅|院|中心|政府|公司|部|处|署)(?:[（(][^）)]{1,20}[）)])?$/;
const noteLine =
  /^[（(]?(?:联系人|联系(?:电话|方式)|经办人|承办(?:人|科室|单位)|抄送|抄报|公开(?:方式|属性|选项))[：:]/;
/** The log holds titles of 500 characters; a first line much longer than one is a paragraph. */
const longestTitle = 600;
const titleLine = /(的(答复|复函|会办意见|协办意见|办理意见)|答复函)$/;
const salutationLine = /^([^，。；：:\s]{1,60})(?:[，,]?您好)?[：:]$/;
/** 现将有关情况答复如下： ends with a colon, too. */
const announces = /如下|收悉|情况|答复|意见/;
/** 李楠委员: 您提出的…… on one line. */
const gluedSalutation =
  /^([^，。；：:\s]{1,40}(?:委员|代表|代表团|委员会|单位))[：:][ \t\u3000]+(?=\S)/;

/** What stands above a letter on a page: the table of its metadata, and where the page is. */
const aboveOnPage =
  /^(?:索引号|发布机构|公开(?:方式|目录)|发布(?:日期|时间)|成文日期|废止日期|有效性|文\s*号|标\s*题|名\s*称|(?:组配|主题)分类|(?:信息)?来源|作者|浏览(?:次数|量)|点击数|字[号体]|当前位置|首页)(?=[\s\u3000:：|>＞【[]|$)/;
/** Who runs a site and under which numbers; such a line stands in no letter. */
const siteLine =
  /^[\s|]*(?:版权(?:所有|[：:])|copyright|©|网站(?:标识码|地图|声明)|技术支持[：:])|ICP备\s*\d|公网安备|网站标识码/i;
/** And below it: what can be clicked, and who runs the site. */
const belowOnPage = /^[\s|【[（(]*(?:关闭|打印|分享|收藏|返回|上一篇|下一篇|扫一扫)/;
/** What a site says of its office. A letter may say the same, so it takes a line about the site under it. */
const officeOfSite =
  /^[\s|]*(?:(?:主办|承办|维护|运维|管理)(?:单位)?|(?:办公|单位)?地址|邮政?编码?|联系(?:方式|电话)|(?:办公|值班)?电话|传真|(?:电子)?邮箱|E-?mail|建议使用)(?=[：:\s]|.*浏览器)/i;
const runsTheSite = /^[\s|]*主办(?:单位)?[：:]/;
const ofALetter = /联系人|抄送|抄报/;

/** Where the foot of a web page begins: the number of lines above it. */
const linesAboveFoot = (all: readonly string[]): number => {
  const isBelow = (line: string): boolean => siteLine.test(line) || belowOnPage.test(line);
  const isPart = (line: string): boolean =>
    isBelow(line) || (officeOfSite.test(line) && !ofALetter.test(line));
  const foot = all.slice(all.findLastIndex((line) => !isPart(line)) + 1);
  const isOfSite = foot.some((line) => siteLine.test(line));
  if (!isOfSite) return all.findLastIndex((line) => !belowOnPage.test(line)) + 1;
  const begin = foot.findIndex((line) => isBelow(line) || runsTheSite.test(line));
  return all.length - foot.length + begin;
};

const withoutFurniture = (
  all: readonly string[],
): Readonly<{ lines: string[]; furniture: string[] }> => {
  const first = all.findIndex((line) => !aboveOnPage.test(line));
  const start = first < 0 ? all.length : first;
  const end = Math.max(start, linesAboveFoot(all));
  const furniture = [...all.slice(0, start), ...all.slice(end)];
  // a page that was a table leaves the border of its cells
  const isTable = furniture.some((line) => line.includes("|"));
  const lines = all.slice(start, end);
  return {
    lines: isTable ? lines.map((line) => line.replace(/(?<!\s)\s*\|$/, "")) : lines,
    furniture,
  };
};

/** A page that names the title among its metadata does not repeat it over the letter. */
const titleAmong = (furniture: readonly string[]): string | null =>
  furniture
    .map((line) => /^标\s?题[\s:：|]+([^\s|].*)$/.exec(line)?.[1]?.split("|")[0]?.trimEnd() ?? "")
    .find((title) => titleLine.test(title)) ?? null;

/** One line as one paragraph or, where a heading lost its break, as two. */
const paragraphsOf = (line: string): readonly ReadParagraph[] => {
  const isChapter = chapterMark.test(line);
  if (!isChapter && !sectionMark.test(line)) return [{ kind: "body", text: line }];
  const [, before, after] = lostBreakAfter.exec(line) ?? [];
  if (before !== undefined && after !== undefined && !/[。；：，]/.test(before)) {
    const heading: ReadParagraph = isChapter
      ? { kind: "chapter", text: before }
      : { kind: "section", heading: before, text: "" };
    return [heading, { kind: "body", text: after }];
  }
  const end = line.indexOf("。") + 1;
  const isWholeHeading = end === 0 || end === line.length;
  if (isWholeHeading && line.length <= longestHeading) {
    return isChapter
      ? [{ kind: "chapter", text: line }]
      : [{ kind: "section", heading: line, text: "" }];
  }
  if (end === 0 || end > longestHeading) return [{ kind: "body", text: line }];
  if (isChapter) {
    const text = line.slice(0, end);
    // a sentence with commas is no heading
    return /[，,；;：:]/.test(text)
      ? [{ kind: "body", text: line }]
      : [{ kind: "chapter", text, runOn: line.slice(end) }];
  }
  return [{ kind: "section", heading: line.slice(0, end), text: line.slice(end) }];
};

/** The parts of a letter's text. */
export const readLetterText = (text: string): ReadText => {
  const { lines, furniture } = withoutFurniture(
    text
      .replaceAll(lostBreak, "\n")
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== ""),
  );
  let title: string | null = null;
  let salutation: string | null = null;
  let unit: string | null = null;
  let date: string | null = null;
  const [first = ""] = lines;
  if (first.length <= longestTitle && titleLine.test(first)) title = lines.shift() ?? null;
  const glued = gluedSalutation.exec(lines[0] ?? "");
  const [, alone] = salutationLine.exec(lines[0] ?? "") ?? [];
  if (glued !== null) {
    salutation = glued[1] ?? null;
    lines[0] = (lines[0] ?? "").slice(glued[0].length);
  } else if (alone !== undefined && !announces.test(alone) && !chapterMark.test(alone)) {
    salutation = alone;
    lines.shift();
  }
  const closing = lines.findLastIndex((line) => !noteLine.test(line));
  const [, gluedUnit, gluedDate] = gluedClosing.exec(lines[closing] ?? "") ?? [];
  const isDated = gluedDate !== undefined || dateLine.test(lines[closing] ?? "");
  // what stands under no day may as well belong to the text
  const notes = isDated ? lines.splice(closing + 1) : [];
  if (isDated) {
    const last = lines.pop() ?? "";
    date = (gluedDate ?? last).replaceAll(/\s/g, "");
    unit = gluedUnit ?? null;
  }
  const last = lines.at(-1) ?? "";
  const isUnit = isDated
    ? last !== "" && last.length <= 30 && !/[，。；：:、]/.test(last)
    : lines.length > 1 && unitLine.test(last) && !chapterMark.test(last) && !sectionMark.test(last);
  if (unit === null && isUnit) unit = lines.pop() ?? null;
  const paragraphs = lines.flatMap(paragraphsOf);
  title ??= titleAmong(furniture);
  return { title, salutation, unit, date, notes, furniture, paragraphs };
};
