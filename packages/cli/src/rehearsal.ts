/**
 * @module rehearsal — an empty casebook in memory, on which a command is tried before a file is made for it.
 */
import type { Casebook } from "@wuding/engine";
import { createCasebook } from "@wuding/engine";
import { createMemoryStore } from "@wuding/engine/memory";
import type { Shell } from "./shell.ts";

/** The empty casebook; what it records is forgotten. */
export const emptyCasebook = async (shell: Shell): Promise<Casebook> => {
  let last = 0;
  const ids = { next: () => `rehearsal-${String((last += 1)).padStart(12, "0")}` };
  const clock = { now: shell.now };
  const origin = "rehearsal.invalid/log";
  const store = createMemoryStore({ clock, ids, origin });
  return createCasebook({ store, clock, ids, origin, actor: shell.actor });
};
