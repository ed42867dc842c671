/** @module extension — 延期申请, to the body that dispatched the case. */
import { dateOf } from "@wuding/engine";
import type { Finding, Letter, LetterFacts } from "./letter.ts";
import { said } from "./letter.ts";
import { caseName, dayInWords, quotedTitle } from "./naming.ts";
import { notSaid, officeLetter } from "./office-letter.ts";

const noReason = notSaid(
  { zh: "没有延期的理由", en: "no reason for putting it off is known" },
  { zh: "用 --reason 写明。", en: "Give --reason." },
);
const noDay = notSaid(
  { zh: "没有申请延至的日期", en: "until when is not known" },
  { zh: "用 --due 写明日期。", en: "Give --due." },
);
const noDeadline = notSaid(
  {
    zh: "本件没有可以延期的答复时限",
    en: "there is no due date of an answer that could be put off",
  },
  { zh: "用 explain 查看各项时限。", en: "Run explain to see its due dates." },
);

const notLater = (from: string): Finding => ({
  check: "not-later",
  gravity: "refused",
  what: { zh: `申请延至的日期不晚于现有时限 ${from}`, en: `it is due on ${from} already` },
  repair: { zh: "写明晚于现有时限的日期。", en: "Give a day after that." },
});

/** The due dates that an answer has, as `extend` puts them off. */
const answerDueDates: ReadonlySet<string> = new Set(["reply", "rehandling", "co-opinion"]);

/** The letter, and what was found in it. */
export const extension = (facts: LetterFacts): Letter => {
  const { case: view, kind, given } = facts;
  const granted = view.extensions.findLast(({ withdrawn }) => withdrawn === null);
  const isTyped = given.due !== undefined || given.reason !== undefined;
  const due = given.due ?? (isTyped ? undefined : granted?.to);
  const reason = given.reason ?? (isTyped ? undefined : granted?.reason);
  const deadline = view.deadlines.findLast(
    ({ id, state }) => answerDueDates.has(id) && (state === "open" || state === "overdue"),
  );
  const from = isTyped || granted === undefined ? deadline?.dueOn : granted.from;
  const [name, title] = [caseName(view, kind), quotedTitle(view.title)];
  const until = due === undefined ? { zh: "", en: "" } : dayInWords(due);
  const now = from === undefined ? { zh: "", en: "" } : dayInWords(from);
  return officeLetter(facts, {
    title: {
      zh: `关于申请延期答复${name.zh}的函`,
      en: `Request to put off the reply to ${name.en}`,
    },
    to: view.dispatchedBy,
    body: [
      {
        kind: "body",
        text: said(facts, {
          zh: `${dayInWords(view.dispatchedOn).zh}交由我单位办理的${name.zh}${title.zh}，答复时限为${now.zh}。因以下原因，难以按期答复：`,
          en: `The reply to ${name.en}, ${title.en}, given to us on ${view.dispatchedOn}, is due on ${now.en}. It cannot be ready by then, because:`,
        }),
      },
      { kind: "body", text: reason ?? "" },
      {
        kind: "body",
        text: said(facts, {
          zh: `申请将答复时限延至${until.zh}，请予批准。`,
          en: `We ask to put it off until ${until.en}.`,
        }),
      },
    ],
    day: isTyped || granted === undefined ? null : dateOf(granted.on),
    findings: [
      ...(from === undefined ? [noDeadline] : []),
      ...(reason === undefined ? [noReason] : []),
      ...(due === undefined ? [noDay] : []),
      ...(due !== undefined && from !== undefined && due <= from ? [notLater(from)] : []),
    ],
  });
};
