/** @module subscribe.test — others hear of each event, from a position on, once and in order. */
import type { RecordedEvent } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import { assign, bookWith, contact, handled, receive, take } from "./given.ts";

const listen = (
  events: AsyncIterable<RecordedEvent>,
): Readonly<{ heard: string[]; over: Promise<unknown> }> => {
  const heard: string[] = [];
  const over = (async () => {
    for await (const { globalPosition, type } of events) heard.push(`${globalPosition} ${type}`);
    return "ended";
  })().catch((error: unknown) => error);
  return { heard, over };
};

/** Lets everything that could already have happened happen. */
const aWhile = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
};

describe("subscribing 订阅", () => {
  it("tells what was recorded, then what is being recorded", async () => {
    const made = await bookWith(receive(), assign());
    const end = new AbortController();
    const { heard, over } = listen(made.book.subscribe(-1, end.signal));
    await aWhile();
    expect(heard).toEqual(["0 LogCreated", "1 CaseReceived", "2 CaseAssigned"]);
    await take(made, contact());
    await aWhile();
    expect(heard.at(-1)).toBe("3 ContactRecorded");
    end.abort();
    expect(await over).toBe("ended");
  });

  it("begins after the position that was handled last", async () => {
    const made = await bookWith(...handled);
    const end = new AbortController();
    const { heard, over } = listen(made.book.subscribe(3, end.signal));
    await aWhile();
    expect(heard).toEqual(["4 ReplyDelivered", "5 FeedbackReceived"]);
    end.abort();
    await over;
  });

  it("says nothing of what was refused", async () => {
    const made = await bookWith(receive());
    const end = new AbortController();
    const { heard, over } = listen(made.book.subscribe(1, end.signal));
    await expect(take(made, contact())).rejects.toMatchObject({ code: "RULE_REFUSED" });
    await take(made, receive());
    const lines = [
      { line: 1, given: assign() },
      { line: 2, given: assign() },
    ];
    await made.book.applyAtomically(lines);
    await aWhile();
    expect(heard).toEqual([]);
    end.abort();
    await over;
  });

  it("ends at once when it was called off before it began", async () => {
    const made = await bookWith(receive());
    const { heard, over } = listen(made.book.subscribe(-1, AbortSignal.abort()));
    expect(await over).toBe("ended");
    expect(heard).toEqual([]);
  });

  it("several listen each for themselves, over more events than one page", async () => {
    const made = await bookWith();
    const end = new AbortController();
    const listeners = [
      listen(made.book.subscribe(-1, end.signal)),
      listen(made.book.subscribe(-1, end.signal)),
    ];
    for (let number = 1; number <= 1200; number += 1) {
      await take(made, receive({ number }));
    }
    await aWhile();
    for (const { heard } of listeners) {
      expect(heard.length).toBe(1201);
      expect(new Set(heard).size).toBe(1201);
    }
    end.abort();
  });

  it("a closed casebook lets its listeners go", async () => {
    const made = await bookWith(receive());
    const { over } = listen(made.book.subscribe(-1));
    await aWhile();
    await made.book.close();
    expect(await over).toMatchObject({ code: "STORE_UNAVAILABLE" });
  });
});
