/** @module source — where a rule stands, and how sure we are of it. */
import type { Label } from "../case/terms.ts";

/** Where a rule stands: the title of the text and, where it has one, the article. */
export type Source = Readonly<{ title: Label; article?: Label }>;

/**
 * How sure we are of a rule: read in the law, on an official page, in a document, or our own choice
 * where nothing was found.
 */
export type Confidence = "law" | "page" | "document" | "default";

/** A source as it is printed: 《…法》第五十一条. */
export const printSource = (source: Source): Label => ({
  zh: `${source.title.zh}${source.article?.zh ?? ""}`,
  en: source.article === undefined ? source.title.en : `${source.title.en}, ${source.article.en}`,
});
