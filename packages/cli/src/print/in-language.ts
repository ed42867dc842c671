/** @module in-language — figures with labels in both languages, as one reader or script wants them. */
import type { Label } from "@wuding/engine";

/** The same data with every label replaced by its word. */
export type InLanguage<Value> = Value extends Label
  ? string
  : Value extends readonly (infer One)[]
    ? readonly InLanguage<One>[]
    : Value extends object
      ? { readonly [Name in keyof Value]: InLanguage<Value[Name]> }
      : Value;

const isLabel = (value: object): value is Label =>
  Object.keys(value).length === 2 && "zh" in value && "en" in value;

/** Replaces every label, however deep, by its word in one language. */
export const inLanguage = <Value>(value: Value, language: keyof Label): InLanguage<Value> =>
  replaced(value, language) as InLanguage<Value>;

const replaced = (value: unknown, language: keyof Label): unknown => {
  if (Array.isArray(value)) return value.map((one) => replaced(one, language));
  if (typeof value !== "object" || value === null) return value;
  if (isLabel(value)) return value[language];
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, replaced(one, language)]),
  );
};
