/** @module late — `audit late`: 补录登记, what was recorded on a later day than it was true. */
import type { ClockAdjustment, Label, LateEntry } from "@wuding/engine";
import { caseEvents, invalidInput, logEvents } from "@wuding/engine";
import type { Command } from "../../command.ts";
import { tableLines } from "../../print/table.ts";
import { orDash, plural, words } from "../../print/words.ts";
import { readMoment, readScope, scopeOptions } from "../../scope.ts";
import type { Language, Shell } from "../../shell.ts";
import { jsonLine } from "../../visible.ts";

const said = {
  none: { zh: "没有补录。", en: "Nothing was recorded late." },
  position: { zh: "位置", en: "position" },
  event: { zh: "记录", en: "event" },
  on: { zh: "发生日期", en: "on" },
  recorded: { zh: "记录时间", en: "recorded" },
  days: { zh: "天", en: "days" },
  workingDays: { zh: "工作日", en: "working days" },
  actor: { zh: "记录人", en: "actor" },
  reason: { zh: "补录理由", en: "why late" },
  approvedBy: { zh: "批准人", en: "approved by" },
  office: { zh: "（单位）", en: "(office)" },
  adjusted: {
    zh: "记录时间后注 #位置 的，据该处“校正时钟”所述系时钟超前期间所记，实际记录时间可能更早。",
    en: "Where a time is followed by #POSITION, the clock is said there to have run ahead; the entry may have been recorded earlier.",
  },
  takenBack: ({ position, from, recordedAt }: ClockAdjustment) => ({
    zh: `第 ${position} 条记录由两人将记录时间由 ${from} 退回 ${recordedAt}：时钟如未曾超前，此后的记录实际更晚，本登记无从得知；应与外部检查点的见证时间核对。`,
    en: `At position ${position} two persons took the recording time back, from ${from} to ${recordedAt}: if the clock had not run ahead, what follows was recorded later than it says, and this register cannot know; compare the times of witnesses outside.`,
  }),
} as const satisfies Record<string, Label | ((adjustment: ClockAdjustment) => Label)>;

export const command: Command = {
  name: "audit late",
  label: {
    zh: "补录登记：晚于发生之日记录的全部事项",
    en: "the register of late entries: what was recorded after the day it was true",
  },
  positionals: [],
  options: [
    {
      name: "over",
      label: { zh: "只看超过几个工作日的", en: "only those late by more than N working days" },
      typed: "value",
      form: "N",
    },
    ...scopeOptions,
  ],
  example: "wuding audit late --over 5",
  run: async (typed, shell) => {
    const over = readOver(typed.values["over"]);
    const casebook = await shell.open({ forAudit: true });
    const scope = readScope(typed, casebook);
    const late = await casebook.lateEntries({
      scope,
      ...readMoment(typed, shell),
      ...(over !== undefined && { over }),
    });
    const { clockAdjustments } = casebook.rules;
    if (shell.json) return shell.out(jsonLine({ late, total: late.length, clockAdjustments }));
    for (const one of clockAdjustments) shell.talk(said.takenBack(one)[shell.language]);
    if (late.length === 0) return shell.talk(said.none[shell.language]);
    for (const line of lateLines(late, shell)) shell.out(line);
    if (late.some((row) => row.clockAdjustedAt !== null)) shell.talk(said.adjusted[shell.language]);
    shell.talk(totals(late)[shell.language]);
  },
};

const readOver = (given: string | undefined): number | undefined => {
  if (given === undefined) return undefined;
  if (/^\d{1,4}$/.test(given)) return Number(given);
  const expected = { zh: "工作日的数目", en: "a number of working days" };
  throw invalidInput({ field: "--over", kind: "malformed", expected });
};

const eventName = (type: string, language: Language): string =>
  new Map<string, Label>(Object.entries({ ...caseEvents, ...logEvents })).get(type)?.[language] ??
  type;

const lateLines = (late: readonly LateEntry[], shell: Shell): readonly string[] => {
  const { language } = shell;
  return tableLines(
    late,
    [
      { heading: said.position[language], text: (row) => String(row.position), align: "right" },
      { heading: words.case[language], text: (row) => row.case ?? said.office[language] },
      { heading: said.event[language], text: (row) => eventName(row.type, language) },
      { heading: said.on[language], text: (row) => row.on },
      {
        heading: said.recorded[language],
        text: (row) =>
          row.recordedAt.replace(/\.\d+/, "") +
          (row.clockAdjustedAt === null ? "" : ` (#${row.clockAdjustedAt})`),
        narrow: "drop",
      },
      { heading: said.days[language], text: (row) => String(row.days), align: "right" },
      {
        heading: said.workingDays[language],
        text: (row) => String(row.workingDays),
        align: "right",
      },
      { heading: said.actor[language], text: (row) => row.actor, narrow: "cut" },
      { heading: said.reason[language], text: (row) => orDash(row.reason), narrow: "cut" },
      { heading: said.approvedBy[language], text: (row) => orDash(row.approvedBy), narrow: "cut" },
    ],
    shell,
  );
};

const totals = (late: readonly LateEntry[]): Label => {
  const cases = new Set(late.flatMap((one) => one.case ?? [])).size;
  const most = Math.max(...late.map(({ workingDays }) => workingDays));
  return {
    zh: `共补录 ${late.length} 条，涉及 ${cases} 件，最迟 ${most} 个工作日。`,
    en: `Recorded late: ${late.length}, in ${plural(cases, "case")}; at most ${plural(most, "working day")} late.`,
  };
};
