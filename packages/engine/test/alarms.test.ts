/** @module alarms.test — what raises a question, and its neighbour that does not. */
import { describe, expect, it } from "vitest";
import type { AlarmId } from "../src/casebook/alarms/alarms.ts";
import type { Step } from "./given.ts";
import {
  amend,
  answer,
  assign,
  bookWith,
  by,
  contact,
  extend,
  feedback,
  handled,
  newBook,
  receive,
  retract,
  take,
  waiveContact,
} from "./given.ts";

/** The alarms that a case raises, less those about when the test recorded it. */
const raisedBy = async (...steps: readonly Step[]): Promise<readonly AlarmId[]> => {
  const { book } = await bookWith(...steps);
  const { alarms } = await book.alarms();
  return alarms.flatMap(({ id, findings }) => (findings.length > 0 ? [id] : []));
};

/** A case of its own number, from receipt to a form; the fields are those of the form. */
const caseWithForm = (number: number, on: string, fields: object = {}): readonly Step[] => {
  const id = `cppcc/15-5/${number}`;
  return [
    receive({ number: String(number) }),
    assign({ case: id }),
    contact({ case: id }),
    answer({ case: id }),
    feedback({ case: id, on, ...fields }),
  ];
};

describe("ratings entered by the office itself 评价由承办方录入", () => {
  it("asks where it was on behalf, or where the handler did it", async () => {
    expect(await raisedBy(...handled.slice(0, 4), feedback({ enteredOnBehalf: true }))).toContain(
      "own-rating",
    );
    expect(await raisedBy(...handled.slice(0, 4), by("经办人甲", feedback()))).toContain(
      "own-rating",
    );
  });

  it("knows the handler whom a correction of the 五定 named", async () => {
    const { book } = await bookWith(
      ...handled.slice(0, 4),
      amend({ person: "经办人乙" }, { event: 2 }),
      by("经办人乙", feedback()),
    );
    const found = (await book.alarms()).alarms.find(({ id }) => id === "own-rating");
    expect(found?.findings.map(({ what }) => what.en)).toEqual(["entered by the handler 经办人乙"]);
  });

  it("asks nothing where somebody else entered the proposer's form, or it was taken back", async () => {
    const answered = handled.slice(0, 4);
    expect(await raisedBy(...answered, by("办公室", feedback()))).not.toContain("own-rating");
    const { book } = await bookWith(...answered, feedback({ enteredOnBehalf: true }));
    await take({ book }, retract(5));
    const { alarms } = await book.alarms();
    expect(alarms.find(({ id }) => id === "own-rating")?.findings).toEqual([]);
  });
});

describe("contacts recorded after the answer 答复之后补录沟通", () => {
  it("asks where the contact is dated before", async () => {
    expect(await raisedBy(...handled, contact({ on: "2021-06-29" }))).toContain(
      "contact-after-reply",
    );
  });

  it("asks nothing of a contact after the answer, or before it", async () => {
    expect(await raisedBy(...handled, contact({ on: "2021-07-20" }))).not.toContain(
      "contact-after-reply",
    );
  });
});

describe("nearly all ratings on one day 评价集中在同一天", () => {
  const days = ["2021-07-05", "2021-07-05", "2021-07-05", "2021-07-05"];

  it("asks from five forms on, where eight of ten are of one day", async () => {
    const steps = [...days, "2021-08-10"].flatMap((on, at) => caseWithForm(at + 1, on));
    const { book } = await bookWith(...steps);
    const { alarms } = await book.alarms();
    const found = alarms.find(({ id }) => id === "ratings-on-one-day");
    expect(found?.findings.map(({ on }) => on)).toEqual(days);
  });

  it("asks nothing of four, or where they came back as they do", async () => {
    expect(await raisedBy(...days.flatMap((on, at) => caseWithForm(at + 1, on)))).not.toContain(
      "ratings-on-one-day",
    );
    const spread = ["2021-07-05", "2021-07-05", "2021-07-05", "2021-08-10", "2021-08-11"];
    expect(await raisedBy(...spread.flatMap((on, at) => caseWithForm(at + 1, on)))).not.toContain(
      "ratings-on-one-day",
    );
  });
});

describe("nearly all ratings on the last day of the year 评价集中在年度最后一天", () => {
  const raisedOn = (...days: readonly string[]) =>
    raisedBy(...days.flatMap((on, at) => caseWithForm(at + 1, on)));

  it("asks where eight of ten came on the last day, or on the last that was worked", async () => {
    // 31 December 2022 is a Saturday that nobody works
    const days = ["2022-12-30", "2022-12-31", "2022-12-30", "2022-12-31"];
    const steps = [...days, "2022-08-10"].flatMap((on, at) => caseWithForm(at + 1, on));
    const made = await newBook("2023-01-05");
    for (const step of steps) await take(made, step);
    const { alarms } = await made.book.alarms();
    const found = (id: AlarmId) => alarms.find((one) => one.id === id)?.findings;
    expect(found("ratings-on-last-day")?.map(({ on }) => on)).toEqual(days);
    expect(found("ratings-on-one-day")).toEqual([]);
  });

  it("asks nothing of fewer than five, nor where they came on another day", async () => {
    const last = "2021-12-31";
    expect(await raisedOn(last, last, last, last)).not.toContain("ratings-on-last-day");
    expect(await raisedOn(last, last, last, last, last)).toContain("ratings-on-last-day");
    const before = "2021-12-30";
    expect(await raisedOn(before, before, before, before, last)).not.toContain(
      "ratings-on-last-day",
    );
  });
});

describe("satisfied on the day of the answer 答复当日即获满意", () => {
  it("asks on that day and not on the next, nor of one that is not satisfied", async () => {
    const answered = handled.slice(0, 4);
    expect(await raisedBy(...answered, feedback({ on: "2021-06-30" }))).toContain(
      "rating-on-reply-day",
    );
    expect(await raisedBy(...answered, feedback({ on: "2021-07-01" }))).not.toContain(
      "rating-on-reply-day",
    );
    expect(
      await raisedBy(...answered, feedback({ on: "2021-06-30", result: "dissatisfied" })),
    ).not.toContain("rating-on-reply-day");
  });
});

describe("extensions at the expiry 到期当日才延期", () => {
  const recordedOn = async (day: string, ...steps: readonly Step[]) => {
    const made = await newBook(day);
    for (const step of steps) await take(made, step);
    return made;
  };

  it("asks on the day that was due, and where it was recorded after it", async () => {
    const before = [receive(), assign(), contact()];
    const { book } = await recordedOn("2021-07-02", ...before, extend({ on: "2021-07-02" }));
    const found = (await book.alarms()).alarms.find(({ id }) => id === "extension-at-expiry");
    expect(found?.findings.map(({ what }) => what.en)).toEqual([
      "due on 2021-07-02, extended on that day",
    ]);
    const later = await recordedOn("2021-07-05", ...before, extend({ on: "2021-06-25" }));
    const told = (await later.book.alarms()).alarms.find(({ id }) => id === "extension-at-expiry");
    expect(told?.findings.map(({ what }) => what.en)).toEqual([
      "due on 2021-07-02, recorded after it",
    ]);
  });

  it("asks nothing where it was granted and written down in time", async () => {
    const { book } = await recordedOn(
      "2021-06-25",
      receive(),
      assign(),
      contact(),
      extend({ on: "2021-06-25" }),
    );
    const found = (await book.alarms()).alarms.find(({ id }) => id === "extension-at-expiry");
    expect(found?.findings).toEqual([]);
  });
});

describe("bursts of late entries 集中补录", () => {
  const contacts = (count: number) =>
    Array.from({ length: count }, (_, at) => contact({ on: `2021-04-${at + 10}` }));

  it("asks from ten old facts on that one person recorded on one day", async () => {
    expect(await raisedBy(receive(), assign(), ...contacts(8))).toContain("late-burst");
    expect(await raisedBy(receive(), assign(), ...contacts(7))).not.toContain("late-burst");
    const { book } = await bookWith(receive(), assign(), ...contacts(9));
    const found = (await book.alarms()).alarms.find(({ id }) => id === "late-burst");
    expect(found?.findings).toMatchObject([{ position: 1, entries: 11 }]);
    const shared = contacts(8).map((step, at) => by(at % 2 === 0 ? "甲" : "乙", step));
    expect(await raisedBy(receive(), assign(), ...shared)).not.toContain("late-burst");
  });
});

describe("contact waived in many cases 大量免予走访", () => {
  const waived = (number: number): readonly Step[] => [
    receive({ number: String(number) }),
    assign({ case: `cppcc/15-5/${number}` }),
    waiveContact({ case: `cppcc/15-5/${number}` }),
  ];

  it("asks from three cases on, if they are half of all", async () => {
    const three = [1, 2, 3].flatMap(waived);
    expect(await raisedBy(...three)).toContain("many-waivers");
    expect(await raisedBy(...[1, 2].flatMap(waived))).not.toContain("many-waivers");
    const others = [4, 5, 6, 7].map((number) => receive({ number: String(number) }));
    expect(await raisedBy(...three, ...others)).not.toContain("many-waivers");
  });
});

describe("a choice of cases", () => {
  it("is all that is looked at", async () => {
    const { book } = await bookWith(...caseWithForm(1, "2021-06-30"));
    expect(await book.alarms({ scope: { year: 2020 } })).toMatchObject({ cases: 0, total: 0 });
    expect((await book.alarms({ scope: { year: 2021 } })).cases).toBe(1);
  });
});
