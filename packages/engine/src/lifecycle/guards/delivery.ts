/** @module delivery — guards: whom the reply has reached. */
import { proposerNames, proposersOwed, unreachedProposers } from "../../case/reading-answer.ts";
import type { Guard } from "./guard.ts";
import { bySense, dataOf, sourceOf } from "./guard.ts";

export const deliveryGuards = {
  notReached: {
    holds: (input) =>
      unreachedProposers(input.state).includes(dataOf(input, "DeliveryRecorded").proposer),
    why: { zh: "答复已经送达该提案人", en: "the reply has reached this proposer already" },
    source: bySense,
    repair: { zh: "用 show 查看答复送达情况。", en: "See with show whom it has reached." },
  },
  everybodyReached: {
    holds: ({ state }) => proposersOwed(state).length === 0,
    why: { zh: "答复尚未送达", en: "the reply has not reached everybody whom it has to reach" },
    told: ({ state }) => {
      const owed = proposerNames(state, proposersOwed(state));
      return owed.length === 0
        ? null
        : {
            zh: `答复尚未送达：${owed.join("、")}`,
            en: `the reply has not reached ${owed.join(", ")}`,
          };
    },
    source: (input) => sourceOf(input.rulebook.deliveredWhen, input),
    repair: { zh: "送达后用 deliver 记录。", en: "Record its delivery with deliver." },
  },
  replyReachedThem: {
    holds: (input) =>
      !proposersOwed(input.state).includes(dataOf(input, "FeedbackReceived").proposer),
    why: {
      zh: "答复尚未送达该提案人，不能收回其征询意见表",
      en: "the reply has not reached this proposer, so no form on it can come back",
    },
    source: (input) => sourceOf(input.rulebook.deliveredWhen, input),
    repair: { zh: "先用 deliver 记录送达。", en: "Record the delivery with deliver first." },
  },
} as const satisfies Record<string, Guard>;
