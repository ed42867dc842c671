/**
 * @module restore — `restore`: a backup, verified and measured against everything that knows how long the
 * log was, becomes the casebook again.
 */
import { existsSync, realpathSync } from "node:fs";
import { resolve } from "node:path";
import type { AuditReport, Label, OutsideCheckpoint } from "@wuding/engine";
import { EngineError, isEngineError, shortRoot } from "@wuding/engine";
import type { Command, Typed } from "../command.ts";
import type { Fact } from "../print/page.ts";
import { facts, paragraph } from "../print/page.ts";
import { progressOn } from "../print/progress.ts";
import { pinOption, policyIn } from "../proof/pin.ts";
import { checkpointFolderOf, checkpointNow, signingOptions } from "../proof/signing.ts";
import type { Shell } from "../shell.ts";
import { jsonLine } from "../visible.ts";
import { refusalOf } from "./audit/verify.ts";

const said = {
  file: { zh: "办件库文件", en: "casebook" },
  from: { zh: "备份文件", en: "backup" },
  size: { zh: "记录数", en: "events" },
  root: { zh: "根哈希", en: "root" },
  known: { zh: "已知最新记录数", en: "events known of" },
  lacking: { zh: "备份所缺记录", en: "events lacking" },
  kept: { zh: "原文件改名为", en: "old file kept as" },
  verifying: { zh: "核验备份", en: "verifying the backup" },
  done: {
    zh: "已恢复；备份核验无误。",
    en: "The casebook has been restored from the verified backup.",
  },
  uncompared: {
    zh: "没有可供比较的检查点，也没有原办件库：备份之后是否还有记录，无从知晓。",
    en: "There was no checkpoint and no casebook to compare with: whether events came after the backup is not known.",
  },
  shorter: (lacking: number) => ({
    zh: `备份之后的 ${lacking} 条记录不在恢复后的办件库中。此后 audit verify 对照较新的检查点仍会报告 TRUNCATED，请保留这些检查点，并将所缺事项补录。`,
    en: `The ${lacking === 1 ? "event" : `${lacking} events`} after the backup ${lacking === 1 ? "is" : "are"} not in the restored casebook. Against the newer checkpoints audit verify will go on to say TRUNCATED: keep those, and record again what is lacking.`,
  }),
  unreadable: (why: string) => ({
    zh: `原办件库无法读取，未与之比较：${why}`,
    en: `The casebook that is there cannot be read and was not compared: ${why}`,
  }),
  unsigned: (why: string) => ({
    zh: `恢复前未能为原办件库签署检查点：${why}`,
    en: `No checkpoint of the casebook that is there could be signed before: ${why}`,
  }),
} as const;

export const command: Command = {
  name: "restore",
  label: { zh: "核验备份并恢复为办件库", en: "verify a backup and make it the casebook" },
  positionals: ["FILE"],
  options: [
    {
      name: "replace",
      label: {
        zh: "取代已有的办件库文件，原文件改名保留",
        en: "take the place of a casebook that is there; its file is kept under another name",
      },
      typed: "flag",
      form: "",
    },
    {
      name: "accept-loss",
      label: {
        zh: "备份短于已知最新记录时仍然恢复",
        en: "restore although the backup lacks events that are known of",
      },
      typed: "flag",
      form: "",
    },
    {
      name: "checkpoint",
      label: { zh: "外部保存的检查点", en: "a checkpoint that was kept outside" },
      typed: "list",
      form: "FILE",
    },
    pinOption,
    ...signingOptions,
  ],
  example: "wuding restore backup-2021-12-31.db --db wuding.db --replace",
  run: async (typed, shell) => {
    const { restoreCasebook } = await import("@wuding/store");
    const { language } = shell;
    const [backup = ""] = typed.positionals;
    const replace = typed.flags["replace"] === true;
    assertApart(backup, shell);
    if (existsSync(shell.file) && !replace)
      throw new EngineError("CASEBOOK_EXISTS", { file: shell.file, replaceable: true });
    const known = await knowing(typed, shell);
    const progress = progressOn(shell, said.verifying[language]);
    let found: Measured | undefined;
    let kept: string | null;
    try {
      kept = await restoreCasebook(backup, shell.file, {
        replace,
        verify: async (copy) => {
          found = await measured(copy, known, { shell, typed, onProgress: progress.at });
          if (found.lacking > 0 && typed.flags["accept-loss"] !== true)
            throw tooShort(found, backup);
        },
      });
    } finally {
      progress.end();
    }
    if (found === undefined) throw new Error("nothing was verified");
    print({ ...found, file: shell.file, from: backup, kept }, shell);
  },
};

/** A backup is not put in its own place. */
const assertApart = (backup: string, shell: Shell): void => {
  const [one, other] = [backup, shell.file].map((file) => {
    try {
      return realpathSync(file);
    } catch {
      return resolve(file);
    }
  });
  if (one !== other) return;
  const problem: Label = {
    zh: `${backup} 就是办件库文件本身。`,
    en: `${backup} is the casebook itself.`,
  };
  throw new EngineError("USAGE", { problem, command: "restore" });
};

/** What the backup is measured against. */
type Known = Readonly<{
  /** The casebook that is there; undefined when there is none that can be read. */
  current: Readonly<{ origin: string; size: number }> | undefined;
  /** Checkpoints given by option. */
  outside: readonly OutsideCheckpoint[];
  /** Those of the office's own folder, and the newest that the casebook keeps. */
  beside: readonly OutsideCheckpoint[];
}>;

const knowing = async (typed: Typed, shell: Shell): Promise<Known> => {
  const outside: OutsideCheckpoint[] = [];
  for (const name of typed.lists["checkpoint"] ?? []) {
    outside.push({ name, note: new TextDecoder().decode(await shell.readFile(name)) });
  }
  const { current, inside } = existsSync(shell.file)
    ? await currentCasebook(typed, shell)
    : nothingThere;
  const { openCheckpointFolder } = await import("@wuding/store/proof");
  const folder = openCheckpointFolder(checkpointFolderOf(typed, shell)).read();
  return { current, outside, beside: [...folder, ...inside] };
};

type Current = Pick<Known, "current"> & Readonly<{ inside: readonly OutsideCheckpoint[] }>;
const nothingThere: Current = { current: undefined, inside: [] };

/** The casebook that is to be replaced, its head signed as it is where the log is signed. */
const currentCasebook = async (typed: Typed, shell: Shell): Promise<Current> => {
  const { language } = shell;
  try {
    const casebook = await shell.open({ forAudit: true });
    const isSigned = casebook.rules.keys.log.length > 0;
    await casebook.close();
    if (isSigned) await signBefore(typed, shell);
    const again = await shell.open({ forAudit: true });
    try {
      const proving = await again.proving();
      const { origin, size } = await proving.head();
      const newest = await proving.newestCheckpoint();
      const inside = newest === undefined ? [] : [{ name: shell.file, note: newest.note }];
      return { current: { origin, size }, inside };
    } finally {
      await again.close();
    }
  } catch (error) {
    if (!isRepairable(error)) throw error;
    shell.talk(said.unreadable(error.sentence[language])[language]);
    return nothingThere;
  }
};

/** Whether a refusal of the casebook that is there is a reason to restore it, and none against it. */
const isRepairable = (error: unknown): error is EngineError =>
  isEngineError(error, "INTEGRITY") ||
  isEngineError(error, "NOT_A_CASEBOOK") ||
  (isEngineError(error, "NOT_FOUND") && error.data.what === "casebook");

const signBefore = async (typed: Typed, shell: Shell): Promise<void> => {
  try {
    const casebook = await shell.open();
    try {
      await checkpointNow(casebook, typed, shell);
    } finally {
      await casebook.close();
    }
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    shell.talk(said.unsigned(error.sentence[shell.language])[shell.language]);
  }
};

type Measured = Readonly<{
  report: AuditReport;
  /** The largest number of events that anything knows of, and what; null when there was nothing. */
  known: Readonly<{ size: number; by: string }> | null;
  /** Events that the backup lacks of those. */
  lacking: number;
}>;

/** Verifies the copy wholly with the checkpoints that it reaches, and counts what it lacks of the others. */
const measured = async (
  copy: string,
  { current, outside, beside }: Known,
  {
    shell,
    typed,
    onProgress,
  }: Readonly<{ shell: Shell; typed: Typed; onProgress: (done: number, of: number) => void }>,
): Promise<Measured> => {
  const pin = typed.values["pin"];
  const policy = pin === undefined ? undefined : await policyIn(pin, shell);
  const { inspectFile } = await import("@wuding/store");
  const { faults } = await inspectFile(copy);
  const casebook = await shell.open({ file: copy, forAudit: true });
  try {
    const { origin, size } = await (await casebook.proving()).head();
    const sizes = await sizesOf([...outside, ...beside], origin);
    const reached = (given: readonly OutsideCheckpoint[]): readonly OutsideCheckpoint[] =>
      given.filter((one) => (sizes.get(one) ?? 0) <= size);
    const report = await casebook.audit({
      found: faults.map((what) => ({ kind: "ALTERED", position: null, case: null, what })),
      outside: reached(outside),
      beside: reached(beside),
      onProgress,
      ...(policy && { policy }),
    });
    if (report.faults.first !== null) throw refusalOf(report.faults.first);
    const claims = [...sizes].map(([{ name }, claimed]) => ({ size: claimed, by: name }));
    if (current?.origin === origin) claims.push({ size: current.size, by: shell.file });
    const known = claims.reduce<Measured["known"]>(
      (most, claim) => (most === null || claim.size > most.size ? claim : most),
      null,
    );
    return { report, known, lacking: Math.max(0, (known?.size ?? 0) - size) };
  } finally {
    await casebook.close();
  }
};

/**
 * What each checkpoint says that the log's size is. One that cannot be read or is of another log has none
 * here: the verification names it. A false one only makes somebody look twice, so its signature is not asked for.
 */
const sizesOf = async (
  given: readonly OutsideCheckpoint[],
  origin: string,
): Promise<ReadonlyMap<OutsideCheckpoint, number>> => {
  const { readCheckpoint } = await import("@wuding/engine/proof");
  const sizes = new Map<OutsideCheckpoint, number>();
  for (const one of given) {
    try {
      const found = readCheckpoint(one.note);
      if (found.origin === origin) sizes.set(one, found.size);
    } catch (error) {
      if (!isEngineError(error, "UNPROVEN")) throw error;
    }
  }
  return sizes;
};

const tooShort = (
  { report: { size }, known, lacking }: Measured,
  backup: string,
): EngineError<"INTEGRITY"> =>
  new EngineError("INTEGRITY", {
    fault: "TRUNCATED",
    position: null,
    case: null,
    what: {
      zh: `备份 ${backup} 有 ${size} 条记录，比 ${known?.by} 所载的 ${known?.size} 条少 ${lacking} 条；请先查找更新的备份，确无更新的再加 --accept-loss`,
      en: `the backup ${backup} has ${size} events, ${lacking} fewer than the ${known?.size} of ${known?.by}; look for a newer one, and add --accept-loss only when there is none`,
    },
  });

const print = (
  {
    report,
    known,
    lacking,
    file,
    from,
    kept,
  }: Measured & Readonly<{ file: string; from: string; kept: string | null }>,
  shell: Shell,
): void => {
  const { language } = shell;
  const { size, root, comparedOutside, checkpoints } = report;
  if (shell.json) {
    const { kept: inside, beside, outside } = checkpoints;
    return shell.out(
      jsonLine({
        file,
        from,
        size,
        root,
        known,
        lacking,
        kept,
        verified: true,
        comparedOutside,
        checkpoints: { inside, beside, outside },
      }),
    );
  }
  const rows: readonly Fact[] = [
    [said.from[language], from],
    [said.file[language], file],
    [said.kept[language], kept],
    [said.size[language], String(size)],
    [said.root[language], shortRoot(Buffer.from(root, "base64"))],
    [said.known[language], known === null ? null : `${known.size} (${known.by})`],
    [said.lacking[language], known === null ? null : String(lacking)],
  ];
  facts(rows, shell);
  paragraph(said.done[language], shell);
  if (lacking > 0) paragraph(said.shorter(lacking)[language], shell);
  if (known === null) paragraph(said.uncompared[language], shell);
};
