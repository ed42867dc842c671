/** @module page-file — the name of a page that a command writes. */
import { invalidInput } from "@wuding/engine";

/** @throws EngineError `INVALID_INPUT` for a name that does not end in `.html` */
export const assertPageName = (file: string): void => {
  if (/.\.html$/i.test(file)) return;
  const expected = { zh: "以 .html 结尾的文件名", en: "a file name that ends in .html" };
  throw invalidInput({ field: "FILE", kind: "malformed", expected });
};
