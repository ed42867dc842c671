/** @module signing.test — 签收: when a case came to us for the record, and what counts from it. */
import type { Rulebook } from "@wuding/engine";
import { shippedRulebook } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import { assign, given, givenUnder, handled, receive, signReceipt } from "./given.ts";

const national = await shippedRulebook("national");
const window = national.deadlines.find(({ id }) => id === "return-request");
if (window === undefined) throw new Error("the national rulebook has no window");

/** Three working days for signing; the window for sending back counts five from the signature. */
const signed: Rulebook = {
  ...national,
  id: "signed",
  deadlines: [
    { ...window, id: "signing", deadline: "receipt", trigger: "dispatched", amount: 3 },
    { ...window, id: "from-signature", trigger: "receiptSigned", amount: 5 },
    ...national.deadlines.filter(({ id }) => id !== "return-request"),
  ],
};

describe("signing for a case 签收", () => {
  it("is recorded with who signed, and the case stays where it is", async () => {
    const view = await given(receive()).when(signReceipt()).then("ReceiptSigned");
    expect(view).toMatchObject({
      status: "received",
      receipt: { on: "2021-04-06", by: "办公室值班员" },
    });
  });

  it("may be written down after the 五定, and after the reply", async () => {
    await given(receive(), assign()).when(signReceipt()).thenStatus("assigned");
    await given(...handled)
      .when(signReceipt())
      .thenStatus("followUp");
  });

  it("once only, and not before the dispatch", async () => {
    await given(receive(), signReceipt())
      .when(signReceipt({ on: "2021-04-07" }))
      .thenRefused("RULE_REFUSED", {
        rule: "receiptUnsigned",
        why: { zh: "办公室值班员 已于 2021-04-06 签收" },
      });
    await given(receive())
      .when(signReceipt({ on: "2021-04-01" }))
      .thenRefused("RULE_REFUSED", "notBeforeDispatch");
  });

  it("needs a name", () =>
    given(receive())
      .when(signReceipt({ by: undefined }))
      .thenRefused("INVALID_INPUT", { problems: [{ field: "by", kind: "missing" }] }));
});

describe("where a rulebook has a term for it", () => {
  it("is met by it, and sets what counts from it", async () => {
    const view = await givenUnder(signed, receive()).when(signReceipt()).then("ReceiptSigned");
    // 5 April is a holiday: the third working day after Friday the 2nd is Thursday the 8th
    expect(view.deadlines).toContainEqual(
      expect.objectContaining({ id: "receipt", dueOn: "2021-04-08", state: "met" }),
    );
    expect(view.deadlines).toContainEqual(
      expect.objectContaining({
        id: "return-request",
        rule: "from-signature",
        dueOn: "2021-04-13",
      }),
    );
  });

  it("signed late, it counts as late", async () => {
    const view = await givenUnder(signed, receive())
      .when(signReceipt({ on: "2021-04-20" }))
      .then("ReceiptSigned");
    expect(view.deadlines).toContainEqual(
      expect.objectContaining({ id: "receipt", metOn: "2021-04-20", state: "late" }),
    );
  });
});
