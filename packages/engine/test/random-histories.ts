/**
 * @module random-histories — random years of an office: moves that fast-check can shrink, and the player
 * that makes commands of them.
 *
 * A move is only numbers. What it becomes depends on where the case stands: most are one of the commands
 * that `next` allows, with ordinary fields, so that long histories come about; the others are any
 * command at any time, with dates and words that are sometimes wrong.
 */
import type { Actor, Casebook, CommandName, Rulebook } from "@wuding/engine";
import { addDays, commands, isEngineError, terms } from "@wuding/engine";
import * as fc from "fast-check";
import type { Book, Given, NewStore } from "./given.ts";
import { newBook } from "./given.ts";

/** One move; every part is a seed. */
export type Move = Readonly<{
  /** Whose turn it is: one of the cases, or a new one. */
  turn: number;
  /** Which command, and whether it shall be a sensible one. */
  command: number;
  sensible: boolean;
  /** Days that pass before it, and how much earlier than today it is dated. */
  days: number;
  lag: number;
  /** What its fields are made of. */
  seed: number;
}>;

const move: fc.Arbitrary<Move> = fc.record({
  turn: fc.nat({ max: 99 }),
  command: fc.nat({ max: 999 }),
  sensible: fc.oneof({ weight: 6, arbitrary: fc.constant(true) }, fc.constant(false)),
  days: fc.oneof({ weight: 3, arbitrary: fc.nat({ max: 9 }) }, fc.nat({ max: 60 })),
  lag: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.integer({ min: -1, max: 40 })),
  seed: fc.nat({ max: 1_000_000 }),
});

/** Histories of up to `max` moves, long ones by preference. */
export const moves = ({ max }: Readonly<{ max: number }>): fc.Arbitrary<readonly Move[]> =>
  fc.array(move, { minLength: 1, maxLength: max, size: "max" });

/** What a move asks for. */
export type Planned = Readonly<{ command: Given; actor: Actor; today: string }>;

/** What became of a move. */
export type Played = Readonly<{ command: Given; today: string }> &
  (
    | Readonly<{ ok: true; answer: Awaited<ReturnType<Book["book"]["executeGiven"]>> }>
    | Readonly<{ ok: false; code: string }>
  );

export type Player = Book &
  Readonly<{
    make(move: Move): Promise<Played>;
    /** Lets the days of a move pass and says what it asks for. */
    plan(move: Move): Promise<Planned>;
    /** Asks for it. @param through another casebook on the same log */
    ask(planned: Planned, through?: Casebook): Promise<Played>;
    /** Goes on with another casebook on the same log, as after a restart. */
    reopened(book: Casebook): void;
    /** The day it is after the moves so far. */
    today(): string;
    /** The cases so far. */
    ids: readonly string[];
  }>;

const firstDay = "2021-01-04";
const units = ["财政局", "公安局"] as const;
const people = ["李楠", "王兰", "赵六"] as const;
const departments = ["规划科", "信息科", "综合科"] as const;
const blocks = ["数字政府", "民生", undefined] as const;
const kinds = [
  ["cppcc", "15-5"],
  ["cppcc", "15-4"],
  ["npc", "18-4"],
] as const;
const modes = Object.keys(terms.contactModes);
const levels = Object.keys(terms.levels);
const phases = Object.keys(terms.submissionPhases);
const disclosures = Object.keys(terms.disclosures);
const ratings = Object.keys(terms.ratings);
const roles = ["sole", "lead", "separate", "assist", "sole", "lead"] as const;
const actors = ["经办人甲", "核验人乙"] as const;
const names = Object.keys(commands) as CommandName[];

/** Weights of what an office mostly does next; the rest weighs four. */
const usual: Partial<Record<CommandName, number>> = {
  assign: 40,
  contact: 16,
  answer: 32,
  "submit-opinion": 20,
  feedback: 32,
  "follow-up": 6,
  fulfil: 12,
  verify: 16,
  close: 12,
  reopen: 8,
  "request-return": 3,
  "decide-return": 30,
  reassign: 2,
  "waive-contact": 1,
  withdraw: 1,
  extend: 8,
  "remind-feedback": 6,
  "expire-feedback": 8,
  publish: 12,
  unpublish: 2,
  deliver: 24,
  disclose: 2,
  "request-opinion": 6,
  "record-opinion": 16,
  draft: 6,
  review: 12,
  sign: 12,
};

/** Who makes a move. */
export const actorOf = ({ seed }: Move): Actor => ({ id: actors[seed % 2] ?? actors[0] });

/** Digits of a seed, one after the other. */
const dice = (seed: number): ((sides: number) => number) => {
  let left = seed;
  return (sides) => {
    const rolled = left % sides;
    left = Math.floor(left / sides) + seed * 7919 + 1;
    return rolled;
  };
};

/** A player on a new casebook; its clock starts on the first Monday of 2021. */
export const newPlayer = async (newStore?: NewStore, rulebook?: Rulebook): Promise<Player> => {
  const made = await newBook(firstDay, newStore, rulebook);
  let { book } = made;
  let today = firstDay;
  const ids: string[] = [];

  const receiving = (roll: (sides: number) => number, on: string, isNew: boolean): Given => {
    const [kind, session] = kinds[roll(kinds.length)] ?? kinds[0];
    const requests = ["一", "二", "三"].slice(0, roll(4));
    return {
      command: "receive",
      kind,
      session,
      number: isNew ? ids.length + 1 : 1 + roll(12),
      title: `关于${people[roll(3)]}所提事项的建议`,
      proposers: people.slice(0, 1 + roll(3)),
      role: roles[roll(roles.length)],
      dispatchedOn: addDays(on, -roll(30)),
      ...(roll(3) > 0 && { block: blocks[roll(blocks.length)] }),
      ...(requests.length > 0 && { requests }),
      ...(roll(3) === 0 && { submittedOn: addDays(on, -25 - roll(20)) }),
      ...(roll(3) === 0 && { level: levels[roll(levels.length)] }),
      ...(roll(3) === 0 && { submissionPhase: phases[roll(phases.length)] }),
      isComplex: roll(4) === 0,
      on,
    };
  };

  const fieldsOf = (command: CommandName, roll: (sides: number) => number, on: string): Given => {
    const five = {
      department: departments[roll(3)],
      person: people[roll(3)],
      due: addDays(on, roll(60)),
      task: "办理",
      responsibility: "科长负责",
    };
    switch (command) {
      case "receive":
        return {};
      case "request-return":
      case "waive-contact":
      case "reopen":
      case "withdraw":
      case "expire-feedback":
      case "unpublish":
        return { reason: "理由" };
      case "extend": {
        // a date or a number of months, now and then both, neither or too much
        const how = roll(8);
        return {
          ...(how > 3 && { due: addDays(on, 60 + roll(120)) }),
          ...((how < 4 || how === 7) && how > 0 && { months: 1 + roll(3) }),
          approvedBy: "交办机关",
          reason: "情况复杂",
          ...(roll(4) === 0 && { appliedOn: addDays(on, -roll(20)) }),
        };
      }
      case "rehandle":
        return { orderedBy: "人大代表工委", reason: "测评不满意" };
      case "remind-feedback":
        return { ...(roll(2) === 0 && { channel: "电话" }) };
      case "publish":
        return {
          catalogue: "建议提案办理",
          ...(roll(2) === 0 && { indexNumber: `公开-${roll(9)}` }),
        };
      case "decide-return":
        return { decision: roll(3) === 0 ? "approved" : "refused", by: "政府办公室" };
      case "assign":
        return five;
      case "reassign":
        return { ...five, reason: "人员变动" };
      case "contact": {
        const others = [["专家:expert"], ["李楠"], ["李楠", "局长:leader"]];
        const who = others[roll(6)];
        return { mode: modes[roll(modes.length)], ...(who && { participants: who }) };
      }
      case "answer": {
        const commitments = ["甲", "乙"]
          .slice(0, roll(3))
          .map((text) => `${text}@${addDays(on, roll(90))}`);
        return {
          result: ["A", "B", "A", "C", "D"][roll(5)],
          ...(roll(2) === 0 && { adopted: [1] }),
          ...(roll(4) === 0 && { contactPerson: "某某" }),
          ...(roll(2) === 0 && { disclosure: disclosures[roll(disclosures.length)] }),
          ...(roll(5) === 0 && { deliveredTo: [people[0]] }),
          commitments,
        };
      }
      case "submit-opinion":
        return { text: "同意" };
      case "feedback":
        return {
          attitude: ratings[roll(6) === 0 ? 2 : roll(2)],
          result: ratings[roll(4) === 0 ? 2 : roll(2)],
          ...(roll(2) === 0 && { proposer: people[roll(3)] }),
        };
      case "follow-up":
        return { outcome: "已回访", ...(roll(2) === 0 && { adopted: [1 + roll(2)] }) };
      case "commit":
        return {
          text: "承诺",
          ...(roll(5) === 0 ? { longTerm: true } : { due: addDays(on, roll(90)) }),
        };
      case "fulfil":
      case "verify":
      case "reply-again":
        return { commitment: 1 + roll(3) };
      case "change-commitment":
        return {
          commitment: 1 + roll(3),
          reason: "条件变化",
          ...(roll(2) === 0 ? { text: "改后的承诺" } : { due: addDays(on, roll(120)) }),
        };
      case "progress":
        return { summary: "正在推进", ...(roll(2) === 0 && { commitment: 1 + roll(3) }) };
      case "report-status":
      case "close":
        return {};
      case "sign-receipt":
      case "sign":
        return { by: people[roll(3)] };
      case "redispatch": {
        const role = [undefined, "sole", "lead", "separate", "assist"][roll(5)];
        return { unit: "住建局", by: "政府办公室", reason: "职责调整", ...(role && { role }) };
      }
      case "mark-complex":
      case "withdraw-extension":
      case "urge":
        return { by: "政府办公室", reason: "情况变化" };
      case "request-opinion":
        return {
          unit: units[roll(2)],
          ...(roll(2) === 0 && { due: addDays(on, roll(40)) }),
        };
      case "record-opinion":
        return { text: "同意", unit: units[roll(2)] };
      case "return-opinion":
        // without a unit it may be our own, which the lead sent back
        return {
          reason: "内容空泛",
          defect: "empty",
          ...(roll(2) === 0 && { unit: units[roll(2)] }),
        };
      case "draft":
        return { result: ["A", "B", "C"][roll(3)], text: "拟稿" };
      case "review":
        return { decision: roll(3) === 0 ? "returned" : "approved", by: people[roll(3)] };
      case "deliver":
        return { proposer: people[roll(3)] };
      case "disclose":
        return { disclosure: disclosures[roll(disclosures.length)], reason: "定期评估" };
      case "reclassify":
        return { result: ["A", "B", "C", "D"][roll(4)], reason: "事项已落实" };
      case "escalate":
        return { by: "提案委", outcome: "开会协商" };
      case "look-back":
        return { finding: "已核实", standing: ["kept", "onSchedule", "behind"][roll(3)] };
      case "merge":
        return { into: ids[roll(Math.max(1, ids.length))] ?? "1" };
      case "split":
        return { number: 200 + roll(50), requests: [1 + roll(3)], reason: "分由两科办理" };
      case "amend":
        return { fields: { title: `更正后的案由${roll(9)}` }, reason: "录入有误" };
      case "retract":
        return { event: 1 + roll(60), reason: "误记" };
      case "forget":
        return roll(2) === 0
          ? { all: true, reason: "来函要求删除", approvedBy: "办公室主任" }
          : { field: "contactPhone", reason: "来函要求删除", approvedBy: "办公室主任" };
      case "delegate":
        return { from: people[roll(3)], to: "代理人", until: addDays(on, roll(30)) };
      case "rename-department":
        return { from: departments[roll(3)], to: "新设科" };
      // only after a clock that ran ahead: refused
      case "adjust-clock":
        return { reason: "误设", approvedBy: "主任" };
    }
  };

  /** Several cases for a joint meeting, this one first. */
  const together = (id: string, roll: (sides: number) => number): Given => {
    if (roll(4) > 0) return { case: id };
    const others = ids.filter((other) => other !== id).slice(0, 1 + roll(2));
    return others.length === 0 ? { case: id } : { cases: [id, ...others] };
  };

  const commandFor = async (one: Move, actor: Actor): Promise<Given> => {
    const { turn, command, sensible, lag, seed } = one;
    const roll = dice(seed);
    const on = addDays(today, -lag);
    const id = turn % 9 === 0 ? undefined : ids[turn % Math.max(1, ids.length)];
    if (id === undefined) return receiving(roll, on, sensible);
    const allowed = sensible
      ? (await book.next(id, { today, actor })).allowed.map((each) => each.command)
      : names;
    const weighted = allowed.flatMap((name) =>
      Array.from({ length: sensible ? (usual[name] ?? 4) : 1 }, () => name),
    );
    const name = weighted[command % Math.max(1, weighted.length)] ?? "receive";
    if (name === "receive") return receiving(roll, on, sensible);
    const fields = Object.entries(fieldsOf(name, roll, on));
    const about =
      commands[name].about === "office"
        ? {}
        : commands[name].about === "many"
          ? together(id, roll)
          : { case: id };
    // one who knows no better leaves something out now and then
    const kept = sensible || roll(3) > 0 ? fields : fields.toSpliced(roll(5), 1);
    return { command: name, ...about, on, ...Object.fromEntries(kept) };
  };

  const plan = async (one: Move): Promise<Planned> => {
    today = addDays(today, one.days);
    made.clock.set(`${today}T04:00:00.000Z`);
    const actor = actorOf(one);
    return { command: await commandFor(one, actor), actor, today };
  };

  const ask = async (planned: Planned, through = book): Promise<Played> => {
    const { command, actor, today: on } = planned;
    try {
      const answer = await through.executeGiven(command, { actor });
      const isNew = command["command"] === "receive" && !answer.unchanged;
      if (isNew && !ids.includes(answer.case ?? "")) ids.push(answer.case ?? "");
      return { command, today: on, ok: true, answer };
    } catch (error) {
      if (!isEngineError(error)) throw error;
      return { command, today: on, ok: false, code: error.code };
    }
  };

  const make = async (one: Move): Promise<Played> => ask(await plan(one));

  const reopened = (next: Casebook): void => {
    book = next;
  };

  return { ...made, make, plan, ask, reopened, today: () => today, ids };
};

/** Plays a whole history. */
export const play = async (history: readonly Move[], rulebook?: Rulebook): Promise<Player> => {
  const player = await newPlayer(undefined, rulebook);
  for (const one of history) await player.make(one);
  return player;
};
