/** @module sample-rulebook — a small rulebook file without a mistake, and files that differ from it. */
import type { DeadlineRule } from "../src/rulebook/deadline-rule.ts";
import type { RateDefinition } from "../src/rulebook/rate-definition.ts";
import type { RulebookFile } from "../src/rulebook/rulebook.ts";

const law = {
  source: {
    title: { zh: "《某省办理规定》", en: "Provincial Regulation" },
    article: { zh: "第九条", en: "art. 9" },
  },
  confidence: "law",
} as const;
const choice = {
  source: { title: { zh: "默认值：未见规定", en: "a default: no rule was found" } },
  confidence: "default",
} as const;

const reply: DeadlineRule = {
  id: "npc-reply",
  deadline: "reply",
  appliesTo: { kinds: ["npc"], roles: ["sole", "lead", "separate"] },
  trigger: "dispatched",
  amount: 3,
  unit: "calendarMonth",
  count: "dayZero",
  rollOver: "nextWorkingDay",
  extension: {
    max: { from: "trigger", amount: 6, unit: "calendarMonth" },
    approver: { zh: "交办机关", en: "the dispatching body" },
    needsWrittenNoticeToProposer: true,
    mustApplyBeforeDue: true,
  },
  onMiss: "countAsLate",
  remindBefore: [{ amount: 5, unit: "workingDay" }],
  ...law,
  validFrom: "2020-01-01",
  validTo: null,
};

/** The rule `npc-reply`, with some members changed. */
export const replyRule = (changes: Partial<DeadlineRule> & Readonly<{ id: string }>) => ({
  ...reply,
  ...changes,
});

const rate = (id: string, rest: Omit<RateDefinition, "id" | keyof typeof rateBase>) => ({
  id,
  ...rateBase,
  ...rest,
});
const rateBase = {
  version: 1,
  label: { zh: "某率", en: "a rate" },
  definition: { zh: "某数占某数的比例", en: "some over some" },
  rounding: { decimals: 2, mode: "halfUp" },
  ...choice,
} as const satisfies Partial<RateDefinition>;

const kind = (id: string, zh: string, en: string) => ({
  id,
  label: { zh, en },
  noun: { zh, en },
  measure: "件",
  proposer: { zh: "提出人", en: "proposer" },
  numbering: "session" as const,
});

/** Two kinds, four terms, one scheme of letters, six rates. */
export const sample: RulebookFile = {
  $schema: "rulebook.schema.json",
  format: 2,
  id: "county",
  version: "2025",
  label: { zh: "某县规则集", en: "a county's rulebook" },
  validFrom: "2020-01-01",
  kinds: [
    kind("npc", "人大代表建议", "deputy's suggestion"),
    kind("cppcc", "政协提案", "CPPCC proposal"),
  ],
  deadlines: [
    reply,
    replyRule({
      id: "cppcc-reply",
      appliesTo: { kinds: ["cppcc"], roles: ["sole", "lead", "separate"] },
    }),
    replyRule({
      id: "co-opinion",
      deadline: "co-opinion",
      appliesTo: { roles: ["assist"] },
      amount: 20,
      unit: "workingDay",
      extension: null,
    }),
    replyRule({
      id: "feedback",
      deadline: "feedback",
      appliesTo: {},
      trigger: "replyDelivered",
      amount: 15,
      unit: "workingDay",
      extension: null,
      onMiss: "lockRight",
    }),
  ],
  contactBeforeReply: [
    { kinds: ["npc"], value: { required: true, minTimes: 1 }, ...law },
    { value: { required: true }, ...choice },
  ],
  rehandlingOn: [{ value: { ratings: ["dissatisfied"], axes: ["result"] }, ...choice }],
  closingNeedsFeedback: [{ value: true, ...choice }],
  expiryNeedsReminder: [{ value: true, ...choice }],
  verifierDiffers: [{ value: true, ...choice }],
  redispatchClock: [{ value: "restart", ...choice }],
  silentReturn: [{ value: "refused", ...choice }],
  assignmentBeforeReply: [{ value: true, ...choice }],
  coOpinions: [{ value: { beforeReply: false, toldInReply: false }, ...choice }],
  replySteps: [{ value: { reviews: 0, signature: false, checkerDiffers: false }, ...choice }],
  deliveredWhen: [{ value: "each", ...choice }],
  formsCounted: [{ value: { settledBy: "any", openedBy: "any" }, ...choice }],
  rounds: [{ value: { max: null }, ...choice }],
  promises: [{ value: { withResult: false, evidence: false, secondReply: false }, ...choice }],
  workingHours: [{ value: [], ...choice }],
  results: [
    {
      scheme: "county",
      codes: [
        {
          code: "A",
          label: { zh: "已经解决", en: "solved" },
          meaning: "resolved",
          createsCommitment: false,
        },
        {
          code: "B",
          label: { zh: "列入计划", en: "planned" },
          meaning: "planned",
          createsCommitment: true,
        },
      ],
      rounding: { decimals: 1, mode: "largestRemainder" },
      ...choice,
    },
  ],
  lamps: [{ value: { yellowWithinWorkingDays: 5 }, ...choice }],
  rates: [
    rate("meeting", {
      population: "answering",
      exclusions: ["returned", "waived"],
      numerator: "contacted",
      contact: {
        modes: ["visit", "meeting"],
        withProposer: true,
        minTimes: 1,
        phases: [],
        waiver: "excluded",
      },
    }),
    rate("satisfaction", {
      population: "returnedForms",
      exclusions: ["returned"],
      numerator: "satisfied",
      form: {
        axis: "result",
        ratings: ["satisfied", "mostly"],
        round: "latest",
        proposers: "worst",
        silence: "excluded",
      },
    }),
    rate("on-time", {
      population: "all",
      exclusions: ["returned"],
      numerator: "completedOnTime",
      round: "last",
    }),
    rate("adoption", { population: "requests", exclusions: [], numerator: "adopted" }),
    rate("commitment", {
      population: "commitmentsDue",
      exclusions: [],
      numerator: "fulfilledOnTime",
    }),
    rate("upgraded", {
      population: "promisedResults",
      exclusions: ["returned"],
      numerator: "upgraded",
      meanings: ["resolved"],
    }),
  ],
  duties: [
    {
      id: "annual-report",
      label: { zh: "年度报告", en: "yearly report" },
      monthDay: "08-31",
      ...law,
    },
  ],
};

/** Values by JSON pointer; `undefined` takes a member out, a last part `-` adds to a list. */
export type Changes = Readonly<Record<string, unknown>>;

/** The text of a file that differs from another in these places. */
export const fileWith = (changes: Changes, file: unknown = sample): string => {
  const data = JSON.parse(JSON.stringify(file)) as Record<string, unknown>;
  for (const [pointer, value] of Object.entries(changes)) {
    const parts = pointer.split("/").slice(1);
    const last = parts.pop() ?? "";
    let at = data;
    for (const part of parts) at = at[part] as Record<string, unknown>;
    if (Array.isArray(at) && last === "-") at.push(value);
    else at[last] = value;
  }
  return JSON.stringify(data);
};
