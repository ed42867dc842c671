/**
 * @module schema-parts — what the schemas of rulebook files and calendar files are made of.
 *
 * A message here is no sentence but a key: the name of an expectation in `shape-problems.ts` or, for
 * objects, the names of their members. Descriptions stand in the JSON schema, where an editor shows them.
 */
import * as v from "valibot";
import { forbiddenCharacter, isBlank } from "../../text/entry.ts";
import { isCivilDate } from "../../time/civil-date.ts";
import { membersKey } from "./shape-problems.ts";

/** A type without `readonly` mattering: whatever is read without being checked itself. */
type Plain<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Plain<Item>[]
    : { readonly [Name in keyof T]: Plain<T[Name]> };
// the one comparison that also tells optional members apart
// oxlint-disable typescript/no-unnecessary-type-parameters
type IsSame<Left, Right> =
  (<T>() => T extends Left ? 1 : 2) extends <T>() => T extends Right ? 1 : 2 ? true : false;
// oxlint-enable typescript/no-unnecessary-type-parameters
/** The schema itself when what it lets through is exactly the type, else nothing that can be assigned. */
export type Exactly<Type, Schema extends v.GenericSchema> =
  IsSame<Plain<v.InferOutput<Schema>>, Plain<Type>> extends true ? Schema : never;

export const members = <const Entries extends v.ObjectEntries>(entries: Entries) =>
  v.strictObject(entries, membersKey + Object.keys(entries).join(" "));
export const described = <Schema extends v.GenericSchema>(schema: Schema, text: string) =>
  v.pipe(schema, v.description(text));
export const optional = v.exactOptional;
export const keysOf = <Word extends string>(terms: Readonly<Record<Word, unknown>>): Word[] =>
  Object.keys(terms) as Word[];
/** Words of a closed set, at least one, each once. */
export const someOf = <Word extends string>(words: readonly Word[]) =>
  v.pipe(anyOf(words), v.minLength(1, "filled"));
export const anyOf = <Word extends string>(words: readonly Word[]) =>
  v.pipe(
    v.array(v.picklist(words)),
    v.check((given) => new Set(given).size === given.length, "once"),
  );

export const text = v.pipe(
  v.string(),
  v.check((value) => !isBlank(value), "visible"),
  v.check((value) => forbiddenCharacter(value, { breaks: false }) === undefined, "writable"),
);
export const label = members({ zh: text, en: text });
export const id = v.pipe(v.string(), v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "id"));
export const kindId = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9]*$/, "kindId"));
export const date = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}$/, "date"),
  v.check((value) => !/^\d{4}-\d{2}-\d{2}$/.test(value) || isCivilDate(value), "existingDate"),
);
export const monthDay = v.pipe(
  v.string(),
  v.regex(/^\d{2}-\d{2}$/, "monthDay"),
  // 2001 has no 29 February
  v.check((value) => !/^\d{2}-\d{2}$/.test(value) || isCivilDate(`2001-${value}`), "yearlyDay"),
);
export const time = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, "time"));
export const whole = (least: 0 | 1) =>
  v.pipe(
    v.number(),
    v.integer("whole"),
    v.minValue(least, least === 0 ? "notNegative" : "positive"),
    v.maxValue(9999, "small"),
  );
export const kinds = v.pipe(
  v.array(kindId),
  v.minLength(1, "filled"),
  v.check((given) => new Set(given).size === given.length, "once"),
);
/** Categories of cases, in the words with which they are taken in. */
export const categories = v.pipe(
  v.array(text),
  v.minLength(1, "filled"),
  v.check((given) => new Set(given).size === given.length, "once"),
);

const source = members({
  title: described(label, "法规、文件或网页的名称；默认值须以“默认值：”开头 Title of the text"),
  article: optional(described(label, "第几条；依据性质为 law 的必写 The article; needed for law")),
});
const confidence = described(
  v.picklist(["law", "page", "document", "default"]),
  "依据性质：law 法律法规条文；page 网页所载；document 文件所载；default 默认值，未查到规定 On what basis the rule stands",
);
export const sourced = { source, confidence };
export const forKinds = optional(
  described(kinds, "适用的件别；不写则适用全部 Kinds; all when absent"),
);
