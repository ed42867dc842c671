/**
 * @module show-check — reads an evidence page, has it checked and writes the result into it. Its source text
 * goes into the page after that of `check.ts`, and uses nothing but its arguments.
 */
import type { CheckResult, Embedded, ShownRow, Subtle } from "./check.ts";

/** What is used of the page's document. */
export type PageElement = {
  textContent: string | null;
  className: string;
  querySelectorAll(selector: string): Iterable<PageElement>;
};
export type PageDocument = Readonly<{
  getElementById(id: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
}>;

/** The words of a result, in the page's language. */
export type CheckWords = Readonly<{
  holds: string;
  fails: string;
  unknown: string;
  all: Readonly<{ holds: string; fails: string; unknown: string }>;
}>;

/** Checks a page and shows the result; what hinders the check is a failure, never silence. */
export const showCheck = async (
  page: PageDocument,
  check: (embedded: Embedded, shown: readonly ShownRow[], subtle: Subtle) => Promise<CheckResult>,
  subtle: Subtle | undefined,
  words: CheckWords,
): Promise<void> => {
  const steps = ["form", "chain", "shown", "inclusion", "signature"] as const;
  const say = (id: string, verdict: boolean | null, sentences: Omit<CheckWords, "all">): void => {
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
      const rows = Array.from(page.querySelectorAll("tr[data-event]"), (row) =>
        Array.from(row.querySelectorAll("[data-of]"), (cell) => cell.textContent ?? ""),
      );
      const note = embedded.proof.slice(embedded.proof.indexOf("\n\n") + 2);
      const isShown =
        page.getElementById("shown-note")?.textContent === note &&
        page.getElementById("shown-pin")?.textContent === embedded.pin;
      const found = await check(embedded, rows as unknown as readonly ShownRow[], subtle);
      return isShown ? found : { ...found, shown: false };
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
