/** @module forgetting — guards: the erasing of personal values. */
import { isSameHand, plainOffice } from "../../case/office.ts";
import type { Label } from "../../case/terms.ts";
import type { Guard } from "./guard.ts";
import { dataOf, day } from "./guard.ts";

/** 个人信息处理者应当主动删除或者应请求删除 */
const erasure: Label = {
  zh: "《中华人民共和国个人信息保护法》第四十七条（删除个人信息）",
  en: "Personal Information Protection Law, art. 47 (erasure)",
};

export const forgettingGuards = {
  anotherApprovesErasure: {
    holds: (input) => {
      const { approvedBy } = dataOf(input, "PersonalDataForgotten");
      return !isSameHand(input.office ?? plainOffice, approvedBy, input.actor.id, day(input));
    },
    why: {
      zh: "删除个人信息须由他人批准，删除后不能恢复",
      en: "somebody else approves an erasure, which nothing can undo",
    },
    source: erasure,
    repair: {
      zh: "用 --approved-by 写明批准人，由他人记录（--as）。",
      en: "Name who approved it with --approved-by, and let another person record it (--as).",
    },
  },
} as const satisfies Record<string, Guard>;
