/**
 * @module due-dates-again.test — the whole set of due dates of every event is derived from the facts: honest
 * histories agree, and any due date that was deleted, added, moved or taken from its rule is found.
 */
import type { DueDate, RecordedEvent, Rulebook } from "@wuding/engine";
import { addDays, isEngineError, shippedRulebook } from "@wuding/engine";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DueDateAgain } from "../src/casebook/due-dates-again.ts";
import { dueDatesAgain } from "../src/casebook/due-dates-again.ts";
import { readRules } from "../src/casebook/rules-in-force.ts";
import type { Step } from "./given.ts";
import {
  amend,
  answer,
  assign,
  bookUnder,
  bookWith,
  caseId,
  commit,
  contact,
  disclose,
  extend,
  markComplex,
  receive,
  redispatch,
  requestOpinion,
  retract,
  signReceipt,
  take,
  urge,
  withdrawExtension,
} from "./given.ts";
import type { Move, Player } from "./random-histories.ts";
import { moves, play } from "./random-histories.ts";

const rulebooks = ["national", "linyi", "chizhou", "chongqing"] as const;

type Data = Readonly<{
  deadlines?: readonly DueDate[];
  /** Of an amendment. */
  data?: Data;
  derived?: readonly Readonly<{ entry: number; deadlines: readonly DueDate[] }>[];
}>;
const dataOf = (event: RecordedEvent): Data => event.data;

/** The due dates that an event says, in the entry that it corrects too. */
const dueDatesIn = (event: RecordedEvent): readonly DueDate[] =>
  (event.type === "EntryAmended" ? dataOf(event).data : dataOf(event))?.deadlines ?? [];

/** An event with other due dates. */
const withDueDates = (event: RecordedEvent, deadlines: readonly DueDate[]): RecordedEvent =>
  event.type === "EntryAmended"
    ? { ...event, data: { ...event.data, data: { ...dataOf(event).data, deadlines } } }
    : { ...event, data: { ...event.data, deadlines } };

const everyOne = (): boolean => true;

/** What is found in a case some of whose events were changed. */
const foundIn = async (
  { store }: Pick<Player, "store">,
  id: string,
  change: (event: RecordedEvent) => RecordedEvent | undefined = (event) => event,
  which: (again: DueDateAgain) => boolean = everyOne,
): Promise<readonly DueDateAgain[]> => {
  const reader = { store, rules: await readRules(store, store) };
  const events = (await store.readStream(id)).flatMap((event) => change(event) ?? []);
  const found: DueDateAgain[] = [];
  for await (const again of dueDatesAgain(reader, id, events)) {
    if (which(again)) found.push(again);
  }
  return found;
};

const differs = ({ outcome }: DueDateAgain): boolean => outcome === "differs";

const said = (all: readonly DueDateAgain[]): readonly string[] =>
  all.map(({ position, outcome, due, ...rest }) =>
    [`#${position}`, outcome, "fault" in rest ? rest.fault : undefined, due?.id]
      .filter((word) => word !== undefined)
      .join(" "),
  );

/** Corrections of entries, as far as they are allowed. */
const corrections = [
  (event: RecordedEvent) => ({ on: addDays(event.on.slice(0, 10), -2) }),
  (event: RecordedEvent) => ({ on: addDays(event.on.slice(0, 10), -1) }),
  () => ({ isComplex: true }),
  () => ({ isComplex: false }),
  () => ({ consentToPublish: false }),
  () => ({ disclosure: "full" }),
  () => ({ disclosure: "withheld", disclosureReason: "涉及个人隐私" }),
  (event: RecordedEvent) => ({ dispatchedOn: addDays(event.on.slice(0, 10), -12) }),
  (event: RecordedEvent) => ({ due: addDays(event.on.slice(0, 10), 75) }),
  () => ({ months: 1 }),
  () => ({ reason: "更正后的理由" }),
  () => ({ text: "更正后的内容" }),
  () => ({ level: "county" }),
  () => ({ submissionPhase: "recess" }),
] as const;

type Correcting = Readonly<{ at: number; how: number; isTakenBack: boolean }>;
const correcting: fc.Arbitrary<readonly Correcting[]> = fc.array(
  fc.record({
    at: fc.nat({ max: 999 }),
    how: fc.nat({ max: 999 }),
    isTakenBack: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, fc.constant(true)),
  }),
  { maxLength: 25, size: "max" },
);

/** A history, and corrections of what it recorded. */
const playCorrected = async (
  history: readonly Move[],
  seeds: readonly Correcting[],
  rulebook?: Rulebook,
): Promise<Player> => {
  const player = await play(history, rulebook);
  for (const { at, how, isTakenBack } of seeds) {
    const id = player.ids[at % Math.max(1, player.ids.length)];
    if (id === undefined) continue;
    const events = await player.store.readStream(id);
    const event = events[(at >> 2) % events.length];
    if (event === undefined) continue;
    const about = { case: id, event: event.globalPosition, reason: "误记", on: player.today() };
    const fields = corrections[how % corrections.length]?.(event);
    try {
      await player.book.executeGiven(
        isTakenBack ? { command: "retract", ...about } : { command: "amend", ...about, fields },
        { actor: { id: "核验人乙" } },
      );
    } catch (error) {
      if (!isEngineError(error)) throw error;
    }
  }
  return player;
};

/** A due date somewhere in the log. */
type Place = Readonly<{ id: string; event: RecordedEvent; due: DueDate; isNamed: boolean }>;

const placesIn = async ({ store, ids }: Player): Promise<readonly Place[]> => {
  const places: Place[] = [];
  for (const id of ids) {
    const named = new Set(
      (await foundIn({ store }, id, undefined, ({ outcome }) => outcome === "fixed")).map(
        ({ position, due }) => `${position} ${due?.id}`,
      ),
    );
    for (const event of await store.readStream(id)) {
      for (const due of dueDatesIn(event)) {
        const isNamed = named.has(`${event.globalPosition} ${due.id}`);
        places.push({ id, event, due, isNamed });
      }
    }
  }
  return places;
};

type Change = Readonly<{
  how: string;
  /** The due dates that are otherwise after it. */
  isOther?(due: DueDate): boolean;
  change(all: readonly DueDate[], due: DueDate): readonly DueDate[];
  /** Whether the facts tell it where a person named the day in the due date alone. */
  isToldOfNamed(place: Place): boolean;
}>;

const replacing =
  (other: (due: DueDate) => DueDate): Change["change"] =>
  (all, due) =>
    all.map((one) => (one === due ? other(due) : one));

const changes: readonly Change[] = [
  {
    how: "deleted",
    change: (all, due) => all.filter((one) => one !== due),
    // an extension always has its day; the others may name none
    isToldOfNamed: ({ due }) => due.extended !== undefined,
  },
  {
    how: "moved",
    change: replacing((due) => ({ ...due, dueOn: addDays(due.dueOn, 3) })),
    isToldOfNamed: () => false,
  },
  {
    how: "moved together with the day that it counts from",
    change: replacing((due) => ({
      ...due,
      dueOn: addDays(due.dueOn, 7),
      countedFrom: addDays(due.countedFrom, 7),
    })),
    isToldOfNamed: () => true,
  },
  {
    how: "put off by nobody's rule",
    change: replacing((due) => ({ ...due, dueOn: "2029-12-31", rulebook: null, calendar: null })),
    isToldOfNamed: ({ due }) => due.rulebook !== null,
  },
  {
    how: "taken from its rule",
    isOther: ({ rulebook }) => rulebook !== null,
    change: replacing((due) => ({ ...due, rulebook: null, calendar: null, rule: "assignment" })),
    isToldOfNamed: () => true,
  },
  {
    how: "given under another name",
    isOther: ({ id }) => id !== "dispatch",
    change: (all, due) => [...all, { ...due, id: "dispatch" as const, dueOn: "2029-12-31" }],
    isToldOfNamed: () => true,
  },
  {
    how: "given twice",
    change: (all, due) => [...all, { ...due, dueOn: addDays(due.dueOn, 30) }],
    isToldOfNamed: () => true,
  },
];

describe("the due dates of every event, decided once more", () => {
  it.each(rulebooks)(
    "agree in any history that the program recorded and corrected under the rules of %s",
    async (name) => {
      const rulebook = await shippedRulebook(name);
      await fc.assert(
        fc.asyncProperty(moves({ max: 60 }), correcting, async (history, seeds) => {
          const { book } = await playCorrected(history, seeds, rulebook);
          const { differences, uncounted } = await book.certify();
          expect({ differences, uncounted }).toEqual({ differences: [], uncounted: [] });
        }),
        { numRuns: 20 },
      );
    },
  );

  it.each(rulebooks.flatMap((name) => changes.map((one) => [name, one.how, one] as const)))(
    "under the rules of %s, any that was %s is found where it stands",
    async (name, _how, { change, isToldOfNamed, isOther = everyOne }) => {
      const rulebook = await shippedRulebook(name);
      await fc.assert(
        fc.asyncProperty(moves({ max: 40 }), correcting, fc.nat(), async (history, seeds, at) => {
          const player = await playCorrected(history, seeds, rulebook);
          const places = (await placesIn(player)).filter(
            (place) => isOther(place.due) && (!place.isNamed || isToldOfNamed(place)),
          );
          const place = places[at % Math.max(1, places.length)];
          fc.pre(place !== undefined);
          const { id, event, due } = place;
          const found = await foundIn(
            player,
            id,
            (one) =>
              one.globalPosition === event.globalPosition
                ? withDueDates(one, change(dueDatesIn(event), due))
                : one,
            differs,
          );
          expect(found.map(({ position }) => position)).toContain(event.globalPosition);
        }),
        { numRuns: 15 },
      );
    },
  );

  /** The only case of a casebook, some of whose events were changed. */
  const inTheCase = async (
    steps: readonly Step[],
    type: string,
    change: (data: Readonly<Record<string, unknown>>) => object,
    rulebook?: Rulebook | string,
  ): Promise<readonly string[]> => {
    const made = await bookUnder(rulebook, ...steps);
    expect(said(await foundIn(made, caseId, undefined, differs))).toEqual([]);
    const altered = (event: RecordedEvent): RecordedEvent =>
      event.type === type
        ? { ...event, data: change(event.data as Readonly<Record<string, unknown>>) }
        : event;
    return said(await foundIn(made, caseId, altered, differs));
  };

  it("a receipt without its reply's due date lacks it", async () => {
    const without = (data: Data) => ({
      ...data,
      deadlines: data.deadlines?.filter(({ id }) => id !== "reply"),
    });
    expect(await inTheCase([receive()], "CaseReceived", without)).toEqual([
      "#1 differs missing reply",
    ]);
  });

  it("only the facts with which a person names a day may hold one that no rule set", async () => {
    const named = (id: string): DueDate => ({
      id: id as DueDate["id"],
      dueOn: "2029-12-31",
      provisional: false,
      countedFrom: "2021-04-06",
      rule: "assignment",
      source: "五定",
      rulebook: null,
      calendar: null,
    });
    const steps = [receive(), signReceipt(), assign()];
    for (const [type, position] of [
      ["ReceiptSigned", 2],
      ["CaseAssigned", 3],
    ] as const) {
      const more = (data: Data) => ({
        ...data,
        deadlines: [...(data.deadlines ?? []), named("reply")],
      });
      expect(await inTheCase(steps, type, more)).toEqual([`#${position} differs reply`]);
    }
  });

  it("an extension's day is a person's; that there is one, and how far it may go, are not", async () => {
    const steps = [receive(), assign(), extend()];
    const to = (dueOn: string) => (data: Data) => ({
      ...data,
      latest: "2029-12-31",
      deadlines: data.deadlines?.map((due) => ({ ...due, dueOn })),
    });
    expect(await inTheCase(steps, "DeadlineExtended", to("2021-09-29"))).toEqual([]);
    expect(await inTheCase(steps, "DeadlineExtended", to("2029-12-31"))).toEqual([
      "#3 differs reply",
    ]);
    const without = (data: Data) => ({ ...data, deadlines: [] });
    expect(await inTheCase(steps, "DeadlineExtended", without)).toEqual([
      "#3 differs missing reply",
    ]);
    const inMonths = [receive(), assign(), extend({ due: undefined, months: 2 })];
    const asDay = (data: Data) => ({
      ...data,
      deadlines: data.deadlines?.map((due) => ({ ...due, dueOn: "2022-03-31" })),
    });
    expect(await inTheCase(inMonths, "DeadlineExtended", asDay)).toEqual(["#3 differs reply"]);
  });

  it("an extension that is taken back leaves the due date before it", async () => {
    const steps = [receive(), assign(), extend(), withdrawExtension()];
    const without = (data: Data) => ({ ...data, deadlines: [] });
    expect(await inTheCase(steps, "ExtensionWithdrawn", without)).toEqual([
      "#4 differs missing reply",
    ]);
  });

  it("a redispatch ends what our new part does not have, and nothing else", async () => {
    const steps = [receive(), assign(), redispatch({ role: "lead" })];
    const ending = (data: Data) => ({ ...data, waived: ["internal"] });
    expect(await inTheCase(steps, "CaseRedispatched", ending)).toEqual([
      "#3 differs ended internal",
    ]);
    const assisting = [receive(), assign(), redispatch({ role: "assist" })];
    const notEnding = ({ waived: _waived, ...data }: Readonly<Record<string, unknown>>) => data;
    expect(await inTheCase(assisting, "CaseRedispatched", notEnding)).toEqual([
      "#3 differs notEnded reply",
    ]);
  });

  it("a complex case's term, a publication, and a promise are there", async () => {
    const steps = [
      receive({ consentToPublish: true }),
      assign(),
      markComplex(),
      contact(),
      answer({ disclosure: "withheld", disclosureReason: "内部事项" }),
      commit(),
      disclose(),
    ];
    const without = (data: Data) => ({ ...data, deadlines: [] });
    for (const [type, missing] of [
      ["CaseMarkedComplex", "#3 differs missing reply"],
      ["CommitmentMade", "#6 differs missing commitment:1"],
      ["DisclosureDecided", "#7 differs missing publication"],
    ] as const) {
      expect(await inTheCase(steps, type, without)).toContain(missing);
    }
  });

  it("no publication is owed where the proposer does not want it", async () => {
    const steps = [
      receive({ consentToPublish: false }),
      assign(),
      contact(),
      answer({ disclosure: "full" }),
    ];
    expect(await inTheCase(steps, "none", (data) => data)).toEqual([]);
  });

  it("an entry as it should read has the due dates that follow from it", async () => {
    const made = await bookWith(
      receive(),
      assign(),
      markComplex(),
      amend({ dispatchedOn: "2021-03-26" }),
    );
    const emptied = await foundIn(
      made,
      caseId,
      (event) => (event.type === "EntryAmended" ? withDueDates(event, []) : event),
      differs,
    );
    expect(said(emptied)).toContain("#4 differs missing reply");
    // the complex term of a later entry moves with the dispatch
    const underived = await foundIn(
      made,
      caseId,
      (event) => ({ ...event, data: { ...event.data, derived: [] } }),
      differs,
    );
    expect(said(underived)).toContain("#4 differs reply");
  });

  it("a correction that moves due dates is followed by the event that says so", async () => {
    const national = await shippedRulebook("national");
    const window = national.deadlines.find(({ id }) => id === "return-request");
    if (window === undefined) throw new Error("the national rulebook has no window");
    const signed: Rulebook = {
      ...national,
      id: "signed",
      deadlines: [
        { ...window, id: "signing", deadline: "receipt", trigger: "dispatched", amount: 3 },
        { ...window, id: "from-signature", trigger: "receiptSigned", amount: 5 },
        ...national.deadlines.filter(({ id }) => id !== "return-request"),
      ],
    };
    const made = await bookUnder(
      signed,
      receive(),
      signReceipt({ on: "2021-04-12" }),
      amend({ dispatchedOn: "2021-03-31" }, { on: "2021-04-13" }),
    );
    expect((await made.book.certify()).differences).toEqual([]);
    const is = ({ type }: RecordedEvent): boolean => type === "DeadlinesRecomputed";
    const emptied = await foundIn(
      made,
      caseId,
      (event) => (is(event) ? withDueDates(event, []) : event),
      differs,
    );
    expect(said(emptied)).toEqual(["#4 differs missing return-request"]);
    const gone = await foundIn(made, caseId, (event) => (is(event) ? undefined : event), differs);
    expect(said(gone)).toEqual(["#3 differs missing return-request"]);
  });

  it("a promise that is corrected keeps its number, and its due date goes by it", async () => {
    const made = await bookWith(
      receive(),
      assign(),
      contact(),
      answer(),
      commit(),
      commit({ text: "另一项" }),
    );
    await take(made, retract(5));
    await take(made, amend({ text: "更正后的一项" }, { event: 6 }));
    expect((await made.book.certify()).differences).toEqual([]);
    const { deadlines } = await made.book.show(caseId);
    expect(deadlines.map(({ id }) => id)).toContain("commitment:2");
  });

  it("days that a person named and nothing else tells are counted apart", async () => {
    const { book } = await bookWith(
      receive({ role: "lead", coUnits: ["财政局"] }),
      assign(),
      urge({ due: "2021-05-20" }),
      requestOpinion({ due: "2021-05-25" }),
      extend(),
    );
    expect(await book.certify()).toMatchObject({ fixed: 3, differences: [], uncounted: [] });
  });

  it("an event without the list of its due dates is not read at all", async () => {
    const { store } = await bookWith(receive(), assign(), amend({ title: "另一案由" }));
    for (const [type, position] of [
      ["CaseReceived", 1],
      ["CaseAssigned", 2],
      ["EntryAmended", 3],
    ] as const) {
      const without = (event: RecordedEvent): RecordedEvent => {
        if (event.type !== type) return event;
        const { deadlines: _gone, ...data } = event.data as Readonly<Record<string, unknown>>;
        const { data: amended } = data;
        if (amended === undefined) return { ...event, data };
        const { deadlines: _there, ...rest } = amended as Readonly<Record<string, unknown>>;
        return { ...event, data: { ...data, data: rest } };
      };
      await expect(foundIn({ store }, caseId, without)).rejects.toMatchObject({
        code: "INTEGRITY",
        data: { fault: "ALTERED", position, case: caseId },
      });
    }
  });

  it("what was decided under a rulebook that is not there is not passed over", async () => {
    const { store } = await bookWith(receive());
    for (const deadlines of [undefined, []]) {
      const found = await foundIn({ store }, caseId, (event) => ({
        ...event,
        data: { ...event.data, rulebook: "gone@1", ...(deadlines && { deadlines }) },
      }));
      expect(new Set(found.map(({ outcome }) => outcome))).toEqual(new Set(["uncounted"]));
    }
  });
});
