/** @module next — what may be recorded now, what each needs, and what endangers the three 100%. */
import type { AnyField, Casebook, CommandName, Label, NextSteps } from "@wuding/engine";
import { commands, terms } from "@wuding/engine";
import { optionNameOf } from "../arguments.ts";
import type { Command } from "../command.ts";
import { inLanguage } from "../print/in-language.ts";
import { heading, paragraph } from "../print/page.ts";
import { tableLines } from "../print/table.ts";
import { labelled, orDash, withAside, words } from "../print/words.ts";
import type { Shell } from "../shell.ts";
import { jsonLine } from "../visible.ts";

const said = {
  allowed: { zh: "现在可以记录", en: "Possible now" },
  command: { zh: "命令", en: "command" },
  does: { zh: "作用", en: "what it does" },
  missing: { zh: "必填", en: "it needs" },
  blocked: { zh: "现在不能记录", en: "Not possible now" },
  blocking: { zh: "距三个100%还差", en: "Missing for the three 100%" },
  promises: { zh: "待兑现、待答复的承诺事项", en: "Promises still owed" },
  promise: { zh: "内容", en: "promise" },
  owed: { zh: "待办", en: "what is owed" },
  fulfilment: { zh: "兑现", en: "fulfilment" },
  secondReply: { zh: "再次答复", en: "second reply" },
  carriedOver: { zh: "跨年结转", en: "carried over" },
  warnings: { zh: "请留意", en: "Look out for" },
  clear: { zh: "无。本件已符合三个100%的要求。", en: "Nothing." },
  ended: { zh: "本件已终结，不能再记录。", en: "The case has ended; nothing can be recorded." },
  uncounted: { zh: "不再计入三个100%。", en: "The three 100% no longer count it." },
} as const satisfies Record<string, Label>;

export const command: Command = {
  name: "next",
  label: { zh: "下一步可以记录什么，还差什么", en: "what may be recorded next" },
  positionals: ["CASE"],
  options: [],
  example: "wuding next 122",
  run: async ({ positionals: [name = ""] }, shell) => {
    const casebook = await shell.open();
    const steps = await casebook.next(name, { actor: shell.actor, today: shell.today });
    if (shell.json) return shell.out(jsonLine(inLanguage(steps, shell.language)));
    const status = terms.statuses[steps.status][shell.language];
    paragraph(`${steps.case}  ${status}`, shell);
    printAllowed(steps, shell);
    printPromises(steps, shell);
    printBlocking(steps, casebook, shell);
    printWarnings(steps.warnings, shell);
  },
};

const printAllowed = ({ allowed, blocked }: NextSteps, shell: Shell): void => {
  const { language } = shell;
  if (allowed.length === 0 && blocked.length === 0) {
    paragraph(said.ended[language], shell);
    return;
  }
  heading(said.allowed[language], shell);
  const lines = tableLines(
    allowed,
    [
      { heading: said.command[language], text: (row) => row.command },
      { heading: said.does[language], text: (row) => commands[row.command].label[language] },
      {
        heading: said.missing[language],
        text: (row) => row.missing.map((field) => optionOf(row.command, field)).join(" "),
        narrow: "wrap",
      },
    ],
    shell,
  );
  for (const line of lines) shell.out(line);
  if (blocked.length === 0) return;
  heading(said.blocked[language], shell);
  for (const { command: name, why, source, repair } of blocked) {
    const reason = withAside(why[language], source[language], language);
    paragraph(labelled(name, reason, language), shell);
    paragraph(repair[language], shell, 2);
  }
};

/** Promises that are still to be kept, or whose second reply is still to be sent. */
const printPromises = ({ promises }: NextSteps, shell: Shell): void => {
  const { language } = shell;
  if (promises.length === 0) return;
  heading(said.promises[language], shell);
  const lines = tableLines(
    promises,
    [
      { heading: "#", text: (row) => String(row.commitment), align: "right" },
      { heading: said.promise[language], text: (row) => row.text, narrow: "wrap" },
      { heading: said.owed[language], text: (row) => said[row.owed][language] },
      {
        heading: words.dueOn[language],
        text: (row) =>
          withAside(orDash(row.dueOn), row.carriedOver ? said.carriedOver[language] : "", language),
      },
    ],
    shell,
  );
  for (const line of lines) shell.out(line);
};

/** A field as it is typed: `participants` of a contact is `--participant`. */
const optionOf = (name: CommandName, field: string): string => {
  const fields: Readonly<Record<string, AnyField>> = commands[name].fields;
  return `--${optionNameOf(fields[field]?.element ?? field)}`;
};

/** What no rule forbids and somebody should know, with what to do. */
export const printWarnings = (warnings: NextSteps["warnings"], shell: Shell): void => {
  const { language } = shell;
  if (warnings.length === 0) return;
  heading(said.warnings[language], shell);
  for (const { why, repair } of warnings) {
    paragraph(why[language], shell);
    paragraph(repair[language], shell, 2);
  }
};

/** How a case ended; of a merged one, where it is handled now. */
const endingOf = ({ status, mergedInto }: Pick<NextSteps, "status" | "mergedInto">): Label => {
  const { zh, en } = terms.statuses[status];
  return mergedInto === null
    ? { zh: `本件${zh}，`, en: `The case is ${en}. ` }
    : {
        zh: `本件${zh}，现由 ${mergedInto} 一并办理，`,
        en: `The case is ${en}; it is handled in ${mergedInto} now. `,
      };
};

/** What stands between a case and the three 100%, with what to do; of one that ended, that it is out of them. */
export const printBlocking = (
  steps: Pick<NextSteps, "status" | "ended" | "mergedInto" | "blocking">,
  { rules }: Pick<Casebook, "rules">,
  shell: Shell,
): void => {
  const { language } = shell;
  const blocking = inLanguage(steps.blocking, language);
  heading(said.blocking[language], shell);
  if (steps.ended) {
    paragraph(`${endingOf(steps)[language]}${said.uncounted[language]}`, shell);
    return;
  }
  if (blocking.length === 0) {
    paragraph(said.clear[language], shell);
    return;
  }
  const rates = rules.rulebooks.flatMap(({ rulebook }) => rulebook.rates);
  const labelOf = (id: string): string =>
    rates.findLast((rate) => rate.id === id)?.label[language] ?? id;
  const lines = tableLines(
    blocking,
    [
      { heading: words.rate[language], text: (row) => labelOf(row.rate) },
      { heading: words.why[language], text: (row) => row.why, narrow: "wrap" },
      { heading: words.repair[language], text: (row) => row.repair, narrow: "wrap" },
    ],
    shell,
  );
  for (const line of lines) shell.out(line);
};
