/**
 * @module upgrade — `upgrade`: brings the file to the newest format, backed up and signed before, verified
 * after. Whatever records brings an older file forward too, without a backup; here it is done on purpose.
 */
import { existsSync } from "node:fs";
import type { Label } from "@wuding/engine";
import { EngineError } from "@wuding/engine";
import type { UpgradePlan } from "@wuding/store";
import type { Command, Typed } from "../command.ts";
import { inLanguage } from "../print/in-language.ts";
import { facts } from "../print/page.ts";
import { progressOn } from "../print/progress.ts";
import { canSign } from "../proof/signing.ts";
import type { Shell } from "../shell.ts";
import { jsonLine } from "../visible.ts";
import { refusalOf } from "./audit/verify.ts";

const said = {
  file: { zh: "文件", en: "file" },
  from: { zh: "现有格式", en: "format now" },
  to: { zh: "最新格式", en: "newest format" },
  step: (format: number): Label => ({ zh: `第 ${format} 版`, en: `format ${format}` }),
  backup: { zh: "事前备份", en: "backup before" },
  without: { zh: "不备份", en: "none" },
  checkpoint: { zh: "事前检查点", en: "checkpoint before" },
  signed: { zh: "签署并存于库外", en: "signed and kept outside" },
  unsigned: { zh: "没有签名密钥，不签署", en: "none: there is no signing key" },
  verifying: { zh: "核验", en: "verifying" },
  newest: { zh: "已是最新格式，无须升级。", en: "The file is of the newest format already." },
  rehearsed: { zh: "仅作预演，未作任何改动。", en: "This was a dry run: nothing was changed." },
  done: { zh: "已升级并核验无误。", en: "The file has been upgraded and verified." },
} as const satisfies Record<string, Label | ((format: number) => Label)>;

export const command: Command = {
  name: "upgrade",
  label: { zh: "把办件库文件升级为最新格式", en: "bring the file to the newest format" },
  positionals: [],
  options: [
    {
      name: "dry-run",
      label: { zh: "只说明将做什么，不作改动", en: "say what would be done, and change nothing" },
      typed: "flag",
      form: "",
    },
    {
      name: "backup",
      label: {
        zh: "升级前备份（默认；--no-backup 不备份）",
        en: "back it up before (the default; --no-backup does not)",
      },
      typed: "flag",
      form: "",
    },
    {
      name: "to",
      label: {
        zh: "备份文件名（默认为办件库文件名加 .format-版本号）",
        en: "name of the backup (default: the casebook's name and .format-N)",
      },
      typed: "value",
      form: "FILE",
    },
  ],
  example: "wuding upgrade --dry-run",
  run: async (typed, shell) => {
    const { upgradePlan } = await import("@wuding/store");
    const plan = await upgradePlan(shell.file);
    const isRehearsal = typed.flags["dry-run"] === true;
    const isNewest = plan.steps.length === 0;
    const backup = isNewest ? null : backupNameOf(typed, plan, shell);
    if (backup !== null && existsSync(backup)) {
      throw new EngineError("FILE_EXISTS", { file: backup });
    }
    const signs = !isNewest && (await canSign(shell));
    const isDone = !isNewest && !isRehearsal;
    const size = isDone ? await upgraded(backup, shell) : null;
    if (shell.json) {
      const { file, language } = shell;
      const planned = inLanguage(plan, language);
      const done = { upgraded: isDone, verified: isDone, dryRun: isRehearsal };
      return shell.out(jsonLine({ file, ...planned, backup, signs, events: size, ...done }));
    }
    print(plan, { backup, signs }, shell);
    const { language } = shell;
    if (isNewest) return shell.out(said.newest[language]);
    shell.out("");
    shell.out((isDone ? said.done : said.rehearsed)[language]);
  },
};

const backupNameOf = (typed: Typed, plan: UpgradePlan, shell: Shell): string | null => {
  const given = typed.values["to"];
  if (typed.flags["backup"] !== false) return given ?? `${shell.file}.format-${plan.from}`;
  if (given === undefined) return null;
  const problem: Label = {
    zh: "--to 与 --no-backup 不能同时使用。",
    en: "--to and --no-backup exclude each other.",
  };
  throw new EngineError("USAGE", { problem, command: "upgrade" });
};

/**
 * Backs the file up as it is, opens it for writing, which signs its log and brings it forward, and verifies it.
 * @returns how many events it holds
 */
const upgraded = async (backup: string | null, shell: Shell): Promise<number> => {
  const { backUpCasebook } = await import("@wuding/store");
  if (backup !== null) {
    await backUpCasebook(shell.file, backup, async (copy) => void (await verified(copy, shell)));
  }
  await (await shell.open()).close();
  return verified(shell.file, shell);
};

/** @returns the number of events @throws EngineError `INTEGRITY` */
const verified = async (file: string, shell: Shell): Promise<number> => {
  const { inspectFile } = await import("@wuding/store");
  const { openCheckpointFolder } = await import("@wuding/store/proof");
  const { faults } = await inspectFile(file);
  const casebook = await shell.open({ file, forAudit: true });
  const progress = progressOn(shell, said.verifying[shell.language]);
  try {
    const report = await casebook.audit({
      found: faults.map((what) => ({ kind: "ALTERED", position: null, case: null, what })),
      beside: openCheckpointFolder(shell.proof.checkpointFolder).read(),
      onProgress: progress.at,
    });
    if (report.faults.first !== null) throw refusalOf(report.faults.first);
    return report.size;
  } finally {
    progress.end();
    await casebook.close();
  }
};

const print = (
  { from, to, steps }: UpgradePlan,
  { backup, signs }: Readonly<{ backup: string | null; signs: boolean }>,
  shell: Shell,
): void => {
  const { language } = shell;
  const isNewest = steps.length === 0;
  facts(
    [
      [said.file[language], shell.file],
      [said.from[language], String(from)],
      [said.to[language], String(to)],
      ...steps.map(({ format, label }) => [said.step(format)[language], label[language]] as const),
      [said.backup[language], isNewest ? null : (backup ?? said.without[language])],
      [
        said.checkpoint[language],
        isNewest ? null : (signs ? said.signed : said.unsigned)[language],
      ],
    ],
    shell,
  );
};
