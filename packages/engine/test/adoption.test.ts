/** @module adoption.test — 采用规则集: new rules come into force, for new cases or for the open ones too. */
import type { Adoption, Casebook } from "@wuding/engine";
import { shippedRulebook } from "@wuding/engine";
import type { MemoryStore } from "@wuding/engine/memory";
import { describe, expect, it } from "vitest";
import {
  answer,
  assign,
  bookWith,
  caseId,
  close,
  contact,
  contentOf,
  dissatisfied,
  expireFeedback,
  extend,
  feedback,
  newBook,
  receive,
  refusalOf,
  remindFeedback,
  requestReturn,
  submitOpinion,
  take,
  today,
  typesOf,
  withdraw,
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
import { fileWith } from "./sample-rulebook.ts";

const lastOfLog = async (store: MemoryStore) => (await store.readStream(null)).at(-1);

const dueOf = async (book: Casebook, id: string = caseId) =>
  (await book.show(id)).deadlines.map(({ id: name, dueOn, rule }) => [name, dueOn, rule]);

describe("adopting a rulebook 采用规则集", () => {
  it("is an event of the log, which holds the rulebook itself", async () => {
    const made = await newBook();
    const told = await made.book.adoptRulebook(chongqing, { actor: { id: "法规科乙" } });
    expect(told).toEqual({
      name: "chongqing@2018",
      unchanged: false,
      cases: 0,
      impact: [],
      position: 1,
    } satisfies Adoption);
    const event = await lastOfLog(made.store);
    expect(event).toMatchObject({
      type: "RulebookAdopted",
      stream: null,
      globalPosition: 1,
      on: today,
      actor: { id: "法规科乙" },
      data: { name: "chongqing@2018", appliesToOpenCases: false },
      rulebookHash: made.book.rules.current.hash,
    });
    expect(made.book.rules.current).toMatchObject({ name: "chongqing@2018", adoptedOn: today });
    expect(made.book.rules.current.rulebook).toEqual(chongqing);
    await isSound(made);
  });

  it("from the content of a file, as well as one in memory", async () => {
    const made = await newBook();
    const told = await made.book.adoptRulebook(fileWith({}));
    expect(told).toMatchObject({ name: "county@2025", unchanged: false });
    const bytes = new TextEncoder().encode(fileWith({ "/version": "2026" }));
    expect(await made.book.adoptRulebook(bytes)).toMatchObject({ name: "county@2026" });
    expect(made.book.rules.rulebooks.map(({ name }) => name)).toEqual([
      "national@2025",
      "county@2025",
      "county@2026",
    ]);
    await isSound(made);
  });

  it("in force already changes nothing", async () => {
    const made = await newBook();
    await made.book.adoptRulebook(chongqing);
    const before = await contentOf(made.store);
    expect(await made.book.adoptRulebook(chongqing)).toEqual({
      name: "chongqing@2018",
      unchanged: true,
      cases: 0,
      impact: [],
      position: null,
    });
    expect(await contentOf(made.store)).toEqual(before);
  });

  it("adopted before and replaced since comes into force again", async () => {
    const made = await newBook();
    await made.book.adoptRulebook(chongqing);
    expect(await made.book.adoptRulebook(national)).toMatchObject({ unchanged: false });
    expect(made.book.rules.current.name).toBe("national@2025");
    await isSound(made);
  });

  it("of the same version with other content is refused", async () => {
    const { book, store } = await newBook();
    const other = { ...national, label: { zh: "另一部", en: "another one" } };
    await refusalOf(store, () => book.adoptRulebook(other), "RULES_DIFFER", {
      what: "rulebook",
      name: "national@2025",
    });
  });

  it("older than the one adopted is refused, by its numbers and not by its letters", async () => {
    const { book, store } = await newBook();
    await book.adoptRulebook(versionOf(national, "2025.10"));
    const older = { what: "rulebook", newer: "national@2025.10" };
    await refusalOf(store, () => book.adoptRulebook(versionOf(national, "2025.9")), "RULES_OLDER", {
      ...older,
      given: "national@2025.9",
    });
    await refusalOf(store, () => book.adoptRulebook(national), "RULES_OLDER", older);
    expect(await book.adoptRulebook(versionOf(national, "2026"))).toMatchObject({
      name: "national@2026",
    });
  });

  it("with a mistake is refused with its place, in memory or in a file", async () => {
    const { book, store } = await newBook();
    const [first, second, ...others] = national.deadlines;
    if (first === undefined || second === undefined) throw new Error("no terms");
    const twice = versionOf(national, "2026", {
      deadlines: [first, { ...second, id: first.id }, ...others],
    });
    await refusalOf(store, () => book.adoptRulebook(twice), "INVALID_RULES", {
      what: "rulebook",
      name: "national@2026",
      problems: [{ place: "/deadlines/1/id", rule: "npc-reply-complex" }],
    });
    await refusalOf(
      store,
      () => book.adoptRulebook(fileWith({ "/deadlines/0/unit": "fortnight" })),
      "INVALID_RULES",
      { problems: [{ place: "/deadlines/0/unit" }] },
    );
    await refusalOf(store, () => book.adoptRulebook("{"), "INVALID_RULES");
  });

  it("that is a collection to copy from is refused", async () => {
    const { book, store } = await newBook();
    const elsewhere = await shippedRulebook("elsewhere");
    await refusalOf(store, () => book.adoptRulebook(elsewhere), "INVALID_RULES", {
      problems: [{ place: "/isCollection" }],
    });
  });

  it("on trial records nothing, and tells what would move", async () => {
    const { book, store } = await bookWith(receiveDeputys());
    const before = await contentOf(store);
    const tried = await book.adoptRulebook(forOpenCases, { dryRun: true });
    expect(tried).toMatchObject({ name: "chongqing@2018.1", unchanged: false, position: null });
    expect(await contentOf(store)).toEqual(before);
    expect(book.rules.current.name).toBe("national@2025");
    const done = await book.adoptRulebook(forOpenCases);
    expect({ ...done, position: null }).toEqual(tried);
    expect(done.impact.length).toBeGreaterThan(0);
  });
});

describe("which cases come under it", () => {
  it("new ones do; the others keep theirs for life", async () => {
    const made = await bookWith(receiveDeputys());
    await made.book.adoptRulebook(chongqing);
    await take(made, receiveDeputys({ number: "10" }));
    expect((await made.book.show(deputys)).rulebook).toBe("national@2025");
    expect((await made.book.show("npc/18-4/10")).rulebook).toBe("chongqing@2018");
    // letters and terms as the case's own rulebook has them
    for (const step of [assign(), contact()]) await take(made, ofDeputy(step));
    await refusalOf(
      made.store,
      () => take(made, ofDeputy(answer({ result: "1" }))),
      "INVALID_INPUT",
    );
    await take(made, ofDeputy(answer()));
    expect((await dueOf(made.book, deputys)).map(([name]) => name)).not.toContain("feedback");
    await take(made, ofDeputy(dissatisfied()));
    expect(await dueOf(made.book, deputys)).toContainEqual([
      "rehandling",
      "2021-08-05",
      "rehandling",
    ]);
    await isSound(made);
  });

  it("a new case comes under the version that was valid on the day of its dispatch", async () => {
    const made = await newBook();
    const until = versionOf(national, "2025.1", { validTo: "2021-06-30" });
    await made.book.adoptRulebook(until);
    await made.book.adoptRulebook(versionOf(national, "2026", { validFrom: "2021-07-01" }));
    const rulebookOn = async (number: string, dispatchedOn: string) => {
      await take(made, receive({ number, dispatchedOn, on: "2021-07-20" }));
      return (await made.book.show(`cppcc/15-5/${number}`)).rulebook;
    };
    expect(await rulebookOn("1", "2021-07-01")).toBe("national@2026");
    expect(await rulebookOn("2", "2021-06-30")).toBe("national@2025.1");
    expect(await rulebookOn("3", "2021-01-04")).toBe("national@2025.1");
    await isSound(made);
  });

  it("kinds are those of the rulebook in force on the dispatch", async () => {
    const made = await newBook();
    const hotline = {
      id: "hotline",
      label: { zh: "热线工单", en: "hotline request" },
      noun: { zh: "工单", en: "request" },
      measure: "件",
      proposer: { zh: "来电人", en: "caller" },
      numbering: "year",
    } as const;
    const call = receive({ kind: "hotline", session: "2021", number: "57" });
    await refusalOf(made.store, () => take(made, call), "INVALID_INPUT", {
      problems: [{ field: "kind", kind: "notOneOf", allowed: ["cppcc", "npc"] }],
    });
    await made.book.adoptRulebook(
      versionOf(national, "2026", {
        kinds: [...national.kinds, hotline],
        deadlines: national.deadlines.map((rule) =>
          rule.id === "cppcc-reply"
            ? { ...rule, appliesTo: { ...rule.appliesTo, kinds: ["cppcc", "hotline"] } }
            : rule,
        ),
      }),
    );
    await take(made, call);
    expect((await made.book.show("hotline/2021/57")).rulebook).toBe("national@2026");
  });
});

describe("a version that also binds the open cases", () => {
  it("gives each of them one event, with what moves and what is new", async () => {
    const made = await bookWith(receiveDeputys());
    const told = await made.book.adoptRulebook(forOpenCases);
    const title = "关于改进政务信息化建设的建议";
    const certain = { wasProvisional: false, isProvisional: false, isPast: true };
    expect(told).toEqual({
      name: "chongqing@2018.1",
      unchanged: false,
      cases: 1,
      // received on Friday 2 April; twenty working days over two holidays, two make-up days
      impact: [
        {
          case: deputys,
          title,
          deadline: "first-contact",
          from: null,
          to: "2021-04-30",
          ...certain,
        },
      ],
      position: 2,
    });
    expect(await typesOf(made.store, deputys)).toEqual(["CaseReceived", "DeadlinesRecomputed"]);
    const view = await made.book.show(deputys);
    expect(view).toMatchObject({ rulebook: "chongqing@2018.1", status: "received", version: 2 });
    expect(view.deadlines.map(({ id, rule, state }) => [id, rule, state])).toEqual([
      ["reply", "npc-reply-2015", "superseded"],
      // the right to send it back had lapsed: no rule revives it
      ["return-request", "return-request", "waived"],
      ["first-contact", "npc-first-contact", "overdue"],
      ["reply", "npc-reply", "overdue"],
    ]);
    const [, event] = await made.store.readStream(deputys);
    expect(event).toMatchObject({
      from: "received",
      to: "received",
      data: { cause: "rulebook", rulebook: "chongqing@2018.1" },
      rulebookHash: made.book.rules.current.hash,
    });
    await isSound(made);
  });

  it("moves the dates, and says from when to when", async () => {
    const shorter = versionOf(national, "2026", {
      appliesToOpenCases: true,
      deadlines: national.deadlines.map((rule) =>
        rule.id === "cppcc-reply" ? { ...rule, amount: 2 } : rule,
      ),
    });
    const made = await bookWith(receive(), assign());
    const told = await made.book.adoptRulebook(shorter);
    expect(told.impact.map(({ deadline, from, to }) => [deadline, from, to])).toEqual([
      ["reply", "2021-07-02", "2021-06-02"],
    ]);
    expect((await made.book.list()).map(({ dueOn }) => dueOn)).toEqual(["2021-06-02"]);
    await isSound(made);
  });

  it("leaves alone what is met, what was put off, and what a person fixed", async () => {
    const made = await bookWith(receiveDeputys(), ...[extend(), assign(), contact()].map(ofDeputy));
    const told = await made.book.adoptRulebook(forOpenCases);
    expect(told).toMatchObject({ cases: 1, impact: [] });
    const view = await made.book.show(deputys);
    expect(view.rulebook).toBe("chongqing@2018.1");
    // the proposer was spoken to before the rule came, so no first contact is owed
    expect(view.deadlines.map(({ id, dueOn, state }) => [id, dueOn, state])).toEqual([
      ["reply", "2021-07-02", "superseded"],
      ["return-request", "2021-04-19", "waived"],
      ["reply", "2021-09-30", "overdue"],
      ["internal", "2021-06-20", "overdue"],
    ]);
    await isSound(made);
  });

  it.each([
    ["a form is still owed", [], ["feedback"]],
    ["the form came back", [feedback()], []],
    ["the form expired", [remindFeedback(), expireFeedback()], []],
  ] as const)("answered, and %s", async (_what, steps, added) => {
    const made = await bookWith(
      receiveDeputys(),
      ...[assign(), contact(), answer(), ...steps].map(ofDeputy),
    );
    const { impact } = await made.book.adoptRulebook(forOpenCases);
    expect(impact.map(({ deadline }) => deadline)).toEqual(added);
    await isSound(made);
  });

  it("asks an assisting unit for no opinion that it has given", async () => {
    const made = await bookWith(
      receiveDeputys({ role: "assist" }),
      ...[assign(), submitOpinion()].map(ofDeputy),
    );
    expect(await made.book.adoptRulebook(forOpenCases)).toMatchObject({ cases: 1, impact: [] });
  });

  it("leaves closed, returned and withdrawn cases alone, and those of other kinds", async () => {
    const made = await bookWith(
      receiveDeputys(),
      ...[assign(), contact(), answer(), feedback(), close()].map(ofDeputy),
      receiveDeputys({ number: "10" }),
      { ...withdraw(), case: "npc/18-4/10" },
    );
    const isForProposals = (one: Readonly<{ kinds?: readonly string[] }>): boolean =>
      one.kinds?.includes("cppcc") ?? true;
    const onlyProposals = versionOf(national, "2026", {
      appliesToOpenCases: true,
      kinds: national.kinds.filter(({ id }) => id === "cppcc"),
      deadlines: national.deadlines
        .filter(({ appliesTo }) => isForProposals(appliesTo))
        .map(({ appliesTo: { kinds: _kinds, ...appliesTo }, ...rule }) => ({ ...rule, appliesTo })),
      contactBeforeReply: national.contactBeforeReply.filter(isForProposals),
    });
    const before = (await made.store.readAll({ limit: 1000 })).length;
    expect(await made.book.adoptRulebook(forOpenCases)).toMatchObject({ cases: 0, impact: [] });
    await take(made, receiveDeputys({ number: "11" }));
    expect(await made.book.adoptRulebook(onlyProposals)).toMatchObject({ cases: 0 });
    expect((await made.store.readAll({ limit: 1000 })).length).toBe(before + 3);
    expect((await made.book.show(deputys)).rulebook).toBe("national@2025");
    await isSound(made);
  });

  it("does not reach cases dispatched before it was valid", async () => {
    const made = await bookWith(receiveDeputys());
    const later = versionOf(forOpenCases, "2021", { validFrom: "2021-04-03" });
    expect(await made.book.adoptRulebook(later)).toMatchObject({ cases: 0, impact: [] });
    expect((await made.book.show(deputys)).rulebook).toBe("national@2025");
  });

  it("sets no date for others' duties on a case that has come", async () => {
    const henan = versionOf(await shippedRulebook("henan"), "2017.1", { appliesToOpenCases: true });
    const made = await bookWith(
      receiveDeputys({ submittedOn: "2021-03-20", submissionPhase: "intersession" }),
      ofDeputy(requestReturn()),
    );
    const { impact } = await made.book.adoptRulebook(henan);
    expect(impact.map(({ deadline }) => deadline)).not.toContain("redispatch");
    expect(impact.map(({ deadline }) => deadline)).not.toContain("dispatch");
    await isSound(made);
  });

  it("the case goes on under it", async () => {
    const made = await bookWith(receiveDeputys());
    await made.book.adoptRulebook(forOpenCases);
    for (const step of [assign(), contact(), answer({ result: "1" })]) {
      await take(made, ofDeputy(step));
    }
    expect(await dueOf(made.book, deputys)).toContainEqual([
      "feedback",
      "2021-07-28",
      "npc-feedback",
    ]);
    await isSound(made);
  });
});

describe("rates before and after 前后的比率", () => {
  it("each case counts under its own rulebook's definition", async () => {
    const definitionOf = async (book: Casebook) =>
      (await book.rates()).rates
        .filter(({ id }) => id === "meeting")
        .map(({ numerator, denominator, version }) => [version, numerator, denominator]);
    const phoneCounts = versionOf(national, "2026", {
      rates: national.rates.map((rate) =>
        rate.id === "meeting" && rate.contact
          ? {
              ...rate,
              version: 2,
              contact: { ...rate.contact, modes: [...rate.contact.modes, "phone"] },
            }
          : rate,
      ),
    });
    const made = await bookWith(receive(), assign(), contact({ mode: "phone" }));
    expect(await definitionOf(made.book)).toEqual([[1, 0, 1]]);
    await made.book.adoptRulebook(phoneCounts);
    const other = "cppcc/15-5/7";
    await take(made, receive({ number: "7" }));
    for (const step of [assign(), contact({ mode: "phone" })]) {
      await take(made, { ...step, case: other });
    }
    expect(await definitionOf(made.book)).toEqual([
      [2, 1, 1],
      [1, 0, 1],
    ]);
    await isSound(made);
  });

  it("a case that is taken over counts under the new one from then on", async () => {
    const made = await bookWith(receive(), assign(), contact({ mode: "phone" }));
    const meeting = async () =>
      (await made.book.rates()).rates.filter(({ id }) => id === "meeting");
    const lenient = versionOf(national, "2026", {
      appliesToOpenCases: true,
      rates: national.rates.map((rate) =>
        rate.id === "meeting" && rate.contact
          ? { ...rate, version: 2, contact: { ...rate.contact, modes: ["phone"] } }
          : rate,
      ),
    });
    await made.book.adoptRulebook(lenient);
    expect(await meeting()).toMatchObject([{ version: 2, numerator: 1, denominator: 1 }]);
    await isSound(made);
  });
});
