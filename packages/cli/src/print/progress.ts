/** @module progress — how far a long piece of work has come, on a terminal and nowhere else. */
import type { Shell } from "../shell.ts";

export type Progress = Readonly<{
  /** So many of so many are done. */
  at(done: number, of: number): void;
  /** Clears the line. */
  end(): void;
}>;

/** Work that takes no longer shows nothing. */
const quietMs = 500;
const everyMs = 100;
const barWidth = 24;

/** A bar on stderr; silent where stderr is no terminal. */
export const progressOn = (shell: Pick<Shell, "progress" | "now">, label: string): Progress => {
  const { progress } = shell;
  if (progress === undefined) return { at: () => undefined, end: () => undefined };
  const began = shell.now();
  let last = 0;
  return {
    at: (done, of) => {
      const now = shell.now();
      if (now - began < quietMs || now - last < everyMs) return;
      last = now;
      const share = of === 0 ? 1 : Math.min(1, done / of);
      const filled = Math.round(share * barWidth);
      const bar = "#".repeat(filled) + "-".repeat(barWidth - filled);
      progress(`${label} [${bar}] ${Math.floor(share * 100)}% ${done}/${of}`);
    },
    end: () => {
      if (last > 0) progress("");
    },
  };
};
