/**
 * @module signing — whose key signs a casebook's checkpoints, and where they are kept outside.
 *
 * A key is made when a checkpoint is first asked for. Its public half is adopted by an event of the log,
 * so that the log itself says since when it is signed, and with what.
 */
import { resolve, sep } from "node:path";
import type { Casebook, MadeCheckpoint, Proving, StoreReader } from "@wuding/engine";
import { EngineError, isEngineError, signHeadOf } from "@wuding/engine";
import type { Signer } from "@wuding/engine/proof";
import type { Option, Typed } from "../command.ts";
import type { Shell } from "../shell.ts";

/** Options of every command that signs. */
export const signingOptions: readonly Option[] = [
  {
    name: "key",
    label: {
      zh: "签名私钥文件（WUDING_KEY，默认为办件库文件名加 .key）",
      en: "the private key (WUDING_KEY, default: the casebook's name and .key)",
    },
    typed: "value",
    form: "FILE",
  },
  {
    name: "signer",
    label: {
      zh: "代为签名的程序，如连接密码机的程序（WUDING_SIGNER）",
      en: "a program that signs, such as one for a cipher machine (WUDING_SIGNER)",
    },
    typed: "value",
    form: "PROGRAM",
  },
  {
    name: "checkpoints",
    label: {
      zh: "库外保存检查点的目录（WUDING_CHECKPOINTS，默认为办件库文件名加 .checkpoints）",
      en: "where checkpoints are kept outside (WUDING_CHECKPOINTS, default: the casebook's name and .checkpoints)",
    },
    typed: "value",
    form: "DIR",
  },
];

type Given = Pick<Typed, "values">;

/** What hinders a place beside the casebook is told with the option that names another. */
export const orElsewhere = <Result>(option: string, work: () => Result): Result => {
  try {
    return work();
  } catch (error) {
    if (!isEngineError(error, "STORE_UNAVAILABLE")) throw error;
    throw new EngineError("STORE_UNAVAILABLE", { ...error.data, option }, { cause: error });
  }
};

export const checkpointFolderOf = ({ values }: Given, shell: Shell): string =>
  values["checkpoints"] ?? shell.proof.checkpointFolder;

/** The signer of the log; undefined when there is no key yet. */
const existingSigner = async ({ values }: Given, shell: Shell): Promise<Signer | undefined> => {
  const { processSigner, readKeyFile } = await import("@wuding/store/proof");
  const program = values["signer"]?.split(/\s+/).filter(Boolean) ?? shell.proof.signer;
  if (program !== undefined && values["key"] === undefined) return processSigner(program);
  return orElsewhere("--key", () => readKeyFile(keyFileOf({ values }, shell)));
};

export const keyFileOf = ({ values }: Given, shell: Shell): string =>
  values["key"] ?? shell.proof.keyFile;

/**
 * The signer of a casebook, its key adopted; the key is made where the log has none.
 * @throws EngineError `NOT_FOUND` when the log has adopted a key and its file is not there
 */
export const signerFor = async (
  casebook: Casebook,
  proving: Proving,
  typed: Given,
  shell: Shell,
): Promise<Signer> => {
  const { origin } = casebook.rules.opening;
  const adopted = (await proving.keys()).log;
  const found = await existingSigner(typed, shell);
  const signer = found ?? (adopted.length === 0 ? await newKey(origin, typed, shell) : undefined);
  if (signer === undefined) {
    const name = keyFileOf(typed, shell);
    throw new EngineError("NOT_FOUND", { what: "file", name, option: "--key" });
  }
  // a second key never joins unasked: that is what `audit keys --adopt` is for
  if (adopted.length === 0) await proving.adoptKey(signer.key);
  return signer;
};

const newKey = async (origin: string, typed: Given, shell: Shell): Promise<Signer | undefined> => {
  const { makeKeyFile, readKeyFile } = await import("@wuding/store/proof");
  const file = keyFileOf(typed, shell);
  const made = orElsewhere("--key", () => makeKeyFile(file, origin, "log"));
  if (made === undefined) return readKeyFile(file);
  shell.talk(
    {
      zh: `已生成签名密钥 ${file}，请妥善保管并另行备份；公钥用 wuding audit keys 导出。`,
      en: `A signing key has been made: ${file}. Keep it safe and back it up apart; wuding audit keys prints the public key.`,
    }[shell.language],
  );
  return made;
};

/**
 * Before the first signature, which records a key: there is a place for what it is made for. Later ones
 * record nothing, and a file that says the same already may stay.
 * @throws EngineError `FILE_EXISTS`, `STORE_UNAVAILABLE`
 */
export const assertPlaceFor = async (
  files: readonly (string | undefined)[],
  casebook: Casebook,
  typed: Given,
  shell: Shell,
): Promise<void> => {
  if (casebook.rules.keys.log.length > 0) return;
  const { assertFree } = await import("@wuding/store");
  const key = resolve(keyFileOf(typed, shell));
  const folder = resolve(checkpointFolderOf(typed, shell));
  if (`${folder}${sep}`.startsWith(`${key}${sep}`)) throw nameTaken(folder);
  for (const file of files) {
    if (file === undefined) continue;
    if ([key, folder].includes(resolve(file))) throw nameTaken(file);
    assertFree(file);
  }
};

/** Free as yet, but what is signed with comes to stand there before what is signed. */
const nameTaken = (file: string): EngineError<"STORE_UNAVAILABLE"> => {
  const why = {
    zh: "此名称留给签名私钥或检查点目录",
    en: "its name is that of the signing key, or of the folder for checkpoints",
  };
  return new EngineError("STORE_UNAVAILABLE", { file, why });
};

/**
 * What is kept outside was signed with a key of this log, or with the one that it is about to adopt: seen
 * before a key is made and recorded, which would stay although nothing can be signed.
 * @throws EngineError `UNPROVEN`
 */
const assertOurs = async (
  note: string,
  proving: Proving,
  typed: Given,
  shell: Shell,
): Promise<void> => {
  const { openCheckpoint, policyOf } = await import("@wuding/engine/proof");
  const { log } = await proving.keys();
  const signer = log.length === 0 ? await existingSigner(typed, shell) : undefined;
  const logs = signer === undefined ? log : [signer.key];
  openCheckpoint(note, policyOf(logs));
};

/** Signs the head of a casebook and keeps the checkpoint inside and outside it. */
export const checkpointNow = async (
  casebook: Casebook,
  typed: Given,
  shell: Shell,
): Promise<MadeCheckpoint> => {
  const proving = await casebook.proving();
  const { openCheckpointFolder } = await import("@wuding/store/proof");
  const folder = openCheckpointFolder(checkpointFolderOf(typed, shell));
  // the first signature records a key: first of all, whether there is a place for what is signed
  await assertPlaceFor([], casebook, typed, shell);
  orElsewhere("--checkpoints", () => folder.assertPlace());
  const newest = orElsewhere("--checkpoints", () => folder.newest());
  if (newest !== undefined) await assertOurs(newest.note, proving, typed, shell);
  const signer = await signerFor(casebook, proving, typed, shell);
  const made = await proving.checkpoint(signer, newest === undefined ? [] : [newest.note]);
  orElsewhere("--checkpoints", () => folder.keep(made));
  return made;
};

/** Whether there is a key, or a program, that signs without being asked anything. */
export const canSign = async (shell: Shell): Promise<boolean> =>
  (await existingSigner(nothingTyped, shell)) !== undefined;

/**
 * The log of an older file signed as it was, where there is a key, and kept outside.
 * @throws EngineError `INTEGRITY` when it does not continue what was signed before: it is not brought forward
 */
export const checkpointBeforeMigration = async (log: StoreReader, shell: Shell): Promise<void> => {
  const signer = await existingSigner(nothingTyped, shell);
  if (signer === undefined) return;
  const { openCheckpointFolder } = await import("@wuding/store/proof");
  const folder = openCheckpointFolder(shell.proof.checkpointFolder);
  const newest = folder.newest();
  folder.keep(await signHeadOf(log, signer, newest === undefined ? [] : [newest.note]));
};

const nothingTyped: Given = { values: {} };
const dayMs = 24 * 60 * 60 * 1000;

/**
 * Makes a checkpoint where the newest one is a day old: once a day, after a command that recorded. Only
 * where the log is signed at all; what hinders it is told and hinders nothing else.
 */
export const checkpointOnSchedule = async (casebook: Casebook, shell: Shell): Promise<void> => {
  if (casebook.rules.keys.log.length === 0) return;
  try {
    const proving = await casebook.proving();
    const coveredAt = await proving.newestCheckpointAt();
    if (coveredAt !== undefined && Math.abs(shell.now() - Date.parse(coveredAt)) < dayMs) return;
    await checkpointNow(casebook, nothingTyped, shell);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const { sentence } = error;
    shell.talk(
      {
        zh: `未能按时生成检查点：${sentence.zh}`,
        en: `The checkpoint that was due could not be made: ${sentence.en}`,
      }[shell.language],
    );
  }
};
