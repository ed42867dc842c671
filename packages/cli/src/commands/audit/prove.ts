/** @module prove — `audit prove`: one case with its proof, as two files that verify anywhere. */
import { join } from "node:path";
import type { Label } from "@wuding/engine";
import type { Command } from "../../command.ts";
import { facts } from "../../print/page.ts";
import { assertPlaceFor, checkpointNow, signingOptions } from "../../proof/signing.ts";
import { jsonLine } from "../../visible.ts";
import { makeFolder } from "../../write-file.ts";
import { bundleFiles } from "./check-proof.ts";

const said = {
  case: { zh: "件号", en: "case" },
  events: { zh: "记录数", en: "events" },
  size: { zh: "检查点", en: "checkpoint" },
  folder: { zh: "目录", en: "folder" },
} as const satisfies Record<string, Label>;

export const command: Command = {
  name: "audit prove",
  label: {
    zh: "导出一件的全部记录及其存证证明",
    en: "everything that was recorded of a case, with its proof",
  },
  positionals: ["CASE"],
  options: [
    ...signingOptions,
    {
      name: "out",
      label: { zh: "写入的目录（默认以件号命名）", en: "the folder (default: named by the case)" },
      typed: "value",
      form: "DIR",
    },
  ],
  example: "wuding audit prove cppcc/15-5/122 --out proof-122",
  run: async (typed, shell) => {
    const { positionals, values } = typed;
    const casebook = await shell.open();
    const proving = await casebook.proving();
    // nothing is signed for a case that is not there
    const view = await casebook.show(positionals[0] ?? "", { today: shell.today });
    const folder = values["out"] ?? `proof-${view.case.replaceAll("/", "-")}`;
    makeFolder(folder);
    const events = join(folder, bundleFiles.events);
    const proof = join(folder, bundleFiles.proof);
    await assertPlaceFor([events, proof], casebook, typed, shell);
    const { note, size } = await checkpointNow(casebook, typed, shell);
    const bundle = await proving.proveCase(view.case, note);
    await shell.writeFile(events, bundle.events);
    await shell.writeFile(proof, bundle.proof);
    const count = bundle.events.split("\n").length - 1;
    if (shell.json) {
      return shell.out(jsonLine({ case: bundle.case, events: count, size, folder }));
    }
    const { language } = shell;
    facts(
      [
        [said.case[language], bundle.case],
        [said.events[language], String(count)],
        [said.size[language], String(size)],
        [said.folder[language], folder],
      ],
      shell,
    );
  },
};
