/** @module schema-rules — the schema of the kinds and terms of a rulebook file. */
import * as v from "valibot";
import { deadlineNames, levels, roles, submissionPhases } from "../../case/terms.ts";
import type { RuledDeadline } from "../deadline-rule.ts";
import {
  categories,
  date,
  described,
  id,
  keysOf,
  kindId,
  kinds,
  label,
  members,
  monthDay,
  optional,
  someOf,
  sourced,
  text,
  time,
  whole,
} from "./schema-parts.ts";

export const kind = members({
  id: described(kindId, "件号的第一部分 First part of a case's name"),
  label: described(label, "件别名称 Name of the kind"),
  noun: described(label, "句中的称呼 What one is called in a sentence"),
  measure: described(text, "量词：件、条 How it is counted"),
  proposer: described(label, "提出人的称谓：委员、代表 What its proposer is called"),
  promise: optional(
    described(label, "所承诺事项的称谓：措施；不写则称承诺事项 What is promised in its cases"),
  ),
  numbering: described(
    v.picklist(["session", "year"]),
    "件号第二部分是届次还是年份 Session or year in a case's name",
  ),
});

const ruledDeadlines = keysOf(deadlineNames).filter(
  (name): name is RuledDeadline => name !== "internal" && name !== "commitment" && name !== "urge",
);
const triggers = [
  "submitted",
  "sessionClosed",
  "dispatched",
  "received",
  "receiptSigned",
  "returnRequested",
  "returnApproved",
  "assigned",
  "opinionRequested",
  "opinionReturned",
  "replyDelivered",
  "rehandlingOrdered",
  "commitmentFulfilled",
  "progressReported",
  "progressDispatched",
  "fixedDate",
  ...ruledDeadlines.map((name): `dueDateOf:${RuledDeadline}` => `dueDateOf:${name}`),
] as const;
const dayUnits = ["workingDay", "calendarDay", "calendarMonth"] as const;

export const deadlineRule = members({
  id: described(id, "规则编号，全书唯一 Unique in the rulebook"),
  deadline: described(v.picklist(ruledDeadlines), "设定哪个时限 Which due date it sets"),
  appliesTo: described(
    members({
      kinds: optional(described(kinds, "适用的件别；不写则适用全部 Kinds; all when absent")),
      roles: optional(described(someOf(keysOf(roles)), "本单位的角色 Roles of the office")),
      levels: optional(described(someOf(keysOf(levels)), "办件的层级 Levels of the case")),
      phases: optional(
        described(
          someOf(keysOf(submissionPhases)),
          "大会期间或者闭会期间提出 When it was submitted",
        ),
      ),
      categories: optional(
        described(categories, "办件的分类，与接收时所写的一致 Categories of the case"),
      ),
      isComplex: optional(described(v.boolean(), "是否复杂件 Whether it is complex")),
      isKey: optional(described(v.boolean(), "是否重点件 Whether it is key")),
      rounds: optional(
        described(
          v.pipe(v.array(whole(1)), v.minLength(1, "filled")),
          "第几轮办理，首次为 1 Rounds; the first handling is 1",
        ),
      ),
    }),
    "适用于哪些办件；不写的项不作限制 Which cases it is for",
  ),
  trigger: described(v.picklist(triggers), "从何时起算 What the term counts from"),
  amount: optional(described(whole(0), "期限长度；单位为 date 时不写 How long; not for unit date")),
  unit: described(
    v.picklist([...dayUnits, "hour", "workingHour", "date"]),
    "期限的单位 What the term is counted in",
  ),
  direction: optional(
    described(v.picklist(["after", "before"]), "before：自起算日向前数 Counts back"),
  ),
  count: described(
    v.picklist(["dayZero", "moveThenCount", "nextWorkingDay", "nextDayZero", "dayOne"]),
    "哪一天为第一日；dayZero 符合《民法典》第二百零一条 Which day is day one",
  ),
  cutOff: optional(
    described(time, "HH:mm，到此时刻及以后视为次日 From this time on it is the next day"),
  ),
  monthDay: optional(described(monthDay, "MM-DD，单位为 date 时的固定日期 The day, for unit date")),
  rollOver: described(
    v.picklist(["none", "nextWorkingDay", "nextNonHoliday", "previousWorkingDay"]),
    "届满日遇休息日怎么办 What happens to a last day that is a day off",
  ),
  extension: described(
    v.nullable(
      members({
        max: members({
          from: described(
            v.picklist(["trigger", "dueDate"]),
            "从起算日还是原届满日计算 What the bound counts from",
          ),
          amount: described(whole(1), "最长多少 How long at most"),
          unit: described(v.picklist(dayUnits), "单位 In what it is counted"),
        }),
        approver: described(v.nullable(label), "由谁同意；未写明则为 null Who consents, or null"),
        needsWrittenNoticeToProposer: described(
          v.boolean(),
          "是否须书面告知提案人 Whether the proposer gets written notice",
        ),
        mustApplyBeforeDue: described(
          v.boolean(),
          "是否须在到期前申请 Whether it is asked for before the due date",
        ),
        approvers: optional(
          described(
            v.pipe(v.array(text), v.minLength(1, "filled")),
            "可以批准的单位；dispatcher 指交办单位；不写则不限 Bodies that may consent",
          ),
        ),
        times: optional(described(whole(1), "最多延期几次；不写则不限 How often at most")),
        source: optional(sourced.source),
        confidence: optional(sourced.confidence),
      }),
    ),
    "最多可延长到多久；不得延长则为 null How far it may be extended, or null",
  ),
  onMiss: described(
    v.picklist(["lockRight", "escalate", "countAsLate"]),
    "逾期后果 What a missed term means",
  ),
  remindBefore: optional(
    described(
      v.array(members({ amount: whole(0), unit: v.picklist(["workingDay", "calendarDay"]) })),
      "到期前多久提醒 When to remind",
    ),
  ),
  notApplied: optional(described(label, "列明而不适用的原因 Why it is stated and not applied")),
  ...sourced,
  validFrom: described(date, "自哪一天起施行 In force from"),
  validTo: described(v.nullable(date), "施行到哪一天；现行有效则为 null In force until, or null"),
});
