/** @module rulebook — the rulebooks: those that come with the program, and those that this casebook adopted. */
import type { Casebook, Label, Rulebook, RuleProblem } from "@wuding/engine";
import {
  canonicalJson,
  EngineError,
  isEngineError,
  rulebookFrom,
  rulebookOn,
  rulebookName,
  sha256Hex,
  shippedRulebook,
  shippedRulebooks,
} from "@wuding/engine";
import { existingCasebook, warnOfLongQuiet } from "../casebook-to-record.ts";
import type { Command } from "../command.ts";
import { adopted } from "../print/adoption.ts";
import { printRulebook } from "../print/rulebook.ts";
import { paragraph } from "../print/page.ts";
import { tableLines } from "../print/table.ts";
import { labelled, orDash, words } from "../print/words.ts";
import type { Shell } from "../shell.ts";
import { jsonLine } from "../visible.ts";
import { unknownAction } from "./unknown-action.ts";

const said = {
  name: { zh: "规则集", en: "rulebook" },
  label: { zh: "名称", en: "label" },
  validFrom: { zh: "适用起始日", en: "valid from" },
  rules: { zh: "期限规定", en: "terms" },
  state: { zh: "本库", en: "here" },
  inForce: { zh: "现行", en: "in force" },
  ahead: { zh: "已采用，尚未施行", en: "adopted, not yet valid" },
  former: { zh: "曾采用", en: "adopted before" },
  sound: { zh: "未发现错误。", en: "No mistakes were found." },
} as const satisfies Record<string, Label>;

export const command: Command = {
  name: "rulebook",
  label: {
    zh: "规则集：列出、查看、检查、采用、对照",
    en: "rulebooks: list, show, check, adopt, test",
  },
  positionals: ["[list|show|check|adopt|test]", "[NAME|FILE...]"],
  options: [
    {
      name: "dry-run",
      label: { zh: "只列出会变动的时限，不记录", en: "only list what would move" },
      typed: "flag",
      form: "",
    },
  ],
  example: "wuding rulebook adopt shandong --dry-run",
  run: async ({ positionals: [action = "list", ...names], flags }, shell) => {
    switch (action) {
      case "list":
        return listRulebooks(shell);
      case "show":
        return showRulebook(names[0], shell);
      case "check":
        return checkFile(required(names[0]), shell);
      case "adopt":
        return adoptRulebook(required(names[0]), flags["dry-run"] === true, shell);
      case "test": {
        const { testTables } = await import("../print/conformance.ts");
        return testTables(names, shell);
      }
      default:
        throw unknownAction("rulebook", action, ["list", "show", "check", "adopt", "test"]);
    }
  },
};

const required = (name: string | undefined): string => {
  if (name !== undefined) return name;
  throw new EngineError("INVALID_INPUT", { problems: [{ field: "NAME|FILE", kind: "missing" }] });
};

type Row = Readonly<{
  rulebook: Rulebook;
  hash: string;
  adoptedOn: string | null;
  inForce: boolean;
}>;

/** Those of the casebook in the order of their adoption, then those that come with the program. */
const knownRulebooks = async (shell: Shell): Promise<readonly Row[]> => {
  const rules = (await existingCasebook(shell))?.rules;
  const own = (rules?.rulebooks ?? []).map((one) => ({
    rulebook: one.rulebook,
    hash: one.hash,
    adoptedOn: one.adoptedOn,
    inForce: rules !== undefined && one === rulebookOn(rules, shell.today),
  }));
  const shipped = await Promise.all(shippedRulebooks.map((id) => shippedRulebook(id)));
  const others = shipped
    .map((rulebook) => ({
      rulebook,
      hash: `sha256:${sha256Hex(canonicalJson(rulebook))}`,
      adoptedOn: null,
      inForce: false,
    }))
    .filter(({ hash }) => own.every((one) => one.hash !== hash));
  return [...own, ...others];
};

const listRulebooks = async (shell: Shell): Promise<void> => {
  const { language } = shell;
  const rows = await knownRulebooks(shell);
  if (shell.json) {
    const rulebooks = rows.map(({ rulebook, hash, adoptedOn, inForce }) => ({
      name: rulebookName(rulebook),
      label: rulebook.label[language],
      extends: rulebook.extends ?? null,
      validFrom: rulebook.validFrom,
      validTo: rulebook.validTo,
      appliesToOpenCases: rulebook.appliesToOpenCases,
      hash,
      adoptedOn,
      inForce,
    }));
    const current = rulebooks.find((one) => one.inForce)?.name ?? null;
    return shell.out(jsonLine({ current, rulebooks }));
  }
  const lines = tableLines(
    rows,
    [
      { heading: said.name[language], text: ({ rulebook }) => rulebookName(rulebook) },
      { heading: said.label[language], text: ({ rulebook }) => rulebook.label[language] },
      { heading: said.validFrom[language], text: ({ rulebook }) => rulebook.validFrom },
      {
        heading: said.rules[language],
        text: ({ rulebook }) => String(rulebook.deadlines.length),
        align: "right",
      },
      {
        heading: said.state[language],
        text: (row) => orDash(stateOf(row, shell.today)?.[language]),
      },
    ],
    shell,
  );
  for (const line of lines) shell.out(line);
};

const stateOf = ({ inForce, adoptedOn, rulebook }: Row, today: string): Label | undefined =>
  inForce
    ? said.inForce
    : adoptedOn === null
      ? undefined
      : rulebook.validFrom > today
        ? said.ahead
        : said.former;

/** By name; the one in force when none is given, the national one where there is no casebook. */
const showRulebook = async (name: string | undefined, shell: Shell): Promise<void> => {
  const rules = (await existingCasebook(shell))?.rules;
  const own =
    name === undefined
      ? rules && rulebookOn(rules, shell.today)
      : rules?.rulebooks.findLast((one) => one.name === name || one.rulebook.id === name);
  const rulebook = own?.rulebook ?? (await shippedRulebook(name ?? "national"));
  if (shell.json) return shell.out(jsonLine(rulebook));
  printRulebook(rulebook, shell);
};

const checkFile = async (path: string, shell: Shell): Promise<void> => {
  const rules = (await existingCasebook(shell))?.rules;
  try {
    const rulebook = await rulebookFrom(await shell.readFile(path), rules, path);
    if (shell.json) {
      return shell.out(jsonLine({ ok: true, name: rulebookName(rulebook), problems: [] }));
    }
    shell.out(labelled(rulebookName(rulebook), said.sound[shell.language], shell.language));
  } catch (error) {
    if (isEngineError(error, "INVALID_RULES") && !shell.json) {
      printProblems(error.data.problems, shell);
    }
    throw error;
  }
};

/** Every mistake with its place and its repair. */
export const printProblems = (problems: readonly RuleProblem[], shell: Shell): void => {
  const { language } = shell;
  for (const { place, rule, problem, repair } of problems) {
    paragraph(rule === null ? place : `${place}  ${rule}`, shell);
    paragraph(problem[language], shell, 2);
    paragraph(labelled(words.repair, repair[language], language), shell, 2);
  }
};

const adoptRulebook = async (given: string, dryRun: boolean, shell: Shell): Promise<void> => {
  const casebook = await shell.open();
  await warnOfLongQuiet(casebook, shell);
  const rulebook = await named(given, casebook, shell);
  const options = { today: shell.today, dryRun };
  await adopted(
    (asked) => casebook.adoptRulebook(rulebook, { ...options, ...asked }),
    dryRun,
    shell,
  );
};

/** A rulebook that comes with the program by its name, anything else from a file. */
const named = async (given: string, { rules }: Casebook, shell: Shell): Promise<Rulebook> => {
  const [id = ""] = given.split("@");
  return shippedRulebooks.some((one) => one === id)
    ? shippedRulebook(given)
    : rulebookFrom(await shell.readFile(given), rules, given);
};
