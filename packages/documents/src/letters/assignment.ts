/** @module assignment — 五定责任分解表: who does what by when, on one turned sheet. */
import type { Label } from "@wuding/engine";
import { terms } from "@wuding/engine";
import type { Cell } from "../word/document.ts";
import type { Letter, LetterFacts } from "./letter.ts";
import { footOf, issuerOf, said } from "./letter.ts";
import { caseName, dayInWords } from "./naming.ts";
import { notSaid } from "./office-letter.ts";

const unassigned = notSaid(
  { zh: "五定还没有落实", en: "the 五定 are not fixed yet" },
  { zh: "用 assign 一次定齐五项。", en: "Fix all five with assign." },
);

const columns: readonly Label[] = [
  { zh: "编号", en: "number" },
  { zh: "案由", en: "title" },
  terms.fiveFixed.department,
  terms.fiveFixed.person,
  terms.fiveFixed.due,
  terms.fiveFixed.task,
  terms.fiveFixed.responsibility,
  { zh: "进展", en: "progress" },
  { zh: "销号", en: "struck off" },
];
/** In millimetres; a turned A4 sheet has 247 between its margins. A milestone stands on one line. */
const widths = [14, 27, 25, 37, 60, 33, 23, 16, 12] as const;

/** The due dates of the case that still have to be met, nearest first. */
const milestones = (facts: LetterFacts): readonly string[] =>
  facts.case.deadlines
    .filter(
      ({ state }) => state === "open" || state === "overdue" || state === "met" || state === "late",
    )
    .toSorted((one, other) => (one.dueOn < other.dueOn ? -1 : one.dueOn > other.dueOn ? 1 : 0))
    .map(({ id, dueOn }) => {
      const name = id.split(":", 1)[0] ?? id;
      const label: Label = Object.hasOwn(terms.deadlineNames, name)
        ? terms.deadlineNames[name as keyof typeof terms.deadlineNames]
        : { zh: id, en: id };
      return said(facts, {
        zh: `${label.zh}：${dayInWords(dueOn).zh}`,
        en: `${label.en}: ${dueOn}`,
      });
    });

/** The table, and what was found. */
export const assignment = (facts: LetterFacts): Letter => {
  const { case: view, kind } = facts;
  const fixed = view.assignment;
  const title = said(facts, {
    zh: `${caseName(view, kind).zh}办理“五定”责任分解表`,
    en: `The 五定 of ${caseName(view, kind).en}`,
  });
  const named = (label: Label, name: string): string =>
    said(facts, { zh: `${label.zh}：${name}`, en: `${label.en}: ${name}` });
  const cell = (...lines: readonly string[]): Cell => ({ lines });
  const row: readonly Cell[] =
    fixed === null
      ? columns.map(() => cell(""))
      : [
          cell(view.number),
          cell(view.title),
          cell(
            named({ zh: "牵头", en: "leads" }, fixed.department),
            ...(fixed.coDepartments ?? []).map((name) => named({ zh: "配合", en: "helps" }, name)),
          ),
          cell(
            ...(fixed.leader === undefined
              ? []
              : [named({ zh: "分管领导", en: "leader" }, fixed.leader)]),
            named({ zh: "经办人", en: "handled by" }, fixed.person),
            ...(view.delegate === null
              ? []
              : [named({ zh: "代理人", en: "acts for them" }, view.delegate.name)]),
          ),
          cell(...milestones(facts)),
          cell(fixed.task, ...view.requests.map((request, at) => `${at + 1}. ${request}`)),
          cell(fixed.responsibility),
          cell(said(facts, terms.statuses[view.status])),
          cell(view.closedOn === null ? "" : "✓"),
        ];
  const foot: Label = {
    zh: "制表：            审核：            日期：　　　　年　　月　　日",
    en: "made by:              checked by:              date:",
  };
  return {
    document: {
      language: facts.language,
      title,
      creator: issuerOf(facts) ?? "",
      page: { kind: "form", orientation: "landscape" },
      blocks: [
        { kind: "title", text: title },
        {
          kind: "table",
          widths,
          headings: 1,
          rows: [
            {
              height: 12,
              cells: columns.map((label) => ({ lines: [said(facts, label)], isHeading: true })),
            },
            { height: 40, cells: row },
          ],
        },
        { kind: "explanation", text: " " },
        { kind: "explanation", text: said(facts, foot) },
        footOf(facts),
      ],
    },
    findings: fixed === null ? [unassigned] : [],
  };
};
