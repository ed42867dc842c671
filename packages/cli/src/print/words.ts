/** @module words — phrases that several commands print; what one command alone says stays with it. */
import type { DeadlineId, Label } from "@wuding/engine";
import { terms } from "@wuding/engine";

export const words = {
  case: { zh: "件号", en: "case" },
  title: { zh: "案由", en: "title" },
  status: { zh: "状态", en: "status" },
  role: { zh: "角色", en: "role" },
  department: { zh: "科室", en: "department" },
  person: { zh: "经办人", en: "person" },
  lamp: { zh: "灯", en: "lamp" },
  dueOn: { zh: "时限", en: "due" },
  deadline: { zh: "事项", en: "duty" },
  rate: { zh: "指标", en: "rate" },
  definition: { zh: "口径", en: "definition" },
  why: { zh: "原因", en: "why" },
  repair: { zh: "怎么办", en: "what to do" },
  none: { zh: "没有", en: "none" },
  provisional: { zh: "暂定", en: "provisional" },
} as const satisfies Record<string, Label>;

/** A due date's name: 答复, 承诺事项 2. */
export const deadlineName = (id: DeadlineId, language: keyof Label): string => {
  const name = terms.deadlineNames[terms.deadlineNameOf(id)][language];
  const number = id.startsWith("commitment:") ? ` ${id.slice("commitment:".length)}` : "";
  return name + number;
};

/** `—` for what is not there. */
export const orDash = (text: string | null | undefined): string =>
  text === null || text === undefined || text === "" ? "—" : text;
