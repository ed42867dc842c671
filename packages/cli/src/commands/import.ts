/**
 * @module import — `wuding import FILE.xlsx|.csv`: a 交办清单 or a whole 台账, row by row. A row is recorded whole
 * or not at all; what is recorded already is compared field by field and changed only when that is asked for.
 */
import { basename } from "node:path";
import type { Casebook, Label, LineAnswer } from "@wuding/engine";
import { EngineError, invalidInput, isEngineError, kindOf, schemeFor } from "@wuding/engine";
import type * as documentsPackage from "@wuding/documents";
import type {
  List,
  ListRow,
  NameParts,
  PlanOptions,
  ReadingContext,
  RowPlan,
} from "@wuding/documents";
import { afterRecording, existingCasebook, warnOfLongQuiet } from "../casebook-to-record.ts";
import type { Command, Typed } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import type { RowOutcome } from "../print/import-rows.ts";
import { printColumns, printCounts, printOutcome, rowJson } from "../print/import-rows.ts";
import { progressOn } from "../print/progress.ts";
import { emptyCasebook } from "../rehearsal.ts";
import type { Shell } from "../shell.ts";
import { jsonLine } from "../visible.ts";

const said = { importing: { zh: "导入", en: "importing" } } as const satisfies Record<
  string,
  Label
>;

export const command: Command = {
  name: "import",
  label: { zh: "导入交办清单或者台账", en: "take in a list of cases or a whole ledger" },
  positionals: ["FILE.xlsx|.csv"],
  options: [
    {
      name: "dry-run",
      label: { zh: "只显示将会如何，不记录", en: "only show what would happen" },
      typed: "flag",
      form: "",
    },
    {
      name: "update",
      label: {
        zh: "已有的件与清单不同时，按清单更正、补记（须写 --reason）；空单元格不改原记录",
        en: "bring cases that differ to what the list says (with --reason); empty cells change nothing",
      },
      typed: "flag",
      form: "",
    },
    {
      name: "reason",
      label: { zh: "更正的理由，如 依台账更正", en: "why they are corrected" },
      typed: "value",
      form: "TEXT",
    },
    {
      name: "clean-titles",
      label: {
        zh: "案由中粘带的网页文字、广告等按建议去掉",
        en: "take the titles as they are suggested, without what was glued to them",
      },
      typed: "flag",
      form: "",
    },
    {
      name: "kind",
      label: {
        zh: "全部为该件别（清单没有件别列时）",
        en: "the kind of all rows, where no column says it",
      },
      typed: "value",
      form: "KIND",
    },
    {
      name: "session",
      label: {
        zh: "全部为该届次（清单没有届次列时）",
        en: "the session of all rows, where no column says it",
      },
      typed: "value",
      form: "SESSION",
    },
    {
      name: "year",
      label: {
        zh: "没有写年份的日期属于该年",
        en: "the year of dates that are written without one",
      },
      typed: "value",
      form: "YEAR",
    },
  ],
  example: "wuding import 交办清单.xlsx --dry-run",
  run: async (typed, shell) => {
    const [path = ""] = typed.positionals;
    const options = readOptions(typed);
    const bytes = await shell.readFile(path);
    const existing = await existingCasebook(shell);
    const stage = existing ?? (await emptyCasebook(shell));
    const context = contextOf(stage, options.year);
    const documents = await import("@wuding/documents");
    const sheets = await documents.readSheets(bytes, basename(path));
    const list = documents.readList(sheets, context, namedBy(typed, context, documents));
    if ("problems" in list) throw invalidInput(...list.problems);
    if (existing !== undefined && !options.dryRun) await warnOfLongQuiet(existing, shell);
    if (!shell.json) printColumns(list, shell);

    const counts = { rows: 0, new: 0, same: 0, differs: 0, refused: 0, recorded: 0 };
    const rows: object[] = [];
    let exitCode = 0;
    const progress = progressOn(shell, said.importing[shell.language]);
    for await (const outcome of imported({ list, stage, existing }, options, shell, documents)) {
      counts.rows += 1;
      counts[outcome.verdict] += 1;
      if (outcome.recorded) counts.recorded += 1;
      if (exitCode === 0) exitCode = exitCodeOf(outcome);
      progress.at(counts.rows, list.count);
      if (shell.json) rows.push(rowJson(outcome, shell.language));
      else printOutcome(outcome, options, shell);
    }
    progress.end();
    const { dryRun } = options;
    const { columns, skipped } = list;
    if (shell.json) shell.out(jsonLine({ file: path, dryRun, columns, skipped, rows, counts }));
    else printCounts(counts, options, shell);
    return exitCode;
  },
};

type Documents = typeof documentsPackage;
type Options = Readonly<{ dryRun: boolean; year?: number }> & PlanOptions;

const readOptions = ({ flags, values }: Typed): Options => {
  const { reason, year } = values;
  const isUpdate = flags["update"] === true;
  if (isUpdate && reason === undefined) throw invalidInput({ field: "--reason", kind: "missing" });
  if (!isUpdate && reason !== undefined) {
    const problem = {
      zh: "--reason 只与 --update 同用。",
      en: "--reason goes with --update only.",
    };
    throw new EngineError("USAGE", { problem, command: "import" });
  }
  if (year !== undefined && !/^(?:19|20|21)\d\d$/.test(year)) {
    const expected = { zh: "年份，如 2021", en: "a year, such as 2021" };
    throw invalidInput({ field: "--year", kind: "malformed", expected });
  }
  return {
    dryRun: flags["dry-run"] === true,
    cleanTitles: flags["clean-titles"] === true,
    ...(isUpdate && reason !== undefined && { update: { reason } }),
    ...(year !== undefined && { year: Number(year) }),
  };
};

const contextOf = ({ rules }: Casebook, year: number | undefined): ReadingContext => {
  const { rulebook } = rules.current;
  const [first] = rulebook.kinds;
  return {
    kinds: rulebook.kinds,
    schemeOf: (kind) => schemeFor(rulebook, kindOf(rulebook, kind ?? "")?.id ?? first?.id ?? ""),
    ...(year !== undefined && { year }),
  };
};

/** The parts of the name that were typed for all rows. */
const namedBy = (
  { values }: Typed,
  { kinds }: ReadingContext,
  { readKind, readSession }: Documents,
): NameParts => {
  const { kind, session } = values;
  const read = {
    ...(kind !== undefined && { kind: readKind(kind, kinds) }),
    ...(session !== undefined && { session: readSession(session) }),
  };
  const parts: Record<string, string> = {};
  for (const [name, meant] of Object.entries(read)) {
    if ("misread" in meant) throw invalidInput({ ...meant.misread, field: `--${name}` });
    parts[name] = meant.value;
  }
  return parts;
};

/** What differs and is left alone is not taken in, like a row that is refused. */
const exitCodeOf = ({ refusal, verdict, differences }: RowOutcome): number => {
  if (refusal !== undefined) return exitCodes[refusal.code];
  const isLeft = verdict === "differs" && differences.some(({ planned }) => !planned);
  return isLeft ? exitCodes.DUPLICATE_CASE : 0;
};

type Source = Readonly<{
  list: List;
  /** Where rows are tried: the casebook that is there, else an empty one in memory. */
  stage: Casebook;
  existing: Casebook | undefined;
}>;

/** What the engine says of a command of a row. */
type Refused = Readonly<{
  refusal: EngineError;
  at: number;
  /** Of an amendment: the field that it is about. */
  field?: string;
}>;

type Ready = Readonly<{
  outcome: RowOutcome;
  row: ListRow;
  plan?: RowPlan;
  lines: readonly object[];
}>;

/** Commands that are recorded in one transaction; a row is never divided between two. */
const batchMax = 200;

/** Every row with what became of it, in order. */
async function* imported(
  { list, stage, existing }: Source,
  options: Options,
  shell: Shell,
  documents: Documents,
): AsyncGenerator<RowOutcome> {
  const { today } = shell;
  const known = new Set((await stage.list({ today })).map((one) => one.case));
  let casebook = existing;
  let ready: Ready[] = [];
  let commands = 0;
  const flush = async (): Promise<readonly RowOutcome[]> => {
    const batch = ready;
    [ready, commands] = [[], 0];
    if (batch.every(({ lines }) => lines.length === 0)) return batch.map(({ outcome }) => outcome);
    casebook ??= await shell.open({ create: true });
    return recordBatch(batch, casebook, shell);
  };
  for (const row of list.rows()) {
    const one = await judged(row, { known, stage, options, today, documents });
    const lines = options.dryRun ? [] : one.lines;
    if (commands + lines.length > batchMax || ready.length >= batchMax) yield* await flush();
    ready.push({ ...one, lines });
    commands += lines.length;
  }
  yield* await flush();
  if (casebook !== undefined && !options.dryRun) await afterRecording(casebook, shell);
}

type Judging = Readonly<{
  /** Cases that are there. */
  known: ReadonlySet<string>;
  stage: Casebook;
  options: Options;
  today: string;
  documents: Documents;
}>;

/** What a row asks for, and whether all of it would be recorded. */
const judged = async (
  row: ListRow & Readonly<{ repeats?: string }>,
  { known, stage, options, today, documents }: Judging,
): Promise<Ready> => {
  const base = baseOf(row, options);
  if (row.problems.length > 0 || row.case === undefined) {
    const refusal = invalidInput(...row.problems);
    return { row, outcome: { ...base, verdict: "refused", refusal }, lines: [] };
  }
  if (row.repeats !== undefined) {
    const remark = { zh: `与 ${row.repeats} 重复`, en: `repeats ${row.repeats}` };
    return { row, outcome: { ...base, verdict: "same", remarks: [remark] }, lines: [] };
  }
  const { oursOf, planRow } = documents;
  const view = known.has(row.case) ? await stage.show(row.case, { today }) : null;
  const recorded = view && { view, ours: oursOf(view, await stage.history(view.case)) };
  const plan = planRow(row, recorded, options);
  const { verdict, differences, remarks } = plan;
  const trial = { stage, today, documents };
  const version = view?.version ?? 0;
  const outcome: RowOutcome = { ...base, verdict, differences, remarks };
  if (
    recorded !== null &&
    verdict === "differs" &&
    options.dryRun &&
    options.update === undefined
  ) {
    // what --update would meet is seen before it is asked for
    const update = { reason: "--update" };
    const wished = planRow(row, recorded, { ...options, update });
    const foreseen = await rehearsed(wished, version, trial);
    return {
      row,
      outcome: {
        ...outcome,
        remarks: [
          ...remarks,
          ...("refusal" in foreseen ? [wouldBeRefused(foreseen, row, wished)] : []),
        ],
      },
      lines: [],
    };
  }
  const tried = await rehearsed(plan, version, trial);
  return "refusal" in tried
    ? { row, outcome: { ...outcome, ...refusedBy(tried, row, plan) }, lines: [] }
    : { row, plan, outcome, lines: tried.lines };
};

const wouldBeRefused = (refused: Refused, row: ListRow, plan: RowPlan): Label => {
  const { refusal = refused.refusal, at } = refusedBy(refused, row, plan);
  const { zh, en } = refusal.sentence;
  const where = at === undefined || zh.includes(at.cell) ? "" : `${at.cell} ${at.column}`;
  return {
    zh: `如用 --update，此行将被拒绝：${where === "" ? "" : `${where}：`}${zh}`,
    en: `with --update this row would be refused: ${where === "" ? "" : `${where}: `}${en}`,
  };
};

const baseOf = (row: ListRow, { cleanTitles }: Options): RowOutcome => ({
  sheet: row.sheet,
  row: row.row,
  case: row.case ?? null,
  verdict: "same",
  recorded: false,
  differences: [],
  remarks: [],
  ...(row.title && {
    title: { given: String(row.said.received?.["title"]), taken: cleanTitles, ...row.title },
  }),
});

/** Tries a row's commands one after the other; gives them with their ids and the version that each follows. */
const rehearsed = async (
  { commands }: RowPlan,
  version: number,
  { stage, today, documents }: Pick<Judging, "stage" | "today" | "documents">,
): Promise<Readonly<{ lines: readonly object[] }> | Refused> => {
  if (commands.length === 0) return { lines: [] };
  const lines: object[] = [];
  let before = version;
  const tried = commands.map(({ given }, line) => ({ line, given }));
  for await (const answer of stage.rehearseAll(tried, { today })) {
    if (!answer.ok) {
      const field = await refusedField(tried, answer.line, { stage, today });
      return { refusal: answer.refusal, at: answer.line, ...(field !== undefined && { field }) };
    }
    const given = commands[answer.line]?.given ?? {};
    const commandId = documents.commandIdOf(given, before);
    lines.push({ ...given, commandId, ...(before > 0 && { expect: before }) });
    before = answer.recorded.version;
  }
  return { lines };
};

/** Which field of an amendment is refused by itself, where that can be told. */
const refusedField = async (
  lines: readonly Readonly<{ line: number; given: Readonly<Record<string, unknown>> }>[],
  at: number,
  { stage, today }: Pick<Judging, "stage" | "today">,
): Promise<string | undefined> => {
  const { given = {} } = lines[at] ?? {};
  if (given["command"] !== "amend") return undefined;
  const fields = Object.entries(given["fields"] ?? {});
  if (fields.length === 1) return fields[0]?.[0];
  for (const [field, value] of fields) {
    const alone = { line: at, given: { ...given, fields: { [field]: value } } };
    for await (const answer of stage.rehearseAll([...lines.slice(0, at), alone], { today })) {
      if (!answer.ok) return field;
    }
  }
  return undefined;
};

/** A refusal of the engine, with the cells in place of the fields. */
const refusedBy = (
  { refusal, at, field: alone }: Refused,
  { places }: ListRow,
  { commands, differences }: RowPlan,
): Pick<RowOutcome, "verdict" | "refusal" | "at"> => {
  const fact = commands[at]?.fact ?? "received";
  const placeOf = (field: string) => {
    const name = field.replace(/^fields\./, "").replace(/[.[].*$/, "");
    const other = name === "on" && fact === "received" ? "dispatchedOn" : name;
    return (
      places.get(`${fact}.${name}`) ?? places.get(`${fact}.${other}`) ?? places.get(`name.${name}`)
    );
  };
  const changed = differences.find((one) => one.fact === fact && one.planned)?.field;
  const isAmended = commands[at]?.command === "amend";
  const first =
    (isAmended ? placeOf(alone ?? changed ?? "") : undefined) ??
    [...places].find(([key]) => key.startsWith(`${fact}.`))?.[1];
  const whole = first === undefined ? {} : { at: first };
  if (!isEngineError(refusal, "INVALID_INPUT")) return { verdict: "refused", refusal, ...whole };
  const { problems } = refusal.data;
  const named = problems.map((one) => {
    const place = placeOf(one.field);
    return place === undefined ? one : { ...one, field: `${place.cell} ${place.column}` };
  });
  const place = placeOf(problems[0]?.field ?? "");
  return {
    verdict: "refused",
    // the dispatch is the day of the receipt too: what is wrong with it is said once
    refusal: invalidInput(...new Map(named.map((one) => [JSON.stringify(one), one])).values()),
    ...(place === undefined ? whole : { at: place }),
  };
};

/** Records rows together; one that somebody else made impossible in the meantime is refused. */
const recordBatch = async (
  batch: readonly Ready[],
  casebook: Casebook,
  { today }: Shell,
): Promise<readonly RowOutcome[]> => {
  const lines = batch.flatMap(({ lines: own }, place) => own.map((given) => ({ place, given })));
  const answers = new Map<number, LineAnswer[]>();
  const numbered = lines.map(({ given }, line) => ({ line, given }));
  for await (const answer of casebook.apply(numbered, { today })) {
    const place = lines[answer.line]?.place ?? 0;
    answers.set(place, [...(answers.get(place) ?? []), answer]);
  }
  return batch.map(({ outcome, row, plan }, place) => {
    const own = answers.get(place) ?? [];
    if (own.length === 0) return outcome;
    const recorded = own.flatMap((one) => (one.ok ? [one.recorded] : []));
    const events = recorded.flatMap((one) => one.events);
    const version = recorded.at(-1)?.version;
    const done = { ...outcome, events, ...(version !== undefined && { version }) };
    const at = own.findIndex(({ ok }) => !ok);
    const failed = own[at];
    return failed === undefined || failed.ok || plan === undefined
      ? { ...done, recorded: true }
      : { ...done, ...refusedBy({ refusal: failed.refusal, at }, row, plan) };
  });
};
