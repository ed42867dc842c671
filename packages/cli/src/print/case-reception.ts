/** @module case-reception — how a case came to us and whether it stays: signed for, sent back, redispatched, complex. */
import type { CaseView, Label } from "@wuding/engine";
import { dateOf, terms } from "@wuding/engine";
import type { Language, Shell } from "../shell.ts";
import { heading, paragraph } from "./page.ts";
import { labelled, withAside } from "./words.ts";

const said = {
  reception: { zh: "接收与改办", en: "Reception" },
  signed: { zh: "签收", en: "receipt signed" },
  asked: { zh: "申请退办", en: "asked to send it back" },
  pending: { zh: "退办申请尚待决定", en: "not decided yet" },
  goesOn: { zh: "继续办理", en: "the handling goes on" },
  silence: {
    zh: "逾期未作退办决定，视为不予退办，继续办理",
    en: "no decision came in time: it counts as refused, and the handling goes on",
  },
  redispatched: { zh: "改办", en: "redispatched" },
  away: { zh: "不再由本单位承办", en: "not ours any more" },
  complex: { zh: "列为复杂件", en: "marked complex" },
  withdrawn: { zh: "撤回延期", en: "extension withdrawn" },
} as const satisfies Record<string, Label>;

type Line = Readonly<{ on: string; text: string }>;

/** Writes what was decided about whose case it is, in the order of the days; nothing where nothing was. */
export const printReception = (view: CaseView, shell: Shell): void => {
  const { language } = shell;
  const lines = [
    ...receiptOf(view, language),
    ...returnsOf(view, language),
    ...redispatchesOf(view, language),
    ...complexityOf(view, language),
    ...withdrawalsOf(view, language),
  ].toSorted((left, right) => (left.on < right.on ? -1 : left.on > right.on ? 1 : 0));
  const { returnRequest } = view;
  if (lines.length === 0) return;
  heading(said.reception[language], shell);
  for (const { on, text } of lines) paragraph(`${on}  ${text}`, shell);
  if (returnRequest?.refusedBySilence === true) paragraph(said.silence[language], shell);
  else if (returnRequest?.pending === true) paragraph(said.pending[language], shell);
};

const receiptOf = ({ receipt }: CaseView, language: Language): readonly Line[] =>
  receipt === null
    ? []
    : [{ on: dateOf(receipt.on), text: withAside(said.signed[language], receipt.by, language) }];

const returnsOf = (
  { formerReturnRequests, returnRequest }: CaseView,
  language: Language,
): readonly Line[] =>
  [...formerReturnRequests, ...(returnRequest === null ? [] : [returnRequest])].flatMap(
    ({ on, reason, suggestedUnit, decision, decidedOn, decidedBy }) => {
      const asked = labelled(said.asked, reason, language);
      const request = { on: dateOf(on), text: withAside(asked, suggestedUnit ?? "", language) };
      if (decision === null || decidedOn === null) return [request];
      const word = withAside(terms.returnDecisions[decision][language], decidedBy ?? "", language);
      const text = decision === "refused" ? `${word}  ${said.goesOn[language]}` : word;
      return [request, { on: dateOf(decidedOn), text }];
    },
  );

const redispatchesOf = ({ redispatches }: CaseView, language: Language): readonly Line[] =>
  redispatches.map(({ on, unit, by, reason, role, former, clock }) => {
    const now = role === undefined ? said.away[language] : terms.roles[role][language];
    const part = `${terms.roles[former.role][language]} → ${now}`;
    const counted = clock === undefined ? "" : `  ${terms.redispatchClocks[clock][language]}`;
    const text = withAside(`${unit}  ${part}  ${reason}`, by, language);
    return { on: dateOf(on), text: labelled(said.redispatched, text + counted, language) };
  });

const complexityOf = ({ complexity }: CaseView, language: Language): readonly Line[] =>
  complexity === null
    ? []
    : [
        {
          on: dateOf(complexity.on),
          text: labelled(
            said.complex,
            withAside(complexity.reason, complexity.by, language),
            language,
          ),
        },
      ];

const withdrawalsOf = ({ extensions }: CaseView, language: Language): readonly Line[] =>
  extensions.flatMap(({ withdrawn, from, to }) =>
    withdrawn === null
      ? []
      : [
          {
            on: dateOf(withdrawn.on),
            text: labelled(
              said.withdrawn,
              withAside(`${to} → ${from}  ${withdrawn.reason}`, withdrawn.by, language),
              language,
            ),
          },
        ],
  );
