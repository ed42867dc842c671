/** @module export — `audit export`: the whole log as text that verifies without this program. */
import { createWriteStream, existsSync, renameSync, rmSync } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import type { Label } from "@wuding/engine";
import { EngineError, invalidInput, shortRoot } from "@wuding/engine";
import type { Command } from "../../command.ts";
import { facts } from "../../print/page.ts";
import { progressOn } from "../../print/progress.ts";
import { assertPlaceFor, checkpointNow, signingOptions } from "../../proof/signing.ts";
import { jsonLine } from "../../visible.ts";
import { makeFolder } from "../../write-file.ts";

/** The files of an export. */
export const exportFiles = {
  events: "events.jsonl",
  checkpoint: "checkpoint",
  files: "files",
} as const;

const said = {
  folder: { zh: "目录", en: "folder" },
  size: { zh: "记录数", en: "events" },
  root: { zh: "根哈希", en: "root" },
  files: { zh: "附件数", en: "files" },
  exporting: { zh: "导出", en: "exporting" },
} as const satisfies Record<string, Label>;

export const command: Command = {
  name: "audit export",
  label: {
    zh: "导出全部记录，可长期阅读和核验",
    en: "the whole log as text that can be read and verified for ever",
  },
  positionals: ["DIR"],
  options: [...signingOptions],
  example: "wuding audit export log-2021",
  run: async (typed, shell) => {
    const { language } = shell;
    const folder = typed.positionals[0] ?? "";
    if (folder === "") throw invalidInput({ field: "DIR", kind: "empty" });
    const target = join(folder, exportFiles.events);
    if (existsSync(target)) throw new EngineError("FILE_EXISTS", { file: target });
    const casebook = await shell.open();
    const proving = await casebook.proving();
    // where there is no place for it, nothing is signed
    makeFolder(join(folder, exportFiles.files));
    const places = [target, join(folder, exportFiles.checkpoint)];
    await assertPlaceFor(places, casebook, typed, shell);
    const { note, size, root } = await checkpointNow(casebook, typed, shell);
    const unfinished = `${target}.${process.pid}.unfinished`;
    const progress = progressOn(shell, said.exporting[language]);
    let files = 0;
    let written = 0;
    try {
      const stream = createWriteStream(unfinished, { flags: "wx" });
      const failed = once(stream, "error").then(([error]) => {
        throw error as Error;
      });
      failed.catch(() => undefined);
      const write = async (): Promise<void> => {
        await proving.export(size, {
          events: async (bodies) => {
            for (const body of bodies) stream.write(Buffer.concat([body, Buffer.of(10)]));
            if (stream.writableNeedDrain) await once(stream, "drain");
            written += bodies.length;
            progress.at(written, size);
          },
          file: async (sha256, bytes) => {
            files += 1;
            await shell.writeFile(join(folder, exportFiles.files, sha256), bytes);
          },
        });
        stream.end();
        await once(stream, "close");
      };
      await Promise.race([write(), failed]);
      renameSync(unfinished, target);
    } catch (error) {
      throw isSystemError(error) ? unwritable(folder, error) : error;
    } finally {
      progress.end();
      rmSync(unfinished, { force: true });
    }
    await shell.writeFile(join(folder, exportFiles.checkpoint), note);
    if (shell.json) {
      return shell.out(
        jsonLine({ folder, size, root: Buffer.from(root).toString("base64"), files }),
      );
    }
    facts(
      [
        [said.folder[language], folder],
        [said.size[language], String(size)],
        [said.root[language], shortRoot(root)],
        [said.files[language], String(files)],
      ],
      shell,
    );
  },
};

const isSystemError = (error: unknown): boolean =>
  error instanceof Error && "syscall" in error && !(error instanceof EngineError);

const unwritable = (folder: string, cause: unknown) => {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const why = { zh: `写入失败（${code}）`, en: `writing failed (${code})` };
  return new EngineError("STORE_UNAVAILABLE", { file: folder, why }, { cause });
};
