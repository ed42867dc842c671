/** @module return-request — 退办申请, to the body that dispatched the case. */
import { dateOf } from "@wuding/engine";
import type { Block } from "../word/document.ts";
import type { Finding, Letter, LetterFacts } from "./letter.ts";
import { said } from "./letter.ts";
import { caseName, dayInWords, quotedTitle } from "./naming.ts";
import { notSaid, officeLetter } from "./office-letter.ts";

const nothing = notSaid(
  { zh: "没有退办的理由", en: "no reason for sending it back is known" },
  {
    zh: "用 request-return 记录，或用 --reason 写明。",
    en: "Record it with request-return, or give --reason.",
  },
);

/** The letter, and what was found in it. */
export const returnRequest = (facts: LetterFacts): Letter => {
  const { case: view, kind, given } = facts;
  const asked = view.returnRequest;
  const reason = given.reason ?? asked?.reason ?? "";
  const unit = given.suggestedUnit ?? asked?.suggestedUnit;
  const [name, title] = [caseName(view, kind), quotedTitle(view.title)];
  const received = dayInWords(view.dispatchedOn);
  const window = view.deadlines.find(({ id }) => id === "return-request");
  const day = asked === null ? null : dateOf(asked.on);
  const isLate = window !== undefined && day !== null && day > window.dueOn;
  const late: Finding = {
    check: "window-passed",
    gravity: "warning",
    what: {
      zh: `退办申请的期限是${window === undefined ? "" : dayInWords(window.dueOn).zh}`,
      en: `the window for sending it back closed on ${window?.dueOn ?? ""}`,
    },
    repair: { zh: "请与交办单位沟通。", en: "Speak with the dispatching body." },
  };
  const suggested: Block[] =
    unit === undefined
      ? []
      : [
          {
            kind: "body",
            text: said(facts, {
              zh: `建议改由${unit}办理。`,
              en: `We suggest that ${unit} handle it.`,
            }),
          },
        ];
  return officeLetter(facts, {
    title: { zh: `关于申请退办${name.zh}的函`, en: `Request to send back ${name.en}` },
    to: view.dispatchedBy,
    body: [
      {
        kind: "body",
        text: said(facts, {
          zh: `${received.zh}交由我单位办理的${name.zh}${title.zh}收悉。经研究，该件不属于我单位职责范围，申请退办。理由如下：`,
          en: `${name.en}, ${title.en}, was given to us on ${received.en}. It does not fall to us, and we ask to send it back, because:`,
        }),
      },
      { kind: "body", text: reason },
      ...suggested,
      {
        kind: "body",
        text: said(facts, { zh: "请予研究并函复。", en: "Please consider this and let us know." }),
      },
    ],
    day,
    findings: [...(reason === "" ? [nothing] : []), ...(isLate ? [late] : [])],
  });
};
