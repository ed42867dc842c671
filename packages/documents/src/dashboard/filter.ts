/**
 * @module filter — chooses rows of the ledger while somebody types. Its source text goes into the page and uses
 * nothing but its arguments; without it the whole ledger stands there, and nothing to choose with.
 */

/** What is used of an element of the page. */
export type LedgerElement = {
  hidden: boolean;
  textContent: string | null;
  value?: string;
  dataset: Readonly<Record<string, string | undefined>>;
  addEventListener(type: "input", listener: () => void): void;
};
export type LedgerDocument = Readonly<{
  getElementById(id: string): LedgerElement | null;
  querySelectorAll(selector: string): Iterable<LedgerElement>;
}>;

/** @param shown the words before the number of rows that fit, in the page's language */
export const filterLedger = (page: LedgerDocument, shown: string): void => {
  const [bar, words, lamp, count] = ["filter", "filter-words", "filter-lamp", "filter-count"].map(
    (id) => page.getElementById(id),
  );
  const rows = Array.from(page.querySelectorAll("tr[data-lamp]"), (row) => ({
    row,
    lamp: row.dataset["lamp"],
    text: (row.textContent ?? "").toLowerCase(),
  }));
  const choose = (): void => {
    const wanted = (words?.value ?? "").toLowerCase().split(/\s+/);
    const colour = lamp?.value ?? "";
    let fitting = 0;
    for (const one of rows) {
      const fits =
        (colour === "" || one.lamp === colour) && wanted.every((word) => one.text.includes(word));
      one.row.hidden = !fits;
      if (fits) fitting += 1;
    }
    if (count) count.textContent = `${shown} ${fitting} / ${rows.length}`;
  };
  words?.addEventListener("input", choose);
  lamp?.addEventListener("input", choose);
  if (bar) bar.hidden = false;
  choose();
};
