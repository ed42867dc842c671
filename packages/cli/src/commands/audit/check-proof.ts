/** @module check-proof — `audit check-proof`: a case and its proof, verified without any casebook. */
import { dirname, join } from "node:path";
import type { Label } from "@wuding/engine";
import { openCaseBundle } from "@wuding/engine";
import { caseEvents } from "@wuding/engine";
import type { Command } from "../../command.ts";
import { facts, paragraph } from "../../print/page.ts";
import { pinOption, policyIn, witnessedBy } from "../../proof/pin.ts";
import { tableLines } from "../../print/table.ts";
import { jsonLine } from "../../visible.ts";

/** The files of a bundle. */
export const bundleFiles = { events: "case.jsonl", proof: "case.tlog-proof" } as const;

const said = {
  proven: {
    zh: "证明成立：以下各条记录、其先后次序以及首尾之间无缺漏，均由检查点证实。",
    en: "Proven: these events, in this order, with nothing missing between the first and the last.",
  },
  later: {
    zh: "检查点之后有无新的记录，不在证明之内。",
    en: "Whether more was recorded after the checkpoint it does not say.",
  },
  case: { zh: "件号", en: "case" },
  origin: { zh: "办件库标识", en: "origin" },
  size: { zh: "检查点", en: "checkpoint" },
  witness: { zh: "副署", en: "cosigned by" },
  position: { zh: "位置", en: "position" },
  type: { zh: "记录", en: "event" },
  on: { zh: "发生日期", en: "on" },
  recordedAt: { zh: "记录时间", en: "recorded" },
  actor: { zh: "记录人", en: "by" },
} as const satisfies Record<string, Label>;

export const command: Command = {
  name: "audit check-proof",
  label: { zh: "不用办件库核验一件的证明", en: "verify the proof of a case without any casebook" },
  positionals: ["DIR|FILE"],
  options: [{ ...pinOption, required: true }],
  example: "wuding audit check-proof proof-122 --pin pin.txt",
  run: async ({ positionals: [path = ""], values }, shell) => {
    const policy = await policyIn(values["pin"] ?? "", shell);
    const isFile = path.endsWith(".tlog-proof");
    const events = await shell.readFile(join(isFile ? dirname(path) : path, bundleFiles.events));
    const proof = await shell.readFile(isFile ? path : join(path, bundleFiles.proof));
    const proven = openCaseBundle(events, new TextDecoder().decode(proof), policy);
    const { origin, size, cosignatures } = proven.checkpoint;
    const { language } = shell;
    if (shell.json) {
      const told = proven.events.map(
        ({ globalPosition: position, streamVersion: version, type, on, recordedAt, hash }) => ({
          position,
          version,
          type,
          on,
          recordedAt,
          hash,
        }),
      );
      return shell.out(
        jsonLine({ proven: true, case: proven.case, origin, size, cosignatures, events: told }),
      );
    }
    facts(
      [
        [said.case[language], proven.case],
        [said.origin[language], origin],
        [said.size[language], String(size)],
        ...cosignatures.map((one) => [said.witness[language], witnessedBy(one)] as const),
      ],
      shell,
    );
    shell.out("");
    const lines = tableLines(
      proven.events,
      [
        {
          heading: said.position[language],
          text: ({ globalPosition }) => String(globalPosition),
          align: "right",
        },
        {
          heading: said.type[language],
          text: ({ type }) =>
            Object.hasOwn(caseEvents, type)
              ? caseEvents[type as keyof typeof caseEvents][language]
              : type,
        },
        { heading: said.on[language], text: ({ on }) => on },
        { heading: said.recordedAt[language], text: ({ recordedAt }) => recordedAt },
        { heading: said.actor[language], text: ({ actor }) => actor.id },
      ],
      shell,
    );
    for (const line of lines) shell.out(line);
    shell.out("");
    paragraph(said.proven[language], shell);
    paragraph(said.later[language], shell);
  },
};
