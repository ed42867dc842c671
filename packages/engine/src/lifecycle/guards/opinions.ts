/** @module opinions — guards: co-handlers' opinions, asked for, recorded, sent back and told. */
import {
  coHandlersUnheard,
  coOpinion,
  isAsked,
  mayHelp,
  opinionsAwaited,
  opinionsGiven,
} from "../../case/reading-answer.ts";
import type { CoOpinion } from "../../case/state.ts";
import type { Label } from "../../case/terms.ts";
import type { OpinionDemand } from "../../rulebook/rulebook.ts";
import { choiceFor } from "../../rulebook/rulebook.ts";
import { dateOf } from "../../time/occurred-on.ts";
import type { Guard, GuardInput } from "./guard.ts";
import { byRole, bySense, dataOf, day, kindOf, sourceOf } from "./guard.ts";

const demandOf = (input: GuardInput): OpinionDemand =>
  choiceFor(input.rulebook.coOpinions, kindOf(input)).value;

const bySourceOfDemand = (input: GuardInput): Label => sourceOf(input.rulebook.coOpinions, input);

/** The opinions given that a reply leaves out. */
const untold = (input: GuardInput): readonly CoOpinion[] => {
  const { toldOpinions = [] } = dataOf(input, "ReplyDelivered");
  return opinionsGiven(input.state, day(input)).filter(({ unit }) => !toldOpinions.includes(unit));
};

const unitsOf = (opinions: readonly CoOpinion[], joint: string): string =>
  opinions.map(({ unit }) => unit).join(joint);

/** Whose opinion a reply would go out without, and whether that unit was asked at all. */
const unheard = (input: GuardInput) => ({
  awaited: opinionsAwaited(input.state, day(input)),
  unasked: coHandlersUnheard(input.state, day(input)),
});

const allHeard = (input: GuardInput): boolean => {
  const { awaited, unasked } = unheard(input);
  return awaited.length === 0 && unasked.length === 0;
};

const unheardWords = (input: GuardInput): Label => {
  const { awaited, unasked } = unheard(input);
  const said: Label[] = [];
  if (awaited.length > 0) {
    said.push({
      zh: `协办意见尚未收到：${unitsOf(awaited, "、")}`,
      en: `the opinion of ${unitsOf(awaited, ", ")} is not there yet`,
    });
  }
  if (unasked.length > 0) {
    said.push({
      zh: `尚未征求意见的协办单位：${unasked.join("、")}`,
      en: `${unasked.join(", ")} ${unasked.length === 1 ? "has" : "have"} not been asked for an opinion`,
    });
  }
  return { zh: said.map(({ zh }) => zh).join("；"), en: said.map(({ en }) => en).join("; ") };
};

/** The fact about an opinion that a later one may not be dated before. */
const lastFactOf = (input: GuardInput): string | undefined => {
  const { opinion } = dataOf(input, "OpinionReturned");
  if (opinion === undefined) return input.state.opinion?.on;
  const found = coOpinion(input.state, opinion);
  return found?.recordedOn ?? found?.returns.at(-1)?.on ?? found?.requestedOn;
};

export const opinionsGuards = {
  mayAskOpinion: {
    holds: (input) => mayHelp(input.state, dataOf(input, "OpinionRequested").unit),
    why: {
      zh: "协办意见由主办单位征求；独办、分办件只能向五定中的配合科室征求",
      en: "the lead unit asks co-handlers; a sole or separate one asks only the departments that its 五定 name as helping",
    },
    source: byRole,
    repair: {
      zh: "独办、分办件先用 assign 或 reassign 的 --co-department 写明配合科室；协办件用 submit-opinion 提交自己的意见。",
      en: "Name the helping department with --co-department of assign or reassign; an assisting unit hands in its own opinion with submit-opinion.",
    },
  },
  opinionNotAsked: {
    holds: (input) => !isAsked(input.state, dataOf(input, "OpinionRequested").unit),
    why: {
      zh: "本轮已经向该单位征求意见",
      en: "this unit has been asked for its opinion in this round",
    },
    source: bySense,
    repair: {
      zh: "意见有缺陷需要重报的，用 return-opinion 退回。",
      en: "Send an opinion that will not do back with return-opinion.",
    },
  },
  opinionAwaited: {
    holds: (input) =>
      coOpinion(input.state, dataOf(input, "OpinionRecorded").opinion)?.text === null,
    why: { zh: "没有尚待收到的这一协办意见", en: "no such opinion is being waited for" },
    source: bySense,
    repair: {
      zh: "先用 request-opinion 征求意见；已经收到而需要重报的，先用 return-opinion 退回。",
      en: "Ask for it with request-opinion first; one that came and is to be replaced is sent back with return-opinion.",
    },
  },
  opinionGiven: {
    holds: (input) => {
      const { opinion } = dataOf(input, "OpinionReturned");
      if (opinion === undefined) return input.state.opinion !== null;
      return typeof coOpinion(input.state, opinion)?.text === "string";
    },
    why: { zh: "没有可以退回的协办意见", en: "there is no opinion to send back" },
    source: bySense,
    repair: {
      zh: "先用 record-opinion 记录收到的意见；协办件先用 submit-opinion 记录提交的意见。",
      en: "Record the opinion with record-opinion first, or our own with submit-opinion.",
    },
  },
  notBeforeOpinion: {
    holds: (input) => {
      const last = lastFactOf(input);
      return last === undefined || day(input) >= dateOf(last);
    },
    why: {
      zh: "发生日期早于征求、收到或者退回该意见的日期",
      en: "it is dated before that opinion was asked for, recorded or sent back",
    },
    source: bySense,
    repair: { zh: "核对 --on 的日期。", en: "Check the date given with --on." },
  },
  returnsToCoHandler: {
    holds: (input) => dataOf(input, "OpinionReturned").opinion !== undefined,
    why: { zh: "退回的是本单位提交的意见", en: "the opinion that is sent back is our own" },
    source: byRole,
    repair: {
      zh: "用 submit-opinion 重新提交协办意见。",
      en: "Hand it in again with submit-opinion.",
    },
  },
  contactedInRound: {
    holds: ({ state }) => state.contacts.some(({ round }) => round === state.round),
    why: { zh: "本轮尚未沟通联系", en: "there has been no contact in this round" },
    source: bySense,
    repair: { zh: "用 contact 记录沟通联系。", en: "Record one with contact." },
  },
  opinionsIn: {
    holds: (input) => !demandOf(input).beforeReply || allHeard(input),
    why: { zh: "协办意见尚未收齐", en: "a co-handler's opinion is not there yet" },
    told: (input) => (allHeard(input) ? null : unheardWords(input)),
    source: bySourceOfDemand,
    repair: {
      zh: "未征求的先用 request-opinion 征求；收到后用 record-opinion 记录，再答复提案人；协办单位答复没有意见的，照实记录。",
      en: "Ask with request-opinion where nobody has; record what comes with record-opinion, then reply; an answer that there is nothing to say is recorded as it is.",
    },
  },
  opinionsTold: {
    holds: (input) => !demandOf(input).toldInReply || untold(input).length === 0,
    why: {
      zh: "答复没有说明协办单位的意见",
      en: "the reply does not tell what the co-handlers said",
    },
    told: (input) => {
      const left = untold(input);
      return left.length === 0
        ? null
        : {
            zh: `答复没有说明这些单位的意见：${unitsOf(left, "、")}`,
            en: `the reply does not tell the opinion of ${unitsOf(left, ", ")}`,
          };
    },
    source: bySourceOfDemand,
    repair: {
      zh: "在答复中说明协办意见，并用 --told-opinion 写明是哪些单位的意见。",
      en: "Tell it in the reply, and name each unit with --told-opinion.",
    },
  },
} as const satisfies Record<string, Guard>;
