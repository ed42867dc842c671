/**
 * @module shown — the history and the documents of a case as HTML, written from the embedded events alone.
 * The same function writes the page and, in the browser, what the page must show: its source text goes
 * into the page, so it uses nothing but its arguments.
 */

/** One event as it is shown: position, type, on, recorded at, actor, the first 12 hex digits of the leaf hash. */
export type ShownRow = readonly [string, string, string, string, string, string];

/** The words around what is shown, in the page's language. */
export type ShownWords = Readonly<{
  history: string;
  historyHeadings: readonly string[];
  /** By type of event. */
  events: Readonly<Record<string, string>>;
  files: string;
  fileHeadings: readonly string[];
}>;

/** The two sections, without the elements around them; `files` is empty where no event names a document. */
export type ShownSections = Readonly<{ history: string; files: string }>;

/**
 * Writes the sections.
 * @param rows one for each event, in order
 * @param events `case.jsonl`
 */
export const writeShown = (
  rows: readonly ShownRow[],
  events: string,
  words: ShownWords,
): ShownSections => {
  const text = (given: string): string =>
    given.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const table = (headings: readonly string[], body: readonly (readonly string[])[]): string =>
    `<div class="wide"><table><thead><tr>${headings
      .map((heading) => `<th>${text(heading)}</th>`)
      .join("")}</tr></thead><tbody>${body
      .map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`)
      .join("")}</tbody></table></div>`;
  const history = rows.map(([position, type, on, at, actor, hash]) => [
    text(position),
    `${text(Object.hasOwn(words.events, type) ? (words.events[type] ?? "") : "")} <code>${text(type)}</code>`,
    text(on),
    text(at),
    text(actor),
    `<code>${text(hash)}</code>`,
  ]);
  const files = new Map<string, readonly string[]>();
  const findFiles = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    const { sha256, name, size } = value as Readonly<Record<string, unknown>>;
    if (typeof sha256 === "string" && typeof name === "string" && typeof size === "number") {
      files.set(sha256, [text(name), String(size), `<code>${text(sha256)}</code>`]);
      return;
    }
    for (const member of Object.values(value)) findFiles(member);
  };
  for (const line of events.split("\n")) {
    if (line !== "") findFiles((JSON.parse(line) as Readonly<{ data?: unknown }>).data);
  }
  return {
    history: `<h2>${text(words.history)}</h2>${table(words.historyHeadings, history)}`,
    files:
      files.size === 0
        ? ""
        : `<h2>${text(words.files)}</h2>${table(words.fileHeadings, [...files.values()])}`,
  };
};
