/** @module heading — how a reply is called in public and whom it speaks to, in the words of its letter. */
import type { PublishableReply } from "@wuding/engine";
import { addressee, caseName, quotedTitle } from "../letters/naming.ts";

/** 对市政协十五届四次会议第138号提案《关于推行智慧城市建设的建议》的答复 */
export const replyTitle = ({ kind, ...named }: PublishableReply): string =>
  `对${caseName({ ...named, kind: kind.id }, kind).zh}${quotedTitle(named.title).zh}的答复`;

/** 刘桂敏委员： */
export const salutationOf = ({ proposers, proposerType, kind }: PublishableReply): string =>
  `${addressee({ proposers: proposers.map((name) => ({ name })), proposerType }, kind).zh}：`;
