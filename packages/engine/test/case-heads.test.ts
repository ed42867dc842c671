import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { createCaseHeads } from "../src/log/case-heads.ts";

const leafOf = (text: string): Buffer => createHash("sha256").update(text).digest();

test("a case that was not met has no last event", () => {
  const heads = createCaseHeads();
  expect([heads.numberOf("cppcc/15-5/1"), heads.leafOf("cppcc/15-5/1"), heads.count()]).toEqual([
    0,
    null,
    0,
  ]);
});

test("each of many cases keeps its own last event, and no earlier one", () => {
  const heads = createCaseHeads();
  const ids = Array.from({ length: 5000 }, (_none, index) => `cppcc/15-5/${index + 1}`);
  for (const round of [1, 2]) for (const id of ids) heads.set(id, round, leafOf(`${id} ${round}`));
  expect(heads.count()).toBe(ids.length);
  for (const id of ids) {
    expect(heads.numberOf(id)).toBe(2);
    expect(heads.leafOf(id)).toBe(leafOf(`${id} 2`).toString("base64"));
  }
});

test("a number as large as JSON can say exactly is kept as it is", () => {
  const heads = createCaseHeads();
  heads.set("cppcc/15-5/1", Number.MAX_SAFE_INTEGER, leafOf(""));
  expect(heads.numberOf("cppcc/15-5/1")).toBe(Number.MAX_SAFE_INTEGER);
});
