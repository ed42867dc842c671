/** @module show — one page about one case. */
import type { Casebook, CaseView, Label } from "@wuding/engine";
import { dateOf, kindOf, schemeFor, terms } from "@wuding/engine";
import type { Command } from "../command.ts";
import { printDrafts, printOpinions, printReply } from "../print/case-answer.ts";
import { printAfterwards } from "../print/case-afterwards.ts";
import { printPromises } from "../print/case-promises.ts";
import { departmentOf, personOf } from "../print/case-office.ts";
import { joiningFacts, jointly, requestLines } from "../print/case-joining.ts";
import { printReception } from "../print/case-reception.ts";
import { printUrges } from "../print/case-urges.ts";
import { facts, heading, paragraph } from "../print/page.ts";
import { tableLines } from "../print/table.ts";
import { deadlineName, listed, orDash, withAside, words } from "../print/words.ts";
import { momentOptions, readMoment } from "../scope.ts";
import { printCorrections } from "../print/case-corrections.ts";
import type { Language, Shell } from "../shell.ts";
import { jsonLine } from "../visible.ts";
import { printBlocking, printWarnings } from "./next.ts";

export const command: Command = {
  name: "show",
  label: { zh: "办件的全部情况", en: "where a case stands" },
  positionals: ["CASE"],
  options: momentOptions,
  example: "wuding show 122",
  run: async (typed, shell) => {
    const casebook = await shell.open();
    const name = typed.positionals[0] ?? "";
    const { today, actor } = shell;
    const moment = readMoment(typed, shell);
    const view = await casebook.show(name, { today, ...moment });
    if (shell.json) return shell.out(jsonLine(view));
    printCase(view, casebook, shell);
    // what to do next is a question about today
    if (Object.keys(moment).length > 0) return;
    const steps = await casebook.next(name, { actor, today });
    printBlocking(steps, casebook, shell);
    printWarnings(steps.warnings, shell);
  },
};

const said = {
  proposers: { zh: "提案人", en: "proposers" },
  round: { zh: "轮次", en: "round" },
  dispatched: { zh: "交办日期", en: "dispatched" },
  leadUnit: { zh: "主办单位", en: "lead unit" },
  coUnits: { zh: "协办单位", en: "assisting units" },
  otherNumbers: { zh: "其他编号", en: "other numbers" },
  block: { zh: "板块", en: "block" },
  requests: { zh: "意见建议", en: "requests" },
  rulebook: { zh: "规则集", en: "rulebook" },
  fixed: { zh: "五定", en: "五定" },
  unfixed: { zh: "尚未落实，用 assign 记录。", en: "Not fixed yet: fix them with assign." },
  leader: { zh: "分管领导", en: "leader" },
  helpers: { zh: "配合科室", en: "helping" },
  contacts: { zh: "沟通联系", en: "Contacts" },
  waived: { zh: "提案人提出免予走访。", en: "The proposer asked not to be visited." },
  deadlines: { zh: "时限", en: "Due dates" },
  met: { zh: "完成日期", en: "met" },
  result: { zh: "办理结果", en: "result" },
  feedback: { zh: "意见反馈", en: "Feedback" },
  onBehalf: { zh: "代为录入", en: "entered on behalf" },
  attitude: { zh: "态度", en: "attitude" },
  comment: { zh: "意见", en: "comment" },
  date: { zh: "日期", en: "date" },
  mode: { zh: "方式", en: "mode" },
  people: { zh: "参加人员", en: "present" },
  summary: { zh: "情况", en: "summary" },
  reminded: { zh: "催收征询意见表", en: "form reminded" },
  expired: { zh: "逾期未反馈", en: "form expired" },
  extended: { zh: "延期", en: "extended" },
  followUps: { zh: "回访", en: "Follow-up" },
  closed: { zh: "办结日期", en: "closed" },
  key: { zh: "重点件", en: "key case" },
  complex: { zh: "复杂件", en: "complex" },
  version: { zh: "记录版本", en: "version" },
} as const satisfies Record<string, Label>;

/** Writes the page of a case. */
export const printCase = (
  view: CaseView,
  { rules }: Pick<Casebook, "rules">,
  shell: Shell,
): void => {
  const { language } = shell;
  const { rulebook } = rules.byName.get(view.rulebook) ?? rules.current;
  const kind = kindOf(rulebook, view.kind)?.label[language] ?? view.kind;
  paragraph(`${view.case}  ${view.title}`, shell);
  const marks = [
    terms.statuses[view.status][language],
    view.isKey ? said.key[language] : "",
    view.isComplex ? said.complex[language] : "",
  ].filter((mark) => mark !== "");
  facts(
    [
      [words.status[language], listed(marks, language)],
      [said.round[language], view.round > 1 ? String(view.round) : null],
      [words.kind[language], kind],
      [words.role[language], terms.roles[view.role][language]],
      [said.proposers[language], proposersOf(view, language)],
      [said.dispatched[language], view.dispatchedOn],
      [said.leadUnit[language], view.leadUnit],
      [said.coUnits[language], listed(view.coUnits, language)],
      [said.block[language], view.block ?? view.category],
      [said.otherNumbers[language], listed(view.otherNumbers, language)],
      [said.requests[language], requestLines(view, language)],
      ...joiningFacts(view, language),
      [said.closed[language], view.closedOn],
      [said.rulebook[language], view.rulebook],
      [said.version[language], String(view.version)],
    ],
    shell,
  );
  printReception(view, shell);
  printAssignment(view, shell);
  printDeadlines(view, shell);
  printUrges(view, shell);
  printContacts(view, shell);
  printOpinions(view, shell);
  printDrafts(view, shell);
  printReply(view, lettersOf(view, rules), shell);
  printFeedback(view, shell);
  printCorrections(view, shell);
  printPromises(view, shell);
  printAfterwards(view, shell);
};

/** The letters of the reply's own scheme, whichever rulebook brought it. */
const lettersOf = (
  { reply, kind }: CaseView,
  { rulebooks, current }: Casebook["rules"],
): ReturnType<typeof schemeFor>["codes"] =>
  rulebooks
    .flatMap(({ rulebook }) => rulebook.results)
    .findLast(({ scheme }) => scheme === reply?.scheme)?.codes ??
  schemeFor(current.rulebook, kind).codes;

const proposersOf = ({ proposers }: CaseView, language: Language): string =>
  listed(
    proposers.map(({ name, unit, sector }) => {
      const beside = [unit, sector].filter((one) => one !== undefined);
      return withAside(name, listed(beside, language), language);
    }),
    language,
  );

const printAssignment = (view: CaseView, shell: Shell): void => {
  const { language } = shell;
  const { assignment } = view;
  heading(said.fixed[language], shell);
  if (assignment === null) {
    shell.out(said.unfixed[language]);
    return;
  }
  const { fiveFixed } = terms;
  facts(
    [
      [fiveFixed.department[language], departmentOf(assignment.department, view, language)],
      [fiveFixed.person[language], personOf(view, language)],
      [fiveFixed.due[language], assignment.due],
      [fiveFixed.task[language], assignment.task],
      [fiveFixed.responsibility[language], assignment.responsibility],
      [said.leader[language], assignment.leader],
      [said.helpers[language], listed(assignment.coDepartments ?? [], language)],
    ],
    shell,
  );
};

const tones = {
  late: "red",
  overdue: "red",
  met: "green",
  waived: "dim",
  superseded: "dim",
} as const;

/** Due dates that people look at: one that was only named anew, on the same day, stands there once. */
const shownDeadlines = ({ deadlines }: CaseView): CaseView["deadlines"] =>
  deadlines.filter(
    (one, at) =>
      one.state !== "superseded" ||
      !deadlines
        .slice(at + 1)
        .some(
          ({ id, dueOn, round }) => id === one.id && dueOn === one.dueOn && round === one.round,
        ),
  );

const printDeadlines = (view: CaseView, shell: Shell): void => {
  const { language } = shell;
  const deadlines = shownDeadlines(view);
  if (deadlines.length === 0) return;
  heading(said.deadlines[language], shell);
  const lines = tableLines(
    deadlines,
    [
      { heading: words.deadline[language], text: (row) => deadlineName(row.id, language) },
      {
        heading: words.dueOn[language],
        text: (row) =>
          withAside(
            row.dueAt ?? row.dueOn,
            listed(
              [
                row.extended ? said.extended[language] : "",
                row.provisional ? words.provisional[language] : "",
              ].filter((mark) => mark !== ""),
              language,
            ),
            language,
          ),
      },
      {
        heading: words.status[language],
        text: (row) => terms.deadlineStates[row.state][language],
        tone: (row) => (row.state === "open" ? undefined : tones[row.state]),
      },
      { heading: said.met[language], text: (row) => orDash(row.metOn) },
      { heading: words.source[language], text: (row) => row.source, narrow: "wrap" },
    ],
    shell,
  );
  for (const line of lines) shell.out(line);
};

const printContacts = ({ contacts, contactWaived }: CaseView, shell: Shell): void => {
  const { language } = shell;
  if (contacts.length === 0 && !contactWaived) return;
  heading(said.contacts[language], shell);
  if (contactWaived) shell.out(said.waived[language]);
  if (contacts.length === 0) return;
  const lines = tableLines(
    contacts,
    [
      { heading: said.date[language], text: (row) => dateOf(row.on) },
      { heading: said.mode[language], text: (row) => terms.contactModes[row.mode][language] },
      {
        heading: said.people[language],
        text: (row) =>
          listed(
            row.participants.map(({ name, role }) =>
              withAside(name, terms.participantRoles[role][language], language),
            ),
            language,
          ),
        narrow: "wrap",
      },
      {
        heading: said.summary[language],
        text: (row) =>
          withAside(
            (row.summary ?? "").replaceAll("\n", " "),
            jointly(row.jointWith, language),
            language,
          ),
        narrow: "wrap",
      },
    ],
    shell,
  );
  for (const line of lines) shell.out(line);
};

const printFeedback = (
  { feedback, followUps, formReminders, formsExpired }: CaseView,
  shell: Shell,
): void => {
  const { language } = shell;
  if (feedback.length > 0) {
    heading(said.feedback[language], shell);
    const lines = tableLines(
      feedback,
      [
        { heading: said.date[language], text: (row) => dateOf(row.on) },
        { heading: said.round[language], text: (row) => String(row.round) },
        {
          heading: said.proposers[language],
          text: (row) =>
            withAside(row.proposer, row.enteredOnBehalf ? said.onBehalf[language] : "", language),
        },
        { heading: said.attitude[language], text: (row) => terms.ratings[row.attitude][language] },
        { heading: said.result[language], text: (row) => terms.ratings[row.result][language] },
        {
          heading: said.comment[language],
          text: (row) => (row.comment ?? "").replaceAll("\n", " "),
          narrow: "wrap",
        },
      ],
      shell,
    );
    for (const line of lines) shell.out(line);
  }
  const unanswered = [
    ...formReminders.map(({ on, channel }) => [said.reminded[language], on, channel] as const),
    ...formsExpired.map(({ on, reason }) => [said.expired[language], on, reason] as const),
  ];
  if (feedback.length === 0 && unanswered.length > 0) heading(said.feedback[language], shell);
  for (const [what, on, note] of unanswered) {
    paragraph(`${dateOf(on)}  ${withAside(what, note ?? "", language)}`, shell);
  }
  if (followUps.length === 0) return;
  heading(said.followUps[language], shell);
  for (const { on, mode, outcome } of followUps) {
    const by = mode === undefined ? "" : `  ${terms.contactModes[mode][language]}`;
    paragraph(`${dateOf(on)}${by}  ${outcome}`, shell);
  }
};
