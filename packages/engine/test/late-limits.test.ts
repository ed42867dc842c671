/** @module late-limits.test — 补录的限度: how late a fact may be recorded, where the rulebook says so. */
import { describe, expect, it } from "vitest";
import { shippedRulebook } from "@wuding/engine";
import type { LateEntryRule, Rulebook } from "../src/rulebook/rulebook.ts";
import type { Book, Step } from "./given.ts";
import {
  amend,
  assign,
  by,
  caseId,
  clerk,
  contact,
  newBook,
  receive,
  refusalOf,
  take,
  typesOf,
} from "./given.ts";

const text = { zh: "某区补录管理办法", en: "a district's rules on late entries" } as const;
const rule = (fields: Omit<LateEntryRule, "source" | "confidence">): LateEntryRule => ({
  ...fields,
  source: { title: text },
  confidence: "document",
});
const limits = rule({ reasonAfter: 1, approverAfter: 5, limit: 10 });

const bookOf = async (...lateEntry: readonly LateEntryRule[]): Promise<Rulebook> => ({
  ...(await shippedRulebook("national")),
  id: "limited",
  lateEntry,
});

/** A case received on the day of its dispatch; now it is noon of the 22nd, a Thursday. */
const onThe22nd = async (...rules: readonly LateEntryRule[]): Promise<Book> => {
  const made = await newBook("2021-04-02", undefined, await bookOf(...rules));
  await take(made, receive());
  made.clock.set("2021-04-22T04:00:00.000Z");
  return made;
};

const refused = (made: Book, step: Step, name: string): Promise<void> =>
  refusalOf(made.store, () => take(made, step), "RULE_REFUSED", { rule: name, source: text });

/** What replay and verification find. */
const faultsOf = async ({ book }: Book): Promise<readonly unknown[]> => [
  (await book.replayAll()).firstFault,
  (await book.audit()).faults.first,
];
const none = [null, null];

const why = { lateReason: "经办人出差" };
const approvedAs = { reason: "经办人出差", approvedBy: "办公室主任" };
const approved = { ...why, lateApprovedBy: "办公室主任" };

describe("a rulebook may limit late entries 补录限度", () => {
  it("up to a working day late nothing is asked", async () => {
    const made = await onThe22nd(limits);
    await take(made, assign({ on: "2021-04-21" }));
    expect(await typesOf(made.store)).toEqual(["CaseReceived", "CaseAssigned"]);
    expect(await faultsOf(made)).toEqual(none);
  });

  it("later a reason is needed, and stands in the event and the register", async () => {
    const made = await onThe22nd(limits);
    await refused(made, assign({ on: "2021-04-20" }), "lateReasonGiven");
    await take(made, assign({ on: "2021-04-20", ...why }));
    const [, event] = await made.store.readStream(caseId);
    expect(event?.data).toMatchObject({ late: { reason: "经办人出差" } });
    expect(await made.book.lateEntries()).toMatchObject([
      { type: "CaseAssigned", workingDays: 2, reason: "经办人出差", approvedBy: null },
    ]);
    expect(await faultsOf(made)).toEqual(none);
  });

  it("still later somebody else must have approved it: neither oneself nor one's delegate", async () => {
    const made = await onThe22nd(limits);
    const late = (fields: object) => assign({ on: "2021-04-14", ...fields });
    const delegation = { command: "delegate", from: clerk, to: "代理人", until: "2021-12-31" };
    await take(made, delegation);
    await refused(made, late({}), "lateReasonGiven");
    await refused(made, late(why), "lateApproved");
    await refused(made, late({ ...why, lateApprovedBy: clerk }), "lateApproved");
    await refused(made, late({ ...why, lateApprovedBy: "代理人" }), "lateApproved");
    await refused(made, by("代理人", late({ ...why, lateApprovedBy: clerk })), "lateApproved");
    await take(made, late(approved));
    expect((await made.book.lateEntries())[0]).toMatchObject({ approvedBy: "办公室主任" });
    expect(await faultsOf(made)).toEqual(none);
  });

  it("beyond the limit it is refused, whoever approves", async () => {
    const made = await onThe22nd(limits);
    // eleven working days before the 22nd
    await refused(made, assign({ on: "2021-04-07", ...approved }), "withinLateLimit");
    await take(made, assign({ on: "2021-04-08", ...approved }));
    expect(await faultsOf(made)).toEqual(none);
  });

  it("the day of recording is the real one in Shanghai, whatever stands for today", async () => {
    const made = await onThe22nd(limits);
    const step = assign({ on: "2021-04-20" });
    await refusalOf(
      made.store,
      () => made.book.executeGiven(step, { today: "2021-04-20" }),
      "RULE_REFUSED",
      { rule: "lateReasonGiven" },
    );
    // one minute before midnight in Shanghai, then one after
    made.clock.set("2021-04-22T15:59:00.000Z");
    await take(made, assign({ on: "2021-04-21" }));
    made.clock.set("2021-04-22T16:01:00.000Z");
    await refused(made, contact({ on: "2021-04-21" }), "lateReasonGiven");
  });

  it("the receipt of a case is bound like any other fact", async () => {
    const made = await newBook("2021-04-22", undefined, await bookOf(limits));
    await refused(made, receive(), "withinLateLimit");
    await refused(made, receive({ on: "2021-04-20" }), "lateReasonGiven");
    await take(made, receive({ on: "2021-04-20", ...why }));
    // received once more, it is what it was
    expect(await take(made, receive({ on: "2021-04-20" }))).toMatchObject({ unchanged: true });
    expect(await faultsOf(made)).toEqual(none);
  });

  it("an entry cannot be moved back by a correction either", async () => {
    const made = await onThe22nd(limits);
    await take(made, assign({ on: "2021-04-21" }));
    const [, entry] = await made.store.readStream(caseId);
    const at = { event: entry?.globalPosition, on: "2021-04-22" };
    await refused(made, amend({ on: "2021-04-06" }, { ...at, ...approved }), "withinLateLimit");
    await refused(made, amend({ on: "2021-04-20" }, at), "lateReasonGiven");
    await take(made, amend({ on: "2021-04-20" }, { ...at, ...why }));
    expect(await faultsOf(made)).toEqual(none);
  });
});

describe("which limit holds", () => {
  it("is that of the first rule for the type of event and the kind", async () => {
    const made = await onThe22nd(
      rule({ events: ["ContactRecorded"], kinds: ["npc"], limit: 0 }),
      rule({ events: ["ContactRecorded"], reasonAfter: 3 }),
      rule({ events: ["CaseAssigned"], limit: 20 }),
      rule({ limit: 2 }),
    );
    await take(made, assign({ on: "2021-04-06" }));
    await refused(made, contact({ on: "2021-04-15" }), "lateReasonGiven");
    await take(made, contact({ on: "2021-04-19" }));
    const note = { command: "progress", case: caseId, summary: "已走访", on: "2021-04-19" };
    await refused(made, note, "withinLateLimit");
    expect(await faultsOf(made)).toEqual(none);
  });

  it("is none where no rule is for it: the entry is only marked", async () => {
    const made = await onThe22nd(rule({ events: ["ReplyDelivered"], limit: 0 }));
    await take(made, assign({ on: "2021-04-06" }));
    expect((await made.book.history(caseId))[1]).toMatchObject({ isLateEntry: true });
  });

  it("is none in the rulebooks that come with the program", async () => {
    for (const name of ["national", "zhejiang", "linyi", "chizhou"]) {
      expect(await shippedRulebook(name)).not.toHaveProperty("lateEntry");
    }
  });
});

describe("judged again 重演", () => {
  it("a command decided just before midnight and recorded just after stays legal", async () => {
    const made = await onThe22nd(limits);
    made.clock.set("2021-04-22T15:59:59.900Z");
    const { store } = made;
    const append = store.append.bind(store);
    store.append = (request) => {
      made.clock.advance(200);
      return append(request);
    };
    await take(made, assign({ on: "2021-04-21" }));
    expect((await store.readStream(caseId))[1]?.recordedAt).toBe("2021-04-22T16:00:00.100Z");
    expect(await made.book.lateEntries()).toMatchObject([{ workingDays: 2 }]);
    expect(await faultsOf(made)).toEqual(none);
  });

  it("what somebody wrote past the limit is found as illegal", async () => {
    const made = await onThe22nd(limits);
    await take(made, assign({ on: "2021-04-21" }));
    const [, event] = await made.store.readStream(caseId);
    if (event === undefined) throw new Error("nothing was recorded");
    await made.store.append({
      commandId: "forged",
      requestHash: "",
      actor: { id: clerk },
      streams: [
        {
          stream: caseId,
          expectedVersion: 2,
          rulebookHash: event.rulebookHash,
          events: [
            {
              type: "ContactRecorded",
              dataVersion: 1,
              on: "2021-04-06",
              data: { mode: "visit", participants: [], jointWith: [], late: approvedAs },
              from: "assigned",
              to: "contacted",
            },
          ],
        },
      ],
    });
    const { first } = (await made.book.audit()).faults;
    expect(first).toMatchObject({ kind: "ILLEGAL", position: 3, case: caseId });
    expect(first?.what.zh).toContain("超过补录限度 10 个工作日");
    expect((await made.book.replayAll()).firstFault?.expected.to).toBeNull();
  });
});

describe("what an honest office is not accused of", () => {
  it("an approval just after midnight, by somebody whose delegation ended with the day before", async () => {
    const made = await newBook("2021-04-02", undefined, await bookOf(rule({ approverAfter: 1 })));
    await take(made, receive());
    await take(made, { command: "delegate", from: clerk, to: "代理人", until: "2021-04-21" });
    // 00:30 on the 22nd in Shanghai
    made.clock.set("2021-04-21T16:30:00.000Z");
    await take(made, assign({ on: "2021-04-14", lateApprovedBy: "代理人" }));
    expect((await made.book.replayAll()).firstFault).toBeNull();
    expect((await made.book.audit()).faults.first).toBeNull();
  });
});
