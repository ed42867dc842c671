/**
 * @module errors — every refusal of the product: a permanent code, a sentence with the facts, a hint.
 *
 * A refusal is expected and is an `EngineError`; anything else that is thrown is a bug or a broken disk.
 * Codes are permanent: retired, never renamed, never reused. Nobody matches on the sentences.
 */
import type { RuleProblem } from "./rulebook/check/rule-problem.ts";
import type { InputProblem } from "./case/input-problem.ts";
import { describeProblems } from "./case/input-problem.ts";
import type { Label, Status } from "./case/terms.ts";
import { fiveFixed, statuses } from "./case/terms.ts";

/** The facts of each refusal. */
export interface ErrorData {
  USAGE: {
    problem: Label;
    suggestion?: string;
    /** The command whose help says more. */
    command?: string;
  };
  INVALID_INPUT: { problems: readonly InputProblem[] };
  AMBIGUOUS_CASE: { given: string; candidates: readonly string[] };
  WRONG_STATE: {
    case: string;
    status: Status | null;
    command: string;
    /** Commands that the lifecycle allows now. */
    allowed: readonly string[];
    /** Where the case is handled now, if it was merged. */
    mergedInto?: string;
  };
  RULE_REFUSED: {
    /** Null for what is about the office and no case. */
    case: string | null;
    rule: string;
    why: Label;
    source: Label;
    repair: Label;
    /** What was found one by one, where that is more than one thing. */
    findings?: readonly Readonly<{
      check: string;
      what: Label;
      repair: Label;
      sentence: string | null;
    }>[];
  };
  INCOMPLETE_ASSIGNMENT: { case: string; missing: readonly (keyof typeof fiveFixed)[] };
  NOT_FOUND: {
    what:
      | "case"
      | "casebook"
      | "commitment"
      | "deadline"
      | "department"
      | "event"
      | "file"
      | "personalValue"
      | "rulebook";
    name: string;
    /** The name that was probably meant. */
    suggestion?: string;
    /** The names that there are, where they are few. */
    known?: readonly string[];
    /** Of a file that nobody named: the option that names another. */
    option?: string;
  };
  INVALID_RULES: {
    what: "rulebook" | "calendar" | "conformance";
    /** The file, or the name of the rules. */
    name: string;
    problems: readonly RuleProblem[];
  };
  RULES_OLDER: { what: "rulebook" | "calendar"; given: string; newer: string };
  RULES_DIFFER: { what: "rulebook" | "calendar"; name: string };
  CONFORMANCE: { tables: readonly string[]; total: number };
  VERSION_CONFLICT: { stream: string; expectedVersion: number; actualVersion: number };
  DUPLICATE_CASE: { case: string; differs: readonly string[] };
  COMMAND_ID_REUSED: { commandId: string };
  ROLLED_BACK: { failedLine: number };
  INTEGRITY: { fault: string; position: number | null; case: string | null; what: Label };
  UNPROVEN: {
    what: Label;
    /** Set where what was shown is itself evidence against whoever signed it. */
    isEvidence?: true;
  };
  STORE_UNAVAILABLE: {
    file: string;
    why: Label;
    /** Set when the disk failed at the commit: only repeating the command id tells what happened. */
    outcomeUnknown?: true;
    /** Set after an error of the disk or damage: open the file again, and verify it before it is used. */
    verifyFirst?: true;
    /** The option that names another place; what was to be kept there may stand in the casebook already. */
    option?: string;
  };
  NOT_A_CASEBOOK: { file: string };
  CASEBOOK_EXISTS: {
    file: string;
    /** Set where a backup was to be put in its place, which has to be said. */
    replaceable?: true;
  };
  CANNOT_VERIFY: { what: Label };
  FILE_EXISTS: { file: string };
  STORE_NEWER: { file: string; found: number; known: number };
  CLOCK_BACKWARDS: { now: string; last: string };
  CLOCK_JUMPED: {
    now: string;
    /** What the clock would say by the time that has passed since the last look. */
    expected: string;
    /** By how much it jumped, negative backwards. */
    seconds: number;
  };
  INTERNAL: { detail: string };
}

export type ErrorCode = keyof ErrorData;

type Sentence<Code extends ErrorCode> = (data: ErrorData[Code]) => Label;
type Row<Code extends ErrorCode> = Readonly<{ message: Sentence<Code>; hint: Sentence<Code> }>;

const none: Label = { zh: "", en: "" };
const plain =
  (zh: string, en: string): (() => Label) =>
  () => ({ zh, en });
/** A field by its own name, without where it was typed: `fields.on` and `--field on` are `on`. */
const shortField = ({ field }: InputProblem): string => field.split(/[ .]/).at(-1) ?? field;

const things = {
  case: { zh: "办件", en: "case" },
  casebook: { zh: "办件库", en: "casebook" },
  commitment: { zh: "承诺事项", en: "commitment" },
  deadline: { zh: "时限", en: "due date" },
  department: { zh: "科室", en: "department" },
  event: { zh: "记录", en: "event" },
  file: { zh: "文件", en: "file" },
  personalValue: { zh: "个人信息", en: "personal value" },
  rulebook: { zh: "规则集", en: "rulebook" },
} as const satisfies Record<ErrorData["NOT_FOUND"]["what"], Label>;

/** Where the things are listed that were not found. */
const whereToLook: Readonly<Record<ErrorData["NOT_FOUND"]["what"], Label>> = {
  case: { zh: "用 wuding list 查看全部办件。", en: "Run wuding list to see all cases." },
  casebook: {
    zh: "用 wuding init 新建，或用 --db 指定已有的文件。",
    en: "Make one with wuding init, or name it with --db.",
  },
  commitment: {
    zh: "用 wuding show 查看承诺事项。",
    en: "Run wuding show to see its commitments.",
  },
  deadline: none,
  department: {
    zh: "没有一件办件、也没有一次更名写过该科室；用 wuding list 查看各件的承办科室。",
    en: "No case and no renaming ever named it. Run wuding list to see the department of each case.",
  },
  event: {
    zh: "用 wuding history 查看本件各条记录的位置。",
    en: "Run wuding history to see where the case's entries lie.",
  },
  file: none,
  personalValue: {
    zh: "用 wuding show 查看本件；已封存的各项见 wuding history --json。",
    en: "Run wuding show to see the case, or wuding history --json for every value that was sealed.",
  },
  rulebook: {
    zh: "用 wuding rulebook list 查看规则集。",
    en: "Run wuding rulebook list to see the rulebooks.",
  },
};

const rulesNames = {
  rulebook: { zh: "规则集", en: "rulebook" },
  calendar: { zh: "工作日历", en: "calendar" },
  conformance: { zh: "对照表", en: "conformance table" },
} as const satisfies Record<ErrorData["INVALID_RULES"]["what"], Label>;

/** A mistake with its place: `/deadlines/3/trigger（npc-reply）：…`. */
const problemIn = ({ place, rule, problem }: RuleProblem): Label => ({
  zh: `${place}${rule === null ? "" : `（${rule}）`}：${problem.zh}`,
  en: `${place}${rule === null ? "" : ` (${rule})`}: ${problem.en}`,
});

const errorTable: { readonly [Code in ErrorCode]: Row<Code> } = {
  USAGE: {
    message: (d) => d.problem,
    hint: (d) => {
      if (d.suggestion !== undefined) {
        return { zh: `是否要用 ${d.suggestion}？`, en: `Did you mean ${d.suggestion}?` };
      }
      return d.command === undefined
        ? { zh: "用 wuding help 查看全部命令。", en: "Run wuding help for all commands." }
        : {
            zh: `用 wuding help ${d.command} 查看用法。`,
            en: `Run wuding help ${d.command} to see how it is used.`,
          };
    },
  },
  INVALID_INPUT: {
    message: (d) => {
      const { zh, en } = describeProblems(d.problems);
      return { zh: `${zh}。`, en: `${en}.` };
    },
    hint: ({ problems }) => {
      const unfit = problems.filter(({ asRecorded }) => asRecorded === true).map(shortField);
      if (unfit.length > 0) {
        return {
          zh: `原记录的 ${unfit.join("、")} 与更正后的内容不符，请一并更正（如 ${unfit[0]}=…）；未记录任何内容。`,
          en: `What is recorded as ${unfit.join(", ")} no longer fits: amend it with the rest (${unfit[0]}=…); nothing was recorded.`,
        };
      }
      return problems.every(({ kind }) => kind === "missing")
        ? {
            zh: "补充后重试；未记录任何内容。",
            en: "Add what is missing and try again; nothing was recorded.",
          }
        : {
            zh: "改正后重试；未记录任何内容。",
            en: "Correct it and try again; nothing was recorded.",
          };
    },
  },
  AMBIGUOUS_CASE: {
    message: (d) => ({
      zh: `“${d.given}”对应 ${d.candidates.length} 件：${d.candidates.join("、")}。`,
      en: `"${d.given}" fits ${d.candidates.length} cases: ${d.candidates.join(", ")}.`,
    }),
    hint: plain("请写完整的件号。", "Give the full name."),
  },
  WRONG_STATE: {
    message: (d) =>
      d.status === null
        ? {
            zh: `${d.case} 尚未接收，不能执行 ${d.command}。`,
            en: `${d.case} has not been received; ${d.command} cannot follow.`,
          }
        : d.mergedInto !== undefined
          ? {
              zh: `${d.case} 已并入 ${d.mergedInto}，不能再执行 ${d.command}。`,
              en: `${d.case} has been merged into ${d.mergedInto}; ${d.command} cannot follow.`,
            }
          : {
              zh: `${d.case} 处于“${statuses[d.status].zh}”状态，不能执行 ${d.command}。`,
              en: `${d.case} is ${statuses[d.status].en}; ${d.command} cannot follow.`,
            },
    hint: (d) =>
      d.mergedInto !== undefined
        ? {
            zh: `请在 ${d.mergedInto} 上办理。`,
            en: `Record it with ${d.mergedInto}, where the case is handled now.`,
          }
        : d.allowed.length === 0
          ? { zh: "本件已终结，不能再记录。", en: "The case has ended; nothing can be recorded." }
          : {
              zh: `现在可以执行：${d.allowed.join("、")}。`,
              en: `Possible now: ${d.allowed.join(", ")}.`,
            },
  },
  RULE_REFUSED: {
    message: (d) => ({
      zh: `${d.case === null ? "" : `${d.case}：`}${d.why.zh}（规则 ${d.rule}，依据${d.source.zh}）。`,
      en: `${d.case === null ? "" : `${d.case}: `}${d.why.en} (rule ${d.rule}, based on ${d.source.en}).`,
    }),
    hint: (d) => d.repair,
  },
  INCOMPLETE_ASSIGNMENT: {
    message: (d) => ({
      zh: `${d.case} 的五定不完整，缺少：${d.missing.map((m) => `${fiveFixed[m].zh}（${m}）`).join("、")}。`,
      en: `${d.case}: the 五定 are incomplete; missing: ${d.missing.join(", ")}.`,
    }),
    hint: (d) => ({
      zh: `五项须一次定齐，请补充 ${d.missing.map((m) => `--${m}`).join("、")}。`,
      en: `All five are fixed at once; add ${d.missing.map((m) => `--${m}`).join(", ")}.`,
    }),
  },
  NOT_FOUND: {
    message: (d) => ({
      zh: `没有找到${things[d.what].zh}“${d.name}”。`,
      en: `There is no ${things[d.what].en} "${d.name}".`,
    }),
    hint: ({ what, known, option, suggestion }) => {
      if (option !== undefined) {
        return {
          zh: `用 ${option} 指定它所在的位置，或者从备份中取回。`,
          en: `Say with ${option} where it lies, or take it back from a backup.`,
        };
      }
      if (suggestion !== undefined) {
        return { zh: `是否应为“${suggestion}”？`, en: `Did you mean ${suggestion}?` };
      }
      return what === "deadline" && known !== undefined
        ? {
            zh: `本件的时限：${known.join("、")}。`,
            en: `Its due dates: ${known.join(", ")}.`,
          }
        : whereToLook[what];
    },
  },
  INVALID_RULES: {
    message: (d) => {
      const [first] = d.problems;
      const more = d.problems.length - 1;
      return {
        zh: `${rulesNames[d.what].zh} ${d.name} 有 ${d.problems.length} 处错误：${first === undefined ? "" : problemIn(first).zh}${more > 0 ? `（另有 ${more} 处）` : ""}`,
        en: `The ${rulesNames[d.what].en} ${d.name} has ${d.problems.length} mistake${more > 0 ? "s" : ""}: ${first === undefined ? "" : problemIn(first).en}${more > 0 ? ` (and ${more} more)` : ""}`,
      };
    },
    hint: (d) => d.problems[0]?.repair ?? none,
  },
  RULES_OLDER: {
    message: (d) => ({
      zh: `${rulesNames[d.what].zh} ${d.given} 早于本办件库已采用的 ${d.newer}。`,
      en: `The ${rulesNames[d.what].en} ${d.given} is older than ${d.newer}, which has been adopted.`,
    }),
    hint: plain(
      "较早的版本不能替代较新的版本；如需恢复原有内容，请以更高的版本号发布。",
      "An older version cannot replace a newer one; give the old content a higher version.",
    ),
  },
  RULES_DIFFER: {
    message: (d) => ({
      zh: `${rulesNames[d.what].zh} ${d.name} 已经采用过，且内容不同。`,
      en: `The ${rulesNames[d.what].en} ${d.name} has already been adopted with other content.`,
    }),
    hint: plain(
      "已采用的版本不再改变；请用新的版本号。",
      "An adopted version never changes; give the new content a new version.",
    ),
  },
  CONFORMANCE: {
    message: (d) => ({
      zh: `${d.total} 张对照表中有 ${d.tables.length} 张不符：${d.tables.join("、")}。`,
      en: `${d.tables.length} of ${d.total} conformance tables do not come out: ${d.tables.join(", ")}.`,
    }),
    hint: plain(
      "逐行核对：或者表中的日期有误，或者规则的算法与本地做法不同。",
      "Go through the rows: a date in the table is wrong, or the rule counts otherwise than is done here.",
    ),
  },
  VERSION_CONFLICT: {
    message: (d) => ({
      zh: `${d.stream} 现为第 ${d.actualVersion} 版，不是预期的第 ${d.expectedVersion} 版。`,
      en: `${d.stream} is at version ${d.actualVersion}, not ${d.expectedVersion}.`,
    }),
    hint: plain(
      "他人已先行记录，请用 show 重新查看本件后再办。",
      "Somebody wrote first; look at the case again with show, then repeat the command.",
    ),
  },
  DUPLICATE_CASE: {
    message: (d) => ({
      zh: `${d.case} 已经接收过，且内容不同：${d.differs.join("、")}。`,
      en: `${d.case} has already been received with other content: ${d.differs.join(", ")}.`,
    }),
    hint: plain(
      "请核对件号；同一件号不能接收两件。",
      "Check the number; one name cannot hold two cases.",
    ),
  },
  COMMAND_ID_REUSED: {
    message: (d) => ({
      zh: `命令编号“${d.commandId}”已用于另一条内容不同的命令。`,
      en: `The command id "${d.commandId}" has been used for a different command.`,
    }),
    hint: plain(
      "每条命令使用新的编号；重试时内容须完全一致。",
      "Use a new id for each command; a retry must repeat it exactly.",
    ),
  },
  ROLLED_BACK: {
    message: (d) => ({
      zh: `因第 ${d.failedLine} 行被拒绝，本行未记录（--atomic）。`,
      en: `Not recorded, because line ${d.failedLine} was refused (--atomic).`,
    }),
    hint: plain("改正该行后整批重新执行。", "Correct that line and apply the whole file again."),
  },
  INTEGRITY: {
    message: (d) => ({
      zh: `${d.position === null ? "" : `第 ${d.position} 条记录${d.case === null ? "" : `（${d.case}）`}`}${d.what.zh}（${d.fault}）。`,
      en: `${d.position === null ? "" : `Event ${d.position}${d.case === null ? "" : ` (${d.case})`}: `}${d.what.en} (${d.fault}).`,
    }),
    hint: (d) =>
      d.fault === "PROJECTION"
        ? {
            zh: "汇总数据可按记录重新生成：wuding doctor --repair。",
            en: "The projections follow from the log: wuding doctor --repair makes them anew.",
          }
        : {
            zh: "请保留文件原样，并与外部保存的检查点或备份核对。",
            en: "Keep the file as it is and compare it with a checkpoint or backup kept elsewhere.",
          },
  },
  UNPROVEN: {
    message: (d) => ({ zh: `未能证明：${d.what.zh}。`, en: `Not proven: ${d.what.en}.` }),
    hint: (d) =>
      d.isEvidence === true
        ? {
            zh: "请将双方的文件原样保存：它们本身就是证据。",
            en: "Keep the files of both sides as they are: they are evidence.",
          }
        : {
            zh: "请核对文件是否完整，并使用核验方自己保存的公钥文件。",
            en: "Check that the file is whole, and use the verifier's own keys.",
          },
  },
  STORE_UNAVAILABLE: {
    message: (d) => ({
      zh: `${d.file} 现在无法使用：${d.why.zh}。`,
      en: `${d.file} cannot be used now: ${d.why.en}.`,
    }),
    hint: (d) =>
      d.outcomeUnknown === true
        ? {
            zh: "核验文件后，以同一命令编号重试。",
            en: "Verify the file, then repeat the command with the same id.",
          }
        : d.verifyFirst === true
          ? {
              zh: "排除原因后重新打开，先用 wuding audit verify 核验再使用；未记录任何内容。",
              en: "Remove the cause, open the file again and verify it with wuding audit verify before it is used; nothing was recorded.",
            }
          : d.option !== undefined
            ? {
                zh: `用 ${d.option} 另指定可以写入的位置，或者排除原因后重试。`,
                en: `Name a place that can be written to with ${d.option}, or remove the cause and try again.`,
              }
            : {
                zh: "排除原因后重试；未记录任何内容。",
                en: "Remove the cause and try again; nothing was recorded.",
              },
  },
  NOT_A_CASEBOOK: {
    message: (d) => ({ zh: `${d.file} 不是办件库文件。`, en: `${d.file} is not a casebook.` }),
    hint: plain("请检查 --db 指定的文件。", "Check the path given with --db."),
  },
  CASEBOOK_EXISTS: {
    message: (d) => ({
      zh: `${d.file} 已经存在，未作任何改动。`,
      en: `There is already a file ${d.file}; it was left as it is.`,
    }),
    hint: (d) =>
      d.replaceable === true
        ? {
            zh: "确需以备份取代，请加 --replace：原有文件改名保留；也可用 --db 指定其他文件。",
            en: "To put the backup in its place add --replace: the file that is there is kept under another name. Or name another file with --db.",
          }
        : {
            zh: "已有的办件库可直接使用；另建请用 --db 指定其他文件。",
            en: "An existing casebook can be used at once; name another file with --db to make a new one.",
          },
  },
  CANNOT_VERIFY: {
    message: (d) => ({ zh: `无法核验：${d.what.zh}。`, en: `Cannot verify: ${d.what.en}.` }),
    hint: plain(
      "其余各项已经核对，见上；补足后请重新核验。",
      "Everything else was checked, see above; add what is missing and verify again.",
    ),
  },
  FILE_EXISTS: {
    message: (d) => ({
      zh: `${d.file} 已经存在，内容不同。`,
      en: `${d.file} is there already, with other content.`,
    }),
    hint: plain(
      "请换一个文件名；原有文件未动。",
      "Choose another name; the file was left as it is.",
    ),
  },
  STORE_NEWER: {
    message: (d) => ({
      zh: `${d.file} 由更新的版本建立（格式 ${d.found}，本程序支持到 ${d.known}）。`,
      en: `${d.file} was made by a newer version (format ${d.found}; this program knows up to ${d.known}).`,
    }),
    hint: plain("请升级本程序。", "Upgrade this program."),
  },
  CLOCK_BACKWARDS: {
    message: (d) => ({
      zh: `系统时间 ${d.now} 早于最近一次记录的时间 ${d.last}。`,
      en: `The clock says ${d.now}, before the last record at ${d.last}.`,
    }),
    hint: plain(
      "请先核对系统时间；现在的时间无误、是此前的时钟超前的，用 wuding adjust-clock 由两人确认。",
      "Check the clock. If it is right now and had run ahead before, two persons say so with wuding adjust-clock.",
    ),
  },
  CLOCK_JUMPED: {
    message: (d) => ({
      zh: `系统时间在运行中跳变：现为 ${d.now}，按已经过的时间应为 ${d.expected}，${d.seconds > 0 ? "快" : "慢"} ${Math.abs(d.seconds)} 秒。`,
      en: `The clock jumped while this was running: it says ${d.now}; by the time that has passed it should be ${d.expected}, ${Math.abs(d.seconds)} s ${d.seconds > 0 ? "less" : "more"}.`,
    }),
    hint: plain(
      "请核对系统时间，无误后重新打开办件库再记录；计算机休眠之后也是如此。",
      "Check the clock, then open the casebook again and repeat it; a computer that slept looks the same.",
    ),
  },
  INTERNAL: {
    message: (d) => ({
      zh: `程序内部错误：${d.detail}。`,
      en: `A bug in this program: ${d.detail}.`,
    }),
    hint: plain("请将以下信息一并报告给开发者。", "Please report it with the stack."),
  },
};

/** An expected refusal. `code` and `data` are for programs, `message` and `hint` for people. */
export class EngineError<Code extends ErrorCode = ErrorCode> extends Error {
  override readonly name = "EngineError";
  readonly code: Code;
  readonly data: ErrorData[Code];

  constructor(code: Code, data: ErrorData[Code], options?: ErrorOptions) {
    super(errorTable[code].message(data).en, options);
    this.code = code;
    this.data = data;
  }

  /** The sentence in both languages. */
  get sentence(): Label {
    return errorTable[this.code].message(this.data);
  }

  /** What to do next, in both languages; may be empty. */
  get hint(): Label {
    return errorTable[this.code].hint(this.data);
  }
}

/** Every code, for tables that must be complete. */
export const errorCodes = Object.keys(errorTable) as readonly ErrorCode[];

/** Whether a thrown value is a refusal, and, with a code, that one. */
export const isEngineError = <Code extends ErrorCode = ErrorCode>(
  error: unknown,
  code?: Code,
): error is EngineError<Code> =>
  error instanceof EngineError && (code === undefined || error.code === code);

/** Shorthand to refuse input for one field. */
export const invalidInput = (...problems: readonly InputProblem[]): EngineError<"INVALID_INPUT"> =>
  new EngineError("INVALID_INPUT", { problems });
