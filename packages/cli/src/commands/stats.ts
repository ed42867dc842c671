/** @module stats — `stats`: what the casebook holds and how large it is, in figures. */
import type { Label } from "@wuding/engine";
import { caseEvents, isEngineError, logEvents, projectionFingerprint } from "@wuding/engine";
import type { CasebookStats } from "@wuding/store";
import type { Command } from "../command.ts";
import { facts, heading, paragraph } from "../print/page.ts";
import { tableLines } from "../print/table.ts";
import { listed, plural, withAside } from "../print/words.ts";
import { checkpointFolderOf, signingOptions } from "../proof/signing.ts";
import type { Language, Shell } from "../shell.ts";
import { jsonLine } from "../visible.ts";

const said = {
  file: { zh: "文件", en: "file" },
  format: { zh: "格式版本", en: "format" },
  size: { zh: "大小", en: "size" },
  pages: { zh: "页数", en: "pages" },
  wal: { zh: "预写日志（WAL）", en: "write-ahead log" },
  log: { zh: "记录", en: "log" },
  origin: { zh: "办件库标识", en: "origin" },
  events: { zh: "记录数", en: "events" },
  cases: { zh: "办件数", en: "cases" },
  commands: { zh: "命令数", en: "commands" },
  first: { zh: "首条记录时间", en: "first recorded" },
  last: { zh: "末条记录时间", en: "last recorded" },
  perEvent: { zh: "每条记录字节数", en: "bytes an event" },
  type: { zh: "记录类型", en: "type of event" },
  count: { zh: "条数", en: "events" },
  projections: { zh: "汇总数据", en: "projections" },
  version: { zh: "版本", en: "version" },
  upTo: { zh: "已汇总至", en: "as far as" },
  rows: { zh: "行数", en: "rows" },
  tallies: { zh: "计数器", en: "counters" },
  checkpoints: { zh: "检查点", en: "checkpoints" },
  inside: { zh: "库内", en: "inside" },
  outside: { zh: "库外目录", en: "outside" },
  none: { zh: "无", en: "none" },
  stale: {
    zh: "由其他版本的程序生成，下次打开时按记录重新生成",
    en: "made by another version of this program; made anew when it is next opened",
  },
  estimated: (sampled: number) => ({
    zh: `记录类型和字节数按等距抽取的 ${sampled} 条估算；--exact 逐条统计。`,
    en: `Types and bytes are estimated from ${sampled} events at equal distances; --exact counts them all.`,
  }),
} as const satisfies Record<string, Label | ((...given: never[]) => Label)>;

/** Types that are listed for people; JSON has them all. */
const typesMax = 10;

type Checkpoints = Readonly<{
  count: number;
  /** Events that the newest one covers; null where there is none, or it cannot be read. */
  newest: number | null;
  /** Events that were recorded since. */
  since: number | null;
  /** Names on the lines of the newest one besides the log's; nothing is verified here. */
  witnesses: readonly string[];
}>;

export const command: Command = {
  name: "stats",
  label: { zh: "办件库的规模与构成", en: "what the casebook holds, in figures" },
  positionals: [],
  options: [
    {
      name: "exact",
      label: {
        zh: "逐条统计，不抽样估算（记录很多时较慢）",
        en: "look at every event instead of a sample (slow where there are very many)",
      },
      typed: "flag",
      form: "",
    },
    ...signingOptions.filter(({ name }) => name === "checkpoints"),
  ],
  example: "wuding stats --json",
  run: async (typed, shell) => {
    const { casebookStats } = await import("@wuding/store");
    const isExact = typed.flags["exact"] === true;
    const stats = await casebookStats(shell.file, isExact ? { sampleMax: Infinity } : {});
    const { openCheckpointFolder } = await import("@wuding/store/proof");
    const folder = openCheckpointFolder(checkpointFolderOf(typed, shell));
    const outside = folder.read();
    const { events } = stats.log;
    const { count, newest } = stats.checkpoints;
    const checkpoints = {
      inside: await checkpointsOf(count, newest?.note, events),
      outside: await checkpointsOf(outside.length, outside.at(-1)?.note, events),
    };
    const isCurrent = stats.projections.version === projectionFingerprint;
    if (!shell.json) return print(stats, { checkpoints, isCurrent }, shell);
    const projections = { ...stats.projections, isCurrent, events: isCurrent ? events : null };
    const estimated = stats.log.sampled < events;
    shell.out(
      jsonLine({
        file: { name: shell.file, ...stats.file },
        log: { ...stats.log, estimated },
        projections,
        checkpoints,
      }),
    );
  },
};

const checkpointsOf = async (
  count: number,
  note: string | undefined,
  events: number,
): Promise<Checkpoints> => {
  const unknown = { count, newest: null, since: null, witnesses: [] };
  if (note === undefined) return unknown;
  const { readCheckpoint, readNote } = await import("@wuding/engine/proof");
  try {
    const { size, origin } = readCheckpoint(note);
    const names = readNote(note).signatures.map(({ name }) => name);
    const witnesses = [...new Set(names.filter((name) => name !== origin))];
    return { count, newest: size, since: events - size, witnesses };
  } catch (error) {
    // what is wrong with it is for audit verify to say
    if (!isEngineError(error, "UNPROVEN")) throw error;
    return unknown;
  }
};

const grouped = (value: number): string => Math.round(value).toLocaleString("en-US");

const bytesIn = (bytes: number, language: Language): string =>
  ({ zh: `${grouped(bytes)} 字节`, en: `${grouped(bytes)} bytes` })[language];

const print = (
  stats: CasebookStats,
  {
    checkpoints,
    isCurrent,
  }: Readonly<{
    checkpoints: Readonly<Record<"inside" | "outside", Checkpoints>>;
    isCurrent: boolean;
  }>,
  shell: Shell,
): void => {
  const { language } = shell;
  const { file, log, projections } = stats;
  const isEstimated = log.sampled < log.events;
  const about = isEstimated ? { zh: "约 ", en: "about " }[language] : "";
  const free = {
    zh: `每页 ${file.pageBytes} 字节，空闲 ${grouped(file.freePages)} 页`,
    en: `of ${file.pageBytes} bytes; ${grouped(file.freePages)} free`,
  }[language];
  const beside = {
    zh: `内容 ${grouped(log.bodyBytes)}，其余 ${grouped(log.otherBytes)}`,
    en: `${grouped(log.bodyBytes)} of content, ${grouped(log.otherBytes)} beyond it`,
  }[language];
  facts(
    [
      [said.file[language], shell.file],
      [said.format[language], String(file.format)],
      [said.size[language], bytesIn(file.bytes, language)],
      [said.pages[language], withAside(grouped(file.pages), free, language)],
      [said.wal[language], bytesIn(file.walBytes, language)],
    ],
    shell,
  );
  heading(said.log[language], shell);
  facts(
    [
      [said.origin[language], log.origin],
      [said.events[language], grouped(log.events)],
      [said.cases[language], grouped(log.cases)],
      [said.commands[language], grouped(log.commands)],
      [said.first[language], log.firstRecordedAt],
      [said.last[language], log.lastRecordedAt],
      [said.perEvent[language], log.events === 0 ? null : about + beside],
    ],
    shell,
  );
  shell.out("");
  const types = tableLines(
    log.types.slice(0, typesMax),
    [
      {
        heading: said.type[language],
        text: ({ type }) => withAside(labelOf(type)?.[language] ?? type, type, language),
      },
      {
        heading: said.count[language],
        text: ({ count }) => about + grouped(count),
        align: "right",
      },
    ],
    shell,
  );
  for (const line of types) shell.out(line);
  if (isEstimated) paragraph(said.estimated(log.sampled)[language], shell);
  heading(said.projections[language], shell);
  const counts = (of: CasebookStats["projections"]["rows"]): string =>
    listed(
      of.map(({ projection, count }) => `${projection} ${grouped(count)}`),
      language,
    );
  const upTo = {
    zh: `全部 ${grouped(log.events)} 条记录`,
    en: `all ${grouped(log.events)} events`,
  }[language];
  facts(
    [
      [said.version[language], projections.version],
      [said.upTo[language], isCurrent ? upTo : said.stale[language]],
      [said.rows[language], counts(projections.rows)],
      [said.tallies[language], counts(projections.tallies)],
    ],
    shell,
  );
  heading(said.checkpoints[language], shell);
  facts(
    (["inside", "outside"] as const).map(
      (place) => [said[place][language], checkpointsIn(checkpoints[place], language)] as const,
    ),
    shell,
  );
};

const labelOf = (type: string): Label | undefined =>
  Object.entries({ ...caseEvents, ...logEvents }).find(([name]) => name === type)?.[1];

const checkpointsIn = (
  { count, newest, since, witnesses }: Checkpoints,
  language: Language,
): string => {
  if (count === 0) return said.none[language];
  const total = { zh: `${count} 个`, en: String(count) }[language];
  if (newest === null || since === null) return total;
  const later = Math.max(0, since);
  const parts = [
    {
      zh: `最新的覆盖 ${grouped(newest)} 条，此后新增 ${grouped(later)} 条`,
      en: `the newest covers ${plural(newest, "event")}, ${grouped(later)} since`,
    }[language],
    ...(since < 0
      ? [
          {
            zh: `本库缺少其中 ${grouped(-since)} 条`,
            en: `of which this casebook lacks ${grouped(-since)}`,
          }[language],
        ]
      : []),
    ...(witnesses.length > 0
      ? [
          {
            zh: `副署：${listed(witnesses, language)}`,
            en: `cosigned by ${listed(witnesses, language)}`,
          }[language],
        ]
      : []),
  ];
  return withAside(total, parts.join({ zh: "；", en: "; " }[language]), language);
};
