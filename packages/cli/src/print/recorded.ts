/** @module recorded — what a command recorded, where the case stands now, and what comes next. */
import type {
  Casebook,
  CaseView,
  DeadlineView,
  Label,
  Recorded,
  RecordedCase,
} from "@wuding/engine";
import { caseEvents, logEvents, terms } from "@wuding/engine";
import type { Language, Shell } from "../shell.ts";
import { visible } from "../visible.ts";
import { paragraph } from "./page.ts";
import { clauses, listed, withAside } from "./words.ts";

/** Prints the result, and on stderr the next step. */
export const showRecorded = async (
  recorded: Recorded,
  casebook: Casebook,
  shell: Shell,
): Promise<void> => {
  await showOutcome(recorded, casebook, shell);
  const { case: name } = recorded;
  if (recorded.cases === undefined && name !== null) await talkNext(name, casebook, shell);
};

/** Prints the result. */
export const showOutcome = async (
  recorded: Recorded,
  casebook: Casebook,
  shell: Shell,
): Promise<void> => {
  const { language, today } = shell;
  paragraph(recordedSentence(recorded, language), shell);
  const { case: name } = recorded;
  if (name !== null && recorded.events.includes("EntryRetracted")) {
    await showTaken(name, recorded.version, casebook, shell);
  }
  if (recorded.cases !== undefined || name === null) return;
  const view = await casebook.show(name, { today });
  const status = terms.statuses[view.status][language];
  const due = view.deadlines
    .filter(({ id, state }) => isDuty(id) && (state === "open" || state === "overdue"))
    .toSorted((left, right) => left.dueOn.localeCompare(right.dueOn))[0];
  const { zh, en } =
    due === undefined
      ? { zh: `现状：${status}。`, en: `It is now ${status}.` }
      : dueSentence(status, due, language);
  paragraph(language === "zh" ? zh : en, shell);
  if (recorded.events.includes("CaseReceived") && !hasAnswerTerm(view)) {
    shell.talk(visible(withoutTerm(view)[language]));
  }
};

/** What a retraction took that had been recorded by one command; nothing where it was one entry. */
const showTaken = async (
  id: string,
  version: number,
  casebook: Casebook,
  shell: Shell,
): Promise<void> => {
  const history = await casebook.history(id);
  const made = history.findLast((one) => one.type === "EntryRetracted" && one.version <= version);
  const { entries = [] } = (made?.data ?? {}) as Readonly<{ entries?: readonly number[] }>;
  if (entries.length < 2) return;
  const names = history
    .filter((one) => entries.includes(one.version))
    .map(({ type }) => labelOf(type)[shell.language]);
  const taken = listed(names, shell.language);
  paragraph(
    shell.language === "zh" ? `一并撤销同时记录的：${taken}。` : `Taken back together: ${taken}.`,
    shell,
  );
};

const answers: ReadonlySet<string> = new Set(["reply", "co-opinion"]);
const hasAnswerTerm = ({ deadlines }: CaseView): boolean =>
  deadlines.some(({ id }) => answers.has(id));

const withoutTerm = ({ rulebook, dispatchedOn }: CaseView): Label => ({
  zh: `注意：规则集 ${rulebook} 没有规定 ${dispatchedOn} 交办的这类办件的答复时限，本件不能计为按时办结。`,
  en: `Note: the rulebook ${rulebook} sets no due date for the answer to such a case dispatched on ${dispatchedOn}; it cannot count as on time.`,
});

const isDuty = (id: string): boolean => !terms.deadlineNames[terms.deadlineNameOf(id)].window;

const dueSentence = (
  status: string,
  due: Pick<DeadlineView, "id" | "dueOn" | "state" | "provisional">,
  language: Language,
): Label => {
  const { dueOn, provisional } = due;
  const name = terms.deadlineNames[terms.deadlineNameOf(due.id)][language];
  const isLate = due.state === "overdue";
  return {
    zh: `现状：${status}；${isLate ? "已逾期" : "最近到期"}：${name} ${dueOn}${provisional ? "（暂定）" : ""}。`,
    en: `It is now ${status}; ${isLate ? "overdue" : "next due"}: ${name} ${dueOn}${provisional ? " (provisional)" : ""}.`,
  };
};

const recordedSentence = (recorded: Recorded, language: Language): string => {
  const { case: id, version, unchanged } = recorded;
  if (unchanged && id === null) {
    return language === "zh"
      ? "没有变化：已有相同记录，未重复记录。"
      : "Nothing changed: it is recorded already.";
  }
  if (unchanged) {
    return language === "zh"
      ? `没有变化：${id} 已有相同内容，未重复记录（第 ${version} 版）。`
      : `Nothing changed: ${id} already says so, and nothing was recorded (version ${version}).`;
  }
  const parts = recordedParts(recorded).map((one) => eventsOf(one, language));
  const told = clauses(parts.slice(0, toldMax), language);
  const more = parts.length - toldMax;
  if (more <= 0) return language === "zh" ? `已记录：${told}。` : `Recorded: ${told}.`;
  return language === "zh"
    ? `已记录：${told}，另有 ${more} 件。`
    : `Recorded: ${told}, and ${more} more.`;
};

/** How many cases are told one by one; --json has all of them. */
const toldMax = 12;

/** What was recorded: of the office first, then of each case. */
const recordedParts = ({
  case: id,
  events,
  version,
  cases = [],
}: Recorded): readonly (Omit<RecordedCase, "case"> & Pick<Recorded, "case">)[] => {
  const own = { case: id, events, version };
  if (id === null) return events.length === 0 ? cases : [own, ...cases];
  return cases.length === 0 ? [own] : cases;
};

/** 件号 事件（第几版）. */
export const eventsOf = (
  { case: id, events, version }: ReturnType<typeof recordedParts>[number],
  language: Language,
): string => {
  const names = events.map((type) => labelOf(type)[language]);
  if (id === null) return listed(names, language);
  const at = language === "zh" ? `第 ${version} 版` : `version ${version}`;
  return withAside(`${id} ${listed(names, language)}`, at, language);
};

/** What an event is called. */
export const labelOf = (type: string): Label =>
  Object.entries({ ...caseEvents, ...logEvents }).find(([name]) => name === type)?.[1] ?? {
    zh: type,
    en: type,
  };

const talkNext = async (id: string, casebook: Casebook, shell: Shell): Promise<void> => {
  const { allowed, blocking } = await casebook.next(id, { today: shell.today });
  const names = allowed.map(({ command }) => command);
  const whys = [...new Set(blocking.map(({ why }) => why[shell.language]))];
  if (shell.language === "zh") {
    if (whys.length > 0) shell.talk(visible(`距三个100%还差：${clauses(whys, "zh")}。`));
    if (names.length > 0)
      shell.talk(visible(`现在可以记录：${listed(names, "zh")}（详见 wuding next ${id}）。`));
    return;
  }
  if (whys.length > 0) shell.talk(visible(`Missing for the three 100%: ${clauses(whys, "en")}.`));
  if (names.length > 0)
    shell.talk(visible(`Possible now: ${listed(names, "en")} (see wuding next ${id}).`));
};
