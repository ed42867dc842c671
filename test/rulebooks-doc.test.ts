/**
 * @module rulebooks-doc.test — the tables of docs/rulebooks.md are what the schemas and the code say.
 *
 * They are written from the code: `UPDATE_DOCS=1 npx vitest run test/rulebooks-doc`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import { counts, rolls, triggerWords, units } from "@wuding/engine";
import type { Label, Trigger } from "@wuding/engine";
import { expect, it } from "vitest";

const page = new URL("../docs/rulebooks.md", import.meta.url);

/** The part of a JSON schema that is read here. */
type Schema = Readonly<{
  description?: string;
  properties?: Readonly<Record<string, Schema>>;
  items?: Schema;
  anyOf?: readonly Schema[];
  enum?: readonly unknown[];
  type?: string;
}>;

const schemaOf = (name: string): Schema =>
  JSON.parse(
    readFileSync(
      new URL(`../packages/engine/src/rules/${name}.schema.json`, import.meta.url),
      "utf8",
    ),
  ) as Schema;

/** What can be there when it is not null. */
const present = (schema: Schema): Schema => ({
  ...schema.anyOf?.find(({ type }) => type !== "null"),
  ...schema,
});

type Member = Readonly<{ path: string; description: string }>;

/** Every member with its description, in the order of the schema. */
const membersOf = (schema: Schema, path = ""): readonly Member[] =>
  Object.entries(schema.properties ?? {}).flatMap(([name, given]) => {
    const member = present(given);
    const isList = member.items !== undefined;
    const here = `${path}${name}${isList ? "[]" : ""}`;
    const { description = "" } = member;
    const inside = membersOf(present(member.items ?? member), `${here}.`);
    return [{ path: here, description }, ...inside];
  });

/** `中文 English` in two. */
const languagesOf = (description: string): readonly [string, string] => {
  const at = description.search(/ [A-Z][a-z ]/);
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
    ...common.map(({ path, description }) => ({ path: `….${tailOf(path)}`, description })),
  ];
  return [
    "| 成员 | 含义 | meaning |",
    "| --- | --- | --- |",
    ...rows.map(({ path, description }) => {
      const [zh, en] = languagesOf(description);
      return `| \`${path}\` | ${zh} | ${en} |`;
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

const tables: Readonly<Record<string, () => string>> = {
  names: nameTable,
  calendar: () => memberTable("calendar"),
  rulebook: () => memberTable("rulebook"),
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
