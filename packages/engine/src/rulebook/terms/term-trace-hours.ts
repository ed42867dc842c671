/** @module term-trace-hours — a term in working hours told opening by opening. */
import { addDays } from "../../time/civil-date.ts";
import { UnpublishedYear, writeInstant } from "./office-hours.ts";
import type { Term } from "../deadline-rule.ts";
import type { TermLaw } from "./term.ts";
import { amountOf } from "./term.ts";
import type { Walk } from "./term-trace-steps.ts";

/**
 * Each opening of the office with the hours counted by its end, in seconds of the day.
 * @returns the last moment, at +08:00
 */
export const walkWorkingHours = (
  term: Term,
  start: number,
  back: boolean,
  workingHours: TermLaw["workingHours"],
  walk: Walk,
): string => {
  if (!workingHours.some(({ from, to }) => from < to)) {
    throw new RangeError("the office has no working hours");
  }
  const amount = amountOf(term);
  const [firstDay = "", firstTime = ""] = writeInstant(start).replace("+08:00", "").split("T");
  let left = amount * 3600;
  for (let date = firstDay; ; date = addDays(date, back ? -1 : 1)) {
    const { worked, why, published } = walk.ask(date);
    if (!published) throw new UnpublishedYear(Number(date.slice(0, 4)));
    if (!worked) walk.step(date, "skipped", null, why);
    const hours = worked ? workingHours : [];
    for (const { from, to } of back ? hours.toReversed() : hours) {
      const isFirst = date === firstDay;
      const opens = isFirst && !back ? later(from, firstTime) : secondOf(from);
      const closes = isFirst && back ? earlier(to, firstTime) : secondOf(to);
      if (closes <= opens) continue;
      const taken = Math.min(left, closes - opens);
      left -= taken;
      const end = back ? closes - taken : opens + taken;
      const span = `${clock(back ? end : opens)}–${clock(back ? closes : end)}`;
      walk.step(date, "counted", amount - left / 3600, {
        zh: `${why.zh}，计入 ${span}`,
        en: `${why.en}, ${span}`,
      });
      if (left === 0) return writeInstant(Date.parse(`${date}T00:00+08:00`) + end * 1000);
    }
  }
};

const later = (one: string, other: string): number => Math.max(secondOf(one), secondOf(other));

const earlier = (one: string, other: string): number => Math.min(secondOf(one), secondOf(other));

const secondOf = (time: string): number => {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(":").map(Number);
  return hours * 3600 + minutes * 60 + seconds;
};

/** `HH:mm` of a second of the day. */
const clock = (second: number): string => new Date(second * 1000).toISOString().slice(11, 16);
