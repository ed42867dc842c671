/** @module markup — pieces of HTML; every text that comes from a casebook passes through `escaped`. */

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
/** Text as HTML, in an element or in a quoted attribute. */
export const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (one) => escapes[one] ?? "");

/** JSON that ends no script element and no line of JavaScript; the check of an evidence page expects this spelling. */
export const scriptJson = (value: unknown): string =>
  JSON.stringify(value)
    .replaceAll("<", String.raw`\u003c`)
    .replaceAll("\u2028", String.raw`\u2028`)
    .replaceAll("\u2029", String.raw`\u2029`);

/** Names and values one under another; a value that is empty is left out with its name. */
export const factRows = (rows: readonly (readonly [string, string])[]): string =>
  `<dl>${rows
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`)
    .join("")}</dl>`;

/** A table whose rows are HTML already, under plain headings; it scrolls by itself on a narrow screen. */
export const table = (headings: readonly string[], rows: readonly string[]): string =>
  `<div class="wide"><table><thead><tr>${headings
    .map((heading) => `<th>${escaped(heading)}</th>`)
    .join("")}</tr></thead><tbody>${rows.join("\n")}</tbody></table></div>`;

/** One row of a table, of plain texts. */
export const cells = (texts: readonly string[]): string =>
  `<tr>${texts.map((text) => `<td>${escaped(text)}</td>`).join("")}</tr>`;
