/** @module beside-the-log — personal values and files, which the log only proves. */
import { hash } from "node:crypto";
import { expect, it } from "vitest";
import { sealOf } from "../../log/personal.ts";
import type { AppendRequest } from "../../ports/event-store.ts";
import type { OpenStore } from "./given.ts";
import { event, expectRefusal, first, givenStore, request, to } from "./given.ts";

export const besideTheLog = (openStore: OpenStore): void => {
  const given = givenStore(openStore);

  const salt = "0123456789abcdefghijkl";
  const phone = { seal: sealOf(salt, "0539-1234567"), salt, value: "0539-1234567" };
  const bytes = Uint8Array.of(0, 1, 2, 255);
  const file = { sha256: hash("sha256", bytes), size: 4, name: "答复.pdf", bytes };

  const withBoth = (commandId: string, expectedVersion: number): AppendRequest => ({
    ...request(
      commandId,
      to(first, expectedVersion, event("A", { phone: { sealed: phone.seal } })),
    ),
    personal: [phone],
    files: [file],
  });

  it("they are kept with the append that brings them, the file byte for byte", async () => {
    await given.store.append(withBoth("c1", 0));
    expect(await given.store.personalValues([phone.seal, "unknown"])).toEqual(
      new Map([[phone.seal, phone]]),
    );
    expect(Buffer.from((await given.store.readFile(file.sha256)) ?? [])).toEqual(
      Buffer.from(bytes),
    );
    expect(await given.store.readFile("0".repeat(64))).toBeUndefined();
  });

  it("they are not kept when the append is refused", async () => {
    await expectRefusal(given.store.append(withBoth("c1", 3)), "VERSION_CONFLICT");
    expect((await given.store.personalValues([phone.seal])).size).toBe(0);
    expect(await given.store.readFile(file.sha256)).toBeUndefined();
  });

  it("a personal value is erased with the append that forgets it, and with no refused one", async () => {
    await given.store.append(withBoth("c1", 0));
    const erasing = { ...request("c2", to(first, 1, event("B"))), forget: [phone.seal, "unknown"] };
    const refused = { ...request("c3", to(first, 5, event("B"))), forget: [phone.seal] };
    await expectRefusal(given.store.append(refused), "VERSION_CONFLICT");
    expect((await given.store.personalValues([phone.seal])).size).toBe(1);
    await given.store.append(erasing);
    expect((await given.store.personalValues([phone.seal])).size).toBe(0);
    expect(await given.store.readPersonal({ limit: 9 })).toEqual([]);
    // the file stays, and a repetition changes nothing
    expect(await given.store.readFile(file.sha256)).toBeDefined();
    expect((await given.store.append(erasing)).repeated).toBe(true);
  });

  it("the same value or file may come again", async () => {
    await given.store.append(withBoth("c1", 0));
    await given.store.append(withBoth("c2", 1));
    expect((await given.store.personalValues([phone.seal])).get(phone.seal)).toEqual(phone);
  });

  it("all of them are read page by page, in order", async () => {
    const { store } = given;
    const values = ["a", "b", "c"].map((value) => ({ seal: sealOf(salt, value), salt, value }));
    await store.append({ ...withBoth("c1", 0), personal: values });
    await store.append(request("c2"));
    await store.append(request("c3", to(first, 1, event("B"), event("C"))));
    const bySeal = values.toSorted((one, other) => (one.seal < other.seal ? -1 : 1));
    const [least] = bySeal;
    expect(await store.readPersonal({ limit: 9 })).toEqual(bySeal);
    expect(await store.readPersonal({ after: least?.seal ?? "", limit: 1 })).toEqual([bySeal[1]]);
    expect(await store.listFiles({ limit: 9 })).toEqual([{ sha256: file.sha256, size: 4 }]);
    expect(await store.listFiles({ after: file.sha256, limit: 9 })).toEqual([]);
    const commands = await store.readCommands({ limit: 9 });
    expect(commands.map(({ place: _place, ...row }) => row)).toEqual([
      { commandId: "c1", first: 0, last: 0 },
      { commandId: "c2", first: 1, last: 0 },
      { commandId: "c3", first: 1, last: 2 },
    ]);
    const page = { after: commands[0]?.place ?? 0, limit: 1 };
    expect(await store.readCommands(page)).toEqual([commands[1]]);
  });

  it("the bytes of the log hold the seal and not the value", async () => {
    await given.store.append(withBoth("c1", 0));
    const [raw] = await given.store.readRaw({ limit: 1 });
    const body = Buffer.from(raw?.body ?? []).toString();
    expect(body).toContain(phone.seal);
    expect(body).not.toContain(phone.value);
  });
};
