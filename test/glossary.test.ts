/** @module glossary.test — the glossary names true files and the labels that the code has. */
import { existsSync, readFileSync } from "node:fs";
import { terms } from "@wuding/engine";
import type { Label } from "@wuding/engine";
import { expect, it } from "vitest";

const page = readFileSync(new URL("../docs/glossary.md", import.meta.url), "utf8");
const rows = [...page.matchAll(/^\| ([^|]+) \| ([^|]+) \| ([^|]+) \| \[[^\]]+\]\(([^)]+)\) \|$/gm)];

it("every word has a file that owns it", () => {
  expect(rows.length).toBeGreaterThan(50);
  const missing = rows
    .map(([, , , , file = ""]) => file)
    .filter((file) => !existsSync(new URL(`../docs/${file}`, import.meta.url)));
  expect(missing).toEqual([]);
});

it("a word stands in one row", () => {
  const words = rows.map(([, word]) => word);
  expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
});

it("the labels of the closed sets are those of the code", () => {
  const sets: Readonly<Record<string, Label>>[] = [
    terms.statuses,
    terms.roles,
    terms.contactModes,
    terms.ratings,
    terms.disclosures,
    terms.deadlineStates,
    terms.fiveFixed,
    terms.levels,
    terms.submissionPhases,
  ];
  const labels = sets.flatMap((set) => Object.values(set).map(({ zh }) => zh));
  expect(labels.filter((label) => !page.includes(label))).toEqual([]);
});
