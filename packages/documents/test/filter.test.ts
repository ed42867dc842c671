/** @module filter.test — the ledger of the dashboard narrows while somebody types, and is whole before. */
import { describe, expect, it } from "vitest";
import type { LedgerElement } from "../src/dashboard/filter.ts";
import { filterLedger } from "../src/dashboard/filter.ts";

type Element = LedgerElement & { typed(value: string): void };

const element = (textContent: string, lamp?: string): Element => {
  let listener = (): void => {};
  return {
    hidden: false,
    textContent,
    value: "",
    dataset: lamp === undefined ? {} : { lamp },
    addEventListener: (_type, given) => void (listener = given),
    typed(value) {
      this.value = value;
      listener();
    },
  };
};

const opened = () => {
  const bar = element("");
  bar.hidden = true;
  const [words, lamp, count] = [element(""), element(""), element("")];
  const places: Readonly<Record<string, Element>> = {
    filter: bar,
    "filter-words": words,
    "filter-lamp": lamp,
    "filter-count": count,
  };
  const rows = [
    element("cppcc/15-5/1 政务信息化 规划科", "red"),
    element("cppcc/15-5/2 农业数字化 产业科", "green"),
  ];
  filterLedger(
    { getElementById: (id) => places[id] ?? null, querySelectorAll: () => rows },
    "显示",
  );
  return { bar, words, lamp, count, hidden: () => rows.map((row) => row.hidden) };
};

describe("choosing rows of the ledger", () => {
  it("shows all at first, with what to choose by", () => {
    const { bar, count, hidden } = opened();
    expect(bar.hidden).toBe(false);
    expect(hidden()).toEqual([false, false]);
    expect(count.textContent).toBe("显示 2 / 2");
  });

  it("keeps the rows that have every word, under the lamp that was chosen", () => {
    const { words, lamp, hidden } = opened();
    words.typed("CPPCC 数字化");
    expect(hidden()).toEqual([true, false]);
    words.typed("");
    lamp.typed("red");
    expect(hidden()).toEqual([false, true]);
  });
});
