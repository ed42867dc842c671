/** @module init — `wuding init`: makes a casebook where nothing is, and never touches what is there. */
import { existsSync, lstatSync } from "node:fs";
import { resolve } from "node:path";
import type { Label } from "@wuding/engine";
import { EngineError, isEngineError, readName, readOrigin, rulebookName } from "@wuding/engine";
import { existingCasebook } from "../casebook-to-record.ts";
import type { Command } from "../command.ts";
import { facts } from "../print/page.ts";
import type { Shell } from "../shell.ts";
import { jsonLine } from "../visible.ts";

const said = {
  made: { zh: "已新建办件库。", en: "The casebook has been made." },
  file: { zh: "文件", en: "file" },
  origin: { zh: "办件库标识", en: "origin" },
  rulebook: { zh: "规则集", en: "rulebook" },
  office: { zh: "单位", en: "office" },
} as const satisfies Record<string, Label>;

export const command: Command = {
  name: "init",
  label: { zh: "新建办件库", en: "make a casebook" },
  positionals: [],
  options: [
    {
      name: "rulebook",
      label: {
        zh: "规则集的名称或文件（默认 national）",
        en: "its rulebook, by name or file (default: national)",
      },
      typed: "value",
      form: "NAME|FILE",
    },
    {
      name: "origin",
      label: {
        zh: "办件库标识，建立后不再改变，如 gov.example/proposals/log1",
        en: "the log's name for life, such as gov.example/proposals/log1",
      },
      typed: "value",
      form: "NAME",
    },
    {
      name: "office",
      label: { zh: "单位名称，用于总结和公文", en: "the office, as reports and letters name it" },
      typed: "value",
      form: "NAME",
    },
  ],
  example: "wuding init --db 2021.db --office 临沂市大数据局",
  run: async ({ values }, shell) => {
    const { rulebook, origin, office } = values;
    if (origin !== undefined) readOrigin(origin, "--origin");
    if (office !== undefined) readName(office, "--office");
    if (isTaken(shell.file) && !(await isUnbegun(shell))) {
      throw new EngineError("CASEBOOK_EXISTS", { file: shell.file });
    }
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
    const { language } = shell;
    shell.out(said.made[language]);
    facts(
      [
        [said.file[language], made.file],
        [said.origin[language], made.origin],
        [said.rulebook[language], made.rulebook],
        [said.office[language], made.office],
      ],
      shell,
    );
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

/** Whether this is a casebook without its first event, left so by a process that was killed: it is finished. */
const isUnbegun = async (shell: Shell): Promise<boolean> => {
  try {
    return existsSync(shell.file) && (await existingCasebook(shell)) === undefined;
  } catch (error) {
    // whatever it is, it is there
    if (!isEngineError(error)) throw error;
    return false;
  }
};
