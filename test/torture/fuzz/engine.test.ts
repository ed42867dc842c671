/**
 * @module engine.test — commands of any shape at the engine's front door, and as lines of `apply`. What is
 * refused leaves the log as it was; what is left at the end verifies.
 */
import type { AnyField, Casebook } from "@wuding/engine";
import { commands, commonFields } from "@wuding/engine";
import { expect, it } from "vitest";
import { readLines } from "../../../packages/cli/src/lines.ts";
import * as given from "../../../packages/engine/test/given.ts";
import type { Dice } from "../frame.ts";
import { accepted, answerOf, besiege, broken } from "./boundary.ts";
import {
  encodedSomehow,
  hostileDay,
  hostileText,
  hostileValue,
  mutatedBytes,
  mutatedValue,
  once,
  oneOf,
} from "./hostile.ts";

type Given = Readonly<Record<string, unknown>>;

const usual: readonly Given[] = [
  given.receive(),
  given.assign(),
  given.contact(),
  given.contact({ participants: ["李楠:proposer", { name: "王处", role: "department" }] }),
  given.answer(),
  given.answer({
    result: "B",
    commitments: [{ text: "上线二百项", due: "2021-11-30" }],
    adopted: [1],
  }),
  given.feedback(),
  given.dissatisfied(),
  given.reassign(),
  given.waiveContact(),
  given.draft(),
  given.review(),
  given.sign(),
  given.disclose(),
  given.requestOpinion(),
  given.recordOpinion(),
  given.returnOpinion(),
  given.submitOpinion(),
  given.followUp(),
  given.commit(),
  given.fulfil(),
  given.verify(),
  given.changeCommitment(),
  given.progress(),
  given.reclassify(),
  given.lookBack(),
  given.escalate(),
  given.close(),
  given.reopen(),
  given.withdraw(),
  given.requestReturn(),
  given.decideReturn(),
  given.extend(),
  given.withdrawExtension(),
  given.remindFeedback(),
  given.expireFeedback(),
  given.publish(),
  given.unpublish(),
  given.amend({ title: "更正后的案由" }),
  given.retract(3),
  given.signReceipt(),
  given.redispatch(),
  given.markComplex(),
  given.urge(),
  { command: "delegate", from: "经办人甲", to: "经办人乙", until: "2021-12-31", on: "2021-05-01" },
  { command: "rename-department", from: "规划科", to: "规划处", on: "2021-06-01" },
];

/** A value for a field of the table, as its form asks for it. */
const valueFor = (dice: Dice, { form, typed, words }: AnyField): unknown => {
  const one = (): unknown => {
    if (words !== undefined) return oneOf(dice, words);
    if (typed === "flag") return once(dice, 2);
    if (typed === "file")
      return { name: "答复.txt", bytes: Buffer.from(hostileText(dice).slice(0, 99)) };
    if (form === "DATE")
      return `2021-${String(1 + dice(12)).padStart(2, "0")}-${String(1 + dice(28)).padStart(2, "0")}`;
    if (form === "N") return 1 + dice(9);
    if (form === "NAME:ROLE") return `李楠:${oneOf(dice, ["proposer", "leader", "other", "x"])}`;
    if (form === "TEXT@DATE") return "上线二百项@2021-11-30";
    return oneOf(dice, ["规划科", "李楠", "财政局", "cppcc/15-5/122", "122", "a"]);
  };
  return typed === "list" ? Array.from({ length: 1 + dice(3) }, one) : one();
};

const fromTable = (dice: Dice): Given => {
  const name = oneOf(dice, Object.keys(commands) as (keyof typeof commands)[]);
  const fields = { ...commands[name].fields, ...commonFields } as Readonly<
    Record<string, AnyField>
  >;
  const members = Object.entries(fields)
    .filter(([, { required }]) => !once(dice, required === "no" ? 2 : 12))
    .map(([field, kind]) => [field, valueFor(dice, kind)] as const);
  return { command: name, case: given.caseId, ...Object.fromEntries(members), expect: undefined };
};

/** What JSON has no word for; a program that embeds the engine may hand it over all the same. */
const unjust = (dice: Dice): unknown => {
  const cyclic: Record<string, unknown> = { ...given.assign() };
  cyclic["note"] = cyclic;
  return oneOf<unknown>(dice, [
    undefined,
    null,
    () => 1,
    Symbol("x"),
    10n,
    new Date(Number.NaN),
    new Map([["command", "receive"]]),
    new Proxy({}, {}),
    Object.create(null),
    Object.create({ command: "receive" }),
    { ...given.receive(), title: new String("案由") },
    { ...given.receive(), proposers: Object.assign([], { 3: "李楠" }) },
    { ...given.assign(), person: { toString: () => "甲" } },
    { ...given.assign(), on: new Date() },
    { ...given.assign(), due: Symbol("x") },
    { ...given.assign(), task: 10n },
    { ...given.assign(), task: () => 1 },
    { ...given.assign(), expect: Number.NaN },
    { ...given.answer(), file: { name: "x", bytes: "text" } },
    { ...given.answer(), file: { name: "../x\0", bytes: new Uint8Array(3) } },
    { ...given.contact(), cases: [given.caseId, given.caseId] },
    cyclic,
    [given.receive()],
    "receive",
  ]);
};

const anyCommand = (dice: Dice): Given => {
  const base = once(dice, 4) ? fromTable(dice) : oneOf(dice, usual);
  const number = String(1 + dice(12));
  const named = {
    ...base,
    ...("number" in base && { number }),
    ...("case" in base && { case: `cppcc/15-5/${number}` }),
    ...(once(dice, 12) && { commandId: `c${dice(40)}` }),
    ...(once(dice, 12) && { expect: dice(6) }),
    ...(once(dice, 10) && { on: once(dice, 2) ? hostileDay(dice) : "2021-12-30" }),
  };
  return dice(10) < 5 ? named : (mutatedValue(dice, named) as Given);
};

/** Nothing is wrong with a casebook: bytes, chain, tree, replay, projections. */
const inOrder = async (book: Casebook): Promise<void> => {
  const { faults } = await book.audit();
  expect(faults).toMatchObject({ first: null });
  expect(await book.replayAll()).toMatchObject({ firstFault: null });
  expect(await book.certify()).toMatchObject({ differences: [], uncounted: [] });
};

/** Twelve cases, from just received to handled. */
const twelveCases = (): ReturnType<typeof given.bookWith> =>
  given.bookWith(
    ...Array.from({ length: 12 }, (_, at) => {
      const number = String(at + 1);
      const own = { case: `cppcc/15-5/${number}` };
      const year = [
        given.receive({ number }),
        given.assign(own),
        given.contact(own),
        given.answer({ ...own, commitments: ["上线二百项@2021-11-30"], disclosure: "full" }),
        given.feedback(own),
        given.close(own),
      ];
      return year.slice(0, 1 + (at % 6));
    }).flat(),
  );

/** Whether the command had been recorded already: then the answer is the first one, and nothing is new. */
const isRepeated = async (
  { store }: Awaited<ReturnType<typeof twelveCases>>,
  { commandId }: Given,
  before: number,
): Promise<boolean> => {
  const known = typeof commandId === "string" ? await store.findCommand(commandId) : undefined;
  const lasts = known?.events.map(({ globalPosition }) => globalPosition) ?? [];
  return known !== undefined && lasts.every((position) => position < before);
};

it("a command of any shape is recorded, or refused and leaves no trace", async () => {
  let made = await twelveCases();
  await besiege<unknown>({
    name: "engine",
    count: 14_000,
    make: (dice) => (once(dice, 40) ? unjust(dice) : anyCommand(dice)),
    put: async (input, dice) => {
      const before = await made.store.size();
      try {
        const recorded = await made.book.executeGiven(input, {
          actor: { id: oneOf(dice, ["甲", "乙"]) },
        });
        const grown = (await made.store.size()) - before;
        if (grown < recorded.events.length && !(await isRepeated(made, input as Given, before)))
          return broken(`${recorded.events.length} told, ${grown} recorded`);
        return accepted;
      } catch (error) {
        if ((await made.store.size()) !== before)
          return broken("refused and recorded all the same");
        return answerOf(error);
      }
    },
    every: {
      inputs: 500,
      look: async () => {
        await inOrder(made.book);
        made = await twelveCases();
      },
    },
  });
});

it("a question with any name or day in it is answered or refused", async () => {
  const { book } = await given.bookWith(...given.handled, given.receive({ number: "123" }));
  const names = [given.caseId, "122", "15-5/122", "十五届五次122号"];
  await besiege<readonly [string, string, string]>({
    name: "questions",
    count: 8000,
    make: (dice) => [
      once(dice, 3) ? oneOf(dice, names) : hostileText(dice),
      once(dice, 3) ? "2021-06-30" : hostileDay(dice),
      hostileText(dice),
    ],
    put: async ([name, day, word], dice) => {
      const asOf = { asOf: day, knownOn: once(dice, 2) ? day : "2021-12-31" };
      const scope = {
        [oneOf(dice, ["kind", "year", "department", "block", "role", "status"])]: word,
      };
      const asked: readonly (() => Promise<unknown>)[] = [
        () => book.show(name),
        () => book.show(name, asOf),
        () => book.next(name, { today: day }),
        () => book.explain(name, word),
        () => book.history(name),
        () => book.gaps(name),
        () => book.replay(name, asOf),
        () => book.similar(name, { limit: dice(5) }),
        () => book.certifyCase(name),
        () => book.publishable(name, { today: day }),
        () => book.list({ ...asOf, scope }),
        () => book.due({ today: day, scope, withinDays: oneOf(dice, [0, 1, 14, 4000]) }),
        () => book.rates({ ...asOf, scope, by: oneOf(dice, ["department", "block", "kind"]) }),
        () => book.passports({ scope }, word),
        () => book.search(word, { scope }),
        () => book.alarms({ scope }),
        () => book.week({ from: day, days: oneOf(dice, [1, 7, 30]) }),
        () => book.annual(oneOf(dice, [2021, 1, 0, 9999, 1e6]), { today: day }),
        () => book.rehearse(word),
      ];
      await oneOf(dice, asked)();
      return accepted;
    },
  });
});

it("a file of command lines is answered line by line, whatever its bytes are", async () => {
  let made = await twelveCases();
  await besiege<Buffer>({
    name: "apply",
    count: 14_000,
    make: (dice) => {
      const lines = Array.from({ length: 1 + dice(3) }, () => {
        const command = anyCommand(dice);
        try {
          return JSON.stringify(command) ?? "";
        } catch {
          return "";
        }
      });
      if (once(dice, 12))
        lines.push(
          lines[0]?.replace("{", `{"command":${JSON.stringify(hostileValue(dice))},`) ?? "",
        );
      if (once(dice, 300)) lines.push(`{"command":"receive","title":"${"长".repeat(90_000)}"}`);
      const bytes = encodedSomehow(dice, lines.join("\n"));
      return once(dice, 2) ? bytes : mutatedBytes(dice, bytes);
    },
    put: async (bytes, dice) => {
      const cut = dice(bytes.length + 1);
      const chunks = (async function* () {
        yield bytes.subarray(0, cut);
        yield bytes.subarray(cut);
      })();
      let last = 0;
      let refused: string | undefined;
      for await (const portion of readLines(chunks)) {
        const before = await made.store.size();
        let isAnyRecorded = false;
        let answered = 0;
        for await (const answer of made.book.apply(portion)) {
          answered += 1;
          if (answer.line <= last) return broken(`line ${answer.line} answered after ${last}`);
          last = answer.line;
          if (answer.ok) isAnyRecorded = true;
          else {
            const told = answerOf(answer.refusal);
            if (typeof told === "object" && "broken" in told) return told;
            refused ??= answer.refusal.code;
          }
        }
        if (answered !== portion.length)
          return broken(`${portion.length} lines, ${answered} answers`);
        if (!isAnyRecorded && (await made.store.size()) !== before)
          return broken("all refused and something recorded");
      }
      return refused === undefined ? accepted : { refused };
    },
    every: {
      inputs: 500,
      look: async () => {
        await inOrder(made.book);
        made = await twelveCases();
      },
    },
  });
});
