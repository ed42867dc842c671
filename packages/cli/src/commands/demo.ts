/**
 * @module demo — a year of an office's work, recorded and looked at: the first thing that a newcomer sees.
 *
 * The year is the one of `examples/linyi-2021`. Each section stands under the command that prints it, so
 * that it can be repeated on the casebook that is left behind.
 */
import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Casebook, Label, RateReport } from "@wuding/engine";
import { annualText, EngineError } from "@wuding/engine";
import type { Command } from "../command.ts";
import { readLines } from "../lines.ts";
import { painterOf } from "../print/colour.ts";
import { inLanguage } from "../print/in-language.ts";
import { paragraph } from "../print/page.ts";
import { plural } from "../print/words.ts";
import type { Language, Shell } from "../shell.ts";
import { jsonLine, visible } from "../visible.ts";
import { makeFolder } from "../write-file.ts";
import { printAudit } from "./audit/verify.ts";
import { dueLines } from "./due.ts";
import { historyLines } from "./history.ts";
import { ledgerLines } from "./list.ts";
import { printDefinitions, printRates } from "./rates.ts";

const office = "临沂市大数据局";
const year = 2021;
/** A Monday with the terms running out: some cases are answered, most are not. */
const midYear = "2021-06-21";
const withinDays = 10;
const yearEnd = "2021-12-31";
const shownCase = "cppcc/15-5/122";
const threeRates = ["meeting", "completion", "satisfaction"];

const said = {
  intro: {
    zh: "演示一个单位办理政协提案的一年：共11件，取材于公开的年度总结；总结未载明的日期、人员等为示意，逐条注明。",
    en: "A year of CPPCC proposals at an office: 11 cases from a published summary. Dates and people that it does not give are made up, and each says so.",
  },
  repeat: {
    zh: "以下每节标题后是得出该节内容的命令。如需自行操作，请先执行：",
    en: "Each heading below is the command that prints its section. To try them yourself, first run:",
  },
  history: { zh: "一件提案的经过", en: "The story of one case" },
  ledger: { zh: "6月21日的台账", en: "The ledger on 21 June" },
  due: { zh: "6月21日起十天内到期的时限", en: "What falls due within ten days of 21 June" },
  late: { zh: "年底尚未了结的时限", en: "What is still due at the year's end" },
  rates: { zh: "见面率、办结率、满意率", en: "The three rates" },
  annual: { zh: "年度办理工作总结", en: "The annual summary" },
  audit: { zh: "核验全部记录", en: "The whole log verified" },
  try: { zh: "接下来可以", en: "Try next" },
  anyCase: { zh: "查看下一步可以记录什么", en: "what may be recorded next" },
  machine: { zh: "查看办理流程图", en: "the lifecycle as a diagram" },
  asOf: { zh: "查看任意一天的情况", en: "any day, as it was" },
  npx: {
    zh: "在源码目录中，请用 npx wuding 代替 wuding。",
    en: "In the source folder, type npx wuding instead of wuding.",
  },
  others: { zh: "其余指标见 wuding rates。", en: "For the other rates: wuding rates." },
} as const satisfies Record<string, Label>;

export const command: Command = {
  name: "demo",
  label: { zh: "演示：一年的办理工作", en: "a year of work, as a demonstration" },
  positionals: ["[DIR]"],
  options: [],
  example: "wuding demo",
  run: async ({ positionals: [folder] }, shell) => {
    const commandFile = findCommands();
    const file = newFileIn(folder);
    const casebook = await shell.open({ create: true, office, file, rulebook: "linyi" });
    const recorded = await recordYear(commandFile, casebook, shell);
    if (shell.json) return shell.out(jsonLine(await figures(file, recorded, casebook, shell)));
    introduce(file, recorded, shell);
    await tell(casebook, shell);
    farewell(shell);
  },
};

/** The commands of the year: beside the bundle, or in the examples of a source checkout. */
const findCommands = (): string => {
  const name = "examples/linyi-2021/commands.jsonl";
  const places = [`./${name}`, `../${name}`, `../../../../${name}`];
  const found = places
    .map((place) => fileURLToPath(new URL(place, import.meta.url)))
    .find((path) => existsSync(path));
  if (found === undefined) throw new EngineError("NOT_FOUND", { what: "file", name });
  return found;
};

/** The name of a casebook that is not there yet. @throws EngineError `CASEBOOK_EXISTS`, `STORE_UNAVAILABLE` */
const newFileIn = (folder: string | undefined): string => {
  const home = folder ?? mkdtempSync(join(tmpdir(), "wuding-demo-"));
  const file = join(home, "wuding.db");
  if (existsSync(file)) throw new EngineError("CASEBOOK_EXISTS", { file });
  makeFolder(home);
  return file;
};

/** Records the year. A line that somebody has changed may be refused; the others still go in. */
const recordYear = async (
  commandFile: string,
  casebook: Casebook,
  shell: Shell,
): Promise<number> => {
  const { language } = shell;
  const bytes = await shell.readFile(commandFile);
  let recorded = 0;
  for await (const lines of readLines(chunksOf(bytes))) {
    for await (const answer of casebook.apply(lines, { today: yearEnd, actor: shell.actor })) {
      if (answer.ok) recorded += 1;
      else shell.talk(visible(refusedLine(answer.line, answer.refusal.sentence, language)));
    }
  }
  return recorded;
};

const refusedLine = (line: number, { zh, en }: Label, language: Language): string =>
  language === "zh" ? `第 ${line} 行：${zh}` : `line ${line}: ${en}`;

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const askedOf = async (casebook: Casebook) => {
  const scope = { year };
  const today = yearEnd;
  return {
    history: await casebook.history(shownCase),
    ledger: await casebook.list({ scope, asOf: midYear }),
    due: await casebook.due({ scope, asOf: midYear, withinDays }),
    late: await casebook.due({ scope, asOf: yearEnd }),
    rates: await casebook.rates({ scope, today, asOf: yearEnd }),
    annual: await casebook.annual(year, { today }),
    audit: await casebook.audit(),
  };
};

const figures = async (file: string, recorded: number, casebook: Casebook, shell: Shell) => {
  const { ledger, due, late, rates, annual, audit } = await askedOf(casebook);
  return {
    file,
    recorded,
    cases: ledger,
    due,
    late,
    rates: inLanguage(rates, shell.language),
    annual: {
      ...inLanguage(annual, shell.reportLanguage),
      text: annualText(annual, shell.reportLanguage),
    },
    audit: inLanguage(audit, shell.language),
  };
};

const introduce = (file: string, recorded: number, shell: Shell): void => {
  const { language } = shell;
  paragraph(said.intro[language], shell);
  const done = {
    zh: `已将 ${recorded} 条命令记录到 ${file}`,
    en: `${plural(recorded, "command")} recorded in ${file}`,
  };
  paragraph(done[language], shell);
  shell.out("");
  paragraph(said.repeat[language], shell);
  shell.out(`  export WUDING_DB=${quoted(visible(file))}`);
};

const quoted = (path: string): string =>
  /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;

const tell = async (casebook: Casebook, shell: Shell): Promise<void> => {
  const { language, reportLanguage } = shell;
  const paint = painterOf(shell);
  const section = (label: Label, typed: string): void => {
    shell.out("");
    shell.out(paint(`${label[language]}  $ wuding ${typed}`, "bold"));
    shell.out("");
  };
  const print = (lines: readonly string[]): void => {
    for (const line of lines) shell.out(line);
  };
  const { history, ledger, due, late, rates, annual, audit } = await askedOf(casebook);

  section(said.history, "history 122");
  print(historyLines(history, shell));
  section(said.ledger, `list --as-of ${midYear}`);
  print(ledgerLines(ledger, shell));
  section(said.due, `due --within ${withinDays}d --as-of ${midYear}`);
  print(dueLines(due.due, shell));
  section(said.late, `due --as-of ${yearEnd}`);
  print(dueLines(late.due, shell));
  section(said.rates, `rates --year ${year} --as-of ${yearEnd}`);
  printRates(onlyThree(rates), shell);
  printDefinitions(onlyThree(rates), shell);
  shell.out("");
  shell.out(paint(said.others[language], "dim"));
  const inEnglish = reportLanguage === "en" ? " --lang en" : "";
  section(said.annual, `report annual --year ${year} --today ${yearEnd}${inEnglish}`);
  paragraph(annualText(annual, reportLanguage), shell);
  section(said.audit, "audit verify");
  printAudit(audit, shell);
};

const onlyThree = (report: RateReport): RateReport => ({
  ...report,
  rates: report.rates.filter(({ id }) => threeRates.includes(id)),
});

const farewell = (shell: Shell): void => {
  const { language } = shell;
  shell.out("");
  shell.out(painterOf(shell)(said.try[language], "bold"));
  const suggestions = [
    { typed: "wuding next 910", label: said.anyCase },
    { typed: "wuding replay 122 --as-of 2021-05-21", label: said.asOf },
    { typed: "wuding machine", label: said.machine },
  ];
  const longest = Math.max(...suggestions.map(({ typed }) => typed.length));
  for (const { typed, label } of suggestions) {
    shell.out(`  ${typed.padEnd(longest)}  ${label[language]}`);
  }
  shell.out("");
  paragraph(said.npx[language], shell);
};
