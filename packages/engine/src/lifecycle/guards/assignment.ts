/** @module assignment — guards: what may be done before the 五定, and where a case without them goes on. */
import { choiceFor } from "../../rulebook/rulebook.ts";
import type { Guard } from "./guard.ts";
import { bySense, kindOf, sourceOf } from "./guard.ts";

export const assignmentGuards = {
  mayGoUnassigned: {
    holds: (input) => !choiceFor(input.rulebook.assignmentBeforeReply, kindOf(input)).value,
    why: { zh: "尚未落实五定", en: "the 五定 are not fixed yet" },
    source: (input) => sourceOf(input.rulebook.assignmentBeforeReply, input),
    repair: { zh: "先用 assign 将五项一次定齐。", en: "Fix all five with assign first." },
  },
  isUnassigned: {
    holds: ({ state }) => state.assignment === null,
    why: { zh: "已经落实五定", en: "the 五定 are fixed" },
    source: bySense,
    repair: { zh: "用 show 查看五定。", en: "See them with show." },
  },
} as const satisfies Record<string, Guard>;
