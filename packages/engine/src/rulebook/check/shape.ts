/** @module shape — whether data has the shape of a rulebook file. */
import * as v from "valibot";
import type { Finding } from "./rule-problem.ts";
import { finding } from "./rule-problem.ts";
import type { RulebookFile } from "../rulebook.ts";
import { rulebookFileSchema } from "./schema.ts";
import { shapeFindings } from "./shape-problems.ts";

/** The data as a rulebook file, or every mistake of its shape. */
export const readShape = (
  value: unknown,
): Readonly<{ file: RulebookFile }> | Readonly<{ findings: readonly Finding[] }> => {
  const { format } = Object(value) as Readonly<{ format?: unknown }>;
  // every other member would be measured by rules that are not its own
  if (typeof format === "number" && format !== 2) return { findings: [otherFormat(format)] };
  if (isTable(value)) return { findings: [notARulebook] };
  const parsed = v.safeParse(rulebookFileSchema, value);
  return parsed.success ? { file: parsed.output } : { findings: shapeFindings(parsed.issues) };
};

/** A conformance table is taken for a rulebook easily; it would be a mistake in every member. */
const isTable = (value: unknown): boolean =>
  Object.hasOwn(Object(value) as object, "table") &&
  !Object.hasOwn(Object(value) as object, "format");

const notARulebook = finding(
  ["table"],
  null,
  { zh: "这是对照表，不是规则集。", en: "This is a table of known answers, not a rulebook." },
  { zh: "请用 rulebook test 运行。", en: "Run it with rulebook test." },
);

const otherFormat = (format: number): Finding =>
  finding(
    ["format"],
    null,
    {
      zh: `规则集文件的格式为 ${format}，本程序读取格式 2。`,
      en: `The file is of format ${format}; this program reads format 2.`,
    },
    format > 2
      ? { zh: "请升级本程序。", en: "Upgrade this program." }
      : {
          zh: "请按格式 2 改写；rulebook.schema.json 说明了每一项。",
          en: "Write it anew in format 2; rulebook.schema.json describes every member.",
        },
  );
