/**
 * @module witness — `audit witness`: the office asks a witness by file (`request`), the witness answers on
 * its own machine (`sign`), the office keeps the answer (`add`).
 */
import type { Label } from "@wuding/engine";
import { EngineError, invalidInput } from "@wuding/engine";
import type { VerifierKey } from "@wuding/engine/proof";
import type { Command, Typed } from "../../command.ts";
import { paragraph } from "../../print/page.ts";
import { pinOption, policyIn } from "../../proof/pin.ts";
import {
  assertPlaceFor,
  checkpointFolderOf,
  orElsewhere,
  checkpointNow,
  signingOptions,
} from "../../proof/signing.ts";
import type { Shell } from "../../shell.ts";
import { jsonLine } from "../../visible.ts";
import { unknownAction } from "../unknown-action.ts";

const said = {
  cosigned: {
    zh: (origin: string, older: number, size: number) =>
      `${origin}：已核对第 ${older} 条至第 ${size} 条前后衔接并副署。`,
    en: (origin: string, older: number, size: number) =>
      `${origin}: from ${older} to ${size} events it continues what was seen; cosigned.`,
  },
  kept: {
    zh: (size: number) => `已保存对 ${size} 条检查点的副署。`,
    en: (size: number) => `The cosignature of the checkpoint of ${size} events has been kept.`,
  },
} as const;

const noWitness: Label = {
  zh: "尚未确认见证方，请先执行 wuding audit keys --adopt 见证方公钥",
  en: "no witness has been adopted; run wuding audit keys --adopt KEY first",
};

export const command: Command = {
  name: "audit witness",
  label: {
    zh: "见证：request 请求、sign 见证方副署、add 保存副署",
    en: "the witness round: request, sign (by the witness), add",
  },
  positionals: ["request|sign|add", "[FILE]"],
  options: [
    ...signingOptions,
    pinOption,
    {
      name: "witness",
      label: {
        zh: "request：向哪个见证方请求，名称或者整把公钥（只有一个时可省略）",
        en: "request: which witness is asked, by its name or whole key (where there are several)",
      },
      typed: "value",
      form: "NAME",
    },
    {
      name: "old",
      label: {
        zh: "request：从第几条起，见证方答复遗失时照其所述填写",
        en: "request: the size to begin at, as the witness names it where its answer was lost",
      },
      typed: "value",
      form: "N",
    },
    {
      name: "state",
      label: {
        zh: "sign：见证方保存上次所见的目录",
        en: "sign: where the witness remembers what it has seen",
      },
      typed: "value",
      form: "DIR",
    },
    {
      name: "out",
      label: { zh: "写入文件", en: "write the result to a file" },
      typed: "value",
      form: "FILE",
    },
  ],
  example: "wuding audit witness request --out request.txt",
  run: async (typed, shell) => {
    const [action = "", file] = typed.positionals;
    if (action === "request") return request(typed, shell);
    if (action === "sign") return sign(required(file, "FILE"), typed, shell);
    if (action === "add") return add(required(file, "FILE"), typed, shell);
    throw unknownAction("audit witness", action, ["request", "sign", "add"]);
  },
};

const required = (given: string | undefined, field: string): string => {
  if (given === undefined) throw invalidInput({ field, kind: "missing" });
  return given;
};

const request = async (typed: Typed, shell: Shell): Promise<void> => {
  const casebook = await shell.open();
  const proving = await casebook.proving();
  const { witnesses } = await proving.keys();
  const witness = await chosen(witnesses, typed.values["witness"]);
  const older = readSize(typed.values["old"]);
  await assertPlaceFor([typed.values["out"]], casebook, typed, shell);
  await checkpointNow(casebook, typed, shell);
  await give(await proving.witnessRequest(witness, older), "request", typed, shell);
};

/** The witness of a name or key; of two keys with one name the newer one, which took the other's place. */
const chosen = async (
  witnesses: readonly VerifierKey[],
  wanted: string | undefined,
): Promise<VerifierKey> => {
  const { writeVerifierKey } = await import("@wuding/engine/proof");
  if (witnesses.length === 0) throw new EngineError("UNPROVEN", { what: noWitness });
  const names = [...new Set(witnesses.map(({ name }) => name))];
  const field = "--witness";
  if (wanted === undefined && names.length > 1) throw invalidInput({ field, kind: "missing" });
  const found = witnesses.findLast(
    (key) => wanted === undefined || key.name === wanted || writeVerifierKey(key) === wanted,
  );
  if (found !== undefined) return found;
  throw invalidInput({ field, kind: "notOneOf", value: wanted ?? "", allowed: names });
};

const readSize = (given: string | undefined): number | undefined => {
  if (given === undefined) return undefined;
  if (/^(?:0|[1-9]\d{0,14})$/.test(given)) return Number(given);
  const expected = { zh: "记录数，如 108", en: "a number of events, such as 108" };
  throw invalidInput({ field: "--old", kind: "malformed", expected });
};

/** To the file that was named, else to stdout as it is. */
const give = async (text: string, name: string, typed: Typed, shell: Shell): Promise<void> => {
  const { out } = typed.values;
  if (out !== undefined) await shell.writeFile(out, text);
  if (shell.json) return shell.out(jsonLine({ [name]: text, file: out ?? null }));
  if (out === undefined) for (const line of text.slice(0, -1).split("\n")) shell.out(line);
};

const sign = async (file: string, typed: Typed, shell: Shell): Promise<void> => {
  const { answerWitnessRequest, processSigner, readKeyFile } = await import("@wuding/store/proof");
  const { pin, state, key, signer: program } = typed.values;
  const missing = [
    ...(pin === undefined ? ["--pin"] : []),
    ...(state === undefined ? ["--state"] : []),
    ...(key === undefined && program === undefined ? ["--key"] : []),
  ];
  if (missing.length > 0) {
    throw invalidInput(...missing.map((field) => ({ field, kind: "missing" }) as const));
  }
  const signer =
    program === undefined
      ? readKeyFile(key ?? "")
      : await processSigner(program.split(/\s+/).filter(Boolean));
  if (signer?.key.type !== "witness") {
    const expected = {
      zh: "见证方的私钥文件（audit keys --witness 生成）",
      en: "a witness's private key (made by audit keys --witness)",
    };
    throw invalidInput({ field: "--key", kind: "malformed", expected });
  }
  const answer = await answerWitnessRequest(new TextDecoder().decode(await shell.readFile(file)), {
    folder: state ?? "",
    policy: await policyIn(pin ?? "", shell),
    signer,
    now: Math.floor(shell.now() / 1000),
  });
  await give(answer.line, "cosignature", typed, shell);
  shell.talk(said.cosigned[shell.language](answer.origin, answer.older, answer.size));
};

const add = async (file: string, typed: Typed, shell: Shell): Promise<void> => {
  const line = new TextDecoder().decode(await shell.readFile(file));
  const casebook = await shell.open();
  const proving = await casebook.proving();
  const size = await proving.keepCosignature(line);
  const { openCheckpointFolder } = await import("@wuding/store/proof");
  const folder = openCheckpointFolder(checkpointFolderOf(typed, shell));
  orElsewhere("--checkpoints", () => folder.addLine(size, line));
  if (shell.json) return shell.out(jsonLine({ size }));
  paragraph(said.kept[shell.language](size), shell);
};
