/** @module next.test — what may be recorded now, what keeps from the rest, and what endangers the rates. */
import { describe, expect, it } from "vitest";
import type { Step } from "./given.ts";
import {
  answer,
  assign,
  bookWith,
  by,
  caseId,
  close,
  commit,
  contact,
  dissatisfied,
  feedback,
  fulfil,
  handled,
  inRoundTwo,
  receive,
  refusalOf,
  requestReturn,
  submitOpinion,
  waiveContact,
  withdraw,
} from "./given.ts";

const remind = { command: "remind-feedback", case: caseId, on: "2021-08-20" };
const expire = { command: "expire-feedback", case: caseId, on: "2021-09-01", reason: "未反馈" };

const nextOf = async (steps: readonly Step[], today = "2021-12-31", actor = "经办人甲") => {
  const { book } = await bookWith(...steps);
  const { allowed, blocked, blocking } = await book.next(caseId, { today, actor: { id: actor } });
  return {
    allowed: allowed.map(({ command }) => command),
    missing: Object.fromEntries(allowed.map(({ command, missing }) => [command, missing])),
    blocked: Object.fromEntries(blocked.map(({ command, rule }) => [command, rule])),
    blocking: blocking.map(({ rate }) => rate),
  };
};

/** What may always be recorded while a case is handled. */
const watched = [
  "withdraw",
  "sign-receipt",
  "redispatch",
  "draft",
  "urge",
  "progress",
  "merge",
  "amend",
  "retract",
] as const;
/** The same once the reply is out. */
const afterReply = [
  "sign-receipt",
  "disclose",
  "reclassify",
  "urge",
  "look-back",
  "progress",
  "amend",
  "retract",
] as const;

describe("what may be recorded now 下一步", () => {
  it.each([
    [
      "received",
      [receive()],
      [
        "assign",
        "waive-contact",
        "withdraw",
        "sign-receipt",
        "redispatch",
        "urge",
        "merge",
        "amend",
      ],
    ],
    [
      "assigned",
      [receive(), assign()],
      ["reassign", "contact", "waive-contact", "commit", ...watched],
    ],
    [
      "contacted",
      [receive(), assign(), contact()],
      ["reassign", "contact", "waive-contact", "answer", "commit", ...watched],
    ],
    [
      "answered",
      [receive(), assign(), contact(), answer()],
      [
        "reassign",
        "contact",
        "feedback",
        "rehandle",
        "remind-feedback",
        "follow-up",
        "commit",
        "withdraw",
        ...afterReply,
      ],
    ],
    [
      "in follow-up",
      [...handled],
      [
        "reassign",
        "contact",
        "feedback",
        "rehandle",
        "follow-up",
        "commit",
        "close",
        "withdraw",
        ...afterReply,
      ],
    ],
    [
      "closed",
      [...handled, close()],
      ["feedback", "reopen", "disclose", "reclassify", "look-back", "progress", "amend", "retract"],
    ],
    ["withdrawn", [receive(), withdraw()], ["amend", "retract"]],
    [
      "assisting",
      [receive({ role: "assist" }), assign()],
      [
        "reassign",
        "contact",
        "waive-contact",
        "submit-opinion",
        "commit",
        ...watched.filter((command) => command !== "draft"),
      ],
    ],
  ] as const)("of a case that is %s", async (_phase, steps, allowed) => {
    expect((await nextOf(steps)).allowed).toEqual(allowed);
  });

  it("within its window the case may be sent back", async () => {
    expect((await nextOf([receive()], "2021-04-19")).allowed).toContain("request-return");
    expect((await nextOf([receive()], "2021-04-20")).blocked).toMatchObject({
      "request-return": "withinReturnWindow",
    });
    const pending = await nextOf([receive(), requestReturn()], "2021-04-12");
    expect(pending.allowed).toEqual([
      "decide-return",
      "waive-contact",
      "extend",
      "withdraw",
      "sign-receipt",
      "redispatch",
      "mark-complex",
      "urge",
      "amend",
      "retract",
    ]);
    expect(pending.blocked).toMatchObject({ assign: "returnNotPending" });
  });

  it("names the fields that each command needs", async () => {
    const { missing } = await nextOf([receive()], "2021-04-12");
    expect(missing).toMatchObject({
      assign: ["department", "person", "due", "task", "responsibility"],
      "request-return": ["reason"],
      withdraw: ["reason"],
    });
  });

  it("says which rule keeps from the others, and how to get past it", async () => {
    const { book } = await bookWith(receive(), assign());
    const { blocked } = await book.next(caseId);
    expect(blocked).toContainEqual({
      command: "answer",
      rule: "contactMade",
      why: expect.objectContaining({ en: "the proposer has not been contacted in this round" }),
      source: expect.objectContaining({ zh: expect.stringContaining("参照《代表法》") }),
      repair: expect.objectContaining({ en: expect.stringContaining("contact") }),
    });
  });

  it("a promise may be struck off by another person", async () => {
    const steps = [...handled, commit({ on: "2021-07-06" }), fulfil()];
    expect((await nextOf(steps)).blocked).toMatchObject({ verify: "anotherVerifies" });
    expect((await nextOf(steps, "2021-12-31", "核验人乙")).allowed).toContain("verify");
    const byOther = [...handled, commit({ on: "2021-07-06" }), by("核验人乙", fulfil())];
    expect((await nextOf(byOther)).allowed).toContain("verify");
  });

  it("of an unknown case is not known", async () => {
    const { book, store } = await bookWith(receive());
    await refusalOf(store, () => book.next("999"), "NOT_FOUND");
  });
});

describe("what stands between a case and the three 100% 差距", () => {
  it.each([
    ["nothing done", [receive()], ["meeting", "completion"]],
    [
      "telephoned only",
      [receive(), assign(), contact({ mode: "phone" })],
      ["meeting", "completion"],
    ],
    ["waived", [receive(), assign(), waiveContact()], ["completion"]],
    ["no form yet", [receive(), assign(), contact(), answer()], ["satisfaction"]],
    ["all well", [...handled], []],
    ["closed", [...handled, close()], []],
    [
      "answered late",
      [receive(), assign(), contact(), answer({ on: "2021-07-03" }), feedback()],
      ["on-time"],
    ],
    ["not satisfied", [...inRoundTwo], ["completion", "satisfaction"]],
    [
      "reminded of a form that is still out",
      [receive(), assign(), contact(), answer(), remind],
      ["satisfaction"],
    ],
    ["the form lawfully expired", [receive(), assign(), contact(), answer(), remind, expire], []],
    ["withdrawn", [receive(), withdraw()], []],
    ["assisting", [receive({ role: "assist" }), assign(), submitOpinion()], []],
  ] as const)("%s", async (_what, steps, blocking) => {
    expect((await nextOf(steps)).blocking).toEqual(blocking);
  });

  it("every gap says why, and how to repair it where it can be", async () => {
    const { book } = await bookWith(
      receive({ requests: ["一", "二"] }),
      assign(),
      contact({ mode: "phone" }),
      answer({ result: "B", on: "2021-07-03", commitments: ["建平台@2021-11-30"] }),
      dissatisfied({ attitude: "dissatisfied" }),
    );
    const gaps = await book.gaps(caseId);
    expect(gaps.map(({ rate }) => rate).toSorted()).toEqual([
      "adoption",
      "commitment",
      "completion",
      "first-satisfaction",
      "meeting",
      "on-time",
      "resolved",
      "satisfaction",
      "satisfaction-attitude",
    ]);
    for (const { why, repair } of gaps) {
      for (const text of [why.zh, why.en, repair.zh, repair.en]) expect(text).not.toBe("");
    }
  });

  it("a form that is out is repaired by its return, by a reminder, and then by its expiry", async () => {
    const repairOf = async (...steps: readonly Step[]) => {
      const { book } = await bookWith(receive(), assign(), contact(), answer(), ...steps);
      const [form] = (await book.next(caseId)).blocking;
      return form?.repair.en;
    };
    expect(await repairOf()).toMatch(/feedback.*remind-feedback.*expire-feedback/);
    expect(await repairOf(remind)).toMatch(/feedback.*a reminder was sent.*expire-feedback/);
  });

  it("a reply that may be published and is not is a gap, repaired by publish", async () => {
    const { book } = await bookWith(
      receive(),
      assign(),
      contact(),
      answer({ disclosure: "full" }),
      feedback(),
    );
    expect(await book.gaps(caseId)).toMatchObject([
      { rate: "publication", repair: { en: expect.stringContaining("publish") } },
    ]);
  });

  it("the gaps are those of the rates", async () => {
    const { book } = await bookWith(
      receive({ requests: ["一"] }),
      assign(),
      contact({ mode: "phone" }),
    );
    const fromRates = (await book.rates()).rates.filter(({ missing }) => missing.includes(caseId));
    expect((await book.gaps(caseId)).map(({ rate }) => rate)).toEqual(
      fromRates.map(({ id }) => id),
    );
  });
});
