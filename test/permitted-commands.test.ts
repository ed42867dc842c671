/**
 * @module permitted-commands.test — which commands a case takes in each phase, by role and rulebook: the
 * table of docs/permitted-commands.md, made from the lifecycle that runs and compared with the reviewed one.
 *
 * `npx vitest run test/permitted-commands.test.ts --update` writes it anew; the difference is reviewed.
 */
import type { Casebook, CaseView, Kind, Role, Rulebook, Status } from "@wuding/engine";
import {
  createCasebook,
  schemeFor,
  shippedRulebook,
  shippedRulebooks,
  terms,
} from "@wuding/engine";
import { createMemoryStore } from "@wuding/engine/memory";
import { countingIds, settableClock } from "@wuding/engine/testing";
import { describe, expect, it } from "vitest";

type Step = Readonly<Record<string, unknown>>;
/** A Monday in the term of every shipped rulebook; the cases are looked at on the same day. */
const today = "2026-03-02";

const about = (command: string, fields: Step = {}): Step => ({ command, case: "1", ...fields });
const five = {
  department: "甲科",
  person: "甲",
  due: "2026-04-01",
  task: "答复",
  responsibility: "甲",
};
/** As much as a case can hold, so that every rule of a book has something to look at. */
const fullest: Step = {
  command: "receive",
  title: "题",
  proposers: ["李", "王"],
  requests: ["一", "二"],
  coUnits: ["财政局"],
  dispatchedBy: "政协提案委",
};
const assigned = [about("assign", five)];
const contacted = [
  ...assigned,
  ...["before", "during", "after"].map((phase) => about("contact", { mode: "visit", phase })),
];
const good = { attitude: "satisfied", result: "satisfied" };
const forms = ["李", "王"].map((proposer) => about("feedback", { ...good, proposer }));

/** A case that was ordered to be handled again, and answered a second time. */
const inRoundTwo = (role: Role, letter: string): readonly Step[] => [
  ...contacted,
  ...heardBy(role),
  answerOf(role, letter),
  about("rehandle", { orderedBy: "代表工委", reason: "测评不满意" }),
  ...["before", "during", "after"].map((phase) => about("contact", { mode: "visit", phase })),
  answerOf(role, letter),
];

type Road = (role: Role, letter: string) => readonly Step[] | null;

/** The roads to each phase; of the answers, the opinion for a unit that only assists. */
const phases: Readonly<Record<Status, Road>> = {
  received: () => [],
  assigned: () => assigned,
  contacted: (role) => [...contacted, ...heardBy(role)],
  answered: (role, letter) => [...contacted, ...heardBy(role), answerOf(role, letter)],
  followUp: (role, letter) =>
    role === "assist" ? null : [...contacted, ...heardBy(role), answerOf(role, letter), ...forms],
  closed: (role, letter) => [
    ...contacted,
    ...heardBy(role),
    answerOf(role, letter),
    ...(role === "assist" ? [] : forms),
    about("close"),
  ],
  returned: () => [
    about("request-return", { reason: "非本单位职责" }),
    about("decide-return", { decision: "approved", by: "政府办公室" }),
  ],
  withdrawn: () => [about("withdraw", { reason: "提案人撤回" })],
  merged: () => [about("merge", { into: "2" })],
};

/** Where rulebooks differ inside a phase: who has been heard, whose form is back, which round it is. */
const situations: Readonly<Record<string, Readonly<{ phase: Status; road: Road }>>> = {
  ...Object.fromEntries(
    Object.entries(phases).map(([phase, road]) => [phase, { phase: phase as Status, road }]),
  ),
  "contacted, a co-handler silent": {
    phase: "contacted",
    road: (role) =>
      role === "lead" ? [...contacted, about("request-opinion", { unit: "财政局" })] : null,
  },
  "followUp, the second proposer's form back": {
    phase: "followUp",
    road: (role, letter) =>
      role === "assist"
        ? null
        : [
            ...contacted,
            ...heardBy(role),
            answerOf(role, letter),
            about("feedback", { ...good, proposer: "王" }),
          ],
  },
  "answered, second round": {
    phase: "answered",
    road: (role, letter) => (role === "assist" ? null : inRoundTwo(role, letter)),
  },
};

/** A lead has asked its co-handler and been answered. */
const heardBy = (role: Role): readonly Step[] =>
  role === "lead"
    ? [
        about("request-opinion", { unit: "财政局" }),
        about("record-opinion", { unit: "财政局", text: "同意" }),
      ]
    : [];

const answerOf = (role: Role, letter: string): Step =>
  role === "assist"
    ? about("submit-opinion", { text: "同意" })
    : about("answer", {
        result: letter,
        disclosure: "full",
        commitments: ["年内完成@2026-11-30"],
        ...(role === "lead" && { toldOpinions: ["财政局"] }),
      });

const casebookUnder = async (rulebook: Rulebook): Promise<Casebook> => {
  const clock = settableClock(`${today}T04:00:00.000Z`);
  const ids = countingIds();
  const origin = "office.invalid/log";
  const store = createMemoryStore({ clock, ids, origin });
  return createCasebook({ store, clock, ids, origin, actor: { id: "甲" }, rulebook });
};

type Offer = Readonly<{ allowed: readonly string[]; blocked: readonly string[] }>;

/** What a case in a phase takes, and what a rule forbids for now; null where the road does not lead there. */
const offerOf = async (
  rulebook: Rulebook,
  kind: Kind,
  role: Role,
  { phase, road }: Readonly<{ phase: Status; road: Road }>,
): Promise<Offer | null> => {
  const letter = schemeFor(rulebook, kind.id).codes[0]?.code ?? "A";
  const steps = road(role, letter);
  if (steps === null) return null;
  const book = await casebookUnder(rulebook);
  const name = { kind: kind.id, session: kind.numbering === "year" ? "2026" : "2-1" };
  for (const number of ["1", "2"]) await book.executeGiven({ ...fullest, ...name, number, role });
  for (const step of steps) await book.executeGiven(step);
  const view: CaseView = await book.show("1");
  expect(view.status).toBe(phase);
  const { allowed, blocked } = await book.next("1");
  return {
    allowed: allowed.map(({ command }) => `\`${command}\``),
    blocked: blocked.map(({ command, rule }) => `\`${command}\` (${rule})`),
  };
};

const cell = (names: readonly string[]): string => (names.length === 0 ? "—" : names.join(", "));

/** The lines of one rulebook: phases with the roles that take the same. */
const linesOf = async (rulebook: Rulebook, kind: Kind): Promise<readonly string[]> => {
  const lines: string[] = [];
  for (const [name, situation] of Object.entries(situations)) {
    const byOffer = new Map<string, Role[]>();
    for (const role of Object.keys(terms.roles) as Role[]) {
      const offer = await offerOf(rulebook, kind, role, situation);
      if (offer === null) continue;
      const row = `${cell(offer.allowed)} | ${cell(offer.blocked)}`;
      byOffer.set(row, [...(byOffer.get(row) ?? []), role]);
    }
    for (const [row, roles] of byOffer) lines.push(`| ${name} | ${roles.join(", ")} | ${row} |`);
  }
  return lines;
};

describe("what a case takes 各状态可以记录的事项", () => {
  it("is the reviewed table", { timeout: 120_000 }, async () => {
    const books = await Promise.all(shippedRulebooks.map(shippedRulebook));
    const head = ["| case | role | takes | a rule forbids for now |", "| --- | --- | --- | --- |"];
    const [national] = books;
    const suggestion = national?.kinds.find(({ id }) => id === "npc");
    if (national === undefined || suggestion === undefined) throw new Error("no national rulebook");
    const common = await linesOf(national, suggestion);
    const parts: string[] = [];
    for (const book of books) {
      if (book.isCollection === true) continue;
      const byLines = new Map<string, string[]>();
      for (const kind of book.kinds) {
        if (book === national && kind === suggestion) continue;
        const own = (await linesOf(book, kind)).filter((line) => !common.includes(line));
        const text = own.length === 0 ? "The same." : [...head, ...own].join("\n");
        byLines.set(text, [...(byLines.get(text) ?? []), kind.label.zh]);
      }
      parts.push(`## ${book.id}@${book.version} ${book.label.zh}`);
      for (const [text, kinds] of byLines) parts.push(`${kinds.join("、")}:`, text);
    }
    const page = [
      "# What a case takes 各状态可以记录的事项",
      "For each phase and role: the commands that the lifecycle takes, and those that a rule forbids for now, with its name. Made from the machine that runs (`test/permitted-commands.test.ts`); reviewed when it changes.",
      "人大代表建议, under the national rulebook (the rows below are those in which another kind or rulebook differs):",
      [...head, ...common].join("\n"),
      ...parts,
      "",
    ].join("\n\n");
    await expect(page.trimEnd() + "\n").toMatchFileSnapshot("../docs/permitted-commands.md");
  });
});
