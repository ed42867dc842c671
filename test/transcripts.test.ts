/** @module transcripts.test — the console sessions of examples/ and docs/ print what they show. */
import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import type { SessionOptions } from "./console-block.ts";
import { blocksOf, checkSessions, root, textOf } from "./console-block.ts";

const chinese: SessionOptions = { language: "zh", withExamples: true };

const inACopy: SessionOptions = { language: "zh", filesOf: "examples/own-rulebook" };

/** Pages of sessions with what they run in; the years of examples/ are run by `examples.test.ts`. */
const pages: readonly (readonly [string, SessionOptions])[] = [
  ...["examples", "docs"]
    .flatMap((folder) => readdirSync(path.join(root, folder)).map((name) => `${folder}/${name}`))
    .filter((file) => file.endsWith(".md"))
    .filter((file) => blocksOf(textOf(file)).some(({ language }) => language === "console"))
    .map((file) => [file, file === "docs/rulebooks.md" ? inACopy : chinese] as const),
  ["examples/own-rulebook/README.md", { language: "zh", inItsFolder: true }],
];

it.each(pages)(
  "%s",
  (file, options) => {
    expect(checkSessions(file, options)).toBeGreaterThan(0);
  },
  120_000,
);
