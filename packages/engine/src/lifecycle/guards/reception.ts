/** @module reception — guards: sending a case back. */
import type { CaseState, Deadline } from "../../case/state.ts";
import { dateOf } from "../../time/occurred-on.ts";
import type { Guard } from "./guard.ts";
import { bySense, day } from "./guard.ts";

/** The window for sending the case back as it lies now; new rules may have moved it. */
const returnWindow = ({ deadlines }: CaseState): Deadline | undefined =>
  deadlines.findLast(({ id }) => id === "return-request");

export const receptionGuards = {
  withinReturnWindow: {
    holds: (input) => {
      const window = returnWindow(input.state);
      return window === undefined || day(input) <= window.dueOn;
    },
    why: { zh: "已超过申请退办的期限", en: "the window for sending the case back has passed" },
    source: ({ state }) => {
      const source = returnWindow(state)?.source ?? "";
      return { zh: source, en: source };
    },
    repair: {
      zh: "逾期不再退办，请继续办理。",
      en: "It is too late to send it back; go on handling it.",
    },
  },
  returnNotPending: {
    holds: ({ state }) => state.returnRequest?.pending !== true,
    why: { zh: "退办申请尚未决定", en: "a request to send the case back is still undecided" },
    source: bySense,
    repair: {
      zh: "先用 decide-return 记录退办决定。",
      en: "Record the decision with decide-return first.",
    },
  },
  returnPending: {
    holds: ({ state }) => state.returnRequest?.pending === true,
    why: { zh: "没有待决定的退办申请", en: "no request to send the case back is pending" },
    source: bySense,
    repair: {
      zh: "先用 request-return 申请退办。",
      en: "Record the request with request-return first.",
    },
  },
  notBeforeRequest: {
    holds: (input) => {
      const requested = input.state.returnRequest?.on;
      return requested === undefined || day(input) >= dateOf(requested);
    },
    why: {
      zh: "发生日期早于申请退办的日期",
      en: "it is dated before the request to send the case back",
    },
    source: bySense,
    repair: { zh: "核对 --on 的日期。", en: "Check the date given with --on." },
  },
} as const satisfies Record<string, Guard>;
