/** @module command-ids — a command that is given again, by accident or by mistake. */
import { expect, it } from "vitest";
import type { OpenStore } from "./given.ts";
import { contentOf, event, expectRefusal, first, givenStore, request, to } from "./given.ts";

export const commandIds = (openStore: OpenStore): void => {
  const given = givenStore(openStore);

  const counted = {
    ...request("c1", to(first, 0, event("A"), event("B"))),
    changes: [{ projection: "ledger", add: { key: "n", count: 1 } }],
  };

  it("a repeated command gives the first events and changes nothing, stale version or not", async () => {
    const original = await given.store.append(counted);
    await given.store.append(request("c2", to(first, 2, event("C"))));
    const before = await contentOf(given.store);
    expect(await given.store.append(counted)).toEqual({ events: original.events, repeated: true });
    expect(await contentOf(given.store)).toEqual(before);
  });

  it("repetitions that wait together are recorded once", async () => {
    const answers = await Promise.all([given.store.append(counted), given.store.append(counted)]);
    expect(answers.filter(({ repeated }) => repeated)).toHaveLength(1);
    expect(await given.store.size()).toBe(2);
  });

  it("the id of another command is refused, before any version is looked at", async () => {
    await given.store.append(counted);
    const before = await contentOf(given.store);
    const other = { ...request("c1", to(first, 99, event("C"))), requestHash: "f".repeat(64) };
    await expectRefusal(given.store.append(other), "COMMAND_ID_REUSED", { commandId: "c1" });
    expect(await contentOf(given.store)).toEqual(before);
  });

  it("a refused command has not used its id up", async () => {
    await expectRefusal(
      given.store.append(request("c1", to(first, 5, event("A")))),
      "VERSION_CONFLICT",
    );
    expect(await given.store.findCommand("c1")).toBeUndefined();
    expect((await given.store.append(counted)).repeated).toBe(false);
  });

  it("a command is found with its request and its events", async () => {
    const { events } = await given.store.append(counted);
    await given.store.append(request("c2", to(first, 2, event("C"))));
    expect(await given.store.findCommand("c1")).toEqual({
      requestHash: counted.requestHash,
      events,
    });
    expect(await given.store.findCommand("never")).toBeUndefined();
  });

  it("a command that came to nothing is remembered all the same", async () => {
    const nothing = request("c1", to(first, 0));
    expect(await given.store.append(nothing)).toEqual({ events: [], repeated: false });
    expect(await given.store.append(nothing)).toEqual({ events: [], repeated: true });
    expect(await given.store.size()).toBe(0);
  });
};
