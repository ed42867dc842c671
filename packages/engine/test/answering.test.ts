/** @module answering.test — the written reply to the proposer. */
import { isEngineError } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import {
  answer,
  assign,
  bookWith,
  caseId,
  close,
  contact,
  given,
  handled,
  inRoundTwo,
  receive,
  requestReturn,
  submitOpinion,
  take,
} from "./given.ts";

const contacted = [receive({ requests: ["建平台", "定标准", "开数据"] }), assign(), contact()];

describe("answering 答复", () => {
  it("the reply is delivered and ends the term", async () => {
    const view = await given(...contacted)
      .when(answer())
      .then("ReplyDelivered");
    expect(view).toMatchObject({ status: "answered", reply: { round: 1, result: "A" } });
    const ends = view.deadlines.map(({ id, metOn, state }) => [id, metOn, state]);
    expect(ends).toEqual([
      ["reply", "2021-06-30", "met"],
      ["return-request", null, "waived"],
      ["internal", "2021-06-30", "late"],
    ]);
  });

  it("carries everything that the letter says", async () => {
    const letter = {
      result: "B",
      adopted: [1, 3],
      documentNumber: "×数函〔2021〕8号",
      signedBy: "局长",
      disclosure: "summary",
      disclosureReason: "含个人信息",
      contactPerson: "经办人甲",
      contactPhone: "0539-0000000",
      text: "一、基本情况\n二、下一步工作",
    };
    const view = await given(...contacted)
      .when(answer(letter))
      .then("ReplyDelivered");
    expect(view.reply).toEqual({
      ...letter,
      scheme: "national",
      meaning: "inProgress",
      round: 1,
      on: "2021-06-30",
      deliveredOn: "2021-06-30",
      deliveries: [],
      disclosureDecisions: [],
    });
  });

  it("contact data is sealed in the log", async () => {
    const step = answer({ contactPerson: "某某某", contactPhone: "0539-0000000" });
    const { store } = await bookWith(...contacted, step);
    const log = JSON.stringify(await store.readStream(caseId));
    expect(log).not.toContain("某某某");
    expect(log).not.toContain("0539-0000000");
  });

  it("a file is kept by its hash", async () => {
    const bytes = new TextEncoder().encode("答复函");
    const step = answer({ file: { name: "复函.pdf", bytes } });
    const { store, book } = await bookWith(...contacted, step);
    const file = (await book.show(caseId)).reply?.file;
    expect(file).toMatchObject({ name: "复函.pdf", size: 9 });
    expect(await store.readFile(String(file?.sha256))).toEqual(bytes);
  });

  it("promises in the letter become commitments with their own dates", async () => {
    const commitments = ["上线二百项@2021-11-30", { text: "建平台", due: "2022-06-30" }];
    const view = await given(...contacted)
      .when(answer({ commitments }))
      .thenStatus("answered");
    expect(view.commitments).toMatchObject([
      { commitment: 1, text: "上线二百项", due: "2021-11-30", fulfilledOn: null },
      { commitment: 2, text: "建平台", due: "2022-06-30", fulfilledOn: null },
    ]);
    const states = view.deadlines.map(({ id, state }) => [id, state]);
    expect(states).toContainEqual(["commitment:1", "overdue"]);
    expect(states).toContainEqual(["commitment:2", "open"]);
  });

  it("the day of the due date is in time, the day after is late", async () => {
    const inTime = await given(...contacted)
      .when(answer({ on: "2021-07-02" }))
      .thenStatus("answered");
    expect(inTime.deadlines).toContainEqual(expect.objectContaining({ id: "reply", state: "met" }));
    const late = await given(...contacted)
      .when(answer({ on: "2021-07-03" }))
      .thenStatus("answered");
    expect(late.deadlines).toContainEqual(expect.objectContaining({ id: "reply", state: "late" }));
  });

  it.each(["A", "B", "C", "D"])("the result may be %s", async (result) => {
    await given(...contacted)
      .when(answer({ result }))
      .thenStatus("answered");
  });

  it("and no other letter", () =>
    given(...contacted)
      .when(answer({ result: "E" }))
      .thenRefused("INVALID_INPUT", {
        problems: [
          { field: "result", kind: "notOneOf", value: "E", allowed: ["A", "B", "C", "D"] },
        ],
      }));

  it("takes up only requests that the case asks for", () =>
    given(...contacted)
      .when(answer({ adopted: [1, 4] }))
      .thenRefused("INVALID_INPUT", {
        problems: [{ field: "adopted", kind: "outOfRange", value: "4" }],
      }));

  it("makes no promise for a day that has passed", () =>
    given(...contacted)
      .when(answer({ commitments: ["建平台@2021-06-29"] }))
      .thenRefused("INVALID_INPUT", {
        problems: [{ kind: "tooEarly", value: "2021-06-29", earliest: "2021-06-30" }],
      }));

  it("is not dated before the dispatch", () =>
    given(receive(), assign())
      .when(answer({ on: "2021-04-01" }))
      .thenRefused("RULE_REFUSED", "notBeforeRound"));

  it("of a new round is not dated before that round", () =>
    given(...inRoundTwo, contact({ on: "2021-07-06" }))
      .when(answer({ on: "2021-07-04" }))
      .thenRefused("RULE_REFUSED", "notBeforeRound"));

  it("is delivered once a round", () =>
    given(...contacted, answer())
      .when(answer())
      .thenRefused("WRONG_STATE", { status: "answered" }));

  it("is not delivered while a return is undecided", () =>
    given(...contacted, requestReturn())
      .when(answer())
      .thenRefused("RULE_REFUSED", "returnNotPending"));

  it("is not delivered after the closing", () =>
    given(...handled, close())
      .when(answer())
      .thenRefused("WRONG_STATE", { status: "closed" }));

  it("an opinion is handed over by co-handlers only", () =>
    given(...contacted)
      .when(submitOpinion())
      .thenRefused("RULE_REFUSED", "assistsLead"));
});

describe("where the demand for a contact stands 依据", () => {
  const sourceFor = async (kind: string): Promise<string> => {
    const name = `${kind}/15-5/122`;
    const book = await bookWith(receive({ kind }), assign({ case: name }));
    const thrown: unknown = await take(book, answer({ case: name })).catch(
      (error: unknown) => error,
    );
    return isEngineError(thrown, "RULE_REFUSED") ? thrown.data.source.zh : String(thrown);
  };

  it("for a deputy's suggestion in the law, for a CPPCC proposal in a default that says so", async () => {
    expect(await sourceFor("npc")).toMatch(/代表法》第四十二条（2025年修正后为第五十一条）$/);
    expect(await sourceFor("cppcc")).toMatch(/^默认值：未查到国家层面关于/);
  });
});
