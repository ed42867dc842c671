/** @module urging — guards: the slips 督办单 whose colours follow one another. */
import { isOpen } from "../../case/reading.ts";
import type { Deadline, Urge } from "../../case/state.ts";
import type { Label, UrgeSlip } from "../../case/terms.ts";
import { urgeSlips } from "../../case/terms.ts";
import type { Guard, GuardInput } from "./guard.ts";
import { dataOf, day } from "./guard.ts";

const byColours: Label = {
  zh: "三色督办单逐级升级：前一张时限届满后再发下一张",
  en: "the order of the coloured slips: each follows when the time of the one before has passed",
};

const colours = Object.keys(urgeSlips) as readonly UrgeSlip[];

/** The last slip and its due date, while it has not been answered. */
const unanswered = ({ state }: GuardInput): Readonly<{ urge: Urge; due: Deadline }> | undefined => {
  const urge = state.urges.findLast(({ slip }) => slip !== undefined);
  const due = state.deadlines.find(
    (deadline) => deadline.id === `urge:${urge?.urge ?? 0}` && isOpen(deadline),
  );
  return urge === undefined || due === undefined ? undefined : { urge, due };
};

/** The colour that comes next: blue again once the last slip was answered, and red stays red. */
const nextColour = (input: GuardInput): UrgeSlip => {
  const last = unanswered(input)?.urge.slip;
  const at = last === undefined ? 0 : colours.indexOf(last) + 1;
  return colours[Math.min(at, colours.length - 1)] ?? "blue";
};

export const urgingGuards = {
  slipTimePassed: {
    holds: (input) => {
      const last = unanswered(input);
      return (
        dataOf(input, "CaseUrged").slip === undefined ||
        last === undefined ||
        day(input) > last.due.dueOn
      );
    },
    why: { zh: "前一张督办单的时限尚未届满", en: "the time of the slip before has not passed" },
    told: (input) => {
      const last = unanswered(input);
      const slip = last?.urge.slip;
      return last === undefined || slip === undefined
        ? null
        : {
            zh: `${urgeSlips[slip].zh}督办单的时限至 ${last.due.dueOn}，尚未届满`,
            en: `the ${urgeSlips[slip].en} slip runs until ${last.due.dueOn}`,
          };
    },
    source: byColours,
    repair: {
      zh: "届满后再发；此前的催办不写 --slip。",
      en: "Wait until then; until then urge without --slip.",
    },
  },
  slipInOrder: {
    holds: (input) => {
      const { slip } = dataOf(input, "CaseUrged");
      return slip === undefined || slip === nextColour(input);
    },
    why: { zh: "督办单颜色不合升级次序", en: "the colour of the slip is out of order" },
    told: (input) => {
      const next = urgeSlips[nextColour(input)];
      return {
        zh: `现在应发${next.zh}督办单`,
        en: `the slip that comes now is ${next.en}`,
      };
    },
    source: byColours,
    repair: {
      zh: "核对 --slip 的颜色；用 show 查看历次催办。",
      en: "Check --slip; show lists the urges so far.",
    },
  },
} as const satisfies Record<string, Guard>;
