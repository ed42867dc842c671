/** @module adoption-meanwhile.test — new rules come while others record, and in the middle of any history. */
import type { Casebook } from "@wuding/engine";
import { openCasebookOn, shippedRulebook, shippedRulebooks } from "@wuding/engine";
import type { MemoryStore } from "@wuding/engine/memory";
import { createMemoryStore } from "@wuding/engine/memory";
import { countingIds } from "@wuding/engine/testing";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Book } from "./given.ts";
import {
  answer,
  assign,
  bookUnder,
  bookWith,
  caseId,
  clerk,
  contact,
  extend,
  idsNamed,
  newBook,
  receive,
  take,
} from "./given.ts";
import {
  chongqing,
  deputys,
  forOpenCases,
  isSound,
  national,
  ofDeputy,
  receiveDeputys,
  versionOf,
} from "./given-adoption.ts";
import { moves, play } from "./random-histories.ts";

const dueOf = async (book: Casebook, id: string = caseId) =>
  (await book.show(id)).deadlines.map(({ id: name, dueOn, rule }) => [name, dueOn, rule]);

describe("two casebooks on one store 两处同时", () => {
  const secondOn = ({ store, clock }: Book): Promise<Casebook> =>
    openCasebookOn({ store, clock, ids: idsNamed("second"), actor: { id: "乙" } });

  it("what one adopts the other decides under at once", async () => {
    const made = await newBook();
    const other = await secondOn(made);
    await made.book.adoptRulebook(chongqing);
    await other.executeGiven(receiveDeputys());
    expect((await other.show(deputys)).rulebook).toBe("chongqing@2018");
    expect(other.rules.current.name).toBe("chongqing@2018");
    await isSound(made);
  });

  /** A store on which somebody else acts just before an append reaches it. */
  const interrupted = async (
    made: Book,
    act: () => Promise<unknown>,
    when = 1,
  ): Promise<Casebook> => {
    let appends = 0;
    const store: MemoryStore = {
      ...made.store,
      append: async (request) => {
        appends += 1;
        if (appends === when) await act();
        return made.store.append(request);
      },
    };
    return openCasebookOn({
      store,
      clock: made.clock,
      ids: idsNamed("interrupted"),
      actor: { id: "乙" },
    });
  };

  it("nothing decided under old rules is recorded under the new ones", async () => {
    const made = await newBook();
    const late = await interrupted(made, () => made.book.adoptRulebook(chongqing));
    await late.executeGiven(receiveDeputys());
    expect((await made.book.show(deputys)).rulebook).toBe("chongqing@2018");
    const [received] = await made.store.readStream(deputys);
    expect(received?.rulebookHash).toBe(made.book.rules.current.hash);
    await isSound(made);
  });

  it("an answer that the new rules do not know is refused", async () => {
    const made = await bookWith(receiveDeputys(), ...[assign(), contact()].map(ofDeputy));
    const late = await interrupted(made, () => made.book.adoptRulebook(forOpenCases));
    await expect(late.executeGiven(ofDeputy(answer()))).rejects.toMatchObject({
      code: "INVALID_INPUT",
      data: { problems: [{ field: "result", allowed: ["1", "2", "3", "4"] }] },
    });
    await isSound(made);
  });

  it("nor many lines together", async () => {
    const made = await newBook();
    let isFirst = true;
    const store: MemoryStore = {
      ...made.store,
      appendTogether: async (requests) => {
        if (isFirst) await made.book.adoptRulebook(chongqing);
        isFirst = false;
        await made.store.appendTogether(requests);
      },
    };
    const late = await openCasebookOn({
      store,
      clock: made.clock,
      ids: idsNamed("late"),
      actor: { id: "乙" },
    });
    const lines = ["1", "2", "3"].map((number, line) => ({
      line,
      given: receiveDeputys({ number }),
    }));
    const answers = [];
    for await (const one of late.apply(lines)) answers.push(one.ok);
    expect(answers).toEqual([true, true, true]);
    for (const number of ["1", "2", "3"]) {
      expect((await made.book.show(`npc/18-4/${number}`)).rulebook).toBe("chongqing@2018");
    }
    await isSound(made);
  });

  it("`expect` is about the case: an adoption that leaves it alone does not break it", async () => {
    const made = await bookWith(receive());
    const late = await interrupted(made, () => made.book.adoptRulebook(chongqing));
    expect(await late.executeGiven(assign({ expect: 1 }))).toMatchObject({ version: 2 });
    const touched = await bookWith(receive());
    const toAll = versionOf(national, "2026", { appliesToOpenCases: true });
    const refused = await interrupted(touched, () => touched.book.adoptRulebook(toAll));
    await expect(refused.executeGiven(assign({ expect: 1 }))).rejects.toMatchObject({
      code: "VERSION_CONFLICT",
      data: { stream: caseId },
    });
  });

  it("a case that moves meanwhile is computed anew, one that comes meanwhile comes under it too", async () => {
    const made = await bookWith(receiveDeputys());
    const late = await interrupted(made, async () => {
      await take(made, ofDeputy(extend()));
      await take(made, receiveDeputys({ number: "10" }));
    });
    const told = await late.adoptRulebook(forOpenCases);
    expect(told).toMatchObject({ cases: 2 });
    expect(await dueOf(made.book, deputys)).toContainEqual([
      "reply",
      "2021-09-30",
      "npc-reply-2015",
    ]);
    expect((await made.book.show("npc/18-4/10")).rulebook).toBe("chongqing@2018.1");
    await isSound(made);
  });

  it("a case that comes between the list and the adoption is told of as well", async () => {
    const made = await bookWith(receiveDeputys());
    const late = await interrupted(made, () => take(made, receiveDeputys({ number: "10" })));
    const told = await late.adoptRulebook(forOpenCases);
    expect(told.cases).toBe(2);
    expect(told.impact.map(({ case: id, deadline }) => [id, deadline])).toEqual([
      [deputys, "first-contact"],
      ["npc/18-4/10", "first-contact"],
    ]);
    await isSound(made);
  });

  it("of two versions adopted at once, the older one does not come after the newer", async () => {
    const made = await newBook();
    const late = await interrupted(made, () =>
      made.book.adoptRulebook(versionOf(national, "2026.2")),
    );
    await expect(late.adoptRulebook(versionOf(national, "2026.1"))).rejects.toMatchObject({
      code: "RULES_OLDER",
      data: { given: "national@2026.1", newer: "national@2026.2" },
    });
    expect(made.book.rules.current.name).toBe("national@2026.2");
  });

  it("the same version adopted by both is adopted once", async () => {
    const made = await newBook();
    const late = await interrupted(made, () => made.book.adoptRulebook(chongqing));
    expect(await late.adoptRulebook(chongqing)).toMatchObject({ unchanged: true });
    expect((await made.store.readStream(null)).map(({ type }) => type)).toEqual([
      "LogCreated",
      "RulebookAdopted",
    ]);
  });
});

describe("any history, with new rules in the middle of it", () => {
  const ids = shippedRulebooks.filter((id) => id !== "elsewhere" && id !== "national");

  it("leaves a sound log, and the same answers after everything is made anew", async () => {
    let moved = 0;
    await fc.assert(
      fc.asyncProperty(
        moves({ max: 40 }),
        fc.constantFrom(...ids),
        fc.boolean(),
        moves({ max: 30 }),
        async (before, id, appliesToOpenCases, after) => {
          const player = await play(before);
          const { book } = player;
          const rulebook = versionOf(await shippedRulebook(id), "2030", { appliesToOpenCases });
          const tried = await book.adoptRulebook(rulebook, { dryRun: true });
          const told = await book.adoptRulebook(rulebook);
          expect({ ...told, position: null }).toEqual(tried);
          // nothing moves under a rulebook that is for new cases alone
          expect(appliesToOpenCases || told.cases + told.impact.length === 0).toBe(true);
          for (const { case: name, deadline, to } of told.impact) {
            const { deadlines } = await book.show(name);
            expect(deadlines.findLast((due) => due.id === deadline)?.dueOn).toBe(to);
          }
          moved += told.impact.length;
          for (const move of after) await player.make(move);
          await isSound(player);
          const answers = async () => [await book.list(), await book.due(), await book.rates()];
          const kept = await answers();
          await book.rebuildProjections();
          expect(await answers()).toEqual(kept);
        },
      ),
      { numRuns: 50 },
    );
    expect(moved).toBeGreaterThan(0);
  });
});

describe("the rules of a store", () => {
  it("are read back as they were adopted, in their order", async () => {
    const made = await bookUnder("chongqing");
    await made.book.adoptRulebook(national);
    const again = await openCasebookOn({
      store: made.store,
      clock: made.clock,
      ids: idsNamed("again"),
      actor: { id: clerk },
    });
    expect(again.rules.rulebooks.map(({ name }) => name)).toEqual([
      "chongqing@2018",
      "national@2025",
    ]);
    expect(again.rules.current.rulebook).toEqual(national);
  });

  it("a store without one is none", async () => {
    const { clock } = await newBook();
    const store = createMemoryStore({ clock, ids: countingIds(), origin: "office.invalid/log" });
    const options = { store, clock, ids: countingIds(), actor: { id: clerk } };
    await expect(openCasebookOn(options)).rejects.toMatchObject({ code: "INTEGRITY" });
  });
});
