/** @module doctor — the file against SQLite's own checks, the projections against a fresh rebuild. */
import type { Label, ProjectionCheck } from "@wuding/engine";
import { EngineError } from "@wuding/engine";
import type { FileInspection } from "@wuding/store";
import type { Command } from "../command.ts";
import { inLanguage } from "../print/in-language.ts";
import { facts, paragraph } from "../print/page.ts";
import { tableLines } from "../print/table.ts";
import { listed, orDash, plural, withAside, words } from "../print/words.ts";
import type { Language, Shell } from "../shell.ts";
import { jsonLine } from "../visible.ts";

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
} as const satisfies Record<string, Label>;

const kinds = {
  missing: { zh: "缺少", en: "missing" },
  surplus: { zh: "多余", en: "surplus" },
  changed: { zh: "被改动", en: "changed" },
} as const satisfies Record<string, Label>;

export const command: Command = {
  name: "doctor",
  label: { zh: "检查文件和汇总数据", en: "check the file and the projections" },
  positionals: [],
  options: [],
  example: "wuding doctor",
  run: async (_typed, shell) => {
    const { inspectFile } = await import("@wuding/store");
    const inspection = await inspectFile(shell.file);
    const casebook = await shell.open({ forAudit: true });
    const projections = await casebook.checkProjections();
    const fault = faultOf(inspection, projections);
    if (shell.json) {
      const { file } = shell;
      const found = inLanguage(inspection, shell.language);
      shell.out(jsonLine({ file, sound: fault === null, ...found, projections }));
    } else {
      print(inspection, projections, shell);
    }
    if (fault !== null) throw fault;
  },
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
    if (inspection.faults.length === 0) shell.out(said.sound[language]);
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
