/** @module data-format.test — docs/data-format.md says what the program does, and its sample is whole. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { caseEvents, canonicalJson, logEvents, readEnvelope, stateCouncil } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import { projectionFingerprint } from "../packages/engine/src/projections/registry.ts";
import { applicationId, migrations, schemaOf } from "../packages/store/src/migrations.ts";
import { blocksOf } from "./console-block.ts";

const read = (file: string): string => readFileSync(new URL(file, import.meta.url), "utf8");
const page = read("../docs/data-format.md");
const blocks = blocksOf(page);
const block = (language: string): string =>
  blocks.find((one) => one.language === language)?.text ?? "";

describe("what the page says of tables", () => {
  it("is the schema, but for the triggers", () => {
    const statements = schemaOf(migrations.length).filter(
      (statement) => !statement.startsWith("CREATE TRIGGER"),
    );
    expect(block("sql")).toBe(statements.map((statement) => `${statement};\n`).join(""));
  });

  it("names the application id, the versions and the projections", () => {
    expect(page).toContain(`\`application_id\` = ${applicationId}`);
    expect(page).toContain(`**${migrations.length}** (\`PRAGMA user_version\`)`);
    expect(page).toContain(`\`${projectionFingerprint}\``);
  });
});

describe("what the page says of events", () => {
  const rows = [...page.matchAll(/^\| `([A-Z]\w+)` \| (\S+) \| (.*) \|$/gm)];

  it("lists every type with its Chinese name", () => {
    const kinds = { ...logEvents, ...caseEvents };
    const documented = rows.map(([, type = "", label = ""]) => [type, label]);
    expect(documented).toEqual(Object.entries(kinds).map(([type, { zh }]) => [type, zh]));
  });

  it("names no member that the code does not have", () => {
    const code =
      read("../packages/engine/src/case/event-data.ts") +
      read("../packages/engine/src/case/terms.ts") +
      read("../packages/engine/src/rulebook/rulebook.ts") +
      read("../packages/engine/src/casebook/opening.ts");
    const named = rows.flatMap(([, , , data = ""]) =>
      [...data.matchAll(/[`*]([a-z]\w*)[`*]/gi)].map(([, name = ""]) => name),
    );
    const unknown = named.filter((name) => !new RegExp(`\\b${name}\\b`).test(code));
    expect(unknown).toEqual([]);
  });

  it("leaves no member of an event out", () => {
    const data = /interface CaseEventData \{([\s\S]*?)^\}/m.exec(
      read("../packages/engine/src/case/event-data.ts"),
    )?.[1];
    const members = [...(data ?? "").matchAll(/\b([a-z]\w*)\??: (?!Readonly)/g)];
    const table = rows.map(([row]) => row).join("\n");
    const missing = members.map(([, name = ""]) => name).filter((name) => !table.includes(name));
    expect(missing).toEqual([]);
  });

  it("lists every member of a due date", () => {
    const data = /type DueDate = Readonly<\{([\s\S]*?)^\}>/m.exec(
      read("../packages/engine/src/case/event-data.ts"),
    )?.[1];
    const members = [...(data ?? "").matchAll(/^ {2}([a-z]\w*)\??:/gm)].map(
      ([, name = ""]) => name,
    );
    expect(members.length).toBeGreaterThan(5);
    expect(members.filter((name) => !page.includes(`| \`${name}\` |`))).toEqual([]);
  });

  it("names the calendar that new casebooks are made with", () => {
    expect(page).toContain(`edition \`${stateCouncil.edition}\``);
  });
});

describe("the sample log", () => {
  const bodies = block("json").trimEnd().split("\n");
  const hash = (...parts: readonly (string | Uint8Array)[]): Buffer => {
    const sha256 = createHash("sha256");
    for (const part of parts) sha256.update(part);
    return sha256.digest();
  };
  const node = (left: Buffer, right: Buffer): Buffer => hash("\x01", left, right);
  const leaves = bodies.map((body) => hash("\0", body));
  const [first, second, third] = leaves as [Buffer, Buffer, Buffer];

  it("has the hashes that stand beside it", () => {
    const hashes = [...page.matchAll(/^\| (?:leaf|node|root)[^|]*\| `([^`]+)` \|$/gm)];
    const pair = node(first, second);
    const expected = [
      ...leaves.map((leaf) => leaf.toString("hex")),
      pair.toString("hex"),
      node(pair, third).toString("base64"),
    ];
    expect(hashes.map(([, value]) => value)).toEqual(expected);
  });

  it("is canonical JSON, and its events follow each other", () => {
    expect(bodies.map((body) => canonicalJson(JSON.parse(body)))).toEqual(bodies);
    const [, , assigned] = bodies.map((body) => JSON.parse(body) as { prev: string | null });
    expect(assigned?.prev).toBe(second.toString("base64"));
  });

  it("can be read for ever", () => {
    const events = bodies.map((body, index) => readEnvelope(body, leaves[index] ?? first));
    expect(events.map(({ globalPosition, type, from, to }) => [globalPosition, type, from, to]))
      .toMatchInlineSnapshot(`
        [
          [
            0,
            "LogCreated",
            null,
            null,
          ],
          [
            1,
            "CaseReceived",
            null,
            "received",
          ],
          [
            2,
            "CaseAssigned",
            "received",
            "assigned",
          ],
        ]
      `);
  });
});
