/** @module check-lengths — whether reminders and extensions fit the length of their term. */
import type { Label } from "../../case/terms.ts";
import type { RuleCheck } from "./checked.ts";
import type { Length } from "./lengths.ts";
import { isAsLong, isLonger } from "./lengths.ts";
import { finding } from "./rule-problem.ts";
import { units } from "../terms/term.ts";

const printed = ({ amount, unit }: Length): Label => ({
  zh: `${amount} ${units[unit].zh}`,
  en: `${amount} ${units[unit].en}`,
});

/** A reminder falls due after the term has begun; at its beginning or before, nobody can be reminded. */
export const remindersFit: RuleCheck = (rule, path) => {
  const { id, amount = 0, unit, direction, remindBefore = [] } = rule;
  // a term that counts back has no beginning of its own
  if (direction === "before" || (unit !== "date" && rule.amount === undefined)) return [];
  const term = { amount, unit };
  return remindBefore.flatMap((reminder, index) => {
    if (!isAsLong(reminder, term)) return [];
    const [before, whole] = [printed(reminder), printed(term)];
    return [
      finding(
        [...path, "remindBefore", index],
        id,
        unit === "date"
          ? {
              zh: `规则“${id}”提前 ${before.zh}提醒，超过一年，永远不会提醒。`,
              en: `Rule "${id}" reminds ${before.en} before its day, more than a year: it can never remind.`,
            }
          : {
              zh: `规则“${id}”的期限为 ${whole.zh}，提前 ${before.zh}提醒，永远不会提醒。`,
              en: `The term of rule "${id}" is ${whole.en}; a reminder ${before.en} before its end can never come.`,
            },
        {
          zh: "请写比期限短的提前量，或删去这一提醒。",
          en: "Write fewer days than the term has, or take the reminder out.",
        },
      ),
    ];
  });
};

/** An extension ends later than the term without it. */
export const extensionLengthens: RuleCheck = (rule, path) => {
  const { id, amount, unit, extension, direction } = rule;
  if (extension === null || extension.max.from === "dueDate") return [];
  const place = [...path, "extension", "max"];
  if (unit === "date" || direction === "before") {
    return [
      finding(
        [...place, "from"],
        id,
        {
          zh: `规则“${id}”${unit === "date" ? "没有起算日" : "的届满日在起算日之前"}，延长期限不能从起算日（trigger）计算。`,
          en: `Rule "${id}" ${unit === "date" ? "counts from no day" : "ends before the day it counts from"}; its extension cannot count from that day (trigger).`,
        },
        { zh: "请把 from 改为 dueDate。", en: "Set from to dueDate." },
      ),
    ];
  }
  if (amount === undefined || isLonger(extension.max, { amount, unit })) return [];
  const [bound, term] = [printed(extension.max), printed({ amount, unit })];
  return [
    finding(
      place,
      id,
      {
        zh: `规则“${id}”的期限为 ${term.zh}，延长后自起算日起最多 ${bound.zh}，不比原期限长。`,
        en: `The term of rule "${id}" is ${term.en}; extended, it is at most ${bound.en} from the same day, which is no longer.`,
      },
      {
        zh: "请写包括原期限在内的总长；只写延长部分的，把 from 改为 dueDate；不得延长的，extension 写 null。",
        en: "Write the whole length with the term itself; for the added part alone set from to dueDate; for no extension write null.",
      },
    ),
  ];
};
