/**
 * @module log-bytes — the bytes that a store writes are fixed for ever: the same commands with the same
 * clock and ids give the same log in every store, every version, on every machine.
 */
import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { verifyLog } from "../../log/verify.ts";
import type { RawEvent } from "../../ports/event-store.ts";
import type { OpenStore } from "./given.ts";
import { event, expectRefusal, first, givenStore, origin, request, second, to } from "./given.ts";

/** Root of the log that `writeHistory` writes; changing it means that old logs no longer verify. */
const historyRoot = "/9jTlcdS5WxNTBZL/PJhpjvNqp01sBCG8RwjdLu/vaM=";

export const logBytes = (openStore: OpenStore): void => {
  const given = givenStore(openStore);

  /** Seven events in two cases and the log itself, with a refusal and a repetition on the way. */
  const writeHistory = async (): Promise<readonly RawEvent[]> => {
    const { store, clock } = given;
    const created = { ...event("LogCreated", { hash: "sha256" }), from: null, to: null };
    await store.append(request("c1", to(null, 0, created)));
    clock.advance(60_000);
    await store.append(request("c2", to(first, 0, event("CaseReceived", { title: "关于“五定”" }))));
    await expectRefusal(store.append(request("c3", to(first, 0, event("X")))), "VERSION_CONFLICT");
    await store.append(request("c2", to(first, 0, event("CaseReceived", { title: "关于“五定”" }))));
    clock.advance(1);
    await store.append(
      request(
        "c4",
        to(first, 1, event("CaseAssigned", { z: [1, 0.5, -0], a: true }), event("B", { n: null })),
        to(second, 0, event("CaseReceived", { text: 'tab\tand "quotes"\n𠮷' })),
      ),
    );
    clock.advance(-3000);
    await store.append(request("c5", to(second, 1, event("CaseClosed"), event("CaseReopened"))));
    return store.readRaw({ limit: 100 });
  };

  it("an event is one line of canonical JSON", async () => {
    const events = await writeHistory();
    expect(events.map(({ body }) => Buffer.from(body).toString()).slice(0, 2)).toEqual([
      '{"at":"2026-11-22T01:02:03.456Z","by":{"id":"clerk"},"case":null,"caseSeq":null,' +
        '"cmd":"c1","data":{"hash":"sha256"},' +
        `"def":"sha256:${"0".repeat(64)}","dv":1,"from":null,"id":"0000000000000000000001",` +
        '"log":"contract.invalid/log","on":"2026-11-21","prev":null,"seq":0,"to":null,' +
        '"type":"LogCreated","v":1}',
      '{"at":"2026-11-22T01:03:03.456Z","by":{"id":"clerk"},"case":"cppcc/15-5/1","caseSeq":1,' +
        '"cmd":"c2","data":{"title":"关于“五定”"},' +
        `"def":"sha256:${"0".repeat(64)}","dv":1,"from":"received","id":"0000000000000000000002",` +
        '"log":"contract.invalid/log","on":"2026-11-21","prev":null,"seq":1,"to":"assigned",' +
        '"type":"CaseReceived","v":1}',
    ]);
  });

  it("the columns repeat the body", async () => {
    for (const { seq, body, columns } of await writeHistory()) {
      const stored = JSON.parse(Buffer.from(body).toString()) as Record<string, unknown>;
      expect([seq, columns.caseId, columns.caseSeq, columns.type, columns.recordedAt]).toEqual([
        stored["seq"],
        stored["case"],
        stored["caseSeq"],
        stored["type"],
        stored["at"],
      ]);
    }
  });

  it("a leaf is SHA-256 of a zero byte and the body, and readers see it in hex", async () => {
    const raw = await writeHistory();
    const leaves = raw.map(({ body }) => sha256(Buffer.of(0), body));
    expect(raw.map(({ leaf }) => hex(leaf))).toEqual(leaves.map(hex));
    const events = await given.store.readAll({ limit: 100 });
    expect(events.map(({ hash }) => hash)).toEqual(leaves.map(hex));
  });

  it("each event names the one before it in its case, over appends and inside one", async () => {
    const raw = await writeHistory();
    const ends = new Map<string, string>();
    for (const { body, leaf, columns } of raw) {
      const { prev } = JSON.parse(Buffer.from(body).toString()) as { prev: string | null };
      expect(prev).toBe(columns.caseId === null ? null : (ends.get(columns.caseId) ?? null));
      if (columns.caseId !== null) ends.set(columns.caseId, Buffer.from(leaf).toString("base64"));
    }
  });

  it("the stored tree nodes are those over perfect subtrees, and no others", async () => {
    const leaves = (await writeHistory()).map(({ leaf }) => leaf);
    const levels = [leaves];
    for (let below = leaves; below.length > 1; below = levels.at(-1) ?? []) {
      const pairs = below.slice(0, Math.floor(below.length / 2));
      levels.push(
        pairs.map((_, idx) => sha256(Buffer.of(1), below[2 * idx] ?? [], below[2 * idx + 1] ?? [])),
      );
    }
    for (const [level, nodes] of [...levels, []].entries()) {
      if (level === 0) continue;
      expect((await given.store.readNodes(level, { limit: 100 })).map(hex)).toEqual(nodes.map(hex));
    }
  });

  it("the same history has the same root for ever, and verifies", async () => {
    await writeHistory();
    expect(await verifyLog(given.store, { origin, pageSize: 2 })).toEqual({
      size: 7,
      root: historyRoot,
      faults: { first: null, more: 0 },
      checked: { form: 7, leaf: 7, place: 7, columns: 7, chain: 2, time: 7, nodes: 4 },
    });
  });
};

const sha256 = (...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array => {
  const sum = createHash("sha256");
  for (const part of parts) sum.update(Uint8Array.from(part));
  return sum.digest();
};

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
