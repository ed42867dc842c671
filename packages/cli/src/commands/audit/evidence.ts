/** @module evidence — `audit evidence`: a case and its proof in one page that opens offline and checks itself. */
import type { Label } from "@wuding/engine";
import type { Command } from "../../command.ts";
import { facts } from "../../print/page.ts";
import { assertPlaceFor, checkpointNow, signingOptions } from "../../proof/signing.ts";
import { jsonLine } from "../../visible.ts";

const said = {
  case: { zh: "件号", en: "case" },
  events: { zh: "记录数", en: "events" },
  size: { zh: "检查点", en: "checkpoint" },
  file: { zh: "文件", en: "file" },
} as const satisfies Record<string, Label>;

export const command: Command = {
  name: "audit evidence",
  label: {
    zh: "一件的记录与证明，合为一页可自检的网页；载有答复和记录全文，包括个人信息",
    en: "a case and its proof in one page that checks itself; it carries the reply and the history in full, personal data too",
  },
  positionals: ["CASE", "FILE"],
  options: [...signingOptions],
  example: "wuding audit evidence cppcc/15-5/122 evidence-122.html",
  run: async (typed, shell) => {
    const [name = "", file = ""] = typed.positionals;
    const { today, language } = shell;
    const casebook = await shell.open();
    const proving = await casebook.proving();
    // nothing is signed for a case that is not there
    const view = await casebook.show(name, { today });
    await assertPlaceFor([file], casebook, typed, shell);
    const { note, size } = await checkpointNow(casebook, typed, shell);
    const [bundle, history, certificates, keys] = await Promise.all([
      proving.proveCase(view.case, note),
      casebook.history(view.case),
      casebook.explain(view.case, undefined, { today }),
      proving.keys(),
    ]);
    const { writePolicy } = await import("@wuding/engine/proof");
    const { evidencePage } = await import("@wuding/documents");
    // no witness is demanded: the reader's own pin file does that
    const pin = writePolicy(keys.log, keys.witnesses, 0);
    const page = evidencePage({ language, case: view, history, certificates, bundle, pin });
    await shell.writeFile(file, page);
    const events = bundle.events.split("\n").length - 1;
    if (shell.json) return shell.out(jsonLine({ case: bundle.case, events, size, file }));
    facts(
      [
        [said.case[language], bundle.case],
        [said.events[language], String(events)],
        [said.size[language], String(size)],
        [said.file[language], file],
      ],
      shell,
    );
  },
};
