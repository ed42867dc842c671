/**
 * @module given-adoption — what tests of new rules share: other versions of a rulebook, a deputy's
 * suggestion, and whether a casebook is sound.
 */
import type { Rulebook } from "@wuding/engine";
import { shippedRulebook } from "@wuding/engine";
import { expect } from "vitest";
import type { Book, Given } from "./given.ts";
import { receive } from "./given.ts";

export const national = await shippedRulebook("national");
export const chongqing = await shippedRulebook("chongqing");

/** The same rules as another version. */
export const versionOf = (
  rulebook: Rulebook,
  version: string,
  changes: Partial<Rulebook> = {},
) => ({
  ...rulebook,
  version,
  ...changes,
});

/** Chongqing's rules, for the cases that are open as well. */
export const forOpenCases = versionOf(chongqing, "2018.1", { appliesToOpenCases: true });

export const deputys = "npc/18-4/9";
export const ofDeputy = (step: Given): Given => ({ ...step, case: deputys });
export const receiveDeputys = (fields: Given = {}): Given =>
  receive({ kind: "npc", session: "18-4", number: "9", ...fields });

/** The casebook is sound: log, lifecycle and projections. */
export const isSound = async ({ book }: Pick<Book, "book">): Promise<void> => {
  expect((await book.audit()).faults).toEqual({ first: null, more: 0 });
  expect(await book.replayAll()).toMatchObject({ firstFault: null, faults: 0 });
  expect(await book.certify()).toMatchObject({ differences: [], uncounted: [] });
};
