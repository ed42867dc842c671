/** @module promises — guards: promises: fulfilled, verified. */
import { currentCommitment } from "../../case/reading.ts";
import { choiceFor } from "../../rulebook/rulebook.ts";
import { dateOf } from "../../time/occurred-on.ts";
import type { Guard } from "./guard.ts";
import { bySense, dataOf, day, kindOf, sourceOf } from "./guard.ts";

export const promisesGuards = {
  commitmentUnfulfilled: {
    holds: (input) =>
      currentCommitment(input.state, dataOf(input, "CommitmentFulfilled").commitment)
        ?.fulfilledOn === null,
    why: { zh: "该承诺事项已经兑现", en: "the commitment is already fulfilled" },
    source: bySense,
    repair: { zh: "用 show 查看承诺事项。", en: "See the commitments with show." },
  },
  commitmentFulfilled: {
    holds: (input) => {
      const { commitment } = dataOf(input, "CommitmentVerified");
      const found = currentCommitment(input.state, commitment);
      return typeof found?.fulfilledOn === "string" && found.verifiedOn === null;
    },
    why: {
      zh: "该承诺事项尚未兑现或已经销号",
      en: "the commitment is not fulfilled yet, or is already verified",
    },
    source: bySense,
    repair: { zh: "先用 fulfil 记录兑现情况。", en: "Record its fulfilment with fulfil first." },
  },
  notBeforePromise: {
    holds: (input) => {
      const { commitment } = dataOf(input, "CommitmentFulfilled");
      const found = currentCommitment(input.state, commitment);
      const since = found?.fulfilledOn ?? found?.madeOn;
      return since === undefined || day(input) >= dateOf(since);
    },
    why: {
      zh: "发生日期早于作出承诺或兑现的日期",
      en: "it is dated before the promise or its fulfilment",
    },
    source: bySense,
    repair: { zh: "核对 --on 的日期。", en: "Check the date given with --on." },
  },
  anotherVerifies: {
    holds: (input) =>
      !choiceFor(input.rulebook.verifierDiffers, kindOf(input)).value ||
      currentCommitment(input.state, dataOf(input, "CommitmentVerified").commitment)
        ?.fulfilledBy !== input.actor.id,
    why: { zh: "记录兑现的人不能自行销号", en: "whoever recorded the fulfilment cannot verify it" },
    source: (input) => sourceOf(input.rulebook.verifierDiffers, input),
    repair: { zh: "请由他人核验后记录（--as）。", en: "Let another person record it (--as)." },
  },
} as const satisfies Record<string, Guard>;
