/**
 * @module rulebooks-doc.test — the tables of docs/rulebooks.md are what the schemas and the code say.
 *
 * They are written from the code: `UPDATE_DOCS=1 npx vitest run test/rulebooks-doc`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import { confidences, counts, misses, rolls, terms, triggerWords, units } from "@wuding/engine";
import type { Label, Trigger } from "@wuding/engine";
import { expect, it } from "vitest";

const page = new URL("../docs/rulebooks.md", import.meta.url);

/** The part of a JSON schema that is read here. */
type Schema = Readonly<{
  description?: string;
  properties?: Readonly<Record<string, Schema>>;
  items?: Schema;
  anyOf?: readonly Schema[];
  required?: readonly string[];
  enum?: readonly unknown[];
  const?: unknown;
  type?: string;
}>;

const schemaOf = (name: string): Schema =>
  JSON.parse(
    readFileSync(
      new URL(`../packages/engine/src/rules/${name}.schema.json`, import.meta.url),
      "utf8",
    ),
  ) as Schema;

/** What can be there when it is not null; of several shapes, the members of all of them. */
const present = (schema: Schema): Schema => {
  const { anyOf = [] } = schema;
  const shapes = anyOf.filter(({ properties }) => properties !== undefined);
  if (shapes.length < 2) return { ...(shapes[0] ?? anyOf[0]), ...schema };
  const [first, ...rest] = shapes.map(({ required = [] }) => required);
  return {
    ...schema,
    properties: Object.assign({}, ...shapes.map(({ properties }) => properties)),
    required: (first ?? []).filter((name) => rest.every((names) => names.includes(name))),
  };
};

type Member = Readonly<{ path: string; description: string; isRequired: boolean }>;

/** Every member with its description, in the order of the schema. */
const membersOf = ({ properties = {}, required = [] }: Schema, path = ""): readonly Member[] =>
  Object.entries(properties).flatMap(([name, given]) => {
    const member = present(given);
    const isList = member.items !== undefined;
    const here = `${path}${name}${isList ? "[]" : ""}`;
    const { description = "" } = member;
    const inside = membersOf(present(member.items ?? member), `${here}.`);
    return [{ path: here, description, isRequired: required.includes(name) }, ...inside];
  });

/** `中文 English` in two: no Chinese mark stands behind the place, so `如 ReplyDelivered；不写则` is not it. */
const languagesOf = (description: string): readonly [string, string] => {
  const at = description.search(/ [A-Z][a-z ][^，。；、：（）]*$/u);
  return at === -1 ? [description, ""] : [description.slice(0, at), description.slice(at + 1)];
};

/** Members that mean the same wherever they stand are told once. */
const everywhere = /\.(kinds\[\]|source(\..*)?|confidence)$/;

const memberTable = (name: string): string => {
  const described = membersOf(schemaOf(name)).filter(({ description }) => description !== "");
  const shared = described.filter(({ path }) => everywhere.test(path));
  const tails = shared.map(({ path }) => tailOf(path));
  const common = shared.filter((_, index) => tails.indexOf(tails[index] ?? "") === index);
  const rows = [
    ...described.filter(({ path }) => !everywhere.test(path)),
    ...common.map((one) => ({ ...one, path: `….${tailOf(one.path)}` })),
  ];
  return [
    "| 成员 | 必写 required | 含义 | meaning |",
    "| --- | --- | --- | --- |",
    ...rows.map(({ path, description, isRequired }) => {
      const [zh, en] = languagesOf(description);
      return `| \`${path}\` | ${isRequired ? "是" : ""} | ${zh} | ${en} |`;
    }),
  ].join("\n");
};

const tailOf = (path: string): string => everywhere.exec(path)?.[1] ?? path;

/** The names that a term is made of. */
const nameTable = (): string => {
  const deadlineRule = schemaOf("rulebook").properties?.["deadlines"]?.items?.properties ?? {};
  const triggers = (deadlineRule["trigger"]?.enum ?? []) as readonly Trigger[];
  const facts = triggers.filter((name) => !name.startsWith("dueDateOf:"));
  const row = (member: string, name: string, { zh, en }: Label): string =>
    `| \`${member}\` | \`${name}\` | ${zh} | ${en} |`;
  return [
    "| 成员 | 名称 | 含义 | meaning |",
    "| --- | --- | --- | --- |",
    ...facts.map((name) => row("trigger", name, triggerWords(name))),
    row("trigger", "dueDateOf:<deadline>", {
      zh: "另一时限的届满日",
      en: "the due date of another term",
    }),
    ...Object.entries(units).map(([name, label]) => row("unit", name, label)),
    ...Object.entries(counts).map(([name, label]) => row("count", name, label)),
    ...Object.entries(rolls).map(([name, label]) => row("rollOver", name, label)),
  ].join("\n");
};

/** The closed sets of names beside those that a term is made of. */
const valueTable = (): string => {
  const { internal: _internal, commitment: _commitment, ...ruled } = terms.deadlineNames;
  const sets: Readonly<Record<string, Readonly<Record<string, Label>>>> = {
    deadline: ruled,
    "appliesTo.roles": terms.roles,
    "appliesTo.levels": terms.levels,
    "appliesTo.phases": terms.submissionPhases,
    "extension.max.from": {
      trigger: { zh: "自起算日计算", en: "counted from the trigger" },
      dueDate: { zh: "自原届满日计算", en: "counted from the due date" },
    },
    onMiss: misses,
    confidence: confidences,
    "contactBeforeReply.value.modes": terms.contactModes,
    "contactBeforeReply.value.phases": terms.contactPhases,
    "rehandlingOn.value.ratings": terms.ratings,
    "rehandlingOn.value.axes": {
      attitude: { zh: "办理态度", en: "attitude" },
      result: { zh: "办理结果", en: "result" },
    },
  };
  return [
    "| 成员 | 名称 | 含义 | meaning |",
    "| --- | --- | --- | --- |",
    ...Object.entries(sets).flatMap(([member, names]) =>
      Object.entries(names).map(
        ([name, { zh, en }]) => `| \`${member}\` | \`${name}\` | ${zh} | ${en} |`,
      ),
    ),
  ].join("\n");
};

/** The members of the four kinds of conformance tables, each with the kinds that have it. */
const conformanceTable = (): string => {
  const kinds = (schemaOf("conformance").anyOf ?? []).map((schema) => ({
    kind: String(schema.properties?.["kind"]?.const),
    members: membersOf(schema).filter(({ description }) => description !== ""),
  }));
  // what has one name and two meanings stands there twice
  const keyOf = ({ path, description }: Member): string => `${path} ${description}`;
  const all = kinds.flatMap(({ kind, members }) => members.map((one) => ({ ...one, kind })));
  const rows = [...new Set(all.map(keyOf))].map((key) => {
    const found = all.filter((one) => keyOf(one) === key);
    const [zh, en] = languagesOf(found[0]?.description ?? "");
    const named = (some: typeof found): string => some.map(({ kind }) => kind).join("、");
    const of = found.length === kinds.length ? "" : named(found);
    const required = found.filter(({ isRequired }) => isRequired);
    const needed = required.length === found.length ? "是" : named(required);
    return `| \`${found[0]?.path}\` | ${of} | ${needed} | ${zh} | ${en} |`;
  });
  return [
    "| 成员 | 限于 only of | 必写 required | 含义 | meaning |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
};

const tables: Readonly<Record<string, () => string>> = {
  names: nameTable,
  calendar: () => memberTable("calendar"),
  rulebook: () => memberTable("rulebook"),
  values: valueTable,
  conformance: conformanceTable,
};

const written = (text: string): string =>
  text.replace(
    /(<!-- written by test\/rulebooks-doc\.test\.ts: (\w+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_, begin: string, name: string, end: string) => `${begin}\n${tables[name]?.()}\n\n${end}`,
  );

it("docs/rulebooks.md has the members and words that the code has", () => {
  const text = readFileSync(page, "utf8");
  if (process.env["UPDATE_DOCS"] === "1") writeFileSync(page, written(text));
  const now = readFileSync(page, "utf8");
  expect(now.match(/<!-- written by /g)).toHaveLength(Object.keys(tables).length);
  expect(now).toBe(written(now));
});
