/**
 * @module advance — the guided way through a case: where it stands, what keeps it from the three 100%, what
 * may be recorded now, only the questions that the chosen step needs, a preview, the record and its due
 * dates, the way back, and then the next step, until the person leaves.
 */
import type { CaseView, CommandName, Label, NextSteps, Recorded } from "@wuding/engine";
import {
  commands,
  EngineError,
  isAmendable,
  isCommandName,
  isEngineError,
  terms,
} from "@wuding/engine";
import { cannotBeTakenBack } from "../advancing/after-the-fact.ts";
import type { Answers } from "../advancing/command-typed.ts";
import { dueChanges } from "../advancing/due-changes.ts";
import type { KnownCase } from "../advancing/likely-values.ts";
import type { Desk } from "../advancing/step-form.ts";
import { fillIn, recordGiven } from "../advancing/step-form.ts";
import type { Choice } from "../asking.ts";
import { askingOn, choose, PersonLeft, PersonTurnedBack } from "../asking.ts";
import { afterRecording, existingCasebook, warnOfLongQuiet } from "../casebook-to-record.ts";
import type { Command } from "../command.ts";
import { interrupted } from "../exit-codes.ts";
import { heading, paragraph } from "../print/page.ts";
import { showOutcome } from "../print/recorded.ts";
import { labelled, withAside } from "../print/words.ts";
import type { Shell } from "../shell.ts";
import { printBlocking, printWarnings } from "./next.ts";

const said = {
  back: {
    zh: "随时可输入 < 返回；Ctrl-C 或 Ctrl-D 离开，未确认的内容不会记录。",
    en: "Type < to go back at any time; Ctrl-C or Ctrl-D leaves, and nothing unconfirmed is recorded.",
  },
  possible: { zh: "现在可以记录", en: "Possible now" },
  which: { zh: "输入序号或命令；直接回车离开", en: "A number or a command; Enter to leave" },
  left: { zh: "未记录任何内容。", en: "Nothing was recorded." },
  ended: { zh: "本件已终结，不能再记录。", en: "The case has ended; nothing can be recorded." },
  notNow: { zh: "现在不能记录", en: "Not possible now" },
  undo: { zh: "撤销刚才这一步", en: "take back the last step" },
  correct: { zh: "更正刚才这一步", en: "correct the last step" },
  noUndo: { zh: "刚才这一步不能撤销", en: "The last step cannot be taken back" },
} as const satisfies Record<string, Label>;

export const command: Command = {
  name: "advance",
  label: { zh: "逐项提问，引导办理到底", en: "be led through a case, step by step" },
  positionals: ["[CASE]"],
  options: [],
  example: "wuding advance 122",
  run: async ({ positionals: [name] }, shell) => {
    if (!shell.isInteractive || shell.json) throw needsTerminal(name);
    const existing = await existingCasebook(shell);
    if (existing === undefined && name !== undefined) {
      // says that there is no casebook
      await shell.open();
    }
    if (existing !== undefined) await warnOfLongQuiet(existing, shell);
    const casebook = existing ?? (await (await import("../rehearsal.ts")).emptyCasebook(shell));
    const calendar = await casebook.rules.calendar();
    const asking = askingOn(shell);
    const tally = { recorded: 0 };
    const desk: Desk = { casebook, calendar, asking, shell };
    try {
      paragraph(said.back[shell.language], shell);
      if (name !== undefined) await guide(name, desk, tally);
      else await takeIn(desk, existing === undefined, tally);
      sayGoodbye(tally.recorded, shell);
    } catch (error) {
      if (!(error instanceof PersonLeft)) throw error;
      sayGoodbye(tally.recorded, shell);
      if (error.isInterrupted) return interrupted;
    } finally {
      asking.close();
    }
    return 0;
  },
};

const needsTerminal = (name: string | undefined): EngineError => {
  const instead = name === undefined ? "wuding receive" : `wuding next ${name}`;
  return new EngineError("USAGE", {
    problem:
      name === undefined
        ? {
            zh: "advance 须在终端中逐项回答；程序请用 wuding receive 或 wuding apply 记录。",
            en: "advance asks questions on a terminal; a script records with wuding receive or wuding apply.",
          }
        : {
            zh: `advance 须在终端中逐项回答；程序请用 wuding next ${name} --json 查询，再用所列命令或 wuding apply 记录。`,
            en: `advance asks questions on a terminal; a script reads wuding next ${name} --json and records with the command named there, or with wuding apply.`,
          },
    suggestion: instead,
  });
};

/** Steps that were recorded so far. */
type Tally = { recorded: number };

const sayGoodbye = (recorded: number, shell: Shell): void => {
  const { zh, en } =
    recorded === 0
      ? said.left
      : {
          zh: `已离开，本次共记录 ${recorded} 步。`,
          en: `You left; ${recorded} ${recorded === 1 ? "step was" : "steps were"} recorded.`,
        };
  paragraph(shell.language === "zh" ? zh : en, shell);
};

/** Takes a case in and goes on with it; a casebook is made once the first case is confirmed. */
const takeIn = async (desk: Desk, isNew: boolean, tally: Tally): Promise<void> => {
  heading(commands.receive.label[desk.shell.language], desk.shell);
  const given = await unlessTurnedBack(() => fillIn("receive", undefined, {}, desk));
  if (given === undefined) return;
  const casebook = isNew ? await desk.shell.open({ create: true }) : desk.casebook;
  const there = { ...desk, casebook };
  const done = await record("receive", given, undefined, there, tally);
  if (done?.recorded.case != null) await guide(done.recorded.case, there, tally, done);
};

/** What was just recorded. */
type Done = Readonly<{ command: CommandName; recorded: Recorded; before: number }>;

const guide = async (name: string, desk: Desk, tally: Tally, first?: Done): Promise<void> => {
  const { casebook, shell } = desk;
  const { actor, today } = shell;
  let last = first;
  for (;;) {
    const steps = await casebook.next(name, { actor, today });
    const view = await casebook.show(steps.case, { today });
    const known: KnownCase = { view, history: await casebook.history(steps.case) };
    showStanding(view, steps, desk);
    const ways = last === undefined ? [] : await waysBack(last, known, desk);
    const chosen = await unlessTurnedBack(() => chooseStep(steps, ways, desk));
    if (chosen === undefined) return;
    const way = ways.find(({ word }) => word === chosen);
    const step = way?.command ?? (chosen as CommandName);
    const given = await unlessTurnedBack(() => fillIn(step, known, way?.prefilled ?? {}, desk));
    if (given !== undefined) last = (await record(step, given, known, desk, tally)) ?? last;
  }
};

const unlessTurnedBack = async <Result>(
  ask: () => Promise<Result>,
): Promise<Result | undefined> => {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof PersonTurnedBack) return undefined;
    throw error;
  }
};

const showStanding = (view: CaseView, steps: NextSteps, { casebook, shell }: Desk): void => {
  const { language } = shell;
  heading(`${view.case}  ${view.title}`, shell);
  const status = terms.statuses[view.status][language];
  const { department = "", person = "" } = view.assignment ?? {};
  paragraph(withAside(status, [department, person].filter(Boolean).join(" "), language), shell);
  printBlocking(steps, casebook, shell);
  printWarnings(steps.warnings, shell);
};

/** The road of a case; what stands here is offered first. */
const mainRoad: ReadonlySet<CommandName> = new Set([
  "sign-receipt",
  "assign",
  "contact",
  "request-opinion",
  "record-opinion",
  "draft",
  "review",
  "sign",
  "answer",
  "submit-opinion",
  "deliver",
  "feedback",
  "publish",
  "fulfil",
  "verify",
  "close",
]);

const chooseStep = async (
  { allowed, blocked }: NextSteps,
  ways: readonly Choice[],
  { asking, shell }: Desk,
): Promise<string | undefined> => {
  const { language } = shell;
  if (allowed.length === 0) {
    paragraph(said.ended[language], shell);
    return undefined;
  }
  heading(said.possible[language], shell);
  const choices = allowed.map(({ command: word }) => ({
    word,
    label: commands[word].label[language],
  }));
  const isMain = ({ word }: Choice): boolean => mainRoad.has(word as CommandName);
  const groups = [choices.filter(isMain), choices.filter((one) => !isMain(one)), ways];
  return choose(said.which[language], groups, asking, shell, (typed) => {
    const barrier = blocked.find((one) => one.command === typed);
    if (barrier === undefined) {
      return isCommandName(typed)
        ? labelled(said.notNow, commands[typed].label[language], language)
        : undefined;
    }
    const why = labelled(said.notNow, barrier.why[language], language);
    const between = language === "zh" ? "。" : ". ";
    return `${why.replace(/[。.]$/u, "")}${between}${barrier.repair[language]}`;
  });
};

/** A way to undo the last step, with what it is already known to be about. */
type WayBack = Choice & Readonly<{ command: CommandName; prefilled: Answers }>;

/** The lawful ways to undo the last step; says which are none, and what no way calls back. */
const waysBack = async (
  { command: step, before }: Done,
  { view, history }: KnownCase,
  { casebook, shell }: Desk,
): Promise<readonly WayBack[]> => {
  const { language, actor, today } = shell;
  const entry = history.find(({ version }) => version === before + 1);
  if (entry === undefined || step === "retract" || step === "amend" || step === "forget") return [];
  const { position: event } = entry;
  const prefilled = { event };
  const ways: WayBack[] = [];
  shell.out("");
  const refusal = await refusedWith(() =>
    casebook.rehearse(
      // somebody approves, or need not: that is asked when it is done
      { command: "retract", case: view.case, event, reason: said.undo.zh, approvedBy: "—" },
      { actor, today },
    ),
  );
  if (refusal === undefined) {
    const label = withAside(said.undo[language], step, language);
    ways.push({ word: "undo", label, command: "retract", prefilled });
  } else {
    const why = `${refusal.sentence[language]} ${refusal.hint[language]}`.trim();
    paragraph(labelled(said.noUndo, why, language), shell);
  }
  if (isAmendable(entry.type)) {
    const label = withAside(said.correct[language], step, language);
    ways.push({ word: "correct", label, command: "amend", prefilled });
  }
  if (ways.length > 0) paragraph(cannotBeTakenBack(step)[language], shell);
  return ways;
};

const refusedWith = async (ask: () => Promise<unknown>): Promise<EngineError | undefined> => {
  try {
    await ask();
    return undefined;
  } catch (error) {
    if (isEngineError(error)) return error;
    throw error;
  }
};

/** Records what was confirmed and tells what came of it; nothing where somebody else wrote first. */
const record = async (
  step: CommandName,
  given: object,
  known: KnownCase | undefined,
  { casebook, calendar, shell }: Desk,
  tally: Tally,
): Promise<Done | undefined> => {
  const { language, today } = shell;
  let recorded: Recorded;
  try {
    recorded = await recordGiven(given, casebook, shell);
  } catch (error) {
    if (!isEngineError(error, "VERSION_CONFLICT")) throw error;
    paragraph(error.sentence[language], shell);
    return undefined;
  }
  shell.out("");
  await showOutcome(recorded, casebook, shell);
  if (recorded.case !== null && !recorded.unchanged) {
    const { deadlines } = await casebook.show(recorded.case, { today });
    const before = known?.view.deadlines ?? [];
    for (const change of dueChanges(before, deadlines, calendar, language)) {
      paragraph(change, shell, 2);
    }
  }
  await afterRecording(casebook, shell);
  if (recorded.unchanged) return undefined;
  tally.recorded += 1;
  return { command: step, recorded, before: known?.view.version ?? 0 };
};
