/**
 * @module consistency — `audit consistency OLD NEW`: that the later of two checkpoints continues the
 * earlier one: nothing changed, removed or moved in between. The casebook gives the proof, or a file does.
 */
import type { Label } from "@wuding/engine";
import { EngineError, invalidInput } from "@wuding/engine";
import type { Checkpoint } from "@wuding/engine/proof";
import type { Command } from "../../command.ts";
import { facts, paragraph } from "../../print/page.ts";
import { pinOption, policyIn } from "../../proof/pin.ts";
import type { Shell } from "../../shell.ts";
import { jsonLine } from "../../visible.ts";

const said = {
  continues: {
    zh: "后一检查点与前一检查点相衔接：其间没有记录被改动、删除或者调换。",
    en: "The later checkpoint continues the earlier one: nothing in it was changed, removed or moved.",
  },
  unsigned: {
    zh: "未给出核验方的公钥文件，签名未核对。",
    en: "No pin file was given; the signatures were not checked.",
  },
  older: { zh: "前一检查点", en: "earlier" },
  newer: { zh: "后一检查点", en: "later" },
  hashes: { zh: "证明哈希数", en: "hashes of the proof" },
} as const satisfies Record<string, Label>;

export const command: Command = {
  name: "audit consistency",
  label: {
    zh: "核验两个检查点前后相衔接",
    en: "verify that one checkpoint continues another",
  },
  positionals: ["OLD", "NEW"],
  options: [
    pinOption,
    {
      name: "proof",
      label: {
        zh: "用此文件中的证明，不用办件库",
        en: "use the proof in this file and no casebook",
      },
      typed: "value",
      form: "FILE",
    },
    {
      name: "out",
      label: { zh: "将证明写入文件", en: "write the proof to a file" },
      typed: "value",
      form: "FILE",
    },
  ],
  example: "wuding audit consistency 2021-06-30.checkpoint 2021-12-31.checkpoint",
  run: async ({ positionals: [oldFile = "", newFile = ""], values }, shell) => {
    const { showsConsistency, toBase64, treeHashOf } = await import("@wuding/engine/proof");
    const [first, second] = [
      await checkpointIn(oldFile, values["pin"], shell),
      await checkpointIn(newFile, values["pin"], shell),
    ];
    if (first.origin !== second.origin) {
      throw notProven(
        `两个检查点属于不同的办件库：${first.origin}、${second.origin}`,
        `the checkpoints are of different logs, ${first.origin} and ${second.origin}`,
      );
    }
    const [older, newer] = first.size <= second.size ? [first, second] : [second, first];
    const proof =
      values["proof"] === undefined
        ? await proofFromCasebook(older, newer, shell)
        : await proofIn(values["proof"], shell);
    if (!showsConsistency(older, newer, proof, treeHashOf(older.origin))) {
      throw notProven(
        `${newer.size} 条的检查点与 ${older.size} 条的检查点不相衔接：其间历史被改写，或者证明不符`,
        `the checkpoint of ${newer.size} events does not continue that of ${older.size}: history was rewritten in between, or the proof is another one`,
      );
    }
    const lines = proof.map(toBase64);
    const { out } = values;
    if (out !== undefined) await shell.writeFile(out, lines.map((line) => `${line}\n`).join(""));
    const signaturesChecked = values["pin"] !== undefined;
    if (shell.json) {
      const { origin } = older;
      const sizes = { older: older.size, newer: newer.size };
      return shell.out(
        jsonLine({ consistent: true, origin, ...sizes, signaturesChecked, proof: lines }),
      );
    }
    const { language } = shell;
    facts(
      [
        [said.older[language], String(older.size)],
        [said.newer[language], String(newer.size)],
        [said.hashes[language], String(proof.length)],
      ],
      shell,
    );
    paragraph(said.continues[language], shell);
    if (!signaturesChecked) paragraph(said.unsigned[language], shell);
  },
};

const notProven = (zh: string, en: string) => new EngineError("UNPROVEN", { what: { zh, en } });

const checkpointIn = async (
  path: string,
  pin: string | undefined,
  shell: Shell,
): Promise<Checkpoint> => {
  const { openCheckpoint, readCheckpoint } = await import("@wuding/engine/proof");
  const note = new TextDecoder().decode(await shell.readFile(path));
  return pin === undefined
    ? readCheckpoint(note)
    : openCheckpoint(note, await policyIn(pin, shell));
};

const proofFromCasebook = async (
  older: Checkpoint,
  newer: Checkpoint,
  shell: Shell,
): Promise<readonly Uint8Array[]> => {
  const casebook = await shell.open({ forAudit: true });
  const { origin } = casebook.rules.opening;
  if (origin !== older.origin) {
    throw notProven(
      `检查点属于 ${older.origin}，办件库的标识是 ${origin}`,
      `the checkpoints are of ${older.origin}, the casebook is ${origin}`,
    );
  }
  return (await casebook.proving()).proveContinuation(older.size, newer.size);
};

const proofIn = async (path: string, shell: Shell): Promise<readonly Uint8Array[]> => {
  const { fromBase64 } = await import("@wuding/engine/proof");
  const text = new TextDecoder().decode(await shell.readFile(path));
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line, at) => {
      const hash = fromBase64(line);
      if (hash?.length === 32) return hash;
      const expected = { zh: "每行一个 base64 哈希", en: "a hash in base64 on each line" };
      throw invalidInput({ field: `${path}:${at + 1}`, kind: "malformed", expected });
    });
};
