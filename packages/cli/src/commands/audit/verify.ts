/**
 * @module verify — `audit verify`: bytes, chain, tree, replay and projections of the whole log.
 *
 * What is checked lies in one file. A rewrite of everything in it can only be seen against a checkpoint
 * that was kept elsewhere, so the report says plainly that none was compared.
 */
import type {
  AuditReport,
  ClockAdjustment,
  Label,
  LogFault,
  OutsideCheckpoint,
} from "@wuding/engine";
import { EngineError, besideSteps, faultKinds, verificationSteps } from "@wuding/engine";
import type { Policy } from "@wuding/engine/proof";
import type { Command } from "../../command.ts";
import { inLanguage } from "../../print/in-language.ts";
import { facts, paragraph } from "../../print/page.ts";
import { progressOn } from "../../print/progress.ts";
import { tableLines } from "../../print/table.ts";
import { withAside } from "../../print/words.ts";
import { pinOption, witnessedBy, policyIn } from "../../proof/pin.ts";
import { checkpointFolderOf, signingOptions } from "../../proof/signing.ts";
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
  unpinned: {
    zh: "未给出核验方的公钥文件：检查点的签名只与库中所载公钥核对。",
    en: "No pin file was given: signatures were only checked with the keys that the log itself names.",
  },
  lost: {
    zh: "本库已启用签名公钥，却没有任何检查点：检查点如曾生成，已经丢失或者被删。",
    en: "The log has adopted a signing key, and there is no checkpoint: if one was made, it was lost or deleted.",
  },
  exported: {
    zh: "导出文件不含办理流程、汇总数据与库内哈希的核对，这些须对办件库核验。",
    en: "An export is verified without the lifecycle, the summaries and the stored hashes: these need the casebook.",
  },
  uncovered: (count: number) => ({
    zh: `最近 ${count} 条记录不在核验方公钥所认可的检查点之内，其签名未经核对。`,
    en: `The newest ${count} ${count === 1 ? "event is" : "events are"} covered by no checkpoint that the verifier's keys accept.`,
  }),
  adjusted: ({ position, since, from, recordedAt: to }: ClockAdjustment) => ({
    zh: `第 ${position} 条记录由两人校正时钟：记录时间由 ${from} 退回 ${to}，涉及第 ${since} 条起的 ${position - since} 条记录。`,
    en: `At position ${position} two persons took the recording time back, from ${from} to ${to}: by their word the ${position - since === 1 ? "event" : `${position - since} events`} from position ${since} on ${position - since === 1 ? "bears a time" : "bear times"} that lay ahead.`,
  }),
  kept: { zh: "库内检查点", en: "checkpoints inside" },
  beside: { zh: "本单位另存的检查点", en: "checkpoints in the office's own files" },
  outside: { zh: "外部检查点", en: "checkpoints outside" },
  newer: { zh: "晚于外部检查点的记录", en: "events newer than the newest outside" },
  witness: { zh: "副署", en: "cosigned by" },
  verifying: { zh: "核验", en: "verifying" },
  fault: { zh: "问题", en: "fault" },
  kind: { zh: "性质", en: "kind" },
  more: { zh: "其他问题数", en: "others" },
  otherVersion: {
    zh: "汇总数据由其他版本的程序生成，本程序不使用，未作比对；以可写方式打开办件库后将自动重新生成。",
    en: "The stored projections are another version's. This program does not read them and has not compared them; it makes them anew when it opens the casebook for writing.",
  },
  unnamedFiles: (count: number) => ({
    zh: `另有 ${count} 个文件，没有任何记录提到；与证明无关。`,
    en: `${count} ${count === 1 ? "document is" : "documents are"} there that no event names; it has no part in any proof.`,
  }),
} as const satisfies Record<string, Label | ((...given: never[]) => Label)>;

const steps = {
  ...verificationSteps,
  ...besideSteps,
  replay: { zh: "每条记录是否符合办理流程", en: "every event against the lifecycle" },
  projections: { zh: "汇总数据是否与记录相符", en: "projections against the log" },
} as const satisfies Record<keyof AuditReport["checked"], Label>;

export const command: Command = {
  name: "audit verify",
  label: { zh: "核验办件库或者导出的记录", en: "verify a casebook, or an export" },
  positionals: ["[EXPORT]"],
  options: [
    {
      name: "checkpoint",
      label: { zh: "外部保存的检查点", en: "a checkpoint that was kept outside" },
      typed: "list",
      form: "FILE",
    },
    pinOption,
    ...signingOptions.filter(({ name }) => name === "checkpoints"),
  ],
  example: "wuding audit verify --checkpoint 2021-12-31.checkpoint --pin pin.txt",
  run: async (typed, shell) => {
    const { positionals, values, lists } = typed;
    const pin = values["pin"];
    const policy = pin === undefined ? undefined : await policyIn(pin, shell);
    const outside: OutsideCheckpoint[] = [];
    for (const name of lists["checkpoint"] ?? []) {
      outside.push({ name, note: new TextDecoder().decode(await shell.readFile(name)) });
    }
    const progress = progressOn(shell, said.verifying[shell.language]);
    const options = { outside, policy, onProgress: progress.at };
    const [folder] = positionals;
    let report: AuditReport;
    try {
      report =
        folder === undefined
          ? await auditCasebook(options, checkpointFolderOf(typed, shell), shell)
          : await auditExport(folder, options, shell);
    } finally {
      progress.end();
    }
    const { first } = report.faults;
    if (shell.json) {
      shell.out(jsonLine({ verified: first === null, ...inLanguage(report, shell.language) }));
    } else {
      printAudit(report, shell);
    }
    if (first !== null) throw refusalOf(first);
    const { kept, outside: given } = report.checkpoints;
    if (policy !== undefined && kept + given === 0) {
      throw new EngineError("CANNOT_VERIFY", { what: noCheckpoint });
    }
  },
};

const noCheckpoint: Label = {
  zh: "没有检查点可与公钥文件核对",
  en: "there is no checkpoint to be checked with the pin file",
};

type Options = Readonly<{
  outside: readonly OutsideCheckpoint[];
  policy: Policy | undefined;
  onProgress: (done: number, of: number) => void;
}>;

const auditCasebook = async (
  { outside, policy, onProgress }: Options,
  checkpoints: string,
  shell: Shell,
): Promise<AuditReport> => {
  const casebook = await shell.open({ forAudit: true });
  const found = await faultsOfFile(shell.file);
  const { openCheckpointFolder } = await import("@wuding/store/proof");
  const beside = openCheckpointFolder(checkpoints).read();
  return casebook.audit({ found, outside, beside, onProgress, ...(policy && { policy }) });
};

/** The files of an export, with the checkpoint beside them and those from elsewhere. */
const auditExport = async (
  folder: string,
  { outside, policy, onProgress }: Options,
  shell: Shell,
): Promise<AuditReport> => {
  const { verifyExportFolder } = await import("../../proof/verify-export.ts");
  return verifyExportFolder({ folder, outside, policy, onProgress }, shell);
};

export const refusalOf = ({ kind, position, case: id, what }: LogFault): EngineError<"INTEGRITY"> =>
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
  const { origin, size, root, checked, comparedOutside, unnamedFiles, checkpoints, faults } =
    report;
  const { clockAdjustments } = report;
  const { kept, beside, outside, newestOutside, pinned, newestPinned, isSigned, cosignatures } =
    checkpoints;
  facts(
    [
      [said.log[language], origin],
      [said.size[language], String(size)],
      [said.root[language], root],
      [said.kept[language], kept === 0 ? null : String(kept)],
      [said.beside[language], beside === 0 ? null : String(beside)],
      [said.outside[language], outside === 0 ? null : String(outside)],
      [
        said.newer[language],
        newestOutside === null || newestOutside > size ? null : String(size - newestOutside),
      ],
      ...cosignatures.map((one) => [said.witness[language], witnessedBy(one)] as const),
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
    paragraph(said.sound[language], shell);
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
  if (unnamedFiles > 0) paragraph(said.unnamedFiles(unnamedFiles)[language], shell);
  for (const one of clockAdjustments) {
    paragraph(said.adjusted(one)[language], shell);
  }
  if (checked.replay === undefined) paragraph(said.exported[language], shell);
  else if (checked.projections === undefined) paragraph(said.otherVersion[language], shell);
  if (isSigned && kept + beside + outside === 0) paragraph(said.lost[language], shell);
  if (newestPinned !== null && newestPinned < size) {
    paragraph(said.uncovered(size - newestPinned)[language], shell);
  }
  if (!comparedOutside) paragraph(said.inside[language], shell);
  if (!pinned && kept + outside > 0) paragraph(said.unpinned[language], shell);
};
