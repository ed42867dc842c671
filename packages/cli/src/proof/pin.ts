/** @module pin — the verifier's own keys, from the file that he keeps. */
import type { Cosignature, Policy } from "@wuding/engine/proof";
import type { Option } from "../command.ts";
import type { Shell } from "../shell.ts";

export const pinOption: Option = {
  name: "pin",
  label: {
    zh: "核验方自己保存的公钥文件（audit keys --out 导出）",
    en: "the verifier's own keys (a file made by audit keys --out)",
  },
  typed: "value",
  form: "FILE",
};

/** @throws EngineError `INVALID_INPUT` for a file that cannot be read or is no pin file */
export const policyIn = async (path: string, shell: Shell): Promise<Policy> => {
  const { readPolicy } = await import("@wuding/engine/proof");
  return readPolicy(new TextDecoder().decode(await shell.readFile(path)), path);
};

/** `audit.example/w1 2021-12-31T08:00:00.000Z` */
export const witnessedBy = ({ witness, time }: Cosignature): string =>
  `${witness} ${new Date(time * 1000).toISOString()}`;
