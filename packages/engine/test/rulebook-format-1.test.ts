/** @module rulebook-format-1.test — a rulebook out of an older casebook means what it meant. */
import { describe, expect, it } from "vitest";
import { upcastRulebook } from "../src/rulebook/format-1.ts";
import { checkRulebook } from "../src/rulebook/check/check.ts";
import { choiceFor } from "../src/rulebook/rulebook.ts";

const title = (zh: string, en: string) => ({ title: { zh, en } });
const law = {
  ...title("《代表法》", "Deputies Law"),
  article: { zh: "第五十一条", en: "art. 51" },
};
const open = title("默认值：未规定", "a default: not set");
const words = { zh: "某率", en: "some rate" };
const rate = (id: string, population: string, count: string, more: object = {}) => ({
  id,
  version: 1,
  label: words,
  definition: words,
  population,
  count,
  ...more,
});

/** As version 0.1 wrote it into its casebooks, with one kind and one term. */
const stored = {
  format: 1,
  id: "national",
  version: "2025",
  label: { zh: "国家规则集", en: "national rulebook" },
  validFrom: "2015-08-29",
  validTo: null,
  kinds: [
    {
      id: "npc",
      label: { zh: "人大代表建议", en: "deputy's suggestion" },
      noun: { zh: "建议", en: "suggestion" },
      measure: "件",
      proposer: { zh: "代表", en: "deputy" },
      numbering: "session",
    },
  ],
  deadlines: [
    {
      id: "npc-reply",
      deadline: "reply",
      appliesTo: { kinds: ["npc"], roles: ["sole", "lead", "separate"] },
      trigger: "dispatched",
      amount: 3,
      unit: "calendarMonth",
      startsNextDay: true,
      endOfMonthClamp: true,
      rollOver: "nextWorkingDay",
      extension: null,
      onMiss: "countAsLate",
      source: law,
      confidence: "law",
      validFrom: "2015-08-29",
      validTo: null,
    },
  ],
  unregulated: [{ deadline: "feedback", note: { zh: "未规定", en: "not set" } }],
  contactBeforeReply: [
    { kinds: ["npc"], value: true, source: law, confidence: "law" },
    { value: false, source: open, confidence: "default" },
  ],
  rehandlingOn: [{ value: ["dissatisfied"], source: open, confidence: "default" }],
  closingNeedsFeedback: [{ value: true, source: open, confidence: "default" }],
  verifierDiffers: [{ value: false, source: open, confidence: "default" }],
  results: [
    {
      scheme: "national",
      codes: [
        {
          code: "A",
          label: { zh: "已经解决", en: "solved" },
          meaning: "resolved",
          createsCommitment: false,
        },
      ],
      source: title("《办理工作程序》所列四类", "the four classes of the procedure"),
    },
  ],
  lamps: { yellowWithinWorkingDays: 5 },
  rates: [
    rate("meeting", "oursNotWaived", "contacted", {
      countedModes: ["visit", "meeting"],
      withProposer: true,
    }),
    rate("contact", "ours", "contacted", { countedModes: ["phone"] }),
    rate("assignment", "handled", "assigned"),
    rate("completion", "handled", "completed"),
    rate("on-time", "handled", "completedOnTime"),
    rate("satisfaction", "formReturned", "lastFormGood", {
      axis: "attitude",
      goodRatings: ["satisfied", "mostly"],
    }),
    rate("first-satisfaction", "formReturned", "firstFormGood", { goodRatings: ["satisfied"] }),
    rate("resolved", "answered", "resolved"),
    rate("adoption", "requests", "adopted"),
    rate("commitment", "commitmentsDue", "fulfilledOnTime"),
  ],
};

const book = upcastRulebook(stored);

describe("format 2", () => {
  it("keeps every answer it gives", () => {
    expect(upcastRulebook(book)).toEqual(book);
  });

  it.each([{ format: 3 }, { format: "2" }, {}, null, "format 1"])(
    "%j is of no known format",
    (json) => {
      expect(() => upcastRulebook(json)).toThrow(RangeError);
    },
  );
});

describe("format 1", () => {
  it("is a rulebook of format 2 without a mistake", () => {
    expect(book.format).toBe(2);
    expect(checkRulebook(book)).toEqual([]);
  });

  it("keeps its name, its kinds and what it does not set", () => {
    expect(book).toMatchObject({
      id: stored.id,
      version: stored.version,
      label: stored.label,
      validFrom: stored.validFrom,
      validTo: null,
      kinds: stored.kinds,
      unregulated: stored.unregulated,
      closingNeedsFeedback: stored.closingNeedsFeedback,
      verifierDiffers: stored.verifierDiffers,
    });
  });

  it("counts terms from the day after the trigger", () => {
    const [{ startsNextDay: _, endOfMonthClamp: __, ...term } = {}] = stored.deadlines;
    expect(book.deadlines).toEqual([{ ...term, count: "dayZero" }]);
  });

  it("demands the contact it demanded, and reads both axes for another round", () => {
    expect(book.contactBeforeReply.map(({ value, kinds }) => [value, kinds])).toEqual([
      [{ required: true }, ["npc"]],
      [{ required: false }, undefined],
    ]);
    expect(choiceFor(book.rehandlingOn, "npc").value).toEqual({
      ratings: ["dissatisfied"],
      axes: ["attitude", "result"],
    });
  });

  it("answers what it was not asked as the program of that time worked", () => {
    expect(choiceFor(book.expiryNeedsReminder, "npc").value).toBe(true);
    expect(choiceFor(book.workingHours, "npc").value).toEqual([]);
    expect(choiceFor(book.lamps, "npc").value).toEqual({ yellowWithinWorkingDays: 5 });
    expect(book.appliesToOpenCases).toBe(false);
    expect(book.duties).toEqual([]);
    expect(book.results).toMatchObject([
      { scheme: "national", confidence: "document", rounding: { decimals: 2, mode: "halfUp" } },
    ]);
  });

  it("counts every rate in the cases it was counted in", () => {
    const ended = ["returned", "withdrawn", "merged"];
    expect(
      book.rates.map(({ id, population, exclusions }) => [id, population, exclusions]),
    ).toEqual([
      ["meeting", "answering", [...ended, "waived"]],
      ["contact", "answering", ended],
      ["assignment", "all", ended],
      ["completion", "all", ended],
      ["on-time", "all", ended],
      ["satisfaction", "returnedForms", [...ended, "formExpired"]],
      ["first-satisfaction", "returnedForms", [...ended, "formExpired"]],
      ["resolved", "answered", ended],
      ["adoption", "requests", ended],
      ["commitment", "commitmentsDue", ended],
    ]);
  });

  it("counts in them what it counted", () => {
    const contact = { minTimes: 1, phases: [] };
    const form = { round: "latest", proposers: "worst", silence: "excluded" };
    expect(
      Object.fromEntries(
        book.rates.map(({ id, numerator, contact: by, form: read, round, meanings }) => [
          id,
          [numerator, by ?? read ?? round ?? meanings],
        ]),
      ),
    ).toEqual({
      meeting: [
        "contacted",
        { ...contact, modes: ["visit", "meeting"], withProposer: true, waiver: "excluded" },
      ],
      contact: [
        "contacted",
        { ...contact, modes: ["phone"], withProposer: false, waiver: "notMet" },
      ],
      assignment: ["assigned", undefined],
      completion: ["completed", undefined],
      "on-time": ["completedOnTime", "last"],
      satisfaction: ["satisfied", { ...form, axis: "attitude", ratings: ["satisfied", "mostly"] }],
      "first-satisfaction": [
        "satisfied",
        { ...form, axis: "result", ratings: ["satisfied"], round: "first" },
      ],
      resolved: ["resolved", ["resolved"]],
      adoption: ["adopted", undefined],
      commitment: ["fulfilledOnTime", undefined],
    });
  });
});
