/**
 * @module rules.test — rulebooks and calendars from files: a mistake is named with its place and its repair,
 * and what is accepted can be worked with.
 */
import { readFileSync } from "node:fs";
import type { Rulebook } from "@wuding/engine";
import { rulebookFrom, shippedFile, shippedRulebook, shippedRulebooks } from "@wuding/engine";
import { it } from "vitest";
import * as given from "../../../packages/engine/test/given.ts";
import type { Dice } from "../frame.ts";
import { accepted, answerOf, besiege, broken } from "./boundary.ts";
import { encodedSomehow, mutatedBytes, mutatedValue, once, oneOf } from "./hostile.ts";

const ownFile = (name: string): unknown =>
  JSON.parse(
    readFileSync(new URL(`../../../examples/own-rulebook/${name}`, import.meta.url), "utf8"),
  );

/** A file with something in it changed, in one of the ways that files are saved. */
const changedFile = (dice: Dice, file: unknown): Buffer => {
  const value = once(dice, 20) ? file : mutatedValue(dice, file);
  const text = JSON.stringify(value, null, oneOf(dice, [0, 2])) ?? "";
  const bytes = once(dice, 6) ? encodedSomehow(dice, text) : Buffer.from(text);
  return once(dice, 8) ? mutatedBytes(dice, bytes) : bytes;
};

/** Everything that a rulebook decides, asked once; refusals are answers. */
const workedWith = async (rulebook: Rulebook): Promise<void> => {
  const made = await given.newBook(given.today, undefined, rulebook);
  for (const step of [...given.handled, given.close()]) {
    await given.take(made, step).catch(refusalOnly);
  }
  await made.book.rates().catch(refusalOnly);
  await made.book.due({ withinDays: 400 }).catch(refusalOnly);
  await made.book.annual(2021).catch(refusalOnly);
  await made.book.next(given.caseId).catch(refusalOnly);
  await made.book.explain(given.caseId).catch(refusalOnly);
  const { faults } = await made.book.audit();
  if (faults.first !== null)
    throw new Error(`the log is at fault: ${JSON.stringify(faults.first)}`);
};

const refusalOnly = (error: unknown): void => {
  const answer = answerOf(error);
  if (typeof answer === "object" && "broken" in answer) throw error;
};

it("a rulebook from a file is checked, and works where it is accepted", async () => {
  const files: unknown[] = [ownFile("rulebook.json")];
  for (const id of shippedRulebooks) files.push(await shippedFile(id));
  const full = await Promise.all(["national", "shandong"].map((id) => shippedRulebook(id)));
  const book = (await given.bookWith(...given.handled)).book;
  await besiege({
    name: "rulebook",
    count: 3000,
    make: (dice) => changedFile(dice, once(dice, 8) ? oneOf(dice, full) : oneOf(dice, files)),
    put: async (bytes) => {
      const rulebook = await rulebookFrom(bytes, book.rules, "file");
      await book.adoptRulebook(bytes, { dryRun: true }).catch(refusalOnly);
      if (rulebook.isCollection !== true) await workedWith(rulebook);
      return accepted;
    },
  });
});

it("a calendar from a file is checked, and is adopted whole or not at all", async () => {
  const file = ownFile("calendar.json");
  let made = await given.bookWith(...given.handled);
  await besiege({
    name: "calendar",
    count: 3000,
    make: (dice) => changedFile(dice, file),
    put: async (bytes) => {
      const before = await made.store.size();
      try {
        await made.book.adoptCalendar(bytes);
      } catch (error) {
        if ((await made.store.size()) !== before) return broken("refused and recorded");
        throw error;
      }
      await made.book.due({ withinDays: 4000 });
      made = await given.bookWith(...given.handled);
      return accepted;
    },
  });
});
