/** @module choices — the choices of a rulebook as a table: what each asks for, of which kinds, and where it stands. */
import type { Choice, Choices, Label, Rulebook } from "@wuding/engine";
import { appliesToWords, confidences, printSource, terms } from "@wuding/engine";
import type { Language, Shell } from "../shell.ts";
import { heading } from "./page.ts";
import { tableLines } from "./table.ts";
import { clauses, labelled, listed, plural, withAside, words } from "./words.ts";

const said = {
  choices: { zh: "办理规则", en: "Choices" },
  choice: { zh: "事项", en: "question" },
  for: { zh: "适用范围", en: "for" },
  value: { zh: "规定", en: "choice" },
  basis: { zh: "依据性质", en: "basis" },
  all: { zh: "全部", en: "all" },
  others: { zh: "其余", en: "all others" },
  notDemanded: { zh: "不作要求", en: "nothing demanded" },
  unlimited: { zh: "不限", en: "any number" },
} as const satisfies Record<string, Label>;

const questions = {
  contactBeforeReply: { zh: "答复前沟通", en: "contact before the reply" },
  rehandlingOn: { zh: "引起重新办理的评价", en: "ratings that open a new round" },
  closingNeedsFeedback: { zh: "办结前收回征询意见表", en: "the form before closing" },
  expiryNeedsReminder: { zh: "记逾期未反馈前催收", en: "a reminder before a form expires" },
  verifierDiffers: { zh: "销号核验", en: "verifying fulfilment" },
  redispatchClock: { zh: "改办后的期限", en: "the term after a change of the unit" },
  silentReturn: { zh: "逾期未作退办决定", en: "no decision on a return in time" },
  assignmentBeforeReply: { zh: "答复前落实五定", en: "the 五定 before the reply" },
  coOpinions: { zh: "协办意见", en: "co-handlers' opinions" },
  replySteps: { zh: "核稿和签发", en: "review and signature" },
  deliveredWhen: { zh: "答复送达", en: "delivery of the reply" },
  formsCounted: { zh: "多位提案人的征询意见表", en: "forms of several proposers" },
  rounds: { zh: "办理轮次", en: "rounds" },
  promises: { zh: "承诺事项", en: "promises" },
  workingHours: { zh: "办公时间", en: "office hours" },
  lamps: { zh: "黄灯提前工作日", en: "yellow lamp, working days ahead" },
} as const satisfies Record<string, Label>;

/** What is asked for, and what is said where it is not. */
type Demand = Readonly<{ asked: Label; notAsked: Label }>;

const contact: Demand = {
  asked: { zh: "须沟通", en: "needed" },
  notAsked: { zh: "不要求沟通", en: "not needed" },
};
const form: Demand = {
  asked: { zh: "须收回", en: "must be back" },
  notAsked: { zh: "不要求收回", en: "need not be back" },
};
const reminder: Demand = {
  asked: { zh: "须催收", en: "needed" },
  notAsked: { zh: "不要求催收", en: "not needed" },
};
const verifier: Demand = {
  asked: { zh: "须由他人核验", en: "by somebody else" },
  notAsked: { zh: "不要求由他人核验", en: "by anybody" },
};
const assignment: Demand = {
  asked: { zh: "须先落实五定", en: "needed" },
  notAsked: { zh: "可直接答复", en: "not needed" },
};
const clocks = {
  restart: { zh: "重新起算", en: "begins anew" },
  continue: { zh: "继续计算", en: "goes on" },
} as const satisfies Record<string, Label>;
const silence = {
  waits: { zh: "等待决定", en: "waited for" },
  refused: { zh: "视为不予退办，继续办理", en: "as refused; the handling goes on" },
} as const satisfies Record<string, Label>;
const delivered = {
  each: { zh: "送达每位提案人", en: "to each proposer" },
  lead: { zh: "送达第一提案人", en: "to the first proposer" },
} as const satisfies Record<string, Label>;
const settledBy = {
  any: { zh: "收回任一份即可", en: "any one is enough" },
  lead: { zh: "须收回第一提案人的", en: "the first proposer's is needed" },
  all: { zh: "须全部收回", en: "all are needed" },
} as const satisfies Record<string, Label>;
const openedBy = {
  any: { zh: "任一评价可引起重新办理", en: "any of them opens a new round" },
  lead: { zh: "只看第一提案人的评价", en: "only the first proposer's opens a new round" },
} as const satisfies Record<string, Label>;
const opinions = {
  beforeReply: { zh: "收齐后方可答复", en: "there before the reply" },
  toldInReply: { zh: "答复须说明", en: "told in the reply" },
} as const satisfies Record<string, Label>;
const stepWords = {
  signature: { zh: "签发", en: "signature" },
  checkerDiffers: { zh: "由拟稿人以外的人核签", en: "by somebody other than the drafter" },
} as const satisfies Record<string, Label>;
const promises = {
  withResult: { zh: "应有承诺的结果须写明", en: "named where the result owes them" },
  evidence: { zh: "兑现须有佐证材料", en: "evidence of fulfilment" },
  secondReply: { zh: "兑现后再次答复", en: "a second reply" },
} as const satisfies Record<string, Label>;
const noRating: Label = { zh: "评价不自动引起，须另行决定", en: "none; it must be ordered" };

const demandWords = ({ asked, notAsked }: Demand, isAsked: boolean, language: Language): string =>
  (isAsked ? asked : notAsked)[language];

/** The demands that are made, or that there are none. */
const demandedWords = <Name extends string>(
  made: Readonly<Record<Name, boolean>>,
  labels: Readonly<Record<Name, Label>>,
  language: Language,
): string => {
  const asked = (Object.keys(labels) as Name[]).filter((name) => made[name]);
  const named = asked.map((name) => labels[name][language]);
  return named.length === 0 ? said.notDemanded[language] : clauses(named, language);
};

type Row = Readonly<{ question: Label; kinds: string; value: string; choice: Choice<unknown> }>;

/** Writes the choices that hold for some kind. */
export const printChoices = (rulebook: Rulebook, shell: Shell): void => {
  const { language } = shell;
  const rows = [
    ...rowsOf("contactBeforeReply", rulebook.contactBeforeReply, rulebook, language, (demand) =>
      contactWords(demand, language),
    ),
    ...rowsOf("rehandlingOn", rulebook.rehandlingOn, rulebook, language, (trigger) =>
      rehandlingWords(trigger, language),
    ),
    ...rowsOf("closingNeedsFeedback", rulebook.closingNeedsFeedback, rulebook, language, (value) =>
      demandWords(form, value, language),
    ),
    ...rowsOf("expiryNeedsReminder", rulebook.expiryNeedsReminder, rulebook, language, (value) =>
      demandWords(reminder, value, language),
    ),
    ...rowsOf("verifierDiffers", rulebook.verifierDiffers, rulebook, language, (value) =>
      demandWords(verifier, value, language),
    ),
    ...rowsOf(
      "redispatchClock",
      rulebook.redispatchClock,
      rulebook,
      language,
      (value) => clocks[value][language],
    ),
    ...rowsOf(
      "silentReturn",
      rulebook.silentReturn,
      rulebook,
      language,
      (value) => silence[value][language],
    ),
    ...rowsOf(
      "assignmentBeforeReply",
      rulebook.assignmentBeforeReply,
      rulebook,
      language,
      (value) => demandWords(assignment, value, language),
    ),
    ...rowsOf("coOpinions", rulebook.coOpinions, rulebook, language, (value) =>
      demandedWords(value, opinions, language),
    ),
    ...rowsOf("replySteps", rulebook.replySteps, rulebook, language, ({ reviews, ...steps }) =>
      demandedWords(
        { reviews: reviews > 0, ...steps },
        { reviews: { zh: `核稿 ${reviews} 次`, en: plural(reviews, "review") }, ...stepWords },
        language,
      ),
    ),
    ...rowsOf(
      "deliveredWhen",
      rulebook.deliveredWhen,
      rulebook,
      language,
      (value) => delivered[value][language],
    ),
    ...rowsOf("formsCounted", rulebook.formsCounted, rulebook, language, (value) =>
      clauses([settledBy[value.settledBy][language], openedBy[value.openedBy][language]], language),
    ),
    ...rowsOf("rounds", rulebook.rounds, rulebook, language, ({ max }) =>
      max === null
        ? said.unlimited[language]
        : {
            zh: `最多 ${max} 轮，此后须提级处理`,
            en: `${max} at most, then a decision from above`,
          }[language],
    ),
    ...rowsOf("promises", rulebook.promises, rulebook, language, (value) =>
      demandedWords(value, promises, language),
    ),
    ...rowsOf("workingHours", rulebook.workingHours, rulebook, language, (spans) =>
      listed(
        spans.map(({ from, to }) => `${from}–${to}`),
        language,
      ),
    ),
    ...rowsOf("lamps", rulebook.lamps, rulebook, language, ({ yellowWithinWorkingDays }) =>
      String(yellowWithinWorkingDays),
    ),
  ];
  heading(said.choices[language], shell);
  const lines = tableLines(
    rows,
    [
      { heading: said.choice[language], text: (row) => row.question[language] },
      { heading: said.for[language], text: (row) => row.kinds },
      { heading: said.value[language], text: (row) => row.value, narrow: "wrap" },
      {
        heading: words.source[language],
        text: (row) => printSource(row.choice.source)[language],
        narrow: "wrap",
      },
      {
        heading: said.basis[language],
        text: (row) => confidences[row.choice.confidence][language],
      },
    ],
    shell,
  );
  for (const line of lines) shell.out(line);
};

const contactWords = (
  { required, modes, minTimes = 1, phases = [] }: Rulebook["contactBeforeReply"][number]["value"],
  language: Language,
): string => {
  const parts = [
    minTimes > 1 ? { zh: `至少 ${minTimes} 次`, en: `at least ${minTimes} times` }[language] : "",
    listed(
      (modes ?? []).map((one) => terms.contactModes[one][language]),
      language,
    ),
    listed(
      phases.map((one) => terms.contactPhases[one][language]),
      language,
    ),
  ];
  const details = clauses(
    parts.filter((part) => part !== ""),
    language,
  );
  return withAside(demandWords(contact, required, language), required ? details : "", language);
};

const axisWords = {
  attitude: { zh: "态度", en: "attitude" },
  result: { zh: "结果", en: "result" },
} as const satisfies Record<string, Label>;

const rehandlingWords = (
  { ratings, axes }: Rulebook["rehandlingOn"][number]["value"],
  language: Language,
): string => {
  if (ratings.length === 0) return noRating[language];
  const on = axes.map((one) => axisWords[one]);
  const either = {
    zh: on.map(({ zh }) => zh).join("或者") + (on.length > 1 ? "任一" : ""),
    en: on.map(({ en }) => en).join(" or "),
  };
  const named = ratings.map((one) => terms.ratings[one][language]);
  return labelled(either, listed(named, language), language);
};

const rowsOf = <Value>(
  question: keyof typeof questions,
  choices: Choices<Value>,
  { kinds }: Rulebook,
  language: Language,
  wordsOf: (value: Value) => string,
): readonly Row[] =>
  reachable(choices, kinds).map((choice, index) => ({
    question: questions[question],
    kinds:
      choice.kinds === undefined
        ? said[index === 0 ? "all" : "others"][language]
        : appliesToWords({ kinds: choice.kinds }, kinds)[language],
    value: wordsOf(choice.value),
    choice,
  }));

/** The choices that hold for a kind at all; an earlier one stands before the rest. */
export const reachable = <One extends Readonly<{ kinds?: readonly string[] }>>(
  given: readonly One[],
  kinds: Rulebook["kinds"],
): readonly One[] => {
  const open = new Set(kinds.map(({ id }) => id));
  return given.filter((one) => {
    const taken = (one.kinds ?? [...open]).filter((kind) => open.delete(kind));
    return taken.length > 0;
  });
};
