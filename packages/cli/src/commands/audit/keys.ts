/**
 * @module keys — `audit keys`: the keys of the log and of its witnesses, and the pin file that a verifier
 * keeps for himself. On a witness's own machine it makes the witness's key.
 */
import type { Label } from "@wuding/engine";
import { EngineError, invalidInput } from "@wuding/engine";
import type { Command, Typed } from "../../command.ts";
import { facts } from "../../print/page.ts";
import { assertPlaceFor, keyFileOf, signerFor, signingOptions } from "../../proof/signing.ts";
import type { Shell } from "../../shell.ts";
import { jsonLine } from "../../visible.ts";

const said = {
  origin: { zh: "办件库标识", en: "origin" },
  key: { zh: "签名公钥", en: "log key" },
  witness: { zh: "见证方公钥", en: "witness" },
  file: { zh: "私钥文件", en: "private key" },
  pin: { zh: "公钥文件", en: "pin file" },
  pinHint: {
    zh: "请核验方当面或者经其他渠道核对后自行保存公钥文件，不要在核验时向本单位索取。",
    en: "The verifier keeps the pin file himself, compared in person or by another way, and never asks the office for it at the time of verification.",
  },
} as const satisfies Record<string, Label>;

export const command: Command = {
  name: "audit keys",
  label: {
    zh: "签名公钥与见证方；导出核验方的公钥文件",
    en: "the log's keys and witnesses; the verifier's pin file",
  },
  positionals: [],
  options: [
    ...signingOptions.filter(({ name }) => name !== "checkpoints"),
    {
      name: "out",
      label: { zh: "写入公钥文件", en: "write the pin file" },
      typed: "value",
      form: "FILE",
    },
    {
      name: "adopt",
      label: {
        zh: "启用另一把公钥：本库更换签名密钥，或者确认见证方",
        en: "adopt a key: a new one of the log, or a witness's",
      },
      typed: "value",
      form: "KEY",
    },
    {
      name: "quorum",
      label: {
        zh: "公钥文件要求的见证方数目（默认过半数）",
        en: "how many witnesses the pin file demands (default: more than half)",
      },
      typed: "value",
      form: "N",
    },
    {
      name: "witness",
      label: {
        zh: "见证方在自己的机器上生成密钥时的名称，如 audit.example/w1",
        en: "makes a witness's own key of this name, such as audit.example/w1",
      },
      typed: "value",
      form: "NAME",
    },
  ],
  example: "wuding audit keys --out pin.txt",
  run: async (typed, shell) => {
    const { witness } = typed.values;
    if (witness !== undefined) return makeWitnessKey(witness, typed, shell);
    return showKeys(typed, shell);
  },
};

/** A key that shows who a witness is; no casebook is touched. */
const makeWitnessKey = async (name: string, typed: Typed, shell: Shell): Promise<void> => {
  const { isKeyName, writeVerifierKey } = await import("@wuding/engine/proof");
  const { makeKeyFile } = await import("@wuding/store/proof");
  if (!isKeyName(name)) {
    const expected = {
      zh: "不含空格和加号的名称，如 audit.example/w1",
      en: "a name without spaces and plus signs, such as audit.example/w1",
    };
    throw invalidInput({ field: "--witness", kind: "malformed", expected });
  }
  const file = typed.values["key"];
  if (file === undefined) throw invalidInput({ field: "--key", kind: "missing" });
  const made = makeKeyFile(file, name, "witness");
  if (made === undefined) throw new EngineError("FILE_EXISTS", { file });
  const key = writeVerifierKey(made.key);
  if (shell.json) return shell.out(jsonLine({ witness: key, file }));
  const { language } = shell;
  facts(
    [
      [said.witness[language], key],
      [said.file[language], file],
    ],
    shell,
  );
};

const showKeys = async (typed: Typed, shell: Shell): Promise<void> => {
  const { readPolicy, writePolicy, writeVerifierKey } = await import("@wuding/engine/proof");
  const { adopt, out } = typed.values;
  const casebook = await shell.open();
  const proving = await casebook.proving();
  const adopting = adopt === undefined ? undefined : await readKey(adopt);
  const joins = adopting?.type === "witness" ? [writeVerifierKey(adopting)] : [];
  const known = await proving.keys();
  const before = known.witnesses.map(writeVerifierKey);
  const quorum = readQuorum(typed.values["quorum"], new Set([...before, ...joins]).size);
  await assertPlaceFor([out], casebook, typed, shell);
  // another key changes what is written, so a file that is there cannot say the same
  const adopted = [...known.log, ...known.witnesses].map(writeVerifierKey);
  if (out !== undefined && adopt !== undefined && !adopted.includes(adopt)) {
    const { assertFree } = await import("@wuding/store");
    assertFree(out);
  }
  await signerFor(casebook, proving, typed, shell);
  if (adopting !== undefined) await proving.adoptKey(adopting);
  const { log, witnesses } = await proving.keys();
  const pin = writePolicy(log, witnesses, quorum);
  // whoever reads it must be able to
  readPolicy(pin, "--out");
  if (out !== undefined) await shell.writeFile(out, pin);
  const { origin } = casebook.rules.opening;
  const written = { log: log.map(writeVerifierKey), witnesses: witnesses.map(writeVerifierKey) };
  if (shell.json) return shell.out(jsonLine({ origin, ...written, pin, file: out ?? null }));
  const { language } = shell;
  facts(
    [
      [said.origin[language], origin],
      ...written.log.map((key) => [said.key[language], key] as const),
      ...written.witnesses.map((key) => [said.witness[language], key] as const),
      [said.file[language], keyFileOf(typed, shell)],
      [said.pin[language], out],
    ],
    shell,
  );
  if (out === undefined) {
    shell.out("");
    for (const line of pin.trimEnd().split("\n")) shell.out(line);
  }
  shell.talk(said.pinHint[language]);
};

const readKey = async (text: string) => {
  const { readVerifierKey } = await import("@wuding/engine/proof");
  const key = readVerifierKey(text);
  if (key !== undefined) return key;
  const expected = {
    zh: "“名称+编号+公钥”形式的公钥，请完整复制",
    en: "a key in the form name+id+key, copied whole",
  };
  throw invalidInput({ field: "--adopt", kind: "malformed", expected });
};

const readQuorum = (given: string | undefined, witnesses: number): number => {
  if (given === undefined) return witnesses === 0 ? 0 : Math.floor(witnesses / 2) + 1;
  const quorum = /^\d+$/.test(given) ? Number(given) : Number.NaN;
  if (quorum <= witnesses) return quorum;
  const expected = {
    zh: `0 至 ${witnesses} 之间的数目（已确认的见证方）`,
    en: `a number from 0 to ${witnesses}, the adopted witnesses`,
  };
  throw invalidInput({ field: "--quorum", kind: "malformed", expected });
};
