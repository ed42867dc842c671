/** @module check-terms — whether the members of one term fit each other. */
import type { RuleCheck } from "./checked.ts";
import type { Finding } from "./rule-problem.ts";
import { finding } from "./rule-problem.ts";
import type { DeadlineRule } from "../deadline-rule.ts";

/** A term has a length, and one that ends on a fixed day of the year has none. */
export const amountFits: RuleCheck = ({ id, unit, amount }, path) => {
  if (unit === "date" && amount !== undefined) {
    return [
      finding(
        [...path, "amount"],
        id,
        {
          zh: `规则“${id}”到固定日期届满，却又写了期限长度 ${amount}。`,
          en: `Rule "${id}" ends on a fixed day and has a length of ${amount} as well.`,
        },
        { zh: "请删去 amount，或改写 unit。", en: "Take out amount, or change unit." },
      ),
    ];
  }
  if (unit !== "date" && amount === undefined) {
    return [
      finding(
        [...path, "amount"],
        id,
        {
          zh: `规则“${id}”没有写期限长度。`,
          en: `Rule "${id}" does not say how long its term is.`,
        },
        { zh: "请补充 amount，如 3。", en: "Add amount, such as 3." },
      ),
    ];
  }
  return [];
};

/** A fixed day goes with the unit `date`, and with nothing else. */
export const fixedDateFits: RuleCheck = ({ id, unit, trigger, monthDay }, path) => {
  const findings: Finding[] = [];
  if ((unit === "date") !== (trigger === "fixedDate")) {
    findings.push(
      finding(
        [...path, unit === "date" ? "trigger" : "unit"],
        id,
        unit === "date"
          ? {
              zh: `规则“${id}”到固定日期届满，却从“${trigger}”起算。`,
              en: `Rule "${id}" ends on a fixed day and yet counts from "${trigger}".`,
            }
          : {
              zh: `规则“${id}”不起算（fixedDate），却以“${unit}”为单位。`,
              en: `Rule "${id}" counts from nothing (fixedDate) and yet is counted in "${unit}".`,
            },
        {
          zh: "固定日期同时写 trigger: fixedDate、unit: date 和 monthDay；其他期限都不写。",
          en: "A fixed day has trigger fixedDate, unit date and a monthDay; other terms have none of them.",
        },
      ),
    );
  }
  if (unit === "date" && monthDay === undefined) {
    findings.push(
      finding(
        [...path, "monthDay"],
        id,
        {
          zh: `规则“${id}”没有写是哪一天。`,
          en: `Rule "${id}" does not say which day it is.`,
        },
        { zh: "请补充 monthDay，如 07-31。", en: "Add monthDay, such as 07-31." },
      ),
    );
  }
  if (unit !== "date" && monthDay !== undefined) {
    findings.push(
      finding(
        [...path, "monthDay"],
        id,
        {
          zh: `规则“${id}”按“${unit}”计算，固定日期 ${monthDay} 不起作用。`,
          en: `Rule "${id}" is counted in "${unit}"; its fixed day ${monthDay} has no effect.`,
        },
        {
          zh: "请删去 monthDay，或把 unit 改为 date。",
          en: "Take out monthDay, or set unit to date.",
        },
      ),
    );
  }
  return findings;
};

/** Only from another due date can a term count back. */
export const directionFits: RuleCheck = ({ id, direction, trigger }, path) =>
  direction === "before" && !trigger.startsWith("dueDateOf:")
    ? [
        finding(
          [...path, "direction"],
          id,
          {
            zh: `规则“${id}”从“${trigger}”向前数，届满日会早于起算日。`,
            en: `Rule "${id}" counts back from "${trigger}", so it would end before it begins.`,
          },
          {
            zh: "只有从另一时限的届满日（dueDateOf:…）起算时才能向前数；请删去 direction 或改写 trigger。",
            en: "Only a term that counts from another due date (dueDateOf:…) may count back; take out direction or change trigger.",
          },
        ),
      ]
    : [];

/** A time of day asks when something happened; a fixed day happens at no time. */
export const cutOffFits: RuleCheck = ({ id, cutOff, trigger }, path) =>
  cutOff !== undefined && trigger === "fixedDate"
    ? [
        finding(
          [...path, "cutOff"],
          id,
          {
            zh: `规则“${id}”到固定日期届满，截止时刻 ${cutOff} 不起作用。`,
            en: `Rule "${id}" ends on a fixed day; its cut-off ${cutOff} has no effect.`,
          },
          { zh: "请删去 cutOff。", en: "Take out cutOff." },
        ),
      ]
    : [];

/** A rule is in force for at least a day. */
export const validityFits: RuleCheck = ({ id, validFrom, validTo }: DeadlineRule, path) =>
  validTo !== null && validTo < validFrom
    ? [
        finding(
          [...path, "validTo"],
          id,
          {
            zh: `规则“${id}”自 ${validFrom} 起施行，却在 ${validTo} 已失效。`,
            en: `Rule "${id}" is in force from ${validFrom} and already ends on ${validTo}.`,
          },
          {
            zh: "请改正两个日期；现行有效的写 null。",
            en: "Correct the dates; null if it is still in force.",
          },
        ),
      ]
    : [];
