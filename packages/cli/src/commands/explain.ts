/** @module explain — the certificate of a due date, short or with every day. */
import type { DueDateCertificate, Label, TermUnit } from "@wuding/engine";
import {
  confidences,
  counts,
  extensionWords,
  misses,
  printSource,
  rolls,
  terms,
  termWords,
  traceParts,
  units,
} from "@wuding/engine";
import type { Command } from "../command.ts";
import { inLanguage } from "../print/in-language.ts";
import { facts, heading, paragraph } from "../print/page.ts";
import { tableLines } from "../print/table.ts";
import {
  clauses,
  deadlineName,
  labelled,
  listed,
  plural,
  withAside,
  words,
} from "../print/words.ts";
import { momentOptions, readMoment } from "../scope.ts";
import type { Language, Shell } from "../shell.ts";
import { jsonLine } from "../visible.ts";

const said = {
  state: { zh: "现状", en: "state" },
  decided: { zh: "确定方式", en: "decided" },
  rule: { zh: "规则", en: "rule" },
  confidence: { zh: "依据性质", en: "basis" },
  counting: { zh: "起算方式", en: "first day" },
  rolling: { zh: "届满处理", en: "last day" },
  rulebook: { zh: "规则集", en: "rulebook" },
  calendar: { zh: "工作日历", en: "calendar" },
  from: { zh: "起算日", en: "counted from" },
  sum: { zh: "计算", en: "computation" },
  agrees: { zh: "核对", en: "check" },
  same: { zh: "重新计算与记录一致", en: "computed anew, it agrees with the record" },
  differs: { zh: "重新计算为", en: "computed anew it is" },
  extension: { zh: "延期", en: "extension" },
  latest: { zh: "最迟可延至", en: "at the latest" },
  reminders: { zh: "提醒日", en: "reminders" },
  onMiss: { zh: "逾期后果", en: "if missed" },
  changes: { zh: "记录", en: "Records" },
  days: { zh: "逐日计算", en: "Day by day" },
  date: { zh: "日期", en: "date" },
  weekday: { zh: "星期", en: "day" },
  part: { zh: "计法", en: "part" },
  number: { zh: "第几日", en: "no." },
  position: { zh: "序号", en: "event" },
  what: { zh: "事项", en: "what" },
  by: { zh: "记录人", en: "by" },
  consent: { zh: "批准", en: "consent" },
  none: { zh: "本件没有时限。", en: "The case has no due dates." },
} as const satisfies Record<string, Label>;

const deciders = {
  rule: { zh: "按规则计算", en: "computed by a rule" },
  extension: { zh: "经批准延期", en: "put off by an extension" },
  person: { zh: "由人确定", en: "fixed by a person" },
} as const satisfies Record<DueDateCertificate["decidedBy"], Label>;

const weekdays: Readonly<Record<Language, readonly string[]>> = {
  zh: ["周一", "周二", "周三", "周四", "周五", "周六", "周日"],
  en: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
};

export const command: Command = {
  name: "explain",
  label: { zh: "时限的计算说明", en: "the certificate of a due date" },
  positionals: ["CASE", "[DEADLINE]"],
  options: [
    {
      name: "long",
      label: { zh: "逐日列出", en: "every day that was counted or skipped" },
      typed: "flag",
      form: "",
    },
    ...momentOptions,
  ],
  example: "wuding explain 15-5/122 reply --long",
  run: async (typed, shell) => {
    const [name = "", deadline] = typed.positionals;
    const casebook = await shell.open();
    const { today, language } = shell;
    const certificates = await casebook.explain(name, deadlineNamed(deadline), {
      today,
      ...readMoment(typed, shell),
    });
    const isLong = typed.flags["long"] === true;
    if (shell.json) {
      const told = certificates.map((one) => inLanguage(isLong ? one : withoutDays(one), language));
      return shell.out(jsonLine({ case: certificates[0]?.case ?? name, deadlines: told }));
    }
    if (certificates.length === 0) return shell.talk(said.none[language]);
    for (const [at, certificate] of certificates.entries()) {
      if (at > 0) shell.out("");
      printCertificate(certificate, shell, isLong);
    }
  },
};

/** A due date may be named as it is printed: 答复 for `reply`. */
const deadlineNamed = (given: string | undefined): string | undefined => {
  const names = Object.entries(terms.deadlineNames);
  return names.find(([, { zh }]) => zh === given)?.[0] ?? given;
};

/** The same without the days, which are many. */
const withoutDays = ({ trace, ...rest }: DueDateCertificate) => ({
  ...rest,
  trace: trace && { ...trace, steps: undefined },
});

const printCertificate = (one: DueDateCertificate, shell: Shell, isLong: boolean): void => {
  const { language } = shell;
  const { rule, rulebook, calendar, trace } = one;
  const name = deadlineName(one.deadline, language);
  paragraph(`${one.case}  ${one.title}`, shell);
  const notices = (calendar?.notices ?? []).map((year) => noticeOf(year)[language]);
  const provisional = one.provisional ? words.provisional[language] : "";
  facts(
    [
      [name, withAside(one.dueAt ?? one.dueOn, provisional, language)],
      [said.state[language], terms.deadlineStates[one.state][language]],
      [said.decided[language], deciders[one.decidedBy][language]],
      [words.source[language], rule?.source[language] ?? one.source],
      [
        said.rule[language],
        rule &&
          labelled(rule.id, termWords({ ...rule.term, trigger: rule.trigger })[language], language),
      ],
      [said.confidence[language], rule && confidences[rule.confidence][language]],
      [said.rulebook[language], rulebook && withAside(rulebook.name, rulebook.hash, language)],
      [
        said.calendar[language],
        calendar && withAside(calendar.edition, clauses(notices, language), language),
      ],
      [said.from[language], one.countedFrom],
      [
        said.counting[language],
        rule && isCountedInDays(rule.term.unit) ? counts[rule.term.count][language] : null,
      ],
      [said.rolling[language], rule && rolls[rule.term.rollOver][language]],
      [said.sum[language], trace && sumOf(one, language)],
      [said.agrees[language], agreement(one, language)],
      [said.extension[language], rule && extensionOf(one, language)],
      [said.reminders[language], listed(one.reminders, language)],
      [said.onMiss[language], rule && misses[rule.onMiss][language]],
    ],
    shell,
  );
  printChanges(one, shell);
  if (isLong && trace !== null) printDays(trace.steps, shell);
};

/** Which day is the first is no question for a term in hours, nor for a fixed date. */
const isCountedInDays = (unit: TermUnit): boolean =>
  unit === "workingDay" || unit === "calendarDay" || unit === "calendarMonth";

/** The notice behind the calendar of a year. */
const noticeOf = ({
  year,
  notice,
}: NonNullable<DueDateCertificate["calendar"]>["notices"][number]): Label =>
  notice === null
    ? { zh: `${year} 年通知文号未录入`, en: `${year}: number of the notice not entered` }
    : { zh: `${year} 年 ${notice}`, en: `${year}: ${notice}` };

/** The computation in one line: what was counted, what was skipped, what was rolled. */
const sumOf = (
  { countedFrom, trace, changes, rule }: DueDateCertificate,
  language: Language,
): string => {
  if (trace === null) return "";
  const putOff = changes
    .filter(({ approvedBy }) => approvedBy !== undefined)
    .slice(-1)
    .map((change) => putOffWords(change)[language]);
  const of = (part: string): number => trace.steps.filter((step) => step.part === part).length;
  const [counted, skipped] = [of("counted"), of("skipped")];
  const rolled = of("rolled") + of("rolledBack");
  const end = trace.dueAt ?? trace.dueOn;
  const parts = {
    zh: [
      rule !== null && !isCountedInDays(rule.term.unit) && rule.term.amount !== undefined
        ? `计入 ${rule.term.amount} ${units[rule.term.unit].zh}`
        : counted > 0
          ? `计入 ${counted} 日`
          : "",
      skipped > 0 ? `不计 ${skipped} 日` : "",
      rolled > 0 ? `届满日 ${trace.unrolled} ${end < trace.unrolled ? "提前" : "顺延"}` : "",
    ],
    en: [
      rule !== null && !isCountedInDays(rule.term.unit) && rule.term.amount !== undefined
        ? `${rule.term.amount} ${units[rule.term.unit].en} counted`
        : counted > 0
          ? `${counted} counted`
          : "",
      skipped > 0 ? `${skipped} skipped` : "",
      rolled > 0 ? `last day ${trace.unrolled} moved` : "",
    ],
  }[language].filter((part) => part !== "");
  const computed = withAside(`${countedFrom} → ${end}`, clauses(parts, language), language);
  return clauses([computed, ...putOff], language);
};

/** An extension by months is part of the term; one to a day stands beside it. */
const putOffWords = ({ months, to }: DueDateCertificate["changes"][number]): Label =>
  months === undefined
    ? { zh: `经批准延至 ${to}`, en: `put off to ${to}` }
    : {
        zh: `含经批准延长的 ${months} 个月`,
        en: `of which ${plural(months, "month")} by extension`,
      };

const agreement = ({ agrees, trace }: DueDateCertificate, language: Language): string | null =>
  agrees === null
    ? null
    : agrees
      ? said.same[language]
      : `${said.differs[language]} ${trace?.dueAt ?? trace?.dueOn ?? ""}`;

const extensionOf = ({ rule, latestExtension }: DueDateCertificate, language: Language): string => {
  const { extension = null } = rule ?? {};
  const source = extension?.source === undefined ? "" : printSource(extension.source)[language];
  const bound = withAside(extensionWords(extension)[language], source, language);
  return latestExtension === null
    ? bound
    : clauses([bound, `${said.latest[language]} ${latestExtension}`], language);
};

const printChanges = ({ changes }: DueDateCertificate, shell: Shell): void => {
  const { language } = shell;
  if (changes.length === 0) return;
  heading(said.changes[language], shell);
  const hasConsent = changes.some(({ approvedBy }) => approvedBy !== undefined);
  const lines = tableLines(
    changes,
    [
      { heading: said.position[language], text: (row) => String(row.position), align: "right" },
      { heading: said.date[language], text: (row) => row.on },
      { heading: said.what[language], text: (row) => row.label[language] },
      {
        heading: words.dueOn[language],
        text: (row) =>
          row.from === null || row.from === row.to ? row.to : `${row.from} → ${row.to}`,
      },
      { heading: said.by[language], text: (row) => row.actor },
      ...(hasConsent
        ? [
            {
              heading: said.consent[language],
              text: ({ approvedBy = "", reason = "" }: (typeof changes)[number]) =>
                withAside(approvedBy, reason, language),
            },
          ]
        : []),
    ],
    shell,
  );
  for (const line of lines) shell.out(line);
};

const printDays = (
  steps: NonNullable<DueDateCertificate["trace"]>["steps"],
  shell: Shell,
): void => {
  const { language } = shell;
  heading(said.days[language], shell);
  const lines = tableLines(
    steps,
    [
      { heading: said.date[language], text: (row) => row.date },
      { heading: said.weekday[language], text: (row) => weekdays[language][row.weekday - 1] ?? "" },
      { heading: said.part[language], text: (row) => traceParts[row.part][language] },
      {
        heading: said.number[language],
        text: (row) => (row.number === null ? "" : String(row.number)),
        align: "right",
      },
      { heading: words.why[language], text: (row) => row.why[language], narrow: "wrap" },
    ],
    shell,
  );
  for (const line of lines) shell.out(line);
};
