/**
 * @module commands — what may be asked of a case: every command, its fields and its words.
 *
 * This table is the vocabulary of `wuding <command>`, of each line that `wuding apply` reads and of
 * `casebook.execute`. A new command is a row here, a case in the decider, and nothing else.
 */
import type { LateGrounds } from "./events.ts";
import type { AnyField, Field } from "./fields.ts";
import {
  commitments,
  corrections,
  date,
  designation,
  document,
  flag,
  integer,
  integers,
  kindOfCase,
  line,
  lines,
  occurredOn,
  oneOf,
  participants,
  proposers,
  text,
} from "./fields.ts";
import type { Label } from "./terms.ts";
import {
  contactModes,
  contactPhases,
  disclosures,
  levels,
  opinionDefects,
  progressOccasions,
  promiseStandings,
  proposerTypes,
  ratings,
  returnDecisions,
  reviewDecisions,
  roles,
  submissionPhases,
  urgeMethods,
  urgeSlips,
} from "./terms.ts";

type Fields = Readonly<Record<string, AnyField>>;
type CommandKind = Readonly<{
  label: Label;
  /** `new`: makes a case; `one`: is about one case; `many`: about one or several together; `office`: about none. */
  about: "new" | "one" | "many" | "office";
  fields: Fields;
  /** The field that may be typed after the case, without its name. */
  positional?: string;
}>;

const reason = line({ zh: "理由", en: "reason" }, { required: "yes" });

const assignment = {
  department: line({ zh: "定科室：承办科室", en: "department" }, { required: "byRule" }),
  person: line({ zh: "定人员：经办人", en: "person in charge" }, { required: "byRule" }),
  due: date({ zh: "定时间：完成时限", en: "internal due date" }, { required: "byRule" }),
  task: line({ zh: "定任务：办理任务", en: "task" }, { required: "byRule" }),
  responsibility: line({ zh: "定责任：责任要求", en: "responsibility" }, { required: "byRule" }),
  leader: line({ zh: "分管领导", en: "leader in charge" }),
  coDepartments: lines({ zh: "配合科室", en: "departments that help" }, "coDepartment"),
} as const;

const decidedBy = line({ zh: "决定单位", en: "who decided" }, { required: "yes" });
const opinionUnit = line({
  zh: "协办单位（只有一家时可不写）",
  en: "the co-handler (not needed where there is one)",
});

const commitmentNumber = integer({ zh: "承诺事项序号", en: "number of the commitment" }, 1, {
  required: "yes",
});

/** Fields that every command takes. */
export const commonFields = {
  on: occurredOn({ zh: "发生日期（默认今天）", en: "when it was true (default: today)" }),
  note: text({ zh: "备注", en: "note" }),
  lateReason: line({ zh: "补录理由", en: "why it is recorded on a later day" }),
  lateApprovedBy: line({
    zh: "批准补录的人（须为另一人）",
    en: "who approved that it is recorded late (somebody else)",
  }),
  commandId: line({
    zh: "命令编号，同一编号只记录一次",
    en: "an id of your own; the same id records once",
  }),
  expect: integer(
    { zh: "预期版本，与现版本不符则拒绝", en: "refuse unless the case is at this version" },
    0,
  ),
} as const satisfies Fields;

export const commands = {
  receive: {
    label: { zh: "接收交办", en: "take a case in" },
    about: "new",
    fields: {
      kind: kindOfCase({
        zh: "件别：cppcc 政协提案，npc 人大代表建议",
        en: "kind: cppcc (CPPCC proposal) or npc (deputy's suggestion)",
      }),
      session: designation({ zh: "届次，如 15-5、十五届五次", en: "session, such as 15-5" }),
      number: designation({ zh: "编号，如 122", en: "number, such as 122" }),
      otherNumbers: lines(
        {
          zh: "其他编号，如台账号、平台号、纸质件号，可凭以查看",
          en: "another number of it (ledger, platform, paper) by which it is found too",
        },
        "otherNumber",
      ),
      title: line({ zh: "案由", en: "title" }, { required: "yes" }),
      proposers: proposers({
        zh: "提案人，第一位为第一提案人",
        en: "proposer; the first one leads",
      }),
      proposerType: oneOf({ zh: "提案人类型", en: "type of proposer" }, proposerTypes),
      role: oneOf({ zh: "承办角色", en: "our role" }, roles),
      leadUnit: line({ zh: "主办单位", en: "lead unit" }),
      coUnits: lines({ zh: "协办单位", en: "assisting unit" }, "coUnit"),
      dispatchedBy: line({ zh: "交办单位", en: "dispatching body" }),
      dispatchedOn: date({
        zh: "交办日期（默认同发生日期）",
        en: "date of dispatch (default: that of --on)",
      }),
      submittedOn: date({
        zh: "提出日期（提案人向交办单位提出之日）",
        en: "date on which it was put to the dispatching body",
      }),
      sessionClosedOn: date({ zh: "大会闭会日期", en: "date on which the session closed" }),
      level: oneOf({ zh: "层级", en: "level" }, levels),
      submissionPhase: oneOf({ zh: "会间或闭会期间", en: "phase of submission" }, submissionPhases),
      block: line({ zh: "板块", en: "theme block" }),
      category: line({ zh: "分类", en: "category" }),
      requests: lines({ zh: "所提意见建议，一条一项", en: "one point asked for" }, "request"),
      isKey: flag({ zh: "重点件", en: "key case" }),
      isComplex: flag({ zh: "复杂件（涉及面广、处理难度大）", en: "complex case" }),
      consentToPublish: flag({ zh: "提案人同意公开", en: "the proposer consents to publication" }),
      text: text({ zh: "全文", en: "full text" }),
    },
  },
  "sign-receipt": {
    label: { zh: "签收", en: "record that the receipt was signed" },
    about: "one",
    fields: { by: line({ zh: "签收人", en: "who signed" }, { required: "yes" }) },
  },
  "request-return": {
    label: { zh: "申请退办", en: "ask to send the case back" },
    about: "one",
    fields: { reason, suggestedUnit: line({ zh: "建议承办单位", en: "suggested unit" }) },
  },
  "decide-return": {
    label: { zh: "记录退办决定", en: "record the decision on a return" },
    about: "one",
    fields: {
      decision: oneOf({ zh: "决定", en: "decision" }, returnDecisions, { required: "yes" }),
      by: decidedBy,
    },
  },
  redispatch: {
    label: { zh: "记录改办", en: "record a change of the unit or of our role" },
    about: "one",
    fields: {
      unit: line({ zh: "改由哪个单位承办", en: "the unit that has it now" }, { required: "yes" }),
      by: decidedBy,
      reason,
      role: oneOf(
        {
          zh: "本单位此后的角色（不写表示已不由本单位承办）",
          en: "our role from now on (none: it left us)",
        },
        roles,
      ),
    },
  },
  "mark-complex": {
    label: { zh: "列为复杂件", en: "record that the case is complex" },
    about: "one",
    fields: { by: decidedBy, reason },
  },
  assign: {
    label: { zh: "落实五定（定科室、定人员、定时间、定任务、定责任）", en: "fix the 五定" },
    about: "one",
    fields: assignment,
  },
  reassign: {
    label: { zh: "调整五定", en: "fix the 五定 anew" },
    about: "one",
    fields: { ...assignment, reason },
  },
  contact: {
    label: { zh: "记录沟通联系", en: "record a contact with the proposer" },
    about: "many",
    fields: {
      mode: oneOf({ zh: "方式", en: "mode" }, contactModes, { required: "yes" }),
      phase: oneOf({ zh: "阶段", en: "phase" }, contactPhases),
      participants: participants({ zh: "参加人员", en: "who took part" }),
      summary: text({ zh: "沟通情况", en: "what was said" }),
    },
  },
  "waive-contact": {
    label: { zh: "记录提案人提出免予走访", en: "record that no visit is wanted" },
    about: "one",
    fields: { reason },
  },
  "request-opinion": {
    label: { zh: "征求协办意见", en: "ask a co-handler for its opinion" },
    about: "one",
    fields: {
      unit: line({ zh: "协办单位或者配合科室", en: "the unit that is asked" }, { required: "yes" }),
      text: text({ zh: "征求事项", en: "what is asked" }),
      due: date({ zh: "反馈时限（默认按规则）", en: "due date (default: the rule's)" }),
    },
  },
  "record-opinion": {
    label: { zh: "记录收到的协办意见", en: "record a co-handler's opinion" },
    about: "one",
    fields: {
      text: text({ zh: "协办意见", en: "text" }, { required: "yes" }),
      unit: opinionUnit,
    },
  },
  "return-opinion": {
    label: { zh: "退回协办意见", en: "send an opinion back" },
    about: "one",
    fields: {
      reason,
      unit: opinionUnit,
      defect: oneOf({ zh: "退回原因", en: "what is wrong with it" }, opinionDefects),
    },
  },
  draft: {
    label: { zh: "提交答复拟稿", en: "submit a draft of the reply" },
    about: "one",
    fields: {
      result: line({ zh: "拟定的办理结果类别", en: "proposed result code" }, { required: "yes" }),
      text: text({ zh: "答复拟稿全文", en: "text of the draft" }),
      file: document({ zh: "答复拟稿文件", en: "file of the draft" }),
    },
  },
  review: {
    label: { zh: "核稿", en: "record the review of the draft" },
    about: "one",
    fields: {
      decision: oneOf({ zh: "核稿意见", en: "decision" }, reviewDecisions, { required: "yes" }),
      by: line({ zh: "核稿人", en: "who reviewed" }, { required: "yes" }),
      comment: text({ zh: "修改意见", en: "comment" }),
    },
  },
  sign: {
    label: { zh: "签发", en: "record the signature of the reply" },
    about: "one",
    fields: { by: line({ zh: "签发人", en: "who signed" }, { required: "yes" }) },
  },
  answer: {
    label: { zh: "答复提案人", en: "record the reply to the proposer" },
    about: "one",
    fields: {
      result: line({ zh: "办理结果类别", en: "result code" }, { required: "yes" }),
      adopted: integers(
        { zh: "采纳的意见建议序号", en: "number of a request taken up" },
        "adopted",
      ),
      documentNumber: line({ zh: "发文字号", en: "document number" }),
      signedBy: line({ zh: "签发人", en: "who signed" }),
      disclosure: oneOf({ zh: "公开方式", en: "disclosure" }, disclosures),
      disclosureReason: line({ zh: "不予公开的理由", en: "reason for not disclosing" }),
      commitments: commitments({ zh: "承诺事项", en: "commitment" }),
      deliveredTo: lines(
        { zh: "已送达的提案人（默认全部）", en: "a proposer that it has reached (default: all)" },
        "deliveredTo",
      ),
      toldOpinions: lines(
        { zh: "答复中已说明其意见的协办单位", en: "a co-handler whose opinion it tells" },
        "toldOpinion",
      ),
      contactPerson: line({ zh: "联系人", en: "contact person" }),
      contactPhone: line({ zh: "联系电话", en: "contact phone" }),
      text: text({ zh: "答复全文", en: "text of the reply" }),
      file: document({ zh: "答复文件", en: "file of the reply" }),
    },
  },
  deliver: {
    label: { zh: "记录答复送达其他提案人", en: "record that the reply reached another proposer" },
    about: "one",
    fields: {
      proposer: line({ zh: "提案人", en: "proposer" }, { required: "yes" }),
      channel: line({ zh: "送达方式", en: "channel" }),
    },
  },
  "submit-opinion": {
    label: { zh: "提交协办意见", en: "hand our opinion to the lead unit" },
    about: "one",
    fields: { text: text({ zh: "协办意见", en: "text" }, { required: "yes" }) },
  },
  extend: {
    label: { zh: "记录延期", en: "record an extension" },
    about: "one",
    fields: {
      due: date({ zh: "延期后的时限", en: "the new due date" }),
      months: integer(
        { zh: "延长的月数（与 --due 二选一）", en: "months it is put off by (or give --due)" },
        1,
      ),
      approvedBy: line({ zh: "批准单位", en: "who consented" }, { required: "yes" }),
      reason,
      appliedOn: date({
        zh: "申请日期（默认同发生日期）",
        en: "date it was asked for (default: that of --on)",
      }),
      proposerToldOn: date({
        zh: "书面告知提案人的日期",
        en: "date on which the proposer was told in writing",
      }),
    },
  },
  "withdraw-extension": {
    label: { zh: "记录撤回延期", en: "record that an extension was taken back" },
    about: "one",
    fields: { by: decidedBy, reason },
  },
  urge: {
    label: { zh: "记录催办督办", en: "record that the case was urged" },
    about: "one",
    fields: {
      by: line({ zh: "催办单位", en: "who urged" }, { required: "yes" }),
      reason,
      method: oneOf({ zh: "催办方式", en: "method" }, urgeMethods),
      slip: oneOf({ zh: "督办单颜色", en: "colour of the slip" }, urgeSlips),
      due: date({ zh: "要求回复的时限", en: "date by which an answer is wanted" }),
    },
  },
  feedback: {
    label: { zh: "记录意见反馈", en: "record the proposer's feedback" },
    about: "one",
    fields: {
      attitude: oneOf({ zh: "对办理态度", en: "attitude" }, ratings, { required: "yes" }),
      result: oneOf({ zh: "对办理结果", en: "result" }, ratings, { required: "yes" }),
      proposer: line({
        zh: "反馈人（默认第一提案人）",
        en: "whose form (default: the first proposer)",
      }),
      comment: text({ zh: "意见", en: "comment" }),
      channel: line({ zh: "反馈渠道", en: "channel" }),
      enteredOnBehalf: flag({ zh: "代为录入", en: "entered on behalf of the proposer" }),
    },
  },
  rehandle: {
    label: { zh: "记录重新办理的决定", en: "record an order to handle it again" },
    about: "one",
    fields: {
      orderedBy: line({ zh: "决定单位", en: "who ordered it" }, { required: "yes" }),
      reason,
    },
  },
  "remind-feedback": {
    label: { zh: "催收征询意见表", en: "remind the proposer of the form" },
    about: "one",
    fields: { channel: line({ zh: "渠道", en: "channel" }) },
  },
  "expire-feedback": {
    label: { zh: "记录逾期未反馈", en: "record that the form never came back" },
    about: "one",
    fields: { reason },
  },
  escalate: {
    label: { zh: "记录提级处理", en: "record what was decided above us" },
    about: "one",
    fields: {
      by: decidedBy,
      outcome: text({ zh: "处理意见", en: "outcome" }, { required: "yes" }),
    },
  },
  publish: {
    label: { zh: "公开答复", en: "record that the reply is published" },
    about: "one",
    fields: {
      catalogue: line({ zh: "公开目录", en: "catalogue" }),
      indexNumber: line({ zh: "索引号", en: "index number" }),
      url: line({ zh: "网址", en: "address" }),
    },
  },
  unpublish: {
    label: { zh: "撤回公开", en: "withdraw the publication" },
    about: "one",
    fields: { reason },
  },
  disclose: {
    label: { zh: "重新确定公开方式", en: "decide anew how far the reply is disclosed" },
    about: "one",
    fields: {
      disclosure: oneOf({ zh: "公开方式", en: "disclosure" }, disclosures, { required: "yes" }),
      reason,
    },
  },
  reclassify: {
    label: { zh: "调整办理结果类别（如B转A）", en: "change the result code (B to A)" },
    about: "one",
    fields: {
      result: line({ zh: "调整后的类别", en: "result code" }, { required: "yes" }),
      reason,
    },
  },
  "follow-up": {
    label: { zh: "记录回访", en: "record a follow-up" },
    about: "one",
    fields: {
      outcome: text({ zh: "回访情况", en: "outcome" }, { required: "yes" }),
      mode: oneOf({ zh: "方式", en: "mode" }, contactModes),
      adopted: integers(
        { zh: "采纳的意见建议序号", en: "number of a request taken up" },
        "adopted",
      ),
    },
  },
  "look-back": {
    label: { zh: "记录回头看", en: "record what a look-back found" },
    about: "many",
    fields: {
      finding: text({ zh: "回头看情况", en: "finding" }, { required: "yes" }),
      standing: oneOf({ zh: "落实情况", en: "how it stands" }, promiseStandings),
      campaign: line({ zh: "回头看活动名称", en: "name of the campaign" }),
    },
  },
  commit: {
    label: { zh: "登记承诺事项", en: "record a commitment" },
    about: "one",
    fields: {
      text: line({ zh: "承诺内容", en: "what is promised" }, { required: "yes" }),
      due: date({ zh: "兑现时限", en: "date it is promised for" }, { required: "byRule" }),
      longTerm: flag({ zh: "长期事项，不设时限", en: "long-term, without a date" }),
      department: line({ zh: "责任科室", en: "department" }),
      person: line({ zh: "责任人", en: "person" }),
      leader: line({ zh: "责任领导", en: "leader in charge" }),
    },
  },
  progress: {
    label: { zh: "报告进展", en: "report progress" },
    about: "one",
    fields: {
      summary: text({ zh: "进展情况", en: "summary" }, { required: "yes" }),
      commitment: integer(
        { zh: "承诺事项序号（不写指本件）", en: "number of the commitment (none: the case)" },
        1,
      ),
      occasion: oneOf(
        { zh: "场合（默认进展报告）", en: "occasion (default: report)" },
        progressOccasions,
      ),
    },
  },
  "change-commitment": {
    label: { zh: "变更承诺事项", en: "change a commitment" },
    about: "one",
    fields: {
      commitment: commitmentNumber,
      reason,
      text: line({ zh: "变更后的内容", en: "what is promised now" }),
      due: date({ zh: "变更后的时限", en: "the date it is promised for now" }),
      approvedBy: line({ zh: "批准人", en: "who approved it" }),
    },
  },
  fulfil: {
    label: { zh: "记录承诺兑现", en: "record that a commitment is fulfilled" },
    about: "one",
    fields: { commitment: commitmentNumber, evidence: text({ zh: "佐证材料", en: "evidence" }) },
  },
  verify: {
    label: {
      zh: "对账销号（须由他人核验）",
      en: "verify a commitment (by another person)",
    },
    about: "one",
    fields: { commitment: commitmentNumber },
  },
  "reply-again": {
    label: { zh: "记录兑现后再次答复", en: "record the second reply, after a promise was kept" },
    about: "one",
    fields: {
      commitment: commitmentNumber,
      documentNumber: line({ zh: "发文字号", en: "document number" }),
      text: text({ zh: "答复全文", en: "text of the reply" }),
    },
  },
  "report-status": {
    label: { zh: "告知提案人承诺事项情况", en: "tell the proposer how the promises stand" },
    about: "one",
    fields: {
      year: integer({ zh: "年度（默认发生日期所在年）", en: "year (default: that of --on)" }, 2000),
      summary: text({ zh: "情况说明", en: "summary" }),
    },
  },
  close: { label: { zh: "办结归档", en: "close the case" }, about: "one", fields: {} },
  reopen: {
    label: { zh: "恢复办理", en: "reopen a closed case" },
    about: "one",
    fields: { reason },
  },
  withdraw: { label: { zh: "撤案", en: "record a withdrawal" }, about: "one", fields: { reason } },
  merge: {
    label: { zh: "并案", en: "merge the case into another" },
    about: "one",
    fields: {
      into: line({ zh: "并入哪一件", en: "the case that it goes into" }, { required: "yes" }),
      reason: line({ zh: "理由", en: "reason" }),
    },
  },
  split: {
    label: { zh: "分案", en: "split requests off into a case of their own" },
    about: "one",
    fields: {
      number: designation({ zh: "新件的编号", en: "number of the new case" }),
      requests: integers(
        { zh: "分出的意见建议序号", en: "number of a request that goes" },
        "request",
        { required: "yes" },
      ),
      title: line({
        zh: "新件的案由（默认同原件）",
        en: "title of the new case (default: the same)",
      }),
      reason,
    },
  },
  amend: {
    label: { zh: "更正记录", en: "correct what was written down" },
    about: "one",
    fields: {
      fields: corrections({
        zh: "更正的内容，如 title=新案由",
        en: "what it should read, as title=…",
      }),
      reason,
      event: integer(
        { zh: "更正哪条记录（默认接收交办）", en: "which event (default: the receipt)" },
        1,
      ),
      approvedBy: line({ zh: "批准人", en: "who approved it" }),
    },
  },
  retract: {
    label: { zh: "撤销误记", en: "take back an entry made in error" },
    about: "one",
    fields: {
      event: integer({ zh: "记录在日志中的位置", en: "place of the event in the log" }, 1, {
        required: "yes",
      }),
      reason,
      approvedBy: line({ zh: "批准人", en: "who approved it" }),
    },
  },
  forget: {
    label: { zh: "删除个人信息", en: "erase a personal value" },
    about: "one",
    positional: "field",
    fields: {
      field: line({
        zh: "删除哪一项，如 contactPhone、proposers[1].phone",
        en: "which value, as contactPhone or proposers[1].phone",
      }),
      all: flag({ zh: "删除本件的全部个人信息", en: "all values of the case" }),
      reason,
      approvedBy: line({ zh: "批准人", en: "who approved it" }, { required: "yes" }),
    },
  },
  delegate: {
    label: { zh: "登记代理", en: "record who acts while somebody is away" },
    about: "office",
    fields: {
      from: line({ zh: "由谁", en: "who is away" }, { required: "yes" }),
      to: line({ zh: "交谁代理", en: "who acts" }, { required: "yes" }),
      until: date({ zh: "代理到哪一天", en: "last day" }, { required: "yes" }),
    },
  },
  "rename-department": {
    label: { zh: "科室更名或者撤并", en: "rename or dissolve a department" },
    about: "office",
    fields: {
      from: line({ zh: "原科室", en: "the department until now" }, { required: "yes" }),
      to: line({ zh: "现科室", en: "the department from now on" }, { required: "yes" }),
      cases: lines(
        {
          zh: "只移交这些件，原科室保留",
          en: "only this case moves, and the old department stays",
        },
        "case",
      ),
    },
  },
  "adjust-clock": {
    label: {
      zh: "校正时钟：记录时间曾经超前，经两人确认后恢复",
      en: "take the recording time back after the clock ran ahead (two persons)",
    },
    about: "office",
    fields: {
      reason,
      approvedBy: line(
        { zh: "另一位确认人", en: "the second person, who consents" },
        { required: "yes" },
      ),
    },
  },
} as const satisfies Record<string, CommandKind>;

export type CommandName = keyof typeof commands;

type Table = typeof commands;
/** The commands that are about cases. */
export type CaseCommandName = {
  [Name in CommandName]: Table[Name]["about"] extends "office" ? never : Name;
}[CommandName];
type Simplify<Type> = { [Name in keyof Type]: Type[Name] };
type GivenOf<Each> = Each extends Field<infer In, infer _Out> ? In : never;
type ReadOf<Each> = Each extends Field<infer _In, infer Out> ? Out : never;
type DemandedOf<Each extends Fields> = {
  [Name in keyof Each]: Each[Name]["required"] extends "no" ? never : Name;
}[keyof Each];
type RequiredOf<Each extends Fields> = {
  [Name in keyof Each]: Each[Name]["required"] extends "yes" ? Name : never;
}[keyof Each];

type Given<Each extends Fields> = { [Name in DemandedOf<Each>]: GivenOf<Each[Name]> } & {
  [Name in Exclude<keyof Each, DemandedOf<Each>>]?: GivenOf<Each[Name]>;
};
type Read<Each extends Fields> = { [Name in RequiredOf<Each>]: ReadOf<Each[Name]> } & {
  [Name in Exclude<keyof Each, RequiredOf<Each>>]?: ReadOf<Each[Name]>;
};
type Target<Name extends CommandName> = Table[Name]["about"] extends "new" | "office"
  ? unknown
  : Table[Name]["about"] extends "many"
    ? { case: string } | { cases: readonly string[] }
    : { case: string };

/**
 * A command as an embedder or a line of `apply` gives it, for example
 * `{ command: "close", case: "cppcc/15-5/122", on: "2021-09-30" }`.
 */
export type CaseCommand = {
  [Name in CommandName]: Readonly<
    Simplify<
      { command: Name } & Target<Name> & Given<Table[Name]["fields"]> & Given<typeof commonFields>
    >
  >;
}[CommandName];

/** A command that has been read: every value in its one form, the date filled in. */
export type ReadCommand = {
  [Name in CommandName]: Readonly<{
    command: Name;
    on: string;
    note?: string;
    late?: LateGrounds;
    input: Readonly<Simplify<Read<Table[Name]["fields"]>>>;
  }>;
}[CommandName];

/** A read command that is about cases. */
export type ReadCaseCommand = Extract<ReadCommand, { command: CaseCommandName }>;

/** The input of one command. */
export type InputOf<Name extends CommandName> = Extract<ReadCommand, { command: Name }>["input"];
