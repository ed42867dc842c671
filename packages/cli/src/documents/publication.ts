/** @module publication — the 政府信息公开 record of a reply, as a page or as JSON. */
import { invalidInput } from "@wuding/engine";
import type { DocumentKind } from "../commands/document.ts";
import { logAnchorOf } from "../log-anchor.ts";
import { readTextFile, textOption } from "./text-file.ts";

const ofPublication = (zh: string, en: string): { zh: string; en: string } => ({
  zh: `publication：${zh}`,
  en: `publication: ${en}`,
});

export const publicationDocument: DocumentKind = {
  name: "publication",
  label: { zh: "政府信息公开记录", en: "publication record" },
  endings: [".html", ".json"],
  options: [
    textOption,
    {
      name: "overview",
      label: ofPublication("内容概述", "overview of the content"),
      typed: "value",
      form: "TEXT",
    },
    {
      name: "catalogue",
      label: ofPublication("公开目录（未记录时）", "catalogue, where none is recorded"),
      typed: "value",
      form: "TEXT",
    },
    {
      name: "index-pattern",
      label: ofPublication(
        "本网站索引号的格式，如 1560037521/dsjj/{year}-{counter:7}",
        "the site's index numbers, such as 1560037521/dsjj/{year}-{counter:7}",
      ),
      typed: "value",
      form: "PATTERN",
    },
    {
      name: "index-counter",
      label: ofPublication("索引号的序号，由信息公开机构给出", "the counter that the keeper gave"),
      typed: "value",
      form: "N",
    },
  ],
  build: async ({ casebook, name, file, typed, shell }) => {
    const { publicationJson, publicationOf, publicationPage, readIndexPattern } =
      await import("@wuding/documents");
    const { text: textFile, overview, catalogue } = typed.values;
    const patternText = typed.values["index-pattern"];
    const pattern = patternText === undefined ? undefined : readIndexPattern(patternText);
    if (patternText !== undefined && pattern === undefined) {
      const expected = {
        zh: "含 {year} 和一个 {counter:N} 的格式，如 {year}-{counter:7}",
        en: "a pattern with {year} and one {counter:N}, such as {year}-{counter:7}",
      };
      throw invalidInput({ field: "--index-pattern", kind: "malformed", expected });
    }
    const counter = readCounter(typed.values["index-counter"]);
    if (counter !== undefined && pattern === undefined) {
      throw invalidInput({ field: "--index-pattern", kind: "missing" });
    }
    const reply = await casebook.publishable(name, { today: shell.today });
    // a summary is somebody's work: the whole letter never stands in for it
    if (reply.disclosure === "summary" && textFile === undefined) {
      throw invalidInput({ field: "--text", kind: "missing" });
    }
    const text = textFile === undefined ? undefined : await readTextFile(textFile, shell);
    const { record, redactions, warnings } = publicationOf(reply, {
      today: shell.today,
      ...(text !== undefined && { text }),
      ...(overview !== undefined && { overview }),
      ...(catalogue !== undefined && { catalogue }),
      ...(pattern !== undefined && { pattern }),
      ...(counter !== undefined && { counter }),
    });
    const anchor = await logAnchorOf(casebook);
    const build = file.toLowerCase().endsWith(".json") ? publicationJson : publicationPage;
    return {
      contents: build(record, anchor, shell.reportLanguage),
      warnings,
      json: { case: reply.case, indexNumber: record.indexNumber, redactions },
    };
  },
};

/** @throws EngineError `INVALID_INPUT` for anything but a whole number from 1 */
const readCounter = (given: string | undefined): number | undefined => {
  if (given === undefined) return undefined;
  const value = given.replace(/^0+(?=\d)/, "");
  if (/^[1-9]\d{0,11}$/.test(value)) return Number(value);
  const expected = { zh: "从 1 起的整数", en: "a whole number from 1" };
  throw invalidInput({ field: "--index-counter", kind: "malformed", expected });
};
