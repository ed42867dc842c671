/**
 * @module show-check — reads an evidence page, has it checked and writes the result into it. Its source text
 * goes into the page after that of `check.ts`, and uses nothing but its arguments.
 */
import type { CheckResult, Embedded, Subtle } from "./check.ts";
import type { ShownRow, ShownSections, ShownWords } from "./shown.ts";

/** What is used of the page's document. */
export type PageElement = {
  textContent: string | null;
  innerHTML: string;
  className: string;
};
export type PageDocument = Readonly<{
  getElementById(id: string): PageElement | null;
  /** An element that stands nowhere: a browser spells what is written into it as it spells the page. */
  createElement(name: "template"): PageElement;
}>;

/** The words of a result, in the page's language. */
export type CheckWords = Readonly<{
  holds: string;
  fails: string;
  unknown: string;
  all: Readonly<{ holds: string; fails: string; unknown: string }>;
  shown: ShownWords;
}>;

/** Checks a page and shows the result; what hinders the check is a failure, never silence. */
export const showCheck = async (
  page: PageDocument,
  check: (
    embedded: Embedded,
    isShown: (rows: readonly ShownRow[]) => boolean,
    subtle: Subtle,
  ) => Promise<CheckResult>,
  write: (rows: readonly ShownRow[], events: string, words: ShownWords) => ShownSections,
  subtle: Subtle | undefined,
  words: CheckWords,
): Promise<void> => {
  const steps = ["form", "chain", "shown", "inclusion", "signature"] as const;
  const say = (id: string, verdict: boolean | null, sentences: CheckWords["all"]): void => {
    const place = page.getElementById(id);
    if (place === null) return;
    const kind = verdict === null ? "unknown" : verdict ? "holds" : "fails";
    place.className = kind;
    place.textContent = sentences[kind];
  };
  const checked = async (): Promise<CheckResult> => {
    if (subtle === undefined) {
      return { form: null, chain: null, shown: null, inclusion: null, signature: null };
    }
    try {
      const text = page.getElementById("evidence")?.textContent ?? "";
      const embedded = JSON.parse(text) as Embedded;
      // the one spelling in which the page was written, so that no byte of it can be another
      const spelled = JSON.stringify(embedded)
        .replaceAll("<", "\\u003c")
        .replaceAll("\u2028", "\\u2028")
        .replaceAll("\u2029", "\\u2029");
      if (spelled !== text) throw new Error("altered");
      const note = embedded.proof.slice(embedded.proof.indexOf("\n\n") + 2);
      const isInPlace = (id: string, html: string): boolean => {
        const written = page.createElement("template");
        written.innerHTML = html;
        return page.getElementById(id)?.innerHTML === written.innerHTML;
      };
      const isShown = (rows: readonly ShownRow[]): boolean => {
        const { history, files } = write(rows, embedded.events, words.shown);
        return (
          isInPlace("history", history) &&
          isInPlace("files", files) &&
          page.getElementById("shown-note")?.textContent === note &&
          page.getElementById("shown-pin")?.textContent === embedded.pin
        );
      };
      return await check(embedded, isShown, subtle);
    } catch {
      return { form: false, chain: false, shown: false, inclusion: false, signature: false };
    }
  };
  const result = await checked();
  for (const step of steps) say(`check-${step}`, result[step], words);
  const verdicts = steps.map((step) => result[step]);
  const whole = verdicts.includes(false) ? false : verdicts.includes(null) ? null : true;
  say("check", whole, words.all);
};
