/** @module checkpoint — `audit checkpoint`: signs the head of the log; kept inside, outside, and printed. */
import { resolve } from "node:path";
import type { Command } from "../../command.ts";
import {
  assertPlaceFor,
  checkpointFolderOf,
  checkpointNow,
  signingOptions,
} from "../../proof/signing.ts";
import { jsonLine } from "../../visible.ts";

export const command: Command = {
  name: "audit checkpoint",
  label: {
    zh: "签署检查点，请交库外人员保存",
    en: "sign a checkpoint, to be kept by somebody outside",
  },
  positionals: [],
  options: [
    ...signingOptions,
    {
      name: "out",
      label: { zh: "另写入文件", en: "write it to a file, too" },
      typed: "value",
      form: "FILE",
    },
  ],
  example: "wuding audit checkpoint --out 2021-12-31.checkpoint",
  run: async (typed, shell) => {
    const { toBase64 } = await import("@wuding/engine/proof");
    const casebook = await shell.open();
    const { out } = typed.values;
    await assertPlaceFor([out], casebook, typed, shell);
    const made = await checkpointNow(casebook, typed, shell);
    if (out !== undefined) await shell.writeFile(out, made.note);
    if (shell.json) {
      const { origin, size, root, note, isNew } = made;
      const folder = resolve(checkpointFolderOf(typed, shell));
      return shell.out(
        jsonLine({ origin, size, root: toBase64(root), note, isNew, folder, file: out ?? null }),
      );
    }
    for (const line of made.note.slice(0, -1).split("\n")) shell.out(line);
  },
};
