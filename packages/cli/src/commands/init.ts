/** @module init — `wuding init`: makes a casebook where nothing is, and never touches what is there. */
import { lstatSync } from "node:fs";
import { resolve } from "node:path";
import { EngineError, forbiddenCharacter, invalidInput, rulebookName } from "@wuding/engine";
import type { Command } from "../command.ts";
import { jsonLine, visible } from "../visible.ts";

const nameMax = 200;

export const command: Command = {
  name: "init",
  label: { zh: "新建办件库", en: "make a casebook" },
  positionals: [],
  options: [
    {
      name: "rulebook",
      label: { zh: "规则集（默认 national）", en: "its rulebook (default: national)" },
      typed: "value",
      form: "NAME",
    },
    {
      name: "origin",
      label: {
        zh: "日志来源标识，终身不变，如 gov.example/proposals/log1",
        en: "the log's name for life, such as gov.example/proposals/log1",
      },
      typed: "value",
      form: "NAME",
    },
    {
      name: "office",
      label: { zh: "单位名称，用于总结和函件", en: "the office, as reports and letters name it" },
      typed: "value",
      form: "NAME",
    },
  ],
  example: "wuding init --db 2021.db --office 临沂市大数据局",
  run: async ({ values }, shell) => {
    const { rulebook, origin, office } = values;
    assertName("--origin", origin, /^[\w.-]+(?:\/[\w.-]+)*$/);
    assertName("--office", office);
    if (isTaken(shell.file)) throw new EngineError("CASEBOOK_EXISTS", { file: shell.file });
    const { rules } = await shell.open({
      create: true,
      ...(rulebook !== undefined && { rulebook }),
      ...(origin !== undefined && { origin }),
      ...(office !== undefined && { office }),
    });
    const made = {
      file: resolve(shell.file),
      origin: rules.opening.origin,
      rulebook: rulebookName(rules.current.rulebook),
      office: rules.opening.office,
    };
    if (shell.json) return shell.out(jsonLine(made));
    const [file, origins, rulebooks, offices] =
      shell.language === "zh"
        ? ["已建立办件库：", "来源标识：", "规则集：", "单位："]
        : ["Made the casebook ", "origin: ", "rulebook: ", "office: "];
    shell.out(visible(`${file}${made.file}`));
    shell.out(visible(`${origins}${made.origin}`));
    shell.out(visible(`${rulebooks}${made.rulebook}`));
    if (made.office !== null) shell.out(visible(`${offices}${made.office}`));
  },
};

/** Whether anything has this name, a link to nowhere included. */
const isTaken = (file: string): boolean => {
  try {
    return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch {
    // a folder that may not be looked into: opening the casebook says so
    return false;
  }
};

const assertName = (field: string, value: string | undefined, form?: RegExp): void => {
  if (value === undefined) return;
  if (value.trim() === "") throw invalidInput({ field, kind: "empty" });
  const found = forbiddenCharacter(value, { breaks: false });
  if (found !== undefined) throw invalidInput({ field, kind: "forbiddenCharacter", ...found });
  if (value.length > nameMax) throw invalidInput({ field, kind: "tooLong", max: nameMax });
  if (form !== undefined && !form.test(value)) {
    const expected = {
      zh: "以“/”分隔的名称，只含字母、数字、点、横线和下划线",
      en: "names of letters, digits, dots, dashes and underscores, separated by slashes",
    };
    throw invalidInput({ field, kind: "malformed", expected });
  }
};
