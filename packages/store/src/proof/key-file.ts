/**
 * @module key-file — a private key in a file that its owner alone can read.
 *
 * Who has this file can sign in the name of the log, but cannot take back what a witness has cosigned.
 */
import { randomBytes } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import type { Signer, SignatureType } from "@wuding/engine/proof";
import { ed25519Signer, readPrivateKey, seedBytes, writePrivateKey } from "@wuding/engine/proof";
import { codeOf, refusalOf, unavailable } from "../faults.ts";
import { writeDurably } from "../write-durably.ts";

/**
 * Makes a key and its file.
 * @returns its signer; undefined when there is a file of that name, which stays as it is
 * @throws EngineError `STORE_UNAVAILABLE`
 */
export const makeKeyFile = (
  file: string,
  name: string,
  type: SignatureType,
): Signer | undefined => {
  const seed = randomBytes(seedBytes);
  const signer = ed25519Signer(name, type, seed);
  const isMade = writeDurably(file, writePrivateKey(signer.key, seed), { mode: 0o600 });
  return isMade ? signer : undefined;
};

/**
 * The signer of a key file; undefined when there is none.
 * @throws EngineError `STORE_UNAVAILABLE` when it is no key, cannot be read, or others could read it
 */
export const readKeyFile = (file: string): Signer | undefined => {
  let text: string;
  try {
    const { mode } = statSync(file);
    // Windows has other means, which its permission bits do not show.
    if (process.platform !== "win32" && (mode & 0o077) !== 0) throw unavailable(file, openKey);
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw refusalOf(error, file);
  }
  const signer = readPrivateKey(text);
  if (signer === undefined) throw unavailable(file, noKey);
  return signer;
};

const openKey = {
  zh: "其他用户可以读取这把私钥，请先执行 chmod 600",
  en: "others can read this private key; run chmod 600 on it first",
};

const noKey = {
  zh: "不是私钥文件，或者已损坏",
  en: "it is no private key, or it is damaged",
};
