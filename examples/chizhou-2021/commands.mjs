/**
 * @module commands — 池州 2021 年的命令，每行一条 JSON；the commands of Chizhou's year 2021, one JSON document a line.
 *
 * `node commands.mjs` 写出全年的记录；`node commands.mjs verification` 写出对账销号，由另一人记录。
 * Counts are those of the document; everything else is made up by rule, without chance and without a clock,
 * so that it always writes the same lines. `--help` is the README.
 */
import process from "node:process";

const year = "2021";

/** 2021 年的第 n 天（自 0 起）The n-th day of the year, from 0. */
const day = (n) => new Date(Date.UTC(2021, 0, 1 + n)).toISOString().slice(0, 10);
const later = (date, days) =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
/** `count` 件均匀分布在 1 月 4 日至 12 月 9 日 Spread evenly over the year. */
const spread = (index, count) => day(3 + Math.floor((index * 340) / count));
const numbers = (count) => Array.from({ length: count }, (_, index) => index + 1);
const of = (list, index) => list[index % list.length];

const madeUp = "示意：来源只载件数，案由、人员、日期为示意";

const receive = (kind, number, on, rest) => ({
  command: "receive",
  kind,
  session: year,
  number: String(number),
  leadUnit: "池州市数据资源管理局",
  dispatchedOn: on,
  ...rest,
  on,
  note: madeUp,
});
const about = (kind, number) => `${kind}/${year}/${number}`;
const answer = (kind, number, on, text) => ({
  command: "answer",
  case: about(kind, number),
  result: "A",
  text,
  on,
});
const followUp = (kind, number, on, outcome) => ({
  command: "follow-up",
  case: about(kind, number),
  mode: "phone",
  outcome,
  on,
});
const close = (kind, number, on) => ({ command: "close", case: about(kind, number), on });

/** 市长热线、市长信箱合计 57 件，全部按时办结 */
const hotline = numbers(40).flatMap((number) => {
  const on = spread(number - 1, 40);
  const category = of(["咨询", "投诉", "求助", "建议", "紧急"], number);
  const answeredOn = category === "紧急" ? on : later(on, 2);
  return [
    receive("hotline", number, on, { title: `${category}事项`, proposers: ["来电人"], category }),
    answer("hotline", number, answeredOn, "已办结并回复来电人"),
    followUp("hotline", number, later(answeredOn, 1), "来电人无异议"),
    close("hotline", number, later(answeredOn, 1)),
  ];
});
const mailbox = numbers(17).flatMap((number) => {
  const on = spread(number - 1, 17);
  const isComplex = number % 6 === 0;
  const answeredOn = later(on, isComplex ? 7 : 2);
  return [
    receive("mailbox", number, on, { title: "政务服务来信", proposers: ["来信人"], isComplex }),
    answer("mailbox", number, answeredOn, "已办结并回复来信人"),
    close("mailbox", number, answeredOn),
  ];
});

/** 网民来信 1925 件 */
const letter = numbers(1925).flatMap((number) => {
  const on = spread(number - 1, 1925);
  return [
    receive("letter", number, on, { title: "网民来信", proposers: ["网民"] }),
    answer("letter", number, later(on, 3), "已处理并回复"),
  ];
});

/** “难办件”服务台 9 件，因跨地域、跨部门、跨层级等原因 */
const difficult = numbers(9).flatMap((number) => {
  const on = spread(number - 1, 9);
  const category = of(["跨地域", "跨部门", "跨层级"], number - 1);
  const item = about("difficult", number);
  return [
    receive("difficult", number, on, {
      title: `${category}办理事项`,
      proposers: ["办事人"],
      category,
    }),
    {
      command: "assign",
      case: item,
      ...assigned("政务服务科", "经办人甲", later(on, 20)),
      on: later(on, 1),
    },
    {
      command: "contact",
      case: item,
      mode: "meeting",
      phase: "during",
      participants: ["办事人:proposer", "相关部门:department"],
      on: later(on, 5),
    },
    {
      command: "urge",
      case: item,
      by: "难办件服务台",
      reason: "多次办未办成，跟踪督办",
      method: "notice",
      on: later(on, 9),
    },
    answer("difficult", number, later(on, 16), "已协调办成"),
    close("difficult", number, later(on, 17)),
  ];
});

function assigned(department, person, due) {
  return {
    department,
    person,
    due,
    task: "按期办结",
    responsibility: `${department}负责人负总责，${person}具体承办`,
    leader: "分管领导甲",
  };
}

/** 实名差评全部回访整改；匿名差评整改而无从回访。差评件数来源未载，为示意 */
const rating = numbers(48).flatMap((number) => {
  const on = spread(number - 1, 48);
  const isNamed = number % 4 !== 0;
  const category = isNamed ? "实名" : "匿名";
  return [
    receive("rating", number, on, {
      title: `${category}差评`,
      proposers: [isNamed ? "评价人" : "匿名评价人"],
      category,
    }),
    answer("rating", number, later(on, 4), "已整改"),
    ...(isNamed ? [followUp("rating", number, later(on, 6), "评价人认可整改")] : []),
  ];
});

/** 通报 24 期，交办问题 83 个，窗口认领并整改到位 83 个 */
const inspection = numbers(83).flatMap((number) => {
  const issue = Math.floor(((number - 1) * 24) / 83);
  const month = String(1 + Math.floor(issue / 2)).padStart(2, "0");
  const on = `${year}-${month}-${issue % 2 === 0 ? "13" : "27"}`;
  return [
    receive("inspection", number, on, {
      title: `窗口服务问题（第${issue + 1}期通报）`,
      proposers: ["窗口巡查组"],
    }),
    {
      command: "sign-receipt",
      case: about("inspection", number),
      by: "窗口负责人",
      on: later(on, 1),
    },
    answer("inspection", number, later(on, 3), "已整改到位"),
  ];
});

/** 一件及其措施：责任领导、责任科室、责任人和时限逐项明确，按期完成 */
const withMeasures = (one) => {
  const { kind, number, on, title, block, text, count, dueOn, answeredOn } = one;
  const item = about(kind, number);
  const department = of(["综合科", "政务服务科", "数据资源科", "政务公开科"], number);
  const measures = numbers(count).map((measure) => ({
    command: "commit",
    case: item,
    text: `${text}${measure}`,
    due: dueOn(measure),
    department,
    person: of(["责任人甲", "责任人乙", "责任人丙"], measure),
    leader: of(["责任领导甲", "责任领导乙"], number),
    on: later(on, 3),
  }));
  return [
    receive(kind, number, on, { title, proposers: [asker[kind]], ...(block && { block }) }),
    {
      command: "assign",
      case: item,
      ...assigned(department, "经办人乙", answeredOn),
      on: later(on, 2),
    },
    ...measures,
    ...[
      ...numbers(count).map((measure) => ({
        command: "fulfil",
        case: item,
        commitment: measure,
        evidence: "佐证材料",
        on: later(dueOn(measure), -2),
      })),
      ...(kind === "task" ? cadence(item, later(on, 2), answeredOn) : []),
    ].toSorted((left, right) => (left.on < right.on ? -1 : left.on > right.on ? 1 : 0)),
    answer(kind, number, answeredOn, "各项措施已按期完成"),
  ];
};

/** 周报进展、月调度：落实五定之后每七日一报，每月一调度，直到办结 */
function cadence(item, from, until) {
  const progress = (occasion, on, summary) => ({
    command: "progress",
    case: item,
    occasion,
    summary,
    on,
  });
  const weeks = numbers(52).map((week) => later(from, 7 * week));
  const months = numbers(12).map((month) => nextMonths(from, month));
  return [
    ...weeks.map((on) => progress("report", on, "按计划推进")),
    ...months.map((on) => progress("dispatch", on, "调度会逐项研究")),
  ].filter(({ on }) => on <= until);
}
function nextMonths(date, months) {
  const [start, month, dayOfMonth] = date.split("-").map(Number);
  return new Date(Date.UTC(start, month - 1 + months, dayOfMonth)).toISOString().slice(0, 10);
}

const asker = { rectification: "市委第一巡察组", task: "党史学习教育领导小组" };

/** 8 项问题、37 条整改措施 */
const problems = numbers(8).map((number) => ({
  kind: "rectification",
  number,
  on: `${year}-05-10`,
  title: `巡察反馈问题${number}`,
  text: "整改措施",
  count: number <= 5 ? 5 : 4,
  dueOn: (measure) => later(`${year}-06-10`, 10 * measure),
  answeredOn: `${year}-08-06`,
}));

/** 18 类任务、57 项具体措施 */
const tasks = numbers(18).map((number) => ({
  kind: "task",
  number,
  on: `${year}-04-15`,
  title: `为民办实事任务第${number}类`,
  block: of(["便民服务", "扶老助残", "文明创建", "疫情防控"], number - 1),
  text: "具体措施",
  count: number <= 3 ? 4 : 3,
  dueOn: (measure) => later(`${year}-06-30`, 40 * measure),
  answeredOn: `${year}-12-20`,
}));

/** 对账销号：由完成者以外的人核验，两日之后；全部销号的办结 */
const verification = [...problems, ...tasks].flatMap(
  ({ kind, number, count, dueOn, answeredOn }) => [
    ...numbers(count).map((measure) => ({
      command: "verify",
      case: about(kind, number),
      commitment: measure,
      on: dueOn(measure),
    })),
    close(kind, number, later(answeredOn, 1)),
  ],
);

const recorded = [
  ...hotline,
  ...mailbox,
  ...letter,
  ...difficult,
  ...rating,
  ...inspection,
  ...problems.flatMap(withMeasures),
  ...tasks.flatMap(withMeasures),
];

const isVerification = process.argv[2] === "verification";
const name = isVerification ? "chizhou-2021-verify" : "chizhou-2021";
for (const [index, command] of (isVerification ? verification : recorded).entries()) {
  const commandId = `${name}-${String(index + 1).padStart(4, "0")}`;
  process.stdout.write(`${JSON.stringify({ ...command, commandId })}\n`);
}
