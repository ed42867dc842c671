/** @module laws.test — what holds after any history whatever. */
/* oxlint-disable vitest/no-conditional-expect -- what is expected depends on what the history did */
import type { RecordedEvent } from "@wuding/engine";
import { addDays, evolve, isEngineError, openCasebookOn, rulebookName } from "@wuding/engine";
import { countingIds } from "@wuding/engine/testing";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CaseState } from "../src/case/state.ts";
import type { EvolveEvent } from "../src/decider/evolve.ts";
import { judge } from "../src/lifecycle/machine.ts";
import { contentOf } from "./given.ts";
import { countRates, standing } from "./independent-count.ts";
import type { Player } from "./random-histories.ts";
import { printed, ratesOf } from "./rates-compared.ts";
import { actorOf, moves, newPlayer, play } from "./random-histories.ts";

const allEvents = ({ store }: Player): Promise<readonly RecordedEvent[]> =>
  store.readAll({ limit: 100_000 });

/** Commands with fields that a rule may forbid. */
const ruledByFields: ReadonlySet<string> = new Set([
  "fulfil",
  "verify",
  "extend",
  "merge",
  "split",
  "assign",
  "reassign",
  "commit",
]);

describe("the rates of random years 三率", () => {
  it("equal an independent count, as a whole, by year, by department and as of any day", async () => {
    await fc.assert(
      fc.asyncProperty(moves({ max: 90 }), fc.nat({ max: 300 }), async (history, back) => {
        const player = await play(history);
        const { book } = player;
        const facts = standing(await allEvents(player));
        const today = player.today();
        expect(await ratesOf(book)).toEqual(printed(countRates(facts, today)));
        for (const year of [2020, 2021]) {
          expect(await ratesOf(book, { scope: { year } })).toEqual(
            printed(countRates(facts, today, (one) => one.year === year)),
          );
        }
        const department = "规划科";
        expect(await ratesOf(book, { scope: { department } })).toEqual(
          printed(countRates(facts, today, (one) => one.department === department)),
        );
        const then = new Date(Date.parse(today) - back * 86_400_000).toISOString().slice(0, 10);
        const known = facts.filter(({ on }) => on <= then);
        expect(await ratesOf(book, { asOf: then })).toEqual(printed(countRates(known, then)));
      }),
      { numRuns: 30 },
    );
  });

  it("are claimed as 三个100% only when each is exactly all", async () => {
    await fc.assert(
      fc.asyncProperty(moves({ max: 40 }), async (history) => {
        const player = await play(history);
        const counted = countRates(
          standing(await allEvents(player)),
          player.today(),
          ({ year }) => year === 2021,
        );
        const { claims, obstacles, late } = await player.book.annual(2021);
        const isWhole = (id: string): boolean => {
          const { numerator = 0, denominator = 0 } = counted[id] ?? {};
          return denominator > 0 && numerator === denominator;
        };
        const three = ["meeting", "completion", "satisfaction"].every(isWhole);
        if (claims.threeHundred)
          expect({ three, late, obstacles }).toEqual({ three: true, late: 0, obstacles: [] });
        if (three && isWhole("on-time")) expect(claims.threeHundred).toBe(obstacles.length === 0);
        expect(claims.allOnTime).toBe(isWhole("on-time") && late === 0);
        expect(claims.allAssigned).toBe(isWhole("assignment"));
      }),
      { numRuns: 16 },
    );
  });
});

/** Commands about one of several things, whose rules look at which one is meant. */
const judgedByFields: ReadonlySet<string> = new Set([
  "fulfil",
  "verify",
  "extend",
  "amend",
  "retract",
  "mark-complex",
  "redispatch",
  "urge",
  "request-opinion",
  "record-opinion",
  "return-opinion",
  "deliver",
  "disclose",
  "feedback",
  "progress",
  "change-commitment",
  "reply-again",
  "reclassify",
]);

describe("any sequence of commands 任意操作", () => {
  it("records facts that replay to the same state, or is refused with a code and changes nothing", async () => {
    await fc.assert(
      fc.asyncProperty(moves({ max: 40 }), async (history) => {
        const player = await newPlayer();
        for (const move of history) {
          const before = await contentOf(player.store);
          const size = await player.store.size();
          const played = await player.make(move);
          if (!played.ok || played.answer.unchanged) {
            expect(await contentOf(player.store)).toEqual(before);
            if (!played.ok) expect(played.code).toMatch(/^[A-Z_]+$/);
            continue;
          }
          const { answer } = played;
          const { case: named, cases = [], events: own, version: ownVersion } = answer;
          const answers =
            named === null || cases.length > 0
              ? cases
              : [{ case: named, events: own, version: ownVersion }];
          const recorded = [
            // what is recorded of the office stands in no case
            ...(named === null ? own : []),
            ...answers.flatMap(({ events }) => events),
          ];
          expect(await player.store.size()).toBe(size + recorded.length);
          for (const { case: id, version } of answers) {
            const shown = await player.book.show(id);
            expect(shown.version).toBe(version);
            const replayed = await player.book.replay(id);
            expect(replayed).toEqual({ ...shown, events: version, firstFault: null });
          }
        }
      }),
      { numRuns: 16 },
    );
  });

  it("is allowed exactly as next says", async () => {
    await fc.assert(
      fc.asyncProperty(moves({ max: 50 }), async (history) => {
        const player = await newPlayer();
        for (const move of history) {
          const today = addDays(player.today(), move.days);
          const offers = new Map<string, readonly string[]>();
          for (const id of player.ids) {
            const { allowed } = await player.book.next(id, { today, actor: actorOf(move) });
            offers.set(
              id,
              allowed.map(({ command }) => command),
            );
          }
          // dated today, so that only the lifecycle and the rules may forbid it
          const played = await player.make({ ...move, lag: 0 });
          const { command: name, case: id } = played.command as Record<string, string | undefined>;
          // one asked for earlier may still be granted when next would not offer it any more
          if ("appliedOn" in played.command) continue;
          // an erasure is no step of the work, and is never offered
          if (name === "forget") continue;
          if (name === undefined || name === "receive" || id === undefined) continue;
          const isOffered = offers.get(id)?.includes(name) ?? false;
          // an amendment to what the entry says already is offered, and changes nothing
          const isSame = name === "amend" && played.ok && played.answer.unchanged;
          if (played.ok && !isSame) {
            expect([name, isOffered]).toEqual([name, !played.answer.unchanged]);
          }
          // what is offered is refused for its fields only: a date too far, or another promise, unit or
          // proposer than the one at hand
          const isByFields = judgedByFields.has(name) || ruledByFields.has(name);
          const forFields = [
            "INVALID_INPUT",
            "INCOMPLETE_ASSIGNMENT",
            "NOT_FOUND",
            "DUPLICATE_CASE",
          ];
          if (!played.ok && isOffered && !(isByFields && played.code === "RULE_REFUSED")) {
            expect(forFields).toContain(played.code);
          }
        }
      }),
      { numRuns: 16 },
    );
  });

  it("leaves each event with the transition that the machine makes and the state that show tells", async () => {
    await fc.assert(
      fc.asyncProperty(moves({ max: 60 }), async (history) => {
        const player = await play(history);
        const { rulebook } = player.book.rules.current;
        const states = new Map<string, CaseState>();
        for (const event of await allEvents(player)) {
          if (event.stream === null) continue;
          const before = states.get(event.stream) ?? null;
          const fact = event as unknown as EvolveEvent;
          expect(event.from).toBe(before?.status ?? null);
          expect(judge(before, fact, { actor: event.actor, rulebook })).toBe(event.to);
          states.set(event.stream, evolve(event.stream, before, fact));
        }
        expect((await player.book.list()).length).toBe(states.size);
        for (const [id, state] of states) {
          const shown = await player.book.show(id);
          expect(shown).toMatchObject({
            case: id,
            status: state.status,
            version: state.version,
            round: state.round,
            assignment: state.assignment,
            contacts: state.contacts,
            feedback: state.feedback.map(({ proposer, ...form }) => ({
              ...form,
              proposer: state.received.proposers[proposer - 1]?.name,
            })),
            commitments: state.commitments,
            closedOn: state.closedOn,
            rulebook: rulebookName(rulebook),
          });
          expect(shown.deadlines.map(({ id: name, dueOn, metOn }) => [name, dueOn, metOn])).toEqual(
            state.deadlines.map(({ id: name, dueOn, metOn }) => [name, dueOn, metOn]),
          );
        }
      }),
      { numRuns: 16 },
    );
  });

  it("leaves a log without a fault", async () => {
    await fc.assert(
      fc.asyncProperty(moves({ max: 60 }), async (history) => {
        const { book, store } = await play(history);
        const report = await book.audit();
        expect(report.faults).toEqual({ first: null, more: 0 });
        expect(report.size).toBe(await store.size());
        expect(await book.replayAll()).toMatchObject({ firstFault: null, faults: 0 });
      }),
      { numRuns: 16 },
    );
  });
});

describe("projections 汇总", () => {
  it("kept up to date equal those made anew", async () => {
    await fc.assert(
      fc.asyncProperty(moves({ max: 60 }), async (history) => {
        const { book, store, clock, today } = await play(history);
        expect((await book.checkProjections()).differences).toEqual([]);
        const kept = await contentOf(store);
        const answers = async () => [
          await book.list(),
          await book.due(),
          await book.rates({ by: "block" }),
        ];
        const told = await answers();
        await book.rebuildProjections();
        expect(await contentOf(store)).toEqual(kept);
        expect(await answers()).toEqual(told);
        // as of today is what the projections say
        const asOf = today();
        expect(await book.list({ asOf })).toEqual(told[0]);
        expect(await ratesOf(book, { asOf })).toEqual(await ratesOf(book));
        const again = await openCasebookOn({
          store,
          clock,
          ids: countingIds(),
          actor: { id: "乙" },
        });
        expect(await again.list()).toEqual(told[0]);
      }),
      { numRuns: 16 },
    );
  });
});

describe("a command id 命令编号", () => {
  it("given again changes nothing and answers the same; with another body it is refused", async () => {
    await fc.assert(
      fc.asyncProperty(moves({ max: 40 }), async (history) => {
        const player = await newPlayer();
        const recorded: { command: object; answer: object }[] = [];
        for (const move of history) {
          const played = await player.make(move);
          if (!played.ok || played.answer.unchanged) continue;
          const commandId = `again-${recorded.length}`;
          const { unchanged, ...first } = played.answer;
          expect(unchanged).toBe(false);
          expect(first.case).not.toBe("");
          const command = { ...played.command, commandId };
          const answer = await player.book.executeGiven(command).catch((error: unknown) => {
            if (!isEngineError(error)) throw error;
            return null;
          });
          if (answer?.unchanged === false) recorded.push({ command, answer });
        }
        const before = await contentOf(player.store);
        for (const { command, answer } of recorded) {
          expect(await player.book.executeGiven(command)).toEqual(answer);
          // whatever the caller expected then is stale by now, and does not matter
          expect(await player.book.executeGiven({ ...command, expect: 0 })).toEqual(answer);
          const other = player.book.executeGiven({ ...command, note: "另一条" });
          await expect(other).rejects.toMatchObject({ code: "COMMAND_ID_REUSED" });
        }
        const lines = recorded.map(({ command }, line) => ({ line, given: command }));
        for await (const one of player.book.apply(lines)) {
          expect(one).toEqual({ line: one.line, ok: true, recorded: recorded[one.line]?.answer });
        }
        expect((await player.book.applyAtomically(lines)).every(({ ok }) => ok)).toBe(true);
        expect(await contentOf(player.store)).toEqual(before);
      }),
      { numRuns: 20 },
    );
  });
});

describe("as of a day 截至某日", () => {
  it("no later fact is seen, and nothing recorded changes what an earlier day saw of its own facts", async () => {
    await fc.assert(
      fc.asyncProperty(moves({ max: 50 }), fc.nat({ max: 200 }), async (history, back) => {
        const player = await play(history);
        const then = new Date(Date.parse(player.today()) - back * 86_400_000)
          .toISOString()
          .slice(0, 10);
        const listed = await player.book.list({ asOf: then });
        for (const { case: id } of listed) {
          const view = await player.book.show(id, { asOf: then });
          const dates = [
            view.receivedOn,
            view.dispatchedOn,
            ...[view.contacts, view.replies, view.feedback, view.followUps].flatMap((facts) =>
              facts.map(({ on }) => on),
            ),
            ...view.commitments.flatMap(({ madeOn, fulfilledOn, verifiedOn }) => [
              madeOn,
              fulfilledOn,
              verifiedOn,
            ]),
            ...view.deadlines.map(({ metOn }) => metOn),
            view.closedOn,
            view.opinion?.on ?? null,
          ];
          for (const date of dates) if (date !== null) expect(date <= then).toBe(true);
          const seen = standing(await player.store.readStream(id)).filter(({ on }) => on <= then);
          expect(view.version).toBe(seen.length);
          expect(view.contacts.length).toBe(
            seen.filter(({ type }) => type === "ContactRecorded").length,
          );
        }
        const begun = (await allEvents(player)).filter(
          ({ type, on }) => type === "CaseReceived" && on <= then,
        );
        expect(listed.length).toBe(begun.length);
      }),
      { numRuns: 16 },
    );
  });
});
