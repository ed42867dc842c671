/** @module remembered-cases.test — what a casebook remembers of a case never stands for what the log says. */
import type { Casebook } from "@wuding/engine";
import { openCasebookOn } from "@wuding/engine";
import type { MemoryStore } from "@wuding/engine/memory";
import { describe, expect, it } from "vitest";
import type { Book } from "./given.ts";
import { answer, assign, bookWith, caseId, contact, idsNamed, receive, withdraw } from "./given.ts";

/** Another program on the same log. */
const other = ({ store, clock }: Book): Promise<Casebook> =>
  openCasebookOn({ store, clock, ids: idsNamed("other"), actor: { id: "乙" } });

/** A casebook on the same log that counts how often it reads a case. */
const counting = async ({ store, clock }: Book) => {
  let reads = 0;
  const counted: MemoryStore = {
    ...store,
    readStream: (stream) => {
      if (stream !== null) reads += 1;
      return store.readStream(stream);
    },
  };
  const ids = idsNamed("counting");
  const book = await openCasebookOn({ store: counted, clock, ids, actor: { id: "丙" } });
  return { book, reads: () => reads };
};

describe("a case that this casebook changed last", () => {
  it("is decided on without being read again", async () => {
    const made = await bookWith(receive());
    const { book, reads } = await counting(made);
    await book.executeGiven(assign());
    const before = reads();
    await book.executeGiven(contact());
    await book.executeGiven(contact({ on: "2021-04-20" }));
    expect(reads()).toBe(before);
    expect(await made.book.show(caseId)).toMatchObject({ status: "contacted", version: 4 });
  });

  it("and was changed elsewhere since is decided on as it is", async () => {
    const made = await bookWith(receive(), assign());
    const elsewhere = await other(made);
    await elsewhere.executeGiven(contact());
    const recorded = await made.book.executeGiven(contact({ on: "2021-04-20" }));
    expect(recorded).toMatchObject({ version: 4, unchanged: false });
  });

  it("is refused by what it has become, and allowed by what it has become", async () => {
    const made = await bookWith(receive(), assign());
    const elsewhere = await other(made);
    await elsewhere.executeGiven(contact());
    // as remembered, an answer without a contact would be refused
    await made.book.executeGiven(answer());
    await elsewhere.executeGiven(contact({ on: "2021-07-20" }));
    expect(await made.book.show(caseId)).toMatchObject({ status: "answered" });

    const second = await bookWith(receive(), assign(), contact());
    await (await other(second)).executeGiven(withdraw());
    await expect(second.book.executeGiven(answer())).rejects.toMatchObject({
      code: "WRONG_STATE",
      data: { status: "withdrawn" },
    });
  });

  it("is not what an expectation is compared with", async () => {
    const made = await bookWith(receive(), assign());
    await (await other(made)).executeGiven(contact());
    const expecting = (expect_: number) =>
      made.book.executeGiven(contact({ on: "2021-04-20", expect: expect_ }));
    await expect(expecting(2)).rejects.toMatchObject({
      code: "VERSION_CONFLICT",
      data: { actualVersion: 3 },
    });
    expect(await expecting(3)).toMatchObject({ version: 4 });
  });

  it("answers a repeated command with its first answer", async () => {
    const made = await bookWith(receive(), assign());
    const once = contact({ commandId: "oa-1" });
    const first = await made.book.executeGiven(once);
    await made.book.executeGiven(contact({ on: "2021-04-20" }));
    expect(await made.book.executeGiven(once)).toEqual(first);
    await expect(
      made.book.executeGiven(contact({ commandId: "oa-1", on: "2021-04-21" })),
    ).rejects.toMatchObject({ code: "COMMAND_ID_REUSED" });
    expect(await made.book.show(caseId)).toMatchObject({ version: 4 });
  });
});
