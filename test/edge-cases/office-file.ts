/** @module office-file — a casebook in a SQLite file of its own at the end of 2021, and an office that records in it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Casebook, CaseView, Rulebook } from "@wuding/engine";
import { isEngineError, shippedRulebook } from "@wuding/engine";
import { settableClock } from "@wuding/engine/testing";
import { openCasebook } from "@wuding/store";
import { afterEach, expect } from "vitest";

const leftovers: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const end of leftovers.splice(0).toReversed()) await end();
});

/** A command as a line of `apply` holds it, less the case that it is about. */
export type Line = Readonly<{ command: string } & Record<string, unknown>>;

export type Office = Readonly<{
  book: Casebook;
  /** The file that it records in. */
  file: string;
  /** Records lines about the case. */
  does(...lines: readonly Line[]): Promise<void>;
  /** A line that is refused; gives the rule, why and the source in Chinese. */
  mayNot(
    line: Line,
  ): Promise<Readonly<{ code: string; rule?: string; why: string; source: string }>>;
  shows(): Promise<CaseView>;
  /** Numerator and denominator of a rate. */
  rate(id: string): Promise<readonly [number, number]>;
}>;

/** An office with one case, which it has received with these fields. */
export const officeWith = async (
  rulebook: Rulebook | string,
  received: Readonly<Record<string, unknown>>,
  name?: string,
): Promise<Office> => {
  const folder = mkdtempSync(path.join(tmpdir(), "wuding-edge-"));
  leftovers.push(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, "wuding.db");
  const book = await openCasebook(file, {
    create: true,
    actor: { id: "经办人甲" },
    clock: settableClock("2021-12-31T04:00:00.000Z"),
    rulebook: typeof rulebook === "string" ? await shippedRulebook(rulebook) : rulebook,
    ...(name !== undefined && { office: name }),
  });
  leftovers.push(() => book.close());
  const { case: made } = await book.executeGiven({
    command: "receive",
    kind: "cppcc",
    session: "15-5",
    number: "122",
    title: "关于改进政务信息化建设的建议",
    proposers: ["李楠"],
    on: "2021-04-02",
    ...received,
  });
  const id = made ?? "";
  const record = (line: Line) => book.executeGiven({ case: id, ...line });
  return {
    book,
    file,
    does: async (...lines) => {
      for (const line of lines) await record(line);
      expect((await book.audit()).faults).toEqual({ first: null, more: 0 });
    },
    mayNot: async (line) => {
      const { version } = await book.show(id);
      const refusal: unknown = await record(line).then(
        () => "recorded",
        (error: unknown) => error,
      );
      if (!isEngineError(refusal)) throw new Error(`not refused: ${JSON.stringify(line)}`);
      expect((await book.show(id)).version).toBe(version);
      const { rule, why, source } = refusal.data as {
        rule?: string;
        why?: { zh: string };
        source?: { zh: string };
      };
      return {
        code: refusal.code,
        ...(rule !== undefined && { rule }),
        why: why?.zh ?? refusal.sentence.zh,
        source: source?.zh ?? "",
      };
    },
    shows: () => book.show(id),
    rate: async (rateId) => {
      const found = (await book.rates()).rates.find((one) => one.id === rateId);
      return [found?.numerator ?? -1, found?.denominator ?? -1];
    },
  };
};

/** 五定 and a visit, as every handling has them. */
export const assigned: Line = {
  command: "assign",
  department: "规划科",
  person: "经办人甲",
  due: "2021-06-20",
  task: "答复",
  responsibility: "规划科科长负总责",
  on: "2021-04-06",
};
export const visited: Line = { command: "contact", mode: "visit", on: "2021-04-15" };
export const answered = (fields: Readonly<Record<string, unknown>> = {}): Line => ({
  command: "answer",
  result: "A",
  on: "2021-06-15",
  ...fields,
});
/** 满意 on both axes. */
export const content = { command: "feedback", attitude: "satisfied", result: "satisfied" } as const;
