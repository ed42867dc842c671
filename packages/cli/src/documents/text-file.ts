/** @module text-file — the text of a document, given in a file. */
import { invalidInput } from "@wuding/engine";
import type { Option } from "../command.ts";
import type { Shell } from "../shell.ts";

export const textOption: Option = {
  name: "text",
  label: {
    zh: "正文文件（UTF-8），代替所记全文；摘要公开的必填",
    en: "file of the text (UTF-8), in place of what is recorded; demanded for a public summary",
  },
  typed: "value",
  form: "FILE",
};

/** @throws EngineError `INVALID_INPUT` for a file that is not UTF-8, and as `shell.readFile` */
export const readTextFile = async (
  path: string,
  shell: Pick<Shell, "readFile">,
): Promise<string> => {
  const bytes = await shell.readFile(path);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes).replaceAll("\r\n", "\n");
  } catch {
    const expected = { zh: "UTF-8 文本", en: "UTF-8 text" };
    throw invalidInput({ field: "--text", kind: "malformed", expected });
  }
};
