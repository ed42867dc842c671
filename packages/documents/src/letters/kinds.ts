/** @module kinds — the letters and forms that a case has, each with its words and its builder. */
import type { Label } from "@wuding/engine";
import { assignment } from "./assignment.ts";
import { extension } from "./extension.ts";
import { feedbackForm } from "./feedback-form.ts";
import type { Letter, LetterFacts } from "./letter.ts";
import { opinion } from "./opinion.ts";
import { reply } from "./reply.ts";
import { returnRequest } from "./return-request.ts";

export const letterKinds = {
  reply: { zh: "答复函", en: "the reply", build: reply },
  opinion: { zh: "会办意见", en: "our opinion to the lead unit", build: opinion },
  "feedback-form": { zh: "征询意见表", en: "a form for each proposer", build: feedbackForm },
  assignment: { zh: "五定责任分解表", en: "the table of the 五定", build: assignment },
  "return-request": { zh: "退办申请", en: "the request to send it back", build: returnRequest },
  extension: { zh: "延期申请", en: "the request to put it off", build: extension },
} as const satisfies Record<string, Label & { build(facts: LetterFacts): Letter }>;

export type LetterKind = keyof typeof letterKinds;
