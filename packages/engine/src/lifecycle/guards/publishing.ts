/** @module publishing — guards: how far the reply is disclosed, and the reply in public. */
import { isPublishable, lastReply } from "../../case/reading.ts";
import type { Label } from "../../case/terms.ts";
import { dateOf } from "../../time/occurred-on.ts";
import type { Guard, GuardInput } from "./guard.ts";
import { bySense, dataOf, day } from "./guard.ts";

/** 国办发〔2014〕46号：答复与公开同步审查 */
const disclosedWithReply: Label = {
  zh: "国办发〔2014〕46号：公开与答复同步审查",
  en: "国办发〔2014〕46号: disclosure is reviewed together with the reply",
};

/** Whether a fact would have the reply made public: its publication, or the decision that it may be. */
const makesPublic = (input: GuardInput): boolean =>
  input.fact.type !== "DisclosureDecided" || isPublishable(dataOf(input, "DisclosureDecided"));

export const publishingGuards = {
  proposerConsents: {
    holds: (input) => input.state.received.consentToPublish !== false || !makesPublic(input),
    why: { zh: "提案人不同意公开", en: "the proposer does not consent to publication" },
    source: {
      zh: "提案人的意愿（接收时所记）；参照《山东省人民代表大会代表建议、批评和意见办理工作条例》第十一条",
      en: "the proposer's wish, as recorded at the receipt; after the Shandong regulations on handling deputies' suggestions, art. 11",
    },
    repair: {
      zh: "答复可以定为依申请公开或者不予公开；提案人后来同意的，先用 amend 更正 consentToPublish。",
      en: "It may be disclosed on request or withheld; if the proposer consents after all, correct consentToPublish with amend first.",
    },
  },
  disclosureChanges: {
    holds: (input) =>
      lastReply(input.state)?.disclosure !== dataOf(input, "DisclosureDecided").disclosure,
    why: { zh: "公开方式没有变化", en: "the reply is disclosed that far already" },
    source: bySense,
    repair: { zh: "用 show 查看现在的公开方式。", en: "See with show how far it is disclosed." },
  },
  takenBackFirst: {
    holds: (input) => input.state.publication === null || makesPublic(input),
    why: { zh: "答复仍在公开", en: "the reply still stands in public" },
    source: bySense,
    repair: { zh: "先用 unpublish 撤回公开。", en: "Take it back with unpublish first." },
  },
  mayBePublished: {
    holds: ({ state }) => isPublishable(lastReply(state)),
    why: {
      zh: "答复的公开方式不是主动公开或者摘要公开",
      en: "the reply is not to be disclosed in full or as a summary",
    },
    source: disclosedWithReply,
    repair: {
      zh: "公开方式随答复确定；以后评估可以公开的，用 disclose 重新确定。",
      en: "That is decided with the reply; if it may be published after all, decide so with disclose.",
    },
  },
  notPublished: {
    holds: ({ state }) => state.publication === null,
    why: { zh: "答复已经公开", en: "the reply is already published" },
    source: bySense,
    repair: { zh: "用 show 查看公开情况。", en: "See it with show." },
  },
  isPublished: {
    holds: ({ state }) => state.publication !== null,
    why: { zh: "答复没有公开", en: "the reply is not published" },
    source: bySense,
    repair: { zh: "用 show 查看公开情况。", en: "See it with show." },
  },
  notBeforePublication: {
    holds: (input) => {
      const { publication, publicationWithdrawnOn } = input.state;
      const last = publication?.on ?? publicationWithdrawnOn;
      return last === null || day(input) >= dateOf(last);
    },
    why: {
      zh: "发生日期早于公开或者撤回公开的日期",
      en: "it is dated before the publication or its withdrawal",
    },
    source: bySense,
    repair: { zh: "核对 --on 的日期。", en: "Check the date given with --on." },
  },
} as const satisfies Record<string, Guard>;
