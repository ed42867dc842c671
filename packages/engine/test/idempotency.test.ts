/** @module idempotency.test — a command that is sent twice is done once. */
import { EngineError, openCasebookOn } from "@wuding/engine";
import type { MemoryStore } from "@wuding/engine/memory";
import { countingIds } from "@wuding/engine/testing";
import { describe, expect, it } from "vitest";
import type { Given } from "./given.ts";
import {
  answer,
  assign,
  bookWith,
  by,
  caseId,
  clerk,
  contact,
  contentOf,
  given,
  receive,
  refusalOf,
  take,
  withdraw,
} from "./given.ts";

const contacted = [receive(), assign(), contact()];
const once = answer({
  commandId: "oa-4711",
  contactPhone: "0539-0000000",
  commitments: ["建平台@2021-11-30"],
});

const words = { zh: "文件已损坏", en: "the file is damaged" };
const damaged = new EngineError("INTEGRITY", {
  fault: "ALTERED",
  position: null,
  case: null,
  what: words,
});
const unavailable = new EngineError("STORE_UNAVAILABLE", { file: "casebook.db", why: words });

describe("the same command id 命令编号", () => {
  it("records once and answers the same", async () => {
    const made = await bookWith(...contacted);
    const first = await take(made, once);
    const before = await contentOf(made.store);
    expect(first).toEqual({
      case: caseId,
      events: ["ReplyDelivered", "CommitmentMade"],
      version: 5,
      unchanged: false,
    });
    expect(await take(made, once)).toEqual(first);
    expect(await contentOf(made.store)).toEqual(before);
  });

  it("answers the same when the first sending is recorded just before the case is read", async () => {
    const steps: readonly (readonly [before: readonly Given[], command: Given])[] = [
      [contacted, once],
      [[], receive({ commandId: "oa-1" })],
    ];
    for (const [before, command] of steps) {
      const made = await bookWith(...before);
      let first: unknown;
      // the store of another process: the command is not there when asked for, and then it is
      const store: MemoryStore = {
        ...made.store,
        findCommand: async (commandId) => {
          const found = await made.store.findCommand(commandId);
          first ??= await take(made, command);
          return found;
        },
      };
      const book = await openCasebookOn({
        store,
        clock: made.clock,
        ids: countingIds(),
        actor: { id: clerk },
      });
      expect(await book.executeGiven(command)).toEqual(first);
    }
  });

  it("does not hide what is wrong with the store", async () => {
    const made = await bookWith(...contacted);
    let isDamaged = false;
    // as a store that meets a damaged page, and is closed from then on
    const store: MemoryStore = {
      ...made.store,
      findCommand: async (commandId) => {
        if (isDamaged) throw unavailable;
        return made.store.findCommand(commandId);
      },
      readStream: async (stream) => {
        if (stream === null) return made.store.readStream(stream);
        isDamaged = true;
        throw damaged;
      },
    };
    const { clock } = made;
    const book = await openCasebookOn({ store, clock, ids: countingIds(), actor: { id: clerk } });
    await expect(book.executeGiven(once)).rejects.toBe(damaged);
  });

  it("answers the same whatever has become of the case, whoever asks and whenever", async () => {
    const made = await bookWith(...contacted);
    const first = await take(made, once);
    await take(made, withdraw({ on: "2021-08-01" }));
    made.clock.set("2022-03-01T04:00:00.000Z");
    expect(await take(made, by("乙", once))).toEqual(first);
    expect(await take(made, { ...once, expect: 3 })).toEqual(first);
  });

  it("of a joint contact answers with all its cases", async () => {
    const made = await bookWith(receive(), assign(), receive({ number: 1 }), assign({ case: "1" }));
    const joint = contact({ case: undefined, cases: [caseId, "cppcc/15-5/1"], commandId: "j" });
    const first = await take(made, joint);
    expect(first.cases?.length).toBe(2);
    expect(await take(made, joint)).toEqual(first);
  });

  it("with another body is refused", async () => {
    const made = await bookWith(...contacted, once);
    const others = [
      answer({ ...once, result: "B" }),
      answer({ ...once, commitments: [] }),
      answer({ ...once, on: "2021-06-29" }),
      answer({ ...once, note: "备注" }),
      contact({ commandId: "oa-4711" }),
      receive({ commandId: "oa-4711", number: 7 }),
    ];
    for (const other of others) {
      await refusalOf(made.store, () => take(made, other), "COMMAND_ID_REUSED", {
        commandId: "oa-4711",
      });
    }
  });

  it("is looked at before the case, its version, the lifecycle and the rules", async () => {
    const made = await bookWith(...contacted, once);
    const other = assign({ commandId: "oa-4711", case: "999", expect: 99 });
    await refusalOf(made.store, () => take(made, other), "COMMAND_ID_REUSED");
    const unreadable = answer({ ...once, on: "2021-02-30" });
    await refusalOf(made.store, () => take(made, unreadable), "INVALID_INPUT");
  });

  it("does not depend on the order of the fields", async () => {
    const made = await bookWith(...contacted, once);
    const size = await made.store.size();
    const turned = Object.fromEntries(Object.entries(once).toReversed());
    expect((await take(made, turned)).version).toBe(5);
    expect(await made.store.size()).toBe(size);
  });

  it("is free again after a refusal, which recorded nothing", async () => {
    const made = await bookWith(receive(), assign());
    await refusalOf(made.store, () => take(made, once), "RULE_REFUSED");
    await take(made, contact());
    expect((await take(made, once)).events).toEqual(["ReplyDelivered", "CommitmentMade"]);
  });

  it("sent twice at the same moment is recorded once", async () => {
    const made = await bookWith(...contacted);
    const answers = await Promise.all([take(made, once), take(made, once), take(made, once)]);
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
    expect((await made.book.show(caseId)).replies.length).toBe(1);
  });

  it("without one, a command is done as often as it is given", () =>
    given(...contacted)
      .when(contact())
      .then("ContactRecorded"));
});
