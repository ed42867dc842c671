/** @module rate-words — the words for everything that a definition of a rate may say. */
import type { Label } from "../case/terms.ts";
import { resultMeanings } from "../case/terms.ts";
import type { Outside } from "../projections/shares.ts";
import type {
  RateDefinition,
  RateExclusion,
  RateNumerator,
  RatePopulation,
  Rounding,
} from "../rulebook/rate-definition.ts";
import { confidences } from "../rulebook/rule-words.ts";

type Words<Word extends string> = Readonly<Record<Word, Label>>;
type ContactRule = NonNullable<RateDefinition["contact"]>;
type FormRule = NonNullable<RateDefinition["form"]>;

/** Each value of a definition in words; the keys are the values as a rulebook writes them. */
export const rateWords = {
  population: {
    all: { zh: "全部办件", en: "every case" },
    answering: { zh: "应由本单位答复的办件", en: "cases ours to answer" },
    answered: { zh: "已答复的办件", en: "answered cases" },
    returnedForms: { zh: "已收回征询意见表的办件", en: "cases with a returned form" },
    promisedResults: {
      zh: "首次答复承诺逐步解决的办件",
      en: "cases whose first result owed promises",
    },
    publishable: { zh: "可以公开的答复", en: "replies that may be published" },
    requests: { zh: "所提意见建议（按条）", en: "requests asked for" },
    commitmentsDue: { zh: "已到期的承诺事项（按项）", en: "promises whose date has come" },
  } satisfies Words<RatePopulation>,
  exclusion: {
    returned: { zh: "退办", en: "returned" },
    withdrawn: { zh: "撤案", en: "withdrawn" },
    merged: { zh: "并案", en: "merged" },
    waived: { zh: "提案人提出免予走访", en: "contact waived by the proposer" },
    formExpired: { zh: "征询意见表逾期未反馈", en: "form expired" },
    formOut: { zh: "征询意见表尚未收回", en: "form not back yet" },
  } satisfies Words<RateExclusion>,
  numerator: {
    contacted: { zh: "已沟通", en: "contacted" },
    assigned: { zh: "五定齐全", en: "all five fixed" },
    completed: { zh: "已办结", en: "completed" },
    completedOnTime: { zh: "按时办结", en: "completed on time" },
    followedUp: { zh: "已办结并回访", en: "completed and followed up" },
    satisfied: { zh: "评价符合要求", en: "rated as wanted" },
    resolved: { zh: "当前办理结果符合要求", en: "of a wanted result now" },
    upgraded: { zh: "现已转为所列办理结果", en: "brought to a wanted result" },
    adopted: { zh: "已采纳", en: "taken up" },
    fulfilledOnTime: { zh: "按期兑现", en: "fulfilled by their date" },
    verified: { zh: "已核验销号", en: "verified and struck off" },
    published: { zh: "已公开", en: "published" },
  } satisfies Words<RateNumerator>,
  axis: {
    attitude: { zh: "办理态度", en: "attitude" },
    result: { zh: "办理结果", en: "result" },
    both: { zh: "态度和结果取较低者", en: "attitude and result, the worse one" },
  } satisfies Words<FormRule["axis"]>,
  formRound: {
    first: { zh: "最先收回的一份", en: "the form that came back first" },
    latest: { zh: "每名提案人最近的一份", en: "the latest form of each proposer" },
  } satisfies Words<FormRule["round"]>,
  proposers: {
    lead: { zh: "以第一提案人为准", en: "the first proposer's decides" },
    worst: { zh: "取最低评价", en: "the worst decides" },
    best: { zh: "取最高评价", en: "the best decides" },
    majority: { zh: "取多数评价，相持取较低者", en: "the majority decides, a tie the worse" },
  } satisfies Words<FormRule["proposers"]>,
  silence: {
    excluded: { zh: "不计入", en: "left out" },
    countsAsSatisfied: { zh: "按满意计", en: "counts as satisfied" },
    countsAsDissatisfied: { zh: "按不满意计", en: "counts as dissatisfied" },
  } satisfies Words<FormRule["silence"]>,
  waiver: {
    excluded: { zh: "不计入", en: "left out" },
    met: { zh: "视为已沟通", en: "counts as contacted" },
    notMet: { zh: "不视为已沟通", en: "does not count as contacted" },
  } satisfies Words<ContactRule["waiver"]>,
  answerRound: {
    first: { zh: "首轮答复", en: "the first round's answer" },
    last: { zh: "最后一轮答复", en: "the last round's answer" },
    every: { zh: "每一轮答复", en: "the answer of every round" },
  } satisfies Words<NonNullable<RateDefinition["round"]>>,
  meaning: resultMeanings,
  rounding: {
    halfUp: { zh: "四舍五入", en: "rounded half up" },
    largestRemainder: { zh: "各项之和凑足100%", en: "made to add up to 100%" },
    down: { zh: "只舍不入", en: "cut" },
  } satisfies Words<Rounding["mode"]>,
  confidence: confidences,
} as const;

/** Why a rate does not look at a case. */
export const outsideWords: Words<Outside | "notYetDue"> = {
  otherKind: { zh: "不属于本指标统计的件别", en: "of a kind that the rate is not about" },
  otherCategory: {
    zh: "不属于本指标统计的分类",
    en: "of a category that the rate is not about",
  },
  notOurs: { zh: "协办，不由本单位答复", en: "not ours to answer" },
  unanswered: { zh: "尚未答复", en: "not answered yet" },
  noForm: { zh: "没有收回的征询意见表", en: "no form has come back" },
  noPromisedResult: { zh: "首次答复未承诺逐步解决", en: "its first result owed no promises" },
  notPublishable: { zh: "没有可以公开的答复", en: "no reply that may be published" },
  noRequests: { zh: "未列出意见建议", en: "no requests are written down" },
  noPromises: { zh: "没有承诺事项", en: "no promises" },
  notYetDue: { zh: "承诺事项均未到期", en: "no promise is due yet" },
};
