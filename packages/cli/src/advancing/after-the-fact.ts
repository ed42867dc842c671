/** @module after-the-fact — what the program cannot call back when an entry is taken back, in plain words. */
import type { CommandName, Label } from "@wuding/engine";

/** What has left the house by the time a step is recorded. */
const gone: Readonly<Partial<Record<CommandName, Label>>> = {
  answer: {
    zh: "已经送达的答复收不回来，须另行告知提案人。",
    en: "A reply that was delivered cannot be called back: tell the proposer.",
  },
  deliver: {
    zh: "已经送达的答复收不回来，须另行告知提案人。",
    en: "A reply that was delivered cannot be called back: tell the proposer.",
  },
  "reply-again": {
    zh: "已经发出的再次答复收不回来，须另行告知提案人。",
    en: "A second reply that was sent cannot be called back: tell the proposer.",
  },
  "report-status": {
    zh: "已经告知提案人的情况收不回来，须另行说明。",
    en: "What the proposer was told cannot be called back: explain it to them.",
  },
  "remind-feedback": {
    zh: "已经发出的催收收不回来。",
    en: "A reminder that was sent cannot be called back.",
  },
  publish: {
    zh: "网上已经公开的内容须另行撤下（可用 unpublish 记录）。",
    en: "What stands on the web must be taken down there (record that with unpublish).",
  },
  "submit-opinion": {
    zh: "已经交出的协办意见须向主办单位说明。",
    en: "An opinion that was handed over must be explained to the lead unit.",
  },
  "request-opinion": {
    zh: "已经发出的征求意见须告知协办单位作废。",
    en: "Tell the co-handler that the request no longer holds.",
  },
  "return-opinion": {
    zh: "已经退回的协办意见须告知协办单位。",
    en: "Tell the co-handler that the return no longer holds.",
  },
  "request-return": {
    zh: "已经递交的退办申请须向交办单位说明。",
    en: "Tell the dispatching body that the request no longer holds.",
  },
};

/** What cannot be called back when a step is taken back: the record of it, and what has left the house. */
export const cannotBeTakenBack = (command: CommandName): Label => {
  const left = gone[command];
  const stays: Label = {
    zh: "撤销和更正都另记一条，原记录留在历史中，不会消失。",
    en: "Taking back or correcting is an entry of its own; what was recorded stays in the history.",
  };
  return left === undefined ? stays : { zh: stays.zh + left.zh, en: `${stays.en} ${left.en}` };
};

/** What must be known before a step that nothing undoes. */
export const beforeItIsFinal: Readonly<Partial<Record<CommandName, Label>>> = {
  forget: {
    zh: "注意：删除个人信息后不能恢复，也不能撤销。",
    en: "Note: personal data that is erased cannot be restored; this cannot be taken back.",
  },
};
