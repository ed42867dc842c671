/**
 * @module given-file — the scenarios of the engine's tests in a casebook as an office keeps it: a SQLite file.
 * The commands themselves are those of `packages/engine/test/given.ts`.
 */
import type { DeadlineRule, Rulebook } from "@wuding/engine";
import { beforeAll } from "vitest";
import type { Book, Given } from "../../packages/engine/test/given.ts";
import { newBook, receive, take, today } from "../../packages/engine/test/given.ts";
import { national, versionOf } from "../../packages/engine/test/given-adoption.ts";
import { newFile, open } from "../../packages/store/test/given-files.ts";
import { otherProgram } from "../../packages/store/test/given-sqlite.ts";

/** A casebook, and the file that it is in. */
export type BookInFile = Book & Readonly<{ file: string }>;

// the first casebook of a file of tests loads what all of them use: let no test pay for that
beforeAll(async () => {
  const made = await bookInFile({ rulebook: national });
  await take(made, receive());
});

/** A new casebook in a file of its own, at noon of a day; closed and gone after the test. */
export const bookInFile = async (
  options: Readonly<{ day?: string; rulebook?: Rulebook }> = {},
): Promise<BookInFile> => {
  const file = newFile();
  const made = await newBook(
    options.day ?? today,
    (given) => open(file, { ...given, create: true }),
    options.rulebook,
  );
  return { ...made, file };
};

/** Records commands together, as one line of `apply --atomic` after the other; each must go in. */
export const recordTogether = async (
  { book }: Pick<Book, "book">,
  ...steps: readonly Given[]
): Promise<void> => {
  await book.applyAtomically(steps.map((given, at) => ({ line: at + 1, given })));
};

/** Records commands on the day that is said, whenever they were true. */
export const recordOn = async (
  made: Book,
  day: string,
  ...steps: readonly Given[]
): Promise<void> => {
  made.clock.set(`${day}T04:00:00.000Z`);
  for (const step of steps) await take(made, step);
};

/** A due date of a case: its day, its rule, and whether the calendar behind it is still to come. */
export const dueIn = async ({ book }: Pick<Book, "book">, name: string, deadline: string) => {
  const found = (await book.show(name)).deadlines.findLast(({ id }) => id === deadline);
  return found && { dueOn: found.dueOn, rule: found.rule, provisional: found.provisional };
};

/** A rate of a choice of cases as `numerator/denominator`. */
export const rateIn = async (
  { book }: Pick<Book, "book">,
  id: string,
  options: Parameters<Book["book"]["rates"]>[0] = {},
): Promise<string> => {
  const found = (await book.rates(options)).rates.find((rate) => rate.id === id);
  return `${found?.numerator}/${found?.denominator}`;
};

/** A deputy's suggestion, taken in. */
export const npc = (fields: Given): Given => receive({ kind: "npc", session: "18-4", ...fields });

/** A term of the national rulebook, otherwise. */
export const term = (id: string, changes: Partial<DeadlineRule>): DeadlineRule => {
  const rule = national.deadlines.find((one) => one.id === id);
  if (rule === undefined) throw new Error(`no term ${id}`);
  return { ...rule, ...changes };
};

/** The national rulebook with some terms before its own. */
export const withTerms = (...terms: readonly DeadlineRule[]) =>
  versionOf(national, "2025.1", { deadlines: [...terms, ...national.deadlines] });

/** The national rulebook with these terms in place of its own for the same due dates. */
export const withOnly = (...terms: readonly DeadlineRule[]) => {
  const replaced = new Set(terms.map(({ deadline }) => deadline));
  const others = national.deadlines.filter(({ deadline }) => !replaced.has(deadline));
  return versionOf(national, "2025.1", { deadlines: [...terms, ...others] });
};

/** The bodies of the log, as any program reads them out of the file. */
export const bodiesIn = (file: string): readonly string[] =>
  (
    otherProgram(file).prepare("SELECT body FROM event ORDER BY seq").all() as { body: string }[]
  ).map(({ body }) => body);
