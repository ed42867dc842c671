/** @module shown — values of rows and cases as a difference shows them. */

/** As JSON tells it: text, yes or no, several texts. */
export type ColumnValue = string | boolean | readonly string[];

const isNamed = (value: unknown): value is Readonly<{ name?: string; text?: string }> =>
  typeof value === "object" && value !== null;

const one = (value: unknown): string =>
  isNamed(value) ? (value.name ?? value.text ?? "") : String(value);

/** A value of a command's field. */
export const shownValue = (value: unknown): ColumnValue => {
  if (Array.isArray(value)) return value.map(one);
  return typeof value === "boolean" ? value : one(value);
};
