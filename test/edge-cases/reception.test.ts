/** @module reception.test — edge cases 19 to 22 and 30: sending back, redispatching, putting off, in a casebook on disk. */
import { describe, expect, it } from "vitest";
import type { Rulebook } from "@wuding/engine";
import type { Given, Step } from "../../packages/engine/test/given.ts";
import { national, versionOf } from "../../packages/engine/test/given-adoption.ts";
import {
  answer,
  assign,
  contact,
  decideReturn,
  extend,
  markComplex,
  reassign,
  receive,
  redispatch,
  refusalOf,
  requestReturn,
  signReceipt,
  submitOpinion,
  take,
} from "../../packages/engine/test/given.ts";
import type { BookInFile } from "./given-file.ts";
import { bookInFile, dueIn, rateIn, term, withTerms } from "./given-file.ts";

/** A casebook in a file in which these commands have been recorded. */
const filed = async (rulebook: Rulebook | undefined, ...steps: readonly Step[]) => {
  const made = await bookInFile(rulebook && { rulebook });
  for (const step of steps) await take(made, step);
  return made;
};

/** Refused by this guard, and nothing of it in the file. */
const refuses = (made: BookInFile, step: Given, rule: string): Promise<void> =>
  refusalOf(made.store, () => take(made, step), "RULE_REFUSED", { rule });

describe("sending back and redispatching 退办与改办", () => {
  it("19. 最后一日23:50申请退办；故意迟签的，从交办起算或者限定签收期限 (asked for at 23:50 of the last day; a receipt signed late on purpose gains no time)", async () => {
    // national: counted from the dispatch, so nobody gains by signing late; the last day is 19 April
    const made = await filed(undefined, receive(), signReceipt({ on: "2021-04-19" }));
    await refuses(made, requestReturn({ on: "2021-04-20T00:10:00+08:00" }), "withinReturnWindow");
    // ten past midnight in Beijing is still yesterday at UTC
    await refuses(made, requestReturn({ on: "2021-04-19T16:10:00Z" }), "withinReturnWindow");
    await take(made, requestReturn({ on: "2021-04-19T23:50:00+08:00" }));
    expect((await made.book.show("122")).returnRequest).toMatchObject({ pending: true });

    // counted from the signature, with three working days to sign: who signs later counts from the third
    const fromSignature = withTerms(
      term("return-request", { id: "signing", deadline: "receipt", amount: 3 }),
      term("return-request", { id: "from-signature", trigger: "receiptSigned", amount: 5 }),
    );
    const windowAfter = async (on: string) =>
      dueIn(await filed(fromSignature, receive(), signReceipt({ on })), "122", "return-request");
    // the third working day is Thursday the 8th, five more end on the 15th
    expect(await windowAfter("2021-04-06")).toMatchObject({ dueOn: "2021-04-13" });
    expect(await windowAfter("2021-04-08")).toMatchObject({ dueOn: "2021-04-15" });
    expect(await windowAfter("2021-04-26")).toMatchObject({ dueOn: "2021-04-15" });
  });

  it("20. 办理过半才退办：时限归谁；同一件再次交到本单位 (returned after half of the time: whose clock; the same case comes to us a second time)", async () => {
    const goesOn = versionOf(national, "2025.1", {
      redispatchClock: national.redispatchClock.map((choice) => ({
        ...choice,
        value: "continue" as const,
      })),
    });
    // asked for inside the window, decided after half of the three months
    const returned = [
      receive(),
      requestReturn({ on: "2021-04-19" }),
      decideReturn({ on: "2021-05-17" }),
    ];
    const back = redispatch({ role: "sole", on: "2021-05-24" });

    const anew = await filed(undefined, ...returned);
    expect(await rateIn(anew, "completion")).toBe("0/0");
    await take(anew, back);
    expect(await anew.book.show("122")).toMatchObject({
      status: "received",
      dispatchedOn: "2021-04-02",
      redispatches: [{ on: "2021-05-24", clock: "restart" }],
    });
    expect(await rateIn(anew, "completion", { scope: { year: 2021 } })).toBe("0/1");
    expect(await dueIn(anew, "122", "reply")).toMatchObject({ dueOn: "2021-08-24" });
    // the right to send it back counts from the day on which it came back, under either clock
    expect(await dueIn(anew, "122", "return-request")).toMatchObject({ dueOn: "2021-06-07" });

    const onward = await filed(goesOn, ...returned, back);
    expect(await dueIn(onward, "122", "reply")).toMatchObject({ dueOn: "2021-07-02" });
    expect(await dueIn(onward, "122", "return-request")).toMatchObject({ dueOn: "2021-06-07" });
    await take(onward, requestReturn({ on: "2021-06-07" }));
    expect((await onward.book.show("122")).formerReturnRequests).toMatchObject([
      { decision: "approved", decidedOn: "2021-05-17" },
    ]);
    expect(await onward.book.replay("122")).toMatchObject({ firstFault: null });
  });

  it("21. 不予退办后负责人更换，“必须继续办理”仍可看到 (the return was refused, then the head changes: that it must be handled stays visible)", async () => {
    const made = await filed(
      undefined,
      receive(),
      requestReturn({ suggestedUnit: "市住建局" }),
      decideReturn({ decision: "refused" }),
      assign({ on: "2021-04-13", leader: "副局长甲" }),
      reassign({ on: "2021-06-01", leader: "副局长乙", reason: "负责人更换" }),
    );
    expect(await made.book.show("122")).toMatchObject({
      assignment: { leader: "副局长乙" },
      returnRequest: {
        reason: "不属本单位职责",
        suggestedUnit: "市住建局",
        pending: false,
        decision: "refused",
        decidedOn: "2021-04-12",
        decidedBy: "政府办公室",
      },
    });
    // the new head cannot begin anew with it either
    await refuses(made, requestReturn({ on: "2021-06-02" }), "withinReturnWindow");
    expect(await dueIn(made, "122", "reply")).toMatchObject({ dueOn: "2021-07-02" });
  });

  it("22. 中途主办与协办互换；协办改为分办 (lead and assisting roles swapped midway; assisting becomes separate)", async () => {
    const lead = [receive({ role: "lead" }), assign(), contact()];
    const swapped = await filed(undefined, ...lead, redispatch({ role: "assist" }));
    expect(await dueIn(swapped, "122", "co-opinion")).toMatchObject({ dueOn: "2021-06-07" });
    await refuses(swapped, answer(), "answersProposer");
    await take(swapped, submitOpinion({ on: "2021-06-01" }));
    expect(await rateIn(swapped, "on-time")).toBe("1/1");
    // an assisting unit is none of those whose proposers are met or satisfied
    expect(await rateIn(swapped, "meeting")).toBe("0/0");

    const assisting = [receive({ role: "assist" }), assign(), contact()];
    const separate = await filed(undefined, ...assisting, redispatch({ role: "separate" }));
    expect(await rateIn(separate, "meeting")).toBe("1/1");
    await refuses(separate, submitOpinion({ on: "2021-06-01" }), "assistsLead");
    await take(separate, answer({ on: "2021-08-06" }));
    expect(await rateIn(separate, "on-time")).toBe("1/1");
    expect((await separate.book.show("122")).deadlines).toContainEqual(
      expect.objectContaining({ id: "co-opinion", state: "waived" }),
    );
  });
});

describe("putting off 延期", () => {
  it("30. 到期前申请、到期后批准；两次延期；超出总限；非有权单位批准；事后列为复杂件 (extension asked for before and granted after the due date, granted twice, beyond the total, by the wrong body; complexity flagged afterwards)", async () => {
    const strict = versionOf(national, "2025.1", {
      deadlines: national.deadlines.map((rule) =>
        rule.id === "cppcc-reply" && rule.extension !== null
          ? { ...rule, extension: { ...rule.extension, approvers: ["dispatcher"], times: 1 } }
          : rule,
      ),
    });
    const from = receive({ dispatchedBy: "市政协提案委" });
    const granted = (fields: Given): Given => extend({ approvedBy: "市政协提案委", ...fields });
    const made = await filed(strict, from);
    // due on 2 July
    await refuses(made, granted({ on: "2021-07-09" }), "extendedInTime");
    await refuses(made, granted({ due: "2021-10-09" }), "withinExtension");
    await refuses(made, extend({ approvedBy: "市政府督查室" }), "approvedByRightBody");
    await refuses(made, markComplex({ on: "2021-07-03" }), "complexInTime");
    await take(made, granted({ on: "2021-07-09", appliedOn: "2021-07-01", due: "2021-08-02" }));
    expect(await dueIn(made, "122", "reply")).toMatchObject({ dueOn: "2021-08-02" });
    await refuses(made, granted({ on: "2021-07-30", due: "2021-09-01" }), "withinTimes");
    // the national rulebook itself lets it be put off twice, inside the same bound
    const lenient = await filed(undefined, receive(), extend({ due: "2021-08-02" }));
    await take(lenient, extend({ due: "2021-09-01", on: "2021-07-30" }));
    await refuses(lenient, extend({ due: "2021-10-09", on: "2021-08-30" }), "withinExtension");
  });
});
