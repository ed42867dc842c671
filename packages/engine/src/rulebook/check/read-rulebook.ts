/**
 * @module read-rulebook — a rulebook file from outside, as a complete rulebook or with all its mistakes.
 *
 * First the JSON, then the shape, then the rulebook that it extends, then what the rules say together:
 * each stage tells all that it finds, and the next one is reached when it finds nothing.
 */
import { contradictions } from "./checks.ts";
import { completeRulebook } from "../complete.ts";
import { readJson } from "./read-json.ts";
import type { Finding, RuleProblem } from "./rule-problem.ts";
import { finding, placed } from "./rule-problem.ts";
import type { Rulebook, RulebookFile } from "../rulebook.ts";
import { rulebookName } from "../rulebook.ts";
import { readShape } from "./shape.ts";

/** The complete rulebook, or all that is wrong in the file. */
export type ReadRulebook =
  | Readonly<{ rulebook: Rulebook }>
  | Readonly<{ problems: readonly RuleProblem[] }>;

/**
 * Reads a rulebook file and completes it by the rulebook that it extends.
 * @param file its text or its bytes in UTF-8
 * @param library the rulebook with a name such as `national@2025`, undefined when there is none
 */
export const readRulebook = (
  file: string | Uint8Array,
  library: (name: string) => Rulebook | undefined,
): ReadRulebook => {
  const json = readJson(file);
  if ("problem" in json) return { problems: [json.problem] };
  const shape = readShape(json.value);
  if ("findings" in shape) return { problems: placed(shape.findings) };
  const own = shape.file;
  const parent = own.extends === undefined ? undefined : library(own.extends);
  const findings = findingsOfExtension(own, parent);
  if (findings.length > 0) return { problems: placed(findings) };
  const rulebook = completeRulebook(own, parent);
  const problems = placed(
    contradictions({ rulebook, own }).map((found) => inFile(found, rulebook, own)),
  );
  return problems.length > 0 ? { problems } : { rulebook };
};

const findingsOfExtension = (
  file: RulebookFile,
  parent: Rulebook | undefined,
): readonly Finding[] => {
  const name = file.extends;
  if (name === undefined) return [];
  if (name === rulebookName(file)) {
    return [
      finding(
        ["extends"],
        null,
        { zh: `规则集“${name}”以自己为基础。`, en: `The rulebook "${name}" extends itself.` },
        {
          zh: "请写另一规则集的名称，或改写本文件的 version。",
          en: "Name another rulebook, or change the version of this file.",
        },
      ),
    ];
  }
  if (parent !== undefined) return [];
  return [
    finding(
      ["extends"],
      null,
      { zh: `没有规则集“${name}”。`, en: `There is no rulebook "${name}".` },
      {
        zh: "请核对编号和版本，或先采用该规则集。",
        en: "Check the id and the version, or adopt that rulebook first.",
      },
    ),
  ];
};

/** The place in the file of what was found in the complete rulebook; `extends` for what is not in it. */
const inFile = (found: Finding, rulebook: Rulebook, file: RulebookFile): Finding => {
  const [list, index, ...rest] = found.path;
  if (typeof list !== "string" || typeof index !== "number") return found;
  const elements = elementsOf(rulebook, list);
  const place = elementsOf(file, list).indexOf(elements[index]);
  return { ...found, path: place === -1 ? ["extends"] : [list, place, ...rest] };
};

const elementsOf = (data: Readonly<Record<string, unknown>>, list: string): readonly unknown[] => {
  const elements = data[list];
  return Array.isArray(elements) ? elements : [];
};
