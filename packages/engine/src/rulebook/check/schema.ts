/**
 * @module schema — the shape of rulebook files and calendar files, as it is tested and as editors know it.
 *
 * With its parts, the only code that needs valibot: it is loaded when a file is read, never on the
 * everyday path. The schemas do not compile when they say anything else than the types.
 */
import * as v from "valibot";
import { caseEvents } from "../../case/events.ts";
import { contactModes, contactPhases, deadlineNames, levels, ratings } from "../../case/terms.ts";
import type { CalendarFile } from "../calendar/calendar-file.ts";
import type { RulebookFile } from "../rulebook.ts";
import type { Exactly } from "./schema-parts.ts";
import {
  anyOf,
  date,
  described,
  forKinds,
  id,
  keysOf,
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
import { rate, resultScheme } from "./schema-figures.ts";
import { deadlineRule, kind } from "./schema-rules.ts";

const anyDeadline = v.picklist(keysOf(deadlineNames));

const choices = <Value extends v.GenericSchema>(value: Value, description: string) =>
  described(v.array(members({ kinds: forKinds, value, ...sourced })), description);

const shape = members({
  $schema: optional(v.string()),
  format: described(v.literal(2), "格式版本 Format of this data"),
  id: described(id, "规则集编号 Id of the rulebook"),
  version: described(
    v.pipe(v.string(), v.regex(/^\d+(\.\d+)*$/, "version")),
    "版本，如 2025、2025.2 Version",
  ),
  label: described(label, "规则集名称 Name of the rulebook"),
  extends: optional(
    described(
      v.pipe(v.string(), v.regex(/^[a-z0-9]+(-[a-z0-9]+)*@\d+(\.\d+)*$/, "bookName")),
      "在哪个规则集之上补充，如 national@2025 The rulebook that this one extends",
    ),
  ),
  validFrom: described(date, "适用于哪一天起交办的件 For cases dispatched from"),
  validTo: optional(
    described(v.nullable(date), "适用到哪一天交办的件；没有止期则为 null Until, or null"),
  ),
  appliesToOpenCases: optional(
    described(v.boolean(), "采用时是否也适用于在办的件 Whether it also binds open cases"),
  ),
  ownLevel: optional(
    described(
      v.picklist(keysOf(levels)),
      "未写明层级的件所属的层级 Level of a case that names none",
    ),
  ),
  isCollection: optional(
    described(v.boolean(), "是否只供选用、不得采用 A collection to copy from, never adopted"),
  ),
  kinds: optional(described(v.array(kind), "件别 Kinds of cases")),
  deadlines: optional(
    described(
      v.array(deadlineRule),
      "时限；同一时限以排在前面的为准 Terms; the first that applies wins",
    ),
  ),
  unregulated: optional(
    described(
      v.array(
        members({
          deadline: described(anyDeadline, "哪个时限 Which due date"),
          kinds: forKinds,
          note: described(label, "已知的情况 What is known about it"),
        }),
      ),
      "未作规定的时限 Terms that are not set",
    ),
  ),
  contactBeforeReply: optional(
    choices(
      members({
        required: described(v.boolean(), "答复前是否须沟通 Whether contact is needed"),
        modes: optional(
          described(someOf(keysOf(contactModes)), "计入的沟通方式；不写则都算 Modes that count"),
        ),
        minTimes: optional(described(whole(1), "至少几次；不写则一次 How many are needed")),
        phases: optional(
          described(someOf(keysOf(contactPhases)), "每个阶段都须有 Phases of which each is needed"),
        ),
      }),
      "答复前须怎样沟通 The contact that a reply needs",
    ),
  ),
  rehandlingOn: optional(
    choices(
      members({
        ratings: described(
          anyOf(keysOf(ratings)),
          "引起重新办理的评价；空列表表示须另行决定 Ratings; none when it must be ordered",
        ),
        axes: described(
          someOf(["attitude", "result"]),
          "看态度、结果中的哪几项，有一项即可 Axes; one of them is enough",
        ),
      }),
      "哪些评价须重新办理 The ratings that open a new round",
    ),
  ),
  closingNeedsFeedback: optional(
    choices(v.boolean(), "办结是否须收回征询意见表 Whether closing needs the form"),
  ),
  expiryNeedsReminder: optional(
    choices(
      v.boolean(),
      "视为逾期未反馈前是否须催收 Whether a form may expire only after a reminder",
    ),
  ),
  verifierDiffers: optional(
    choices(v.boolean(), "承诺兑现是否须由他人核验 Whether somebody else verifies"),
  ),
  redispatchClock: optional(
    choices(
      v.picklist(["restart", "continue"]),
      "改办后答复期限重新起算还是继续计算 Whether the term begins anew after a change of the unit",
    ),
  ),
  silentReturn: optional(
    choices(
      v.picklist(["waits", "refused"]),
      "逾期未作退办决定视为什么 What a decision on a return that does not come means",
    ),
  ),
  assignmentBeforeReply: optional(
    choices(v.boolean(), "答复前是否须落实五定 Whether a reply needs the 五定"),
  ),
  coOpinions: optional(
    choices(
      members({
        beforeReply: described(
          v.boolean(),
          "收齐协办意见后方可答复 No reply before they are there",
        ),
        toldInReply: described(v.boolean(), "答复须说明协办意见 The reply tells them"),
      }),
      "协办意见 The opinions of co-handlers",
    ),
  ),
  replySteps: optional(
    choices(
      members({
        reviews: described(whole(0), "须核稿几次 How many reviews a draft needs"),
        signature: described(v.boolean(), "是否须签发 Whether it is signed"),
        checkerDiffers: described(
          v.boolean(),
          "核稿、签发是否须由拟稿人以外的人 Whether somebody else reviews and signs",
        ),
      }),
      "答复的拟稿、核稿、签发 The way of a reply to signature",
    ),
  ),
  deliveredWhen: optional(
    choices(
      v.picklist(["each", "lead"]),
      "送达每位提案人还是第一提案人方为答复 Delivered to each proposer or to the first",
    ),
  ),
  formsCounted: optional(
    choices(
      members({
        settledBy: described(
          v.picklist(["any", "lead", "all"]),
          "收回谁的征询意见表即可 Whose form settles it",
        ),
        openedBy: described(
          v.picklist(["any", "lead"]),
          "谁的评价引起重新办理 Whose form opens a new round",
        ),
      }),
      "多位提案人的征询意见表 Forms where several proposed",
    ),
  ),
  rounds: optional(
    choices(
      members({
        max: described(v.nullable(whole(1)), "最多几轮；不限则为 null How many at most, or null"),
      }),
      "办理轮次，再次重新办理须提级处理 Rounds; more need a decision from above",
    ),
  ),
  promises: optional(
    choices(
      members({
        withResult: described(
          v.boolean(),
          "应有承诺的结果类别是否须写明承诺事项 Whether such a result needs a promise",
        ),
        evidence: described(v.boolean(), "兑现是否须有佐证材料 Whether fulfilment needs evidence"),
        secondReply: described(
          v.boolean(),
          "兑现后是否须再次答复 Whether the proposer is told again",
        ),
      }),
      "承诺事项 Promises",
    ),
  ),
  lateEntry: optional(
    described(
      v.array(
        members({
          kinds: forKinds,
          events: optional(
            described(
              someOf(keysOf(caseEvents)),
              "哪些记录，如 ReplyDelivered；不写则全部 Types of events; all when absent",
            ),
          ),
          reasonAfter: optional(
            described(
              whole(0),
              "超过几个工作日须写明理由 Working days after which a reason is needed",
            ),
          ),
          approverAfter: optional(
            described(
              whole(0),
              "超过几个工作日须由另一人批准 Working days after which somebody else approves",
            ),
          ),
          limit: optional(
            described(whole(0), "超过几个工作日不得补录 Working days after which it is refused"),
          ),
          ...sourced,
        }),
      ),
      "补录的限度；以排在前面的为准，不写则只作标记 Limits of late entries; the first that applies wins",
    ),
  ),
  workingHours: optional(
    choices(
      v.array(
        members({
          from: described(time, "上班时刻，HH:mm Opening"),
          to: described(time, "下班时刻，HH:mm Closing"),
        }),
      ),
      "办公时间，用于按工作小时计算的期限 The office's hours",
    ),
  ),
  results: optional(described(v.array(resultScheme), "办理结果类别 The letters of replies")),
  lamps: optional(
    choices(
      members({
        yellowWithinWorkingDays: described(whole(0), "提前几个工作日 Working days ahead"),
      }),
      "黄灯 The yellow lamp",
    ),
  ),
  rates: optional(described(v.array(rate), "各项比率及其计算口径 Rates and their definitions")),
  duties: optional(
    described(
      v.array(
        members({
          id: described(id, "事项编号 Id of the duty"),
          label: described(label, "事项名称 What it is"),
          monthDay: described(
            v.nullable(monthDay),
            "最后一天，MM-DD；只写明时节的为 null The last day, or null",
          ),
          ...sourced,
        }),
      ),
      "每年一次的工作 Duties of every year",
    ),
  ),
});

/** A rulebook file; does not compile when it says something else than `RulebookFile`. */
export const rulebookFileSchema: Exactly<RulebookFile, typeof shape> = shape;

const calendarShape = members({
  $schema: optional(v.string()),
  format: described(v.literal(1), "格式版本 Format of this data"),
  edition: described(
    v.pipe(v.string(), v.regex(/^[a-z0-9]+([.-][a-z0-9]+)*$/, "edition")),
    "版次，如 cn-2027.1，写在每个由它算出的时限旁 Edition, named beside each due date",
  ),
  notice: described(text, "通知文号 Number of the notice"),
  from: described(date, "通知涵盖的第一天 First day that the notice covers"),
  to: described(date, "通知涵盖的最后一天 Last day that the notice covers"),
  holidays: described(
    v.array(
      members({
        name: described(text, "节日名称 Name of the holiday"),
        nameEn: optional(described(text, "英文名称 Its name in English")),
        from: described(date, "放假第一天 First day off"),
        to: described(date, "放假最后一天 Last day off"),
      }),
    ),
    "放假，含周末，按日期排列 Holidays with their weekend days, sorted",
  ),
  makeUpDays: described(v.array(date), "调休上班的周末，按日期排列 Weekend days worked, sorted"),
});

/** A calendar file; does not compile when it says something else than `CalendarFile`. */
export const calendarFileSchema: Exactly<CalendarFile, typeof calendarShape> = calendarShape;
