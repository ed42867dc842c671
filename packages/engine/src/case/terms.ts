/**
 * @module terms — the closed value sets of the work, each with its labels in both languages.
 *
 * A term's key is stored and typed; its labels are only read. No code branches on a label.
 */

/** A word in both languages. */
export type Label = Readonly<{ zh: string; en: string }>;

/** Our part in a case 承办角色. */
export const roles = {
  sole: { zh: "独办", en: "sole" },
  lead: { zh: "主办", en: "lead" },
  separate: { zh: "分办", en: "separate" },
  assist: { zh: "协办", en: "assist" },
} as const satisfies Record<string, Label>;
export type Role = keyof typeof roles;

/** Who stands behind a proposal 提案人类型. */
export const proposerTypes = {
  individual: { zh: "个人", en: "individual" },
  joint: { zh: "联名", en: "joint" },
  collective: { zh: "集体", en: "collective" },
  delegation: { zh: "代表团", en: "delegation" },
} as const satisfies Record<string, Label>;
export type ProposerType = keyof typeof proposerTypes;

/** How the proposer was reached 沟通方式; `inPerson` is what counts as 见面. */
export const contactModes = {
  phone: { zh: "电话联系", en: "phone", inPerson: false },
  visit: { zh: "登门走访", en: "visit", inPerson: true },
  meeting: { zh: "当面商谈", en: "meeting", inPerson: true },
  symposium: { zh: "座谈交流", en: "symposium", inPerson: true },
  "site-visit": { zh: "实地调研", en: "site visit", inPerson: true },
  letter: { zh: "信函沟通", en: "letter", inPerson: false },
  online: { zh: "网络沟通", en: "online", inPerson: false },
} as const satisfies Record<string, Label & { inPerson: boolean }>;
export type ContactMode = keyof typeof contactModes;

/** When in the handling a contact took place 办前、办中、办后. */
export const contactPhases = {
  before: { zh: "办前", en: "before" },
  during: { zh: "办中", en: "during" },
  after: { zh: "办后", en: "after" },
} as const satisfies Record<string, Label>;
export type ContactPhase = keyof typeof contactPhases;

/** The level of the body that an item was put to 层级. */
export const levels = {
  national: { zh: "全国", en: "national" },
  provincial: { zh: "省级", en: "provincial" },
  city: { zh: "市级", en: "city" },
  county: { zh: "县级", en: "county" },
  township: { zh: "乡镇级", en: "township" },
} as const satisfies Record<string, Label>;
export type Level = keyof typeof levels;

/** Whether an item was put during a session or between sessions 会间、闭会期间. */
export const submissionPhases = {
  inSession: { zh: "大会期间", en: "in session" },
  intersession: { zh: "闭会期间", en: "between sessions" },
} as const satisfies Record<string, Label>;
export type SubmissionPhase = keyof typeof submissionPhases;

/** Who took part in a contact 参加人员. */
export const participantRoles = {
  proposer: { zh: "提案人", en: "proposer" },
  leader: { zh: "领导", en: "leader" },
  department: { zh: "科室", en: "department" },
  expert: { zh: "专家", en: "expert" },
  other: { zh: "其他", en: "other" },
} as const satisfies Record<string, Label>;
export type ParticipantRole = keyof typeof participantRoles;

/** A proposer's rating on one axis 满意度; from best to worst. */
export const ratings = {
  satisfied: { zh: "满意", en: "satisfied" },
  mostly: { zh: "基本满意", en: "mostly satisfied" },
  dissatisfied: { zh: "不满意", en: "dissatisfied" },
} as const satisfies Record<string, Label>;
export type Rating = keyof typeof ratings;

/** What a result letter means, the same for every scheme of letters 办理结果. */
export const resultMeanings = {
  resolved: { zh: "已经解决", en: "resolved" },
  partlyResolved: { zh: "部分解决", en: "partly resolved" },
  inProgress: { zh: "正在解决", en: "being resolved" },
  planned: { zh: "列入计划", en: "planned" },
  deferred: { zh: "有待以后解决", en: "deferred" },
  referenceOnly: { zh: "留作参考", en: "for reference only" },
  infeasible: { zh: "不能解决", en: "infeasible" },
  upToHigherBody: { zh: "需上级解决", en: "up to a higher body" },
} as const satisfies Record<string, Label>;
export type ResultMeaning = keyof typeof resultMeanings;

/** How far a reply may be made public 公开方式. */
export const disclosures = {
  full: { zh: "主动公开", en: "full" },
  summary: { zh: "摘要公开", en: "summary" },
  "on-request": { zh: "依申请公开", en: "on request" },
  withheld: { zh: "不予公开", en: "withheld" },
} as const satisfies Record<string, Label>;
export type Disclosure = keyof typeof disclosures;

/** What became of a request to send a case back 退办结果. */
export const returnDecisions = {
  approved: { zh: "同意退办", en: "approved" },
  refused: { zh: "不予退办", en: "refused" },
} as const satisfies Record<string, Label>;
export type ReturnDecision = keyof typeof returnDecisions;

/** Whether the answer's term begins anew when a case is redispatched 改办后的时限. */
export const redispatchClocks = {
  restart: { zh: "自改办之日起重新计算", en: "begins anew" },
  continue: { zh: "继续计算", en: "goes on" },
} as const satisfies Record<string, Label>;
export type RedispatchClock = keyof typeof redispatchClocks;

/** Why an opinion goes back to the co-handler 退回协办意见. */
export const opinionDefects = {
  empty: { zh: "没有实质内容", en: "empty" },
  late: { zh: "逾期", en: "late" },
  contradicting: { zh: "与其他协办意见不一致", en: "contradicting another" },
  other: { zh: "其他", en: "other" },
} as const satisfies Record<string, Label>;
export type OpinionDefect = keyof typeof opinionDefects;

/** What becomes of a draft at its review 核稿. */
export const reviewDecisions = {
  approved: { zh: "同意", en: "approved" },
  returned: { zh: "退回修改", en: "returned" },
} as const satisfies Record<string, Label>;
export type ReviewDecision = keyof typeof reviewDecisions;

/** How a promise was found to stand 回头看. */
export const promiseStandings = {
  kept: { zh: "已落实", en: "kept" },
  onSchedule: { zh: "按计划推进", en: "on schedule" },
  behind: { zh: "进度滞后", en: "behind" },
  failed: { zh: "未落实", en: "not kept" },
} as const satisfies Record<string, Label>;
export type PromiseStanding = keyof typeof promiseStandings;

/** On what occasion progress is told 进展. */
export const progressOccasions = {
  report: { zh: "进展报告", en: "report" },
  dispatch: { zh: "调度", en: "dispatch meeting" },
} as const satisfies Record<string, Label>;
export type ProgressOccasion = keyof typeof progressOccasions;

/** How a unit is urged 催办方式. */
export const urgeMethods = {
  phone: { zh: "电话", en: "phone" },
  notice: { zh: "催办通知书", en: "notice" },
  bulletin: { zh: "通报", en: "bulletin" },
  "site-check": { zh: "实地督查", en: "site check" },
  "spot-check": { zh: "抽查", en: "spot check" },
} as const satisfies Record<string, Label>;
export type UrgeMethod = keyof typeof urgeMethods;

/** The colour of a slip 督办单; each follows when the time of the one before has passed. */
export const urgeSlips = {
  blue: { zh: "蓝色", en: "blue" },
  orange: { zh: "橙色", en: "orange" },
  red: { zh: "红色", en: "red" },
} as const satisfies Record<string, Label>;
export type UrgeSlip = keyof typeof urgeSlips;

/** Where a case stands 办理状态; `open` is false once nothing more is expected of it. */
export const statuses = {
  received: { zh: "已接收", en: "received", open: true },
  assigned: { zh: "已落实五定", en: "assigned", open: true },
  contacted: { zh: "已沟通", en: "contacted", open: true },
  answered: { zh: "已答复", en: "answered", open: true },
  followUp: { zh: "回访反馈", en: "in follow-up", open: true },
  closed: { zh: "已办结", en: "closed", open: false },
  returned: { zh: "已退办", en: "returned", open: false },
  withdrawn: { zh: "已撤案", en: "withdrawn", open: false },
  merged: { zh: "已并案", en: "merged", open: false },
} as const satisfies Record<string, Label & { open: boolean }>;
export type Status = keyof typeof statuses;

/** The five fixed things of an assignment 五定, in the order of the name. */
export const fiveFixed = {
  department: { zh: "定科室", en: "department" },
  person: { zh: "定人员", en: "person" },
  due: { zh: "定时间", en: "due" },
  task: { zh: "定任务", en: "task" },
  responsibility: { zh: "定责任", en: "responsibility" },
} as const satisfies Record<string, Label>;
export type FiveFixed = keyof typeof fiveFixed;

/** Where a due date stands on a given day 时限状态. */
export const deadlineStates = {
  open: { zh: "未到期", en: "open" },
  met: { zh: "按期完成", en: "met" },
  late: { zh: "逾期完成", en: "late" },
  overdue: { zh: "已逾期", en: "overdue" },
  waived: { zh: "不再适用", en: "waived" },
  superseded: { zh: "已被替代", en: "superseded" },
} as const satisfies Record<string, Label>;
export type DeadlineState = keyof typeof deadlineStates;

/** The lamp of a case or due date 灯色. */
export const lamps = {
  green: { zh: "绿", en: "green" },
  yellow: { zh: "黄", en: "yellow" },
  red: { zh: "红", en: "red" },
} as const satisfies Record<string, Label>;
export type Lamp = keyof typeof lamps;

/** The due dates a case can have 时限. `window` is a right that lapses or somebody else's duty, none of ours. */
export const deadlineNames = {
  "return-request": { zh: "退办申请", en: "return request", window: true },
  "first-contact": { zh: "首次沟通", en: "first contact", window: false },
  "co-opinion": { zh: "协办意见", en: "opinion", window: false },
  internal: { zh: "五定时限", en: "五定 date", window: false },
  reply: { zh: "答复", en: "reply", window: false },
  feedback: { zh: "意见反馈", en: "feedback", window: true },
  rehandling: { zh: "重新办理答复", en: "rehandling", window: false },
  publication: { zh: "公开", en: "publication", window: false },
  dispatch: { zh: "交办", en: "dispatch", window: true },
  "acceptance-notice": { zh: "受理告知", en: "acceptance notice", window: true },
  "return-decision": { zh: "退办决定", en: "return decision", window: true },
  redispatch: { zh: "重新交办", en: "redispatch", window: true },
  commitment: { zh: "承诺事项", en: "commitment", window: false },
  receipt: { zh: "签收", en: "receipt", window: false },
  urge: { zh: "催办回复", en: "urge", window: false },
  "second-reply": { zh: "兑现后再次答复", en: "second reply", window: false },
  "status-report": { zh: "告知承诺事项情况", en: "status report", window: false },
  "progress-report": { zh: "进展报告", en: "progress report", window: false },
  "progress-dispatch": { zh: "调度", en: "dispatch meeting", window: false },
} as const satisfies Record<string, Label & { window: boolean }>;
export type DeadlineName = keyof typeof deadlineNames;
/** The due dates of which a case may have several: `commitment:2`, `co-opinion:1`. */
type NumberedDeadline = "commitment" | "co-opinion" | "urge" | "second-reply";
/** `reply`, `internal`, `co-opinion`, … or `commitment:<n>`, `co-opinion:<n>`, … */
export type DeadlineId =
  | Exclude<DeadlineName, "commitment" | "urge">
  | `${NumberedDeadline}:${number}`;

/** The name that a deadline's id belongs to: `commitment:2` → `commitment`. */
export const deadlineNameOf = (id: string): DeadlineName => id.split(":", 1)[0] as DeadlineName;
