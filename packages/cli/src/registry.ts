/**
 * @module registry — every command of the command line and the file it is loaded from, when it is asked for.
 *
 * The commands that record are not listed here: the engine's table names them, and `recording.ts`
 * makes a command of each.
 */
import type { Label } from "@wuding/engine";
import { EngineError, nearest } from "@wuding/engine";
import type { Command } from "./command.ts";
import { unknownAction } from "./commands/unknown-action.ts";

type Loader = () => Promise<Readonly<{ command: Command }>>;

/** Commands that guide a person through recording. */
const guided: Readonly<Record<string, Loader>> = {
  advance: () => import("./commands/advance.ts"),
};

const looking: Readonly<Record<string, Loader>> = {
  list: () => import("./commands/list.ts"),
  show: () => import("./commands/show.ts"),
  next: () => import("./commands/next.ts"),
  due: () => import("./commands/due.ts"),
  dashboard: () => import("./commands/dashboard.ts"),
  week: () => import("./commands/week.ts"),
  explain: () => import("./commands/explain.ts"),
  search: () => import("./commands/search.ts"),
  similar: () => import("./commands/similar.ts"),
  rates: () => import("./commands/rates.ts"),
  history: () => import("./commands/history.ts"),
  replay: () => import("./commands/replay.ts"),
  report: () => import("./commands/report.ts"),
  rulebook: () => import("./commands/rulebook.ts"),
  calendar: () => import("./commands/calendar.ts"),
  machine: () => import("./commands/machine.ts"),
  doctor: () => import("./commands/doctor.ts"),
  stats: () => import("./commands/stats.ts"),
};

const files: Readonly<Record<string, Loader>> = {
  init: () => import("./commands/init.ts"),
  document: () => import("./commands/document.ts"),
  export: () => import("./commands/export.ts"),
  backup: () => import("./commands/backup.ts"),
  restore: () => import("./commands/restore.ts"),
  upgrade: () => import("./commands/upgrade.ts"),
  apply: () => import("./commands/apply.ts"),
  import: () => import("./commands/import.ts"),
  demo: () => import("./commands/demo.ts"),
};

/** The actions of `audit`: what an auditor does, each a command of two words. */
const auditing: Readonly<Record<string, Loader>> = {
  "audit verify": () => import("./commands/audit/verify.ts"),
  "audit checkpoint": () => import("./commands/audit/checkpoint.ts"),
  "audit prove": () => import("./commands/audit/prove.ts"),
  "audit check-proof": () => import("./commands/audit/check-proof.ts"),
  "audit consistency": () => import("./commands/audit/consistency.ts"),
  "audit witness": () => import("./commands/audit/witness.ts"),
  "audit evidence": () => import("./commands/audit/evidence.ts"),
  "audit export": () => import("./commands/audit/export.ts"),
  "audit alarms": () => import("./commands/audit/alarms.ts"),
  "audit late": () => import("./commands/audit/late.ts"),
  "audit keys": () => import("./commands/audit/keys.ts"),
};

const talk: Readonly<Record<string, Loader>> = {
  help: () => import("./commands/help.ts"),
  completion: () => import("./commands/completion.ts"),
};

const listed: Readonly<Record<string, Loader>> = {
  ...guided,
  ...looking,
  ...auditing,
  ...files,
  ...talk,
};

/** First words of the commands that have two. */
const families: ReadonlySet<string> = new Set(
  Object.keys(listed).flatMap((name) => (name.includes(" ") ? [name.split(" ")[0] ?? ""] : [])),
);

/** Whether a word is only the first one of a command's name. */
export const isFamily = (word: string): boolean => families.has(word);

const recording = async () => import("./commands/recording.ts");

/**
 * The command of a name.
 * @throws EngineError `USAGE` with the name that was probably meant
 */
export const commandNamed = async (name: string): Promise<Command> => {
  const load = Object.hasOwn(listed, name) ? listed[name] : undefined;
  if (load !== undefined) return (await load()).command;
  const [family = "", action] = name.split(" ");
  if (isFamily(family)) throw unknownAction(family, action, actionsOf(family));
  const { recordingCommand, recordingNames } = await recording();
  const found = recordingCommand(name);
  if (found !== undefined) return found;
  const suggestion = nearest(name, [...recordingNames, ...Object.keys(listed)]);
  const problem = { zh: `没有命令“${name}”。`, en: `There is no command "${name}".` };
  throw new EngineError("USAGE", { problem, ...(suggestion !== undefined && { suggestion }) });
};

const actionsOf = (family: string): readonly string[] =>
  Object.keys(listed).flatMap((name) =>
    name.startsWith(`${family} `) ? [name.slice(family.length + 1)] : [],
  );

/** Commands that belong together in the help. */
export type CommandGroup = Readonly<{ label: Label; commands: readonly Command[] }>;

/** All commands, grouped as the help shows them. */
export const loadGroups = async (): Promise<readonly CommandGroup[]> => {
  const { recordingNames, recordingCommand } = await recording();
  const loadAll = async (loaders: Readonly<Record<string, Loader>>): Promise<Command[]> =>
    (await Promise.all(Object.values(loaders).map((load) => load()))).map(({ command }) => command);
  const records = recordingNames.flatMap((name) => recordingCommand(name) ?? []);
  return [
    {
      label: { zh: "记录", en: "Commands that record" },
      commands: [...records, ...(await loadAll(guided))],
    },
    { label: { zh: "查看", en: "Commands that look" }, commands: await loadAll(looking) },
    { label: { zh: "核验与证明", en: "Proof" }, commands: await loadAll(auditing) },
    { label: { zh: "建库、批量与演示", en: "Files in and out" }, commands: await loadAll(files) },
    { label: { zh: "帮助", en: "Help" }, commands: await loadAll(talk) },
  ];
};
