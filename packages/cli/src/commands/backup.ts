/** @module backup — `backup`: a consistent copy while others write, verified before it says done. */
import { statSync } from "node:fs";
import type { Label } from "@wuding/engine";
import { EngineError, shortRoot } from "@wuding/engine";
import type { Command } from "../command.ts";
import { facts } from "../print/page.ts";
import { progressOn } from "../print/progress.ts";
import { assertPlaceFor, checkpointNow, signingOptions } from "../proof/signing.ts";
import { jsonLine } from "../visible.ts";
import { refusalOf } from "./audit/verify.ts";

const said = {
  file: { zh: "备份文件", en: "backup" },
  size: { zh: "记录数", en: "events" },
  root: { zh: "根哈希", en: "root" },
  bytes: { zh: "大小", en: "bytes" },
  verifying: { zh: "核验备份", en: "verifying the copy" },
  done: { zh: "备份已完成并核验无误。", en: "The backup has been made and verified." },
  unsigned: {
    zh: (why: string) => `备份前未能签署检查点：${why}`,
    en: (why: string) => `No checkpoint could be signed before the backup: ${why}`,
  },
} as const;

export const command: Command = {
  name: "backup",
  label: { zh: "备份办件库并核验", en: "a verified copy of the casebook" },
  positionals: ["FILE"],
  options: [...signingOptions],
  example: "wuding backup backup-2021-12-31.db",
  run: async (typed, shell) => {
    const { assertFree, backUpCasebook } = await import("@wuding/store");
    const { language } = shell;
    const [target = ""] = typed.positionals;
    const casebook = await shell.open();
    // where there is no place for it, nothing is signed
    assertFree(target);
    await assertPlaceFor([target], casebook, typed, shell);
    const before = await headBefore(async () => checkpointNow(casebook, typed, shell), shell);
    const progress = progressOn(shell, said.verifying[language]);
    let size = 0;
    let root = "";
    try {
      await backUpCasebook(shell.file, target, async (copy) => {
        const found = await shell.open({ file: copy, forAudit: true });
        const outside = before === undefined ? [] : [{ name: target, note: before.note }];
        const report = await found.audit({ outside, onProgress: progress.at });
        await found.close();
        if (report.faults.first !== null) throw refusalOf(report.faults.first);
        ({ size, root } = report);
      });
    } finally {
      progress.end();
    }
    const { size: bytes } = statSync(target);
    if (shell.json) return shell.out(jsonLine({ file: target, size, root, bytes, verified: true }));
    facts(
      [
        [said.file[language], target],
        [said.size[language], String(size)],
        [said.root[language], shortRoot(Buffer.from(root, "base64"))],
        [said.bytes[language], String(bytes)],
      ],
      shell,
    );
    shell.out(said.done[language]);
  },
};

/** The checkpoint before the copy; a backup is made all the same where none can be signed. */
const headBefore = async <Made>(
  sign: () => Promise<Made>,
  shell: Parameters<Command["run"]>[1],
): Promise<Made | undefined> => {
  try {
    return await sign();
  } catch (error) {
    if (!(error instanceof EngineError) || error.code === "INTEGRITY") throw error;
    const sentence: Label = error.sentence;
    shell.talk(said.unsigned[shell.language](sentence[shell.language]));
    return undefined;
  }
};
