/**
 * @module national — the national rulebook: what national law says, and visible defaults where it is silent.
 *
 * Read in full: 《代表法》 2025 art. 51 and 2015 art. 42 (same terms). No month limit for CPPCC proposals
 * was found at national level, so theirs is marked as a default.
 */
import type { DeadlineRule, Rulebook, Source } from "../rulebook.ts";

const deputiesLaw: Source = {
  title: {
    zh: "《中华人民共和国全国人民代表大会和地方各级人民代表大会代表法》",
    en: "Deputies Law of the PRC (代表法)",
  },
  article: { zh: "第五十一条", en: "art. 51" },
};

const openQuestion = (zh: string, en: string): Source => ({ title: { zh, en } });

const answering = ["sole", "lead", "separate"] as const;

const monthTerm = {
  trigger: "dispatched",
  unit: "calendarMonth",
  startsNextDay: true,
  endOfMonthClamp: true,
  rollOver: "nextWorkingDay",
  onMiss: "countAsLate",
  validFrom: "2015-08-29",
  validTo: null,
} as const;

const proposalTerm = openQuestion(
  "默认值：国家层面未规定政协提案的答复期限，参照《代表法》第五十一条",
  "a default: no national term for CPPCC proposals; after the Deputies Law, art. 51",
);

const replyRules: readonly DeadlineRule[] = [
  {
    ...monthTerm,
    id: "npc-reply-complex",
    deadline: "reply",
    appliesTo: { kinds: ["npc"], roles: answering, isComplex: true },
    amount: 6,
    extension: null,
    source: deputiesLaw,
    confidence: "law",
  },
  {
    ...monthTerm,
    id: "npc-reply",
    deadline: "reply",
    appliesTo: { kinds: ["npc"], roles: answering },
    amount: 3,
    extension: {
      max: { from: "trigger", amount: 6, unit: "calendarMonth" },
      approver: { zh: "交办机关", en: "the dispatching body" },
      needsWrittenNoticeToProposer: false,
      mustApplyBeforeDue: true,
    },
    source: deputiesLaw,
    confidence: "law",
  },
  {
    ...monthTerm,
    id: "cppcc-reply-complex",
    deadline: "reply",
    appliesTo: { kinds: ["cppcc"], roles: answering, isComplex: true },
    amount: 6,
    extension: null,
    source: proposalTerm,
    confidence: "default",
  },
  {
    ...monthTerm,
    id: "cppcc-reply",
    deadline: "reply",
    appliesTo: { kinds: ["cppcc"], roles: answering },
    amount: 3,
    extension: {
      max: { from: "trigger", amount: 6, unit: "calendarMonth" },
      approver: { zh: "交办单位", en: "the dispatching body" },
      needsWrittenNoticeToProposer: false,
      mustApplyBeforeDue: true,
    },
    source: proposalTerm,
    confidence: "default",
  },
];

/** 国家规则集 */
export const national: Rulebook = {
  format: 1,
  id: "national",
  version: "2025",
  label: { zh: "国家规则集", en: "national rulebook" },
  validFrom: "2015-08-29",
  validTo: null,
  kinds: [
    {
      id: "cppcc",
      label: { zh: "政协提案", en: "CPPCC proposal" },
      noun: { zh: "提案", en: "proposal" },
      measure: "件",
      proposer: { zh: "委员", en: "member" },
      numbering: "session",
    },
    {
      id: "npc",
      label: { zh: "人大代表建议", en: "deputy's suggestion" },
      noun: { zh: "建议", en: "suggestion" },
      measure: "件",
      proposer: { zh: "代表", en: "deputy" },
      numbering: "session",
    },
  ],
  deadlines: [
    ...replyRules,
    {
      ...monthTerm,
      id: "co-opinion",
      deadline: "co-opinion",
      appliesTo: { roles: ["assist"] },
      amount: 1,
      extension: null,
      source: openQuestion(
        "默认值：国家法律未规定协办意见期限，取各地最常见的一个月",
        "a default: no national term for an assisting unit's opinion; one month, the most common local term",
      ),
      confidence: "default",
    },
    {
      ...monthTerm,
      id: "rehandling",
      deadline: "rehandling",
      appliesTo: { roles: answering },
      trigger: "rehandlingOrdered",
      amount: 1,
      extension: null,
      source: openQuestion(
        "默认值：国家法律未规定重新办理期限，取各地最常见的一个月",
        "a default: no national term for handling again; one month, the most common local term",
      ),
      confidence: "default",
    },
    {
      ...monthTerm,
      id: "return-request",
      deadline: "return-request",
      appliesTo: {},
      amount: 10,
      unit: "workingDay",
      rollOver: "none",
      extension: null,
      onMiss: "lockRight",
      source: openQuestion(
        "默认值：国家法律未规定退办期限，取地方规定中较宽的十个工作日",
        "a default: no national window for sending a case back; ten working days, among the wider local ones",
      ),
      confidence: "default",
    },
  ],
  unregulated: [
    {
      deadline: "first-contact",
      note: {
        zh: "国家法律要求与代表联系沟通，未规定首次联系的期限",
        en: "national law demands contact with the deputy but sets no term for the first one",
      },
    },
    {
      deadline: "feedback",
      note: {
        zh: "国家法律未规定提案人反馈意见的期限",
        en: "national law sets no term for the proposer's feedback",
      },
    },
  ],
  contactBeforeReply: [
    { kinds: ["npc"], value: true, source: deputiesLaw, confidence: "law" },
    {
      value: true,
      source: openQuestion(
        "默认值：国家层面未规定政协提案答复前须沟通，参照《代表法》第五十一条",
        "a default: no national rule for CPPCC proposals; after the Deputies Law, art. 51",
      ),
      confidence: "default",
    },
  ],
  rehandlingOn: [
    {
      value: ["dissatisfied"],
      source: openQuestion(
        "默认值：国家法律未规定，各地通行做法是反馈不满意即重新办理",
        "a default: common local practice, a dissatisfied form means handling again",
      ),
      confidence: "default",
    },
  ],
  closingNeedsFeedback: [
    {
      value: true,
      source: openQuestion(
        "默认值：收回征询意见表后办结",
        "a default: close once the form is back",
      ),
      confidence: "default",
    },
  ],
  verifierDiffers: [
    {
      value: true,
      source: openQuestion("默认值：对账销号须由他人核验", "a default: somebody else verifies"),
      confidence: "default",
    },
  ],
  results: [
    {
      scheme: "national",
      codes: [
        {
          code: "A",
          label: { zh: "已经解决或基本解决", en: "solved or basically solved" },
          meaning: "resolved",
          createsCommitment: false,
        },
        {
          code: "B",
          label: { zh: "正在解决或列入计划逐步解决", en: "being solved or in plan, step by step" },
          meaning: "inProgress",
          createsCommitment: true,
        },
        {
          code: "C",
          label: { zh: "因目前条件限制，有待以后解决", en: "cannot now, solve later" },
          meaning: "deferred",
          createsCommitment: false,
        },
        {
          code: "D",
          label: { zh: "留作参考", en: "kept for reference" },
          meaning: "referenceOnly",
          createsCommitment: false,
        },
      ],
      source: openQuestion(
        "《代表建议办理工作程序》所列四类，国家法律未规定",
        "the four classes of the NPC procedure, not set by law",
      ),
    },
  ],
  lamps: { yellowWithinWorkingDays: 5 },
  rates: [
    {
      id: "meeting",
      version: 1,
      label: { zh: "见面率", en: "meeting rate" },
      definition: {
        zh: "与提案人至少当面沟通一次（登门走访、当面商谈、座谈交流、实地调研，不分轮次）的件数，占应由本单位答复件数的比例；提案人提出免予走访的不计入",
        en: "cases with at least one contact in person with a proposer (visit, meeting, symposium, site visit) in any round, over cases ours to answer, less those whose proposer waived it",
      },
      population: "oursNotWaived",
      count: "contacted",
      countedModes: ["visit", "meeting", "symposium", "site-visit"],
      withProposer: true,
    },
    {
      id: "contact",
      version: 1,
      label: { zh: "沟通率", en: "contact rate" },
      definition: {
        zh: "以任何方式与提案人至少沟通一次的件数，占应由本单位答复件数的比例",
        en: "cases with at least one contact of any mode, over cases ours to answer",
      },
      population: "ours",
      count: "contacted",
      countedModes: ["phone", "visit", "meeting", "symposium", "site-visit", "letter", "online"],
    },
    {
      id: "assignment",
      version: 1,
      label: { zh: "五定落实率", en: "assignment rate" },
      definition: {
        zh: "五定齐全的件数，占全部办件（退办、撤案、并案的除外）的比例",
        en: "cases with all five fixed, over every case not returned, withdrawn or merged",
      },
      population: "handled",
      count: "assigned",
    },
    {
      id: "completion",
      version: 1,
      label: { zh: "办结率", en: "completion rate" },
      definition: {
        zh: "已答复且没有尚未完成的重新办理的件数（协办件以提交协办意见为准），占全部办件（退办、撤案、并案的除外）的比例",
        en: "cases answered with no further round open (where we assist: opinion handed over), over every case not returned, withdrawn or merged",
      },
      population: "handled",
      count: "completed",
    },
    {
      id: "on-time",
      version: 1,
      label: { zh: "按时办结率", en: "on-time rate" },
      definition: {
        zh: "已办结且最后一轮答复未超过时限的件数，占全部办件（退办、撤案、并案的除外）的比例",
        en: "cases completed whose last answer came by its due date, over every case not returned, withdrawn or merged",
      },
      population: "handled",
      count: "completedOnTime",
    },
    {
      id: "satisfaction",
      version: 1,
      label: { zh: "满意率", en: "satisfaction rate" },
      definition: {
        zh: "最近一次收回的征询意见表对办理结果评价为满意或基本满意的件数（有多名提案人的，取最低评价），占应由本单位答复且已收回征询意见表件数的比例；催收后逾期未收回的不计入",
        en: "cases whose latest returned form, of any round, rates the result satisfied or mostly satisfied (worst of several proposers), over cases ours to answer with a returned form; forms that expired after a reminder are left out",
      },
      population: "formReturned",
      count: "lastFormGood",
      axis: "result",
      goodRatings: ["satisfied", "mostly"],
    },
    {
      id: "satisfaction-attitude",
      version: 1,
      label: { zh: "态度满意率", en: "attitude satisfaction rate" },
      definition: {
        zh: "最近一次收回的征询意见表对办理态度评价为满意或基本满意的件数（有多名提案人的，取最低评价），占应由本单位答复且已收回征询意见表件数的比例；催收后逾期未收回的不计入",
        en: "cases whose latest returned form, of any round, rates the attitude satisfied or mostly satisfied (worst of several proposers), over cases ours to answer with a returned form; forms that expired after a reminder are left out",
      },
      population: "formReturned",
      count: "lastFormGood",
      axis: "attitude",
      goodRatings: ["satisfied", "mostly"],
    },
    {
      id: "first-satisfaction",
      version: 1,
      label: { zh: "初次满意率", en: "first satisfaction rate" },
      definition: {
        zh: "第一次收回的征询意见表对办理结果评价为满意或基本满意的件数，占应由本单位答复且已收回征询意见表件数的比例",
        en: "cases whose first returned form rates the result satisfied or mostly satisfied, over cases ours to answer with a returned form",
      },
      population: "formReturned",
      count: "firstFormGood",
      axis: "result",
      goodRatings: ["satisfied", "mostly"],
    },
    {
      id: "resolved",
      version: 1,
      label: { zh: "解决率", en: "resolved rate" },
      definition: {
        zh: "当前办理结果为已经解决或基本解决（A类）的件数，占已答复件数的比例",
        en: "cases whose current result is resolved (A), over answered cases",
      },
      population: "answered",
      count: "resolved",
    },
    {
      id: "adoption",
      version: 1,
      label: { zh: "采纳率", en: "adoption rate" },
      definition: {
        zh: "被采纳的意见建议条数，占应由本单位答复的办件所提意见建议条数的比例",
        en: "requests taken up, over requests asked for in cases ours to answer",
      },
      population: "requests",
      count: "adopted",
    },
    {
      id: "commitment",
      version: 1,
      label: { zh: "承诺兑现率", en: "commitment rate" },
      definition: {
        zh: "按期兑现的承诺事项数，占已到期承诺事项数的比例",
        en: "promises fulfilled by their date, over promises whose date has come",
      },
      population: "commitmentsDue",
      count: "fulfilledOnTime",
    },
  ],
};
