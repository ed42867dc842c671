/** @module schema-figures — the schema of the result letters and rates of a rulebook file. */
import * as v from "valibot";
import { contactModes, contactPhases, ratings } from "../../case/terms.ts";
import {
  anyOf,
  categories,
  described,
  forKinds,
  id,
  keysOf,
  label,
  members,
  optional,
  someOf,
  sourced,
  text,
  whole,
} from "./schema-parts.ts";

const meaning = v.picklist([
  "resolved",
  "partlyResolved",
  "inProgress",
  "planned",
  "deferred",
  "referenceOnly",
  "infeasible",
  "upToHigherBody",
]);
const rounding = described(
  members({
    decimals: described(v.picklist([0, 1, 2, 3]), "小数位数 Decimals"),
    mode: described(
      v.picklist(["halfUp", "largestRemainder", "down"]),
      "halfUp 四舍五入；largestRemainder 各项合计为 100%；down 舍去 How shares are rounded",
    ),
  }),
  "百分数怎样取整 How shares are printed",
);

export const resultScheme = members({
  scheme: described(id, "类别方案名称 Name of the scheme"),
  kinds: forKinds,
  codes: v.pipe(
    v.array(
      members({
        code: described(text, "办理结果的代码 The letter"),
        label: described(label, "类别名称 Name of the class"),
        meaning: described(meaning, "各方案通用的含义 What it means in every scheme"),
        createsCommitment: described(v.boolean(), "是否形成承诺事项 Whether it owes promises"),
      }),
    ),
    v.minLength(1, "filled"),
  ),
  rounding,
  ...sourced,
});

const population = described(
  v.picklist([
    "all",
    "answering",
    "answered",
    "returnedForms",
    "promisedResults",
    "publishable",
    "requests",
    "commitmentsDue",
  ]),
  "总数：all 全部办件；answering 应由本单位答复；answered 已答复；returnedForms 已收回征询意见表；promisedResults 上年有承诺的件；publishable 可公开的答复；requests 意见建议条数；commitmentsDue 已到期承诺 What the share is of",
);
const numerator = described(
  v.picklist([
    "contacted",
    "assigned",
    "completed",
    "completedOnTime",
    "followedUp",
    "satisfied",
    "resolved",
    "upgraded",
    "adopted",
    "fulfilledOnTime",
    "verified",
    "published",
  ]),
  "计入：contacted 已沟通；assigned 五定齐全；completed 已办结；completedOnTime 按时办结；followedUp 办结并回访；satisfied 满意；resolved 已解决；upgraded 已转化；adopted 已采纳；fulfilledOnTime 按期兑现；verified 核验销号；published 已公开 What is counted",
);
const exclusions = described(
  anyOf(["returned", "withdrawn", "merged", "waived", "formExpired", "formOut"]),
  "不计入总数：returned 退办；withdrawn 撤案；merged 并案；waived 免予沟通；formExpired 逾期未反馈；formOut 尚未收回 What is left out",
);

const contact = described(
  members({
    modes: described(someOf(keysOf(contactModes)), "计入的沟通方式 Modes that count"),
    withProposer: described(v.boolean(), "是否须有提出人参加 Whether a proposer must take part"),
    minTimes: described(whole(1), "至少几次 How many are needed"),
    phases: described(
      anyOf(keysOf(contactPhases)),
      "须有的阶段：办前、办中、办后 Phases that must be there",
    ),
    waiver: described(
      v.picklist(["excluded", "met", "notMet"]),
      "免予沟通的件：excluded 不计入；met 视为已沟通；notMet 视为未沟通 How a waiver counts",
    ),
  }),
  "用于 contacted：怎样算沟通 For contacted: what counts as one",
);

const form = described(
  members({
    axis: described(
      v.picklist(["attitude", "result", "both"]),
      "态度、结果或两者 Axis that is read",
    ),
    ratings: described(someOf(keysOf(ratings)), "计为满意的评价 Ratings that count"),
    round: described(v.picklist(["first", "latest"]), "首次或最近一次 First or latest form"),
    proposers: described(
      v.picklist(["lead", "worst", "best", "majority"]),
      "多名提出人：lead 以领衔人为准；worst 取最低；best 取最高；majority 取多数 Several proposers",
    ),
    silence: described(
      v.picklist(["excluded", "countsAsSatisfied", "countsAsDissatisfied"]),
      "逾期未反馈怎样计 What an expired form means",
    ),
  }),
  "用于 satisfied：读哪一份征询意见表 For satisfied: which form is read",
);

export const rate = members({
  id,
  version: described(whole(1), "口径改变时加一 Raised when the definition changes"),
  label: described(label, "比率名称 Name of the rate"),
  definition: described(label, "完整的计算口径，一句话 The whole definition in one sentence"),
  population,
  kinds: forKinds,
  categories: optional(
    described(categories, "只统计这些分类的件；不写则全部 Categories that are looked at"),
  ),
  exclusions,
  numerator,
  contact: optional(contact),
  form: optional(form),
  round: optional(
    described(
      v.picklist(["first", "last", "every"]),
      "用于 completedOnTime：看哪一轮答复 For completedOnTime: which answer is looked at",
    ),
  ),
  meanings: optional(
    described(
      v.pipe(v.array(meaning), v.minLength(1, "filled")),
      "用于 resolved、upgraded：计入的结果含义 For resolved and upgraded: meanings that count",
    ),
  ),
  rounding,
  ...sourced,
});
