/** @module transcripts.test — the console sessions under examples/ print what they show. */
import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { checkSessions, root } from "./console-block.ts";

const sessions = readdirSync(path.join(root, "examples")).filter((name) => name.endsWith(".md"));

it.each(sessions)(
  "%s",
  (name) => {
    const options = { language: "zh", withExamples: true } as const;
    expect(checkSessions(`examples/${name}`, options)).toBeGreaterThan(0);
  },
  120_000,
);
