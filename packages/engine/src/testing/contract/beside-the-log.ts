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

  it("the same value or file may come again", async () => {
    await given.store.append(withBoth("c1", 0));
    await given.store.append(withBoth("c2", 1));
    expect((await given.store.personalValues([phone.seal])).get(phone.seal)).toEqual(phone);
  });

  it("the bytes of the log hold the seal and not the value", async () => {
    await given.store.append(withBoth("c1", 0));
    const [raw] = await given.store.readRaw({ limit: 1 });
    const body = Buffer.from(raw?.body ?? []).toString();
    expect(body).toContain(phone.seal);
    expect(body).not.toContain(phone.value);
  });
};
