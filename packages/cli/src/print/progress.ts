/** @module progress — how far a long piece of work has come, on a terminal and nowhere else. */
import type { Shell } from "../shell.ts";
import { widthOf } from "./width.ts";

export type Progress = Readonly<{
  /** So many of so many are done. */
  at(done: number, of: number): void;
  /** Clears the line. */
  end(): void;
}>;

/** Work that takes no longer shows nothing. */
const quietMs = 500;
const everyMs = 100;
const barWidth = { most: 24, least: 4 };

/** A bar on stderr; silent where stderr is no terminal. */
export const progressOn = (
  shell: Pick<Shell, "progress" | "now" | "terminal">,
  label: string,
): Progress => {
  const { progress, terminal } = shell;
  if (progress === undefined) return { at: () => undefined, end: () => undefined };
  const began = shell.now();
  let last = 0;
  return {
    at: (done, of) => {
      const now = shell.now();
      if (now - began < quietMs || now - last < everyMs) return;
      last = now;
      const share = of === 0 ? 1 : Math.min(1, done / of);
      const behind = `${Math.floor(share * 100)}% ${done}/${of}`;
      // a line that is broken by a narrow terminal is not put in the place of the one before
      const room = terminal.columns - widthOf(label) - behind.length - 5;
      const width = Math.max(barWidth.least, Math.min(barWidth.most, room));
      const filled = Math.round(share * width);
      const bar = "#".repeat(filled) + "-".repeat(width - filled);
      progress(`${label} [${bar}] ${behind}`);
    },
    end: () => {
      if (last > 0) progress("");
    },
  };
};
