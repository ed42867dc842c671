/**
 * @module doctor — the file against SQLite's own checks, the projections against a fresh rebuild.
 *
 * With `--repair` the projections are made anew where they differ: they follow from the log. Nothing else is
 * repaired, and they are not either where the log, the tables or the file are not what they should be.
 */
import type { Label, ProjectionCheck } from "@wuding/engine";
import { EngineError } from "@wuding/engine";
import type { FileInspection } from "@wuding/store";
import type { Command } from "../command.ts";
import { inLanguage } from "../print/in-language.ts";
import { facts, paragraph } from "../print/page.ts";
import { progressOn } from "../print/progress.ts";
import { tableLines } from "../print/table.ts";
import { listed, orDash, plural, withAside, words } from "../print/words.ts";
import type { Language, Shell } from "../shell.ts";
import { jsonLine } from "../visible.ts";
import { refusalOf } from "./audit/verify.ts";

const said = {
  file: { zh: "文件", en: "file" },
  format: { zh: "格式版本", en: "format" },
  size: { zh: "大小", en: "size" },
  log: { zh: "预写日志（WAL）", en: "write-ahead log" },
  settings: { zh: "连接设置", en: "settings" },
  step: { zh: "检查项目", en: "check" },
  found: { zh: "结果", en: "result" },
  fine: { zh: "正常", en: "fine" },
  integrity: { zh: "SQLite 完整性", en: "SQLite integrity_check" },
  foreignKeys: { zh: "SQLite 外键", en: "SQLite foreign_key_check" },
  schema: { zh: "数据表与防改触发器", en: "tables and triggers" },
  projections: { zh: "汇总数据与重新计算结果", en: "projections against a fresh rebuild" },
  projection: { zh: "汇总数据", en: "projection" },
  key: { zh: "键", en: "key" },
  kind: { zh: "差异", en: "difference" },
  otherVersion: { zh: "其他版本生成，未使用", en: "another version's, not read" },
  sound: { zh: "未发现问题。", en: "Nothing wrong was found." },
  needless: {
    zh: "汇总数据与记录相符，无须修复。",
    en: "The projections are what the log says: there was nothing to repair.",
  },
  verifying: { zh: "核验记录", en: "verifying the log" },
  rebuilding: { zh: "重新生成汇总数据", en: "rebuilding the projections" },
  repaired: (count: number) => ({
    zh: `已按记录重新生成汇总数据，修复 ${count} 处；复查无误。`,
    en: `The projections were made anew from the log and checked again: ${plural(count, "difference")} ${count === 1 ? "is" : "are"} repaired.`,
  }),
} as const satisfies Record<string, Label | ((...given: never[]) => Label)>;

const kinds = {
  missing: { zh: "缺少", en: "missing" },
  surplus: { zh: "多余", en: "surplus" },
  changed: { zh: "被改动", en: "changed" },
} as const satisfies Record<string, Label>;

export const command: Command = {
  name: "doctor",
  label: { zh: "检查文件和汇总数据", en: "check the file and the projections" },
  positionals: [],
  options: [
    {
      name: "repair",
      label: {
        zh: "汇总数据与记录不符时，按记录重新生成",
        en: "make the projections anew from the log where they differ from it",
      },
      typed: "flag",
      form: "",
    },
  ],
  example: "wuding doctor --repair",
  run: async ({ flags }, shell) => {
    const { inspectFile } = await import("@wuding/store");
    const inspection = await inspectFile(shell.file);
    const casebook = await shell.open({ forAudit: true });
    const projections = await casebook.checkProjections();
    await casebook.close();
    const fault = faultOf(inspection, projections);
    const differs = fault?.data.fault === "PROJECTION" || (fault === null && !projections.areRead);
    const left = differs && flags["repair"] === true ? await repaired(shell) : null;
    if (shell.json) {
      const { file } = shell;
      const found = inLanguage(inspection, shell.language);
      const sound = left === null ? fault === null : left.count === 0;
      const repairs = flags["repair"] === true && {
        repaired: left === null ? 0 : projections.count - left.count,
      };
      shell.out(jsonLine({ file, sound, ...found, projections, ...repairs }));
    } else {
      print(inspection, projections, shell);
      if (left?.count === 0) paragraph(said.repaired(projections.count)[shell.language], shell);
      if (!differs && fault === null && flags["repair"] === true)
        paragraph(said.needless[shell.language], shell);
    }
    const remaining = left === null ? fault : faultOf(inspection, left);
    if (remaining !== null) throw remaining;
  },
};

/**
 * Makes the projections anew, once the log is known to be whole.
 * @returns what a check says of them afterwards
 * @throws EngineError `INTEGRITY` for a log from which nothing may follow
 */
const repaired = async (shell: Shell): Promise<ProjectionCheck> => {
  const { language } = shell;
  await withProgress(said.verifying[language], shell, async (at) => {
    const casebook = await shell.open({ forAudit: true });
    const { faults } = await casebook.audit({ onProgress: at });
    await casebook.close();
    // faults of the log come before those of the projections
    if (faults.first !== null && faults.first.kind !== "PROJECTION") throw refusalOf(faults.first);
  });
  const casebook = await shell.open();
  await withProgress(said.rebuilding[language], shell, (at) =>
    casebook.rebuildProjections({ onProgress: at }),
  );
  return casebook.checkProjections();
};

const withProgress = async (
  label: string,
  shell: Shell,
  work: (at: (done: number, of: number) => void) => Promise<void>,
): Promise<void> => {
  const progress = progressOn(shell, label);
  try {
    await work(progress.at);
  } finally {
    progress.end();
  }
};

const faultOf = (
  { faults }: FileInspection,
  { count, differences }: ProjectionCheck,
): EngineError<"INTEGRITY"> | null => {
  const [what] = faults;
  if (what !== undefined) {
    return new EngineError("INTEGRITY", { fault: "ALTERED", position: null, case: null, what });
  }
  if (count === 0) return null;
  const [first] = differences;
  return new EngineError("INTEGRITY", {
    fault: "PROJECTION",
    position: null,
    case: first?.case ?? null,
    what: {
      zh: `汇总数据有 ${count} 处与记录不符，首处在 ${first?.projection}${first?.case ? ` ${first.case}` : ""}`,
      en: `${plural(count, "difference")} between the projections and the log, the first in ${first?.projection}${first?.case ? ` ${first.case}` : ""}`,
    },
  });
};

const bytesIn = (bytes: number, language: Language): string =>
  ({ zh: `${bytes} 字节`, en: plural(bytes, "byte") })[language];

const print = (inspection: FileInspection, projections: ProjectionCheck, shell: Shell): void => {
  const { language } = shell;
  const { pages, pageBytes, settings } = inspection;
  facts(
    [
      [said.file[language], shell.file],
      ["SQLite", inspection.sqliteVersion],
      [said.format[language], String(inspection.userVersion)],
      [said.size[language], bytesIn(pages * pageBytes, language)],
      [said.log[language], bytesIn(inspection.walBytes, language)],
      [
        said.settings[language],
        Object.entries(settings)
          .map(([name, value]) => `${name}=${value}`)
          .join(" "),
      ],
    ],
    shell,
  );
  shell.out("");
  const verdict = (problems: number): string =>
    problems === 0
      ? said.fine[language]
      : { zh: `${problems} 处不符`, en: plural(problems, "difference") }[language];
  const { areRead, rows, tallies, count, differences } = projections;
  const compared = {
    zh: [`${rows} 行`, `${tallies} 个计数`],
    en: [plural(rows, "row"), plural(tallies, "counter")],
  }[language];
  const checks = [
    { name: said.schema[language], found: verdict(inspection.schema.length) },
    { name: said.integrity[language], found: verdict(inspection.integrity.length) },
    { name: said.foreignKeys[language], found: verdict(inspection.foreignKeys) },
    {
      name: said.projections[language],
      found: areRead
        ? withAside(verdict(count), listed(compared, language), language)
        : said.otherVersion[language],
    },
  ];
  const lines = tableLines(
    checks,
    [
      { heading: said.step[language], text: (row) => row.name },
      { heading: said.found[language], text: (row) => row.found },
    ],
    shell,
  );
  for (const line of lines) shell.out(line);
  for (const line of inspection.schema) paragraph(line, shell, 2);
  for (const line of inspection.integrity) paragraph(line, shell, 2);
  shell.out("");
  if (count === 0) {
    if (inspection.faults.length === 0) paragraph(said.sound[language], shell);
    return;
  }
  const found = tableLines(
    differences,
    [
      { heading: said.projection[language], text: (row) => row.projection },
      { heading: words.case[language], text: (row) => orDash(row.case) },
      { heading: said.key[language], text: (row) => orDash(row.key), narrow: "cut" },
      { heading: said.kind[language], text: (row) => kinds[row.kind][language] },
    ],
    shell,
  );
  for (const line of found) shell.out(line);
};
