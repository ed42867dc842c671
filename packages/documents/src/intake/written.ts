/** @module written — what stands in a cell of a list, and what became of reading it. */
import type { CivilDate, InputProblem } from "@wuding/engine";

/** A cell that is not empty. */
export type Written = Readonly<{
  /** `D7` */
  address: string;
  /** As a person reads it, without white space around it. */
  text: string;
  /** Set where the cell holds a number. */
  number?: number;
  /** Set where the cell holds a date. */
  date?: CivilDate;
  /** The cell is computed; `text` is what its formula gave last. */
  isFormula?: true;
}>;

type ProblemOf<Problem> = Problem extends unknown ? Omit<Problem, "field"> : never;
/** What is wrong with what was written, wherever it stands. */
export type Misread = ProblemOf<InputProblem>;

/** What was meant, or why it cannot be told. */
export type Meant<Value> = Readonly<{ value: Value } | { misread: Misread }>;

/** The refusal that says what should stand there instead. */
export const shouldBe = (zh: string, en: string): Readonly<{ misread: Misread }> => ({
  misread: { kind: "malformed", expected: { zh, en } },
});

/** Full-width letters, digits and marks as the usual ones, without spaces: for comparing, never for keeping. */
export const plainForm = (text: string): string =>
  text
    .normalize("NFKC")
    .replaceAll(/[\s\p{Cf}]+/gu, "")
    .toLowerCase();
