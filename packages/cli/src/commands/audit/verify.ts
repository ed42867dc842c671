/**
 * @module audit — `audit verify`: bytes, chain, tree, replay and projections of the whole log.
 *
 * What is checked lies in one file. A rewrite of everything in it can only be seen against a checkpoint
 * that was kept elsewhere, so the report says plainly that none was compared.
 */
import type { AuditReport, Label, LogFault } from "@wuding/engine";
import { EngineError, faultKinds, verificationSteps } from "@wuding/engine";
import type { Command } from "../../command.ts";
import { inLanguage } from "../../print/in-language.ts";
import { facts, paragraph } from "../../print/page.ts";
import { tableLines } from "../../print/table.ts";
import { withAside } from "../../print/words.ts";
import type { Shell } from "../../shell.ts";
import { jsonLine } from "../../visible.ts";

const said = {
  log: { zh: "办件库标识", en: "origin" },
  size: { zh: "记录数", en: "events" },
  root: { zh: "根哈希", en: "root" },
  checked: { zh: "已核对", en: "checked" },
  step: { zh: "核对内容", en: "what was checked" },
  sound: { zh: "未发现问题。", en: "Nothing wrong was found." },
  inside: {
    zh: "未与外部保存的检查点比较：全部记录如被整体重写，仅凭本文件无法发现。",
    en: "No outside checkpoint was compared: a rewrite of the whole log cannot be seen from this file alone.",
  },
  fault: { zh: "问题", en: "fault" },
  kind: { zh: "性质", en: "kind" },
  more: { zh: "其他问题数", en: "others" },
} as const satisfies Record<string, Label>;

const steps = {
  ...verificationSteps,
  replay: { zh: "每条记录是否符合办理流程", en: "every event against the lifecycle" },
  projections: { zh: "汇总数据是否与记录相符", en: "projections against the log" },
} as const satisfies Record<keyof AuditReport["checked"], Label>;

const outside: Label = {
  zh: "本版本尚不能与外部检查点比较",
  en: "this version cannot compare checkpoints kept outside",
};

export const command: Command = {
  name: "audit verify",
  label: { zh: "核验记录", en: "verify the log" },
  positionals: [],
  options: [
    {
      name: "checkpoint",
      label: { zh: "外部保存的检查点", en: "a checkpoint that was kept outside" },
      typed: "list",
      form: "FILE",
    },
    {
      name: "pin",
      label: { zh: "核验方的公钥文件", en: "the verifier's own keys" },
      typed: "value",
      form: "FILE",
    },
  ],
  example: "wuding audit verify",
  run: async ({ values, lists }, shell) => {
    const casebook = await shell.open({ forAudit: true });
    const report = await casebook.audit({ found: await faultsOfFile(shell.file) });
    const { first } = report.faults;
    if (shell.json) {
      shell.out(jsonLine({ verified: first === null, ...inLanguage(report, shell.language) }));
    } else {
      printAudit(report, shell);
    }
    if (first !== null) {
      throw refusalOf(first);
    }
    const asked = [...(lists["checkpoint"] ?? []), values["pin"]].find((one) => one !== undefined);
    if (asked !== undefined) {
      throw new EngineError("STORE_UNAVAILABLE", { file: asked, why: outside });
    }
  },
};

const refusalOf = ({ kind, position, case: id, what }: LogFault): EngineError<"INTEGRITY"> =>
  new EngineError("INTEGRITY", { fault: kind, position, case: id, what });

/** What is wrong with the file that holds the log: its tables and triggers, and what SQLite says of it. */
const faultsOfFile = async (file: string): Promise<readonly LogFault[]> => {
  const { inspectFile } = await import("@wuding/store");
  const { faults } = await inspectFile(file);
  return faults.map((what) => ({ kind: "ALTERED", position: null, case: null, what }));
};

/** Size, root, what was checked, and what was found. */
export const printAudit = (report: AuditReport, shell: Shell): void => {
  const { language } = shell;
  const { origin, size, root, checked, comparedOutside, faults } = report;
  facts(
    [
      [said.log[language], origin],
      [said.size[language], String(size)],
      [said.root[language], root],
    ],
    shell,
  );
  shell.out("");
  const taken = (Object.keys(steps) as (keyof typeof steps)[]).filter(
    (step) => checked[step] !== undefined,
  );
  const lines = tableLines(
    taken,
    [
      { heading: said.step[language], text: (step) => steps[step][language] },
      { heading: said.checked[language], text: (step) => String(checked[step]), align: "right" },
    ],
    shell,
  );
  for (const line of lines) shell.out(line);
  shell.out("");
  if (faults.first === null) {
    shell.out(said.sound[language]);
  } else {
    const { kind } = faults.first;
    facts(
      [
        [said.fault[language], refusalOf(faults.first).sentence[language]],
        [said.kind[language], withAside(faultKinds[kind][language], kind, language)],
        [said.more[language], faults.more === 0 ? null : String(faults.more)],
      ],
      shell,
    );
  }
  if (!comparedOutside) paragraph(said.inside[language], shell);
};
