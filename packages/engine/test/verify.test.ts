import { createMemoryStore } from "@wuding/engine/memory";
import { countingIds, settableClock } from "@wuding/engine/testing";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../src/log/canonical-json.ts";
import { noFaults, withFault } from "../src/log/faults.ts";
import type { LogFault } from "../src/log/faults.ts";
import { sha256Tree } from "../src/proof/hash.ts";
import type { TreeNode } from "../src/proof/tree.ts";
import { appendLeaf, emptyFrontier, rootOf } from "../src/proof/tree.ts";
import type { VerificationReport } from "../src/log/verify.ts";
import { verifyLog } from "../src/log/verify.ts";
import type { RawEvent } from "../src/ports/event-store.ts";

const origin = "verify.invalid/log";
const cases = ["cppcc/15-5/1", "cppcc/15-5/2", "cppcc/15-5/3"];

/** What somebody with the file in their hands can change. */
type StoredLog = { events: RawEvent[]; nodes: Uint8Array[][] };

/** Twenty events: one of the log, then three cases by turns. */
const storedLog = async (): Promise<StoredLog> => {
  const clock = settableClock("2026-11-22T00:00:00.000Z");
  const store = createMemoryStore({ clock, ids: countingIds(), origin });
  for (let seq = 0; seq < 20; seq++) {
    clock.advance(1000);
    await store.append({
      commandId: `c${seq}`,
      requestHash: "",
      actor: { id: "clerk" },
      streams: [
        {
          stream: seq === 0 ? null : (cases[seq % 3] as string),
          expectedVersion: Math.max(0, Math.floor((seq - 1) / 3)),
          rulebookHash: "sha256:0",
          events: [
            { type: "A", dataVersion: 1, on: "2026-11-21", data: { seq }, from: null, to: null },
          ],
        },
      ],
    });
  }
  const nodes: Uint8Array[][] = [[]];
  for (const level of [1, 2, 3, 4, 5])
    nodes.push([...(await store.readNodes(level, { limit: 99 }))]);
  return { events: [...(await store.readRaw({ limit: 99 }))], nodes };
};

const verify = (
  { events, nodes }: StoredLog,
  known: readonly { size: number; root: Uint8Array }[] = [],
): Promise<VerificationReport> =>
  verifyLog(
    {
      readRaw: async ({ after = -1, limit }) =>
        events.filter(({ seq }) => seq > after).slice(0, limit),
      readNodes: async (level, { after = -1, limit }) =>
        (nodes[level] ?? []).slice(after + 1, after + 1 + limit),
    },
    { origin, pageSize: 7, known },
  );

const at = (log: StoredLog, seq: number): RawEvent => log.events[seq] as RawEvent;

const bodyOf = (raw: RawEvent): Record<string, unknown> =>
  JSON.parse(Buffer.from(raw.body).toString()) as Record<string, unknown>;

/** An event with other content and everything beside it made to fit. */
const forged = (raw: RawEvent, changes: Readonly<Record<string, unknown>>): RawEvent => {
  const envelope = { ...bodyOf(raw), ...changes };
  const body = canonicalJson(envelope);
  const columns = {
    caseId: envelope["case"] as string,
    caseSeq: envelope["caseSeq"] as number,
    type: envelope["type"] as string,
    recordedAt: envelope["at"] as string,
  };
  return { ...raw, body: Buffer.from(body), leaf: sha256Tree.leaf(body), columns };
};

const treeOf = (events: readonly RawEvent[]): { nodes: Uint8Array[][]; root: Uint8Array } => {
  const nodes: Uint8Array[][] = [[]];
  let frontier = emptyFrontier;
  for (const { leaf } of events) {
    const grown: { frontier: typeof frontier; nodes: readonly TreeNode[] } = appendLeaf(
      frontier,
      leaf,
      sha256Tree,
    );
    frontier = grown.frontier;
    for (const { level, idx, hash } of grown.nodes) (nodes[level] ??= [])[idx] = hash;
  }
  return { nodes, root: rootOf(frontier, sha256Tree) };
};

/** Takes an event's place in its case over with whatever follows, so that every hash fits again. */
const rewrittenFrom = (log: StoredLog, seq: number, data: object): StoredLog => {
  const events = [...log.events];
  events[seq] = forged(at(log, seq), { data });
  const heads = new Map<unknown, RawEvent>();
  for (const [place, raw] of events.entries()) {
    const id = raw.columns.caseId;
    const head = heads.get(id);
    const prev = head && id !== null ? Buffer.from(head.leaf).toString("base64") : null;
    const next = forged(raw, { prev });
    events[place] = next;
    heads.set(id, next);
  }
  return { events, nodes: treeOf(events).nodes };
};

type Tampering = (log: StoredLog) => StoredLog;
const replaced = (log: StoredLog, seq: number, raw: RawEvent): StoredLog => ({
  ...log,
  events: log.events.with(seq, raw),
});

describe("verifying a log", () => {
  it("finds nothing wrong with one that nobody touched, and says what it looked at", async () => {
    const log = await storedLog();
    expect(await verify(log)).toEqual({
      size: 20,
      root: Buffer.from(treeOf(log.events).root).toString("base64"),
      faults: noFaults,
      checked: { form: 20, leaf: 20, place: 20, columns: 20, chain: 3, time: 20, nodes: 18 },
    });
  });

  it("an empty log is in order", async () => {
    expect(await verify({ events: [], nodes: [] })).toMatchObject({ size: 0, faults: noFaults });
  });

  describe("the one step back in time", () => {
    const truth = "2026-11-21T00:00:00.000Z";
    const said = { reason: "误设", approvedBy: "主任" };
    const adjusted = async (changes: object, data: object = {}): Promise<LogFault | null> => {
      const log = await storedLog();
      const events = log.events.slice(0, 2);
      const { at: from } = bodyOf(at(log, 0)) as { at: string };
      const event = { type: "ClockAdjusted", case: null, caseSeq: null, at: truth };
      const body = { ...event, data: { from, ...said, ...data }, ...changes };
      const forgedLog = { events: events.with(1, forged(at(log, 1), body)), nodes: [[]] };
      const { faults } = await verify({ ...forgedLog, nodes: treeOf(forgedLog.events).nodes });
      return faults.first;
    };
    const backwards = { kind: "ALTERED", position: 1 };

    it("is that of an adjustment by two persons that names the instant in front of it", async () => {
      expect(await adjusted({})).toBeNull();
    });

    it.each([
      ["another type", { type: "DelegationMade" }, {}],
      ["an event of a case", { case: "cppcc/15-5/1", caseSeq: 1 }, {}],
      ["another instant", {}, { from: "2026-11-22T00:00:01.001Z" }],
      ["no instant", {}, { from: null }],
      ["one person alone", {}, { approvedBy: "clerk" }],
      ["nobody who consents", {}, { approvedBy: null }],
      ["no more than an ordinary lag", { at: "2026-11-21T23:59:56.000Z" }, {}],
    ])("is not that of %s", async (_name, changes, data) => {
      expect(await adjusted(changes, data)).toMatchObject(backwards);
    });
  });

  it.each([
    ["a recording time that there never was", { at: "2026-02-30T00:00:00.000Z" }],
    ["a leap second", { at: "2026-11-22T23:59:60.000Z" }],
    ["a day that there never was", { on: "2026-02-30" }],
    ["a time without its offset", { on: "2026-11-21T10:00" }],
    ["a day after that of the recording", { on: "2026-11-23" }],
    ["an hour of the next day in Shanghai", { on: "2026-11-22T16:00Z" }],
  ])("%s is a fault, whatever the hashes say", async (_name, changes) => {
    const log = await storedLog();
    const events = log.events.slice(0, 1).with(0, forged(at(log, 0), changes));
    const { faults } = await verify({ events, nodes: treeOf(events).nodes });
    expect(faults.first).toMatchObject({ kind: "ALTERED", position: 0 });
  });

  it("each readable event is shown once on the way, in order", async () => {
    const { events, nodes } = await storedLog();
    const seen: number[] = [];
    await verifyLog(
      {
        readRaw: async ({ after = -1, limit }) => events.slice(after + 1, after + 1 + limit),
        readNodes: async (level, { after = -1, limit }) =>
          (nodes[level] ?? []).slice(after + 1, after + 1 + limit),
      },
      { origin, onEvent: ({ globalPosition }) => seen.push(globalPosition) },
    );
    expect(seen).toEqual(events.map(({ seq }) => seq));
  });

  const altered: readonly (readonly [string, Tampering, number | null])[] = [
    [
      "one letter of a body",
      (log) => {
        const body = Buffer.from(at(log, 9).body);
        body.write('"B"', body.indexOf('"A"'));
        return replaced(log, 9, { ...at(log, 9), body });
      },
      9,
    ],
    [
      "a byte that is no UTF-8",
      (log) => {
        const body = Buffer.from(at(log, 9).body);
        body[20] = 0xff;
        return replaced(log, 9, { ...at(log, 9), body });
      },
      9,
    ],
    [
      "a body whose hash was made to fit",
      (log) => replaced(log, 9, forged(at(log, 9), { data: { seq: 90 } })),
      12,
    ],
    [
      "the last body of its case, hash and all",
      (log) => replaced(log, 19, forged(at(log, 19), { seq: 19, data: { seq: 90 }, v: 2 })),
      19,
    ],
    [
      "a stored leaf",
      (log) => replaced(log, 9, { ...at(log, 9), leaf: sha256Tree.leaf("other") }),
      9,
    ],
    [
      "a blank in a body, hash and all",
      (log) => {
        const body = `${Buffer.from(at(log, 9).body).toString()} `;
        return replaced(log, 9, {
          ...at(log, 9),
          body: Buffer.from(body),
          leaf: sha256Tree.leaf(body),
        });
      },
      9,
    ],
    ["a member more", (log) => replaced(log, 9, forged(at(log, 9), { extra: 1 })), 9],
    [
      "an event of another log",
      (log) => replaced(log, 9, forged(at(log, 9), { log: "other.invalid/log" })),
      9,
    ],
    [
      "the case column alone",
      (log) => {
        const raw = at(log, 9);
        return replaced(log, 9, { ...raw, columns: { ...raw.columns, caseId: "cppcc/15-5/9" } });
      },
      9,
    ],
    [
      "the instant column alone",
      (log) => {
        const raw = at(log, 9);
        const columns = { ...raw.columns, recordedAt: "2026-01-01T00:00:00.000Z" };
        return replaced(log, 9, { ...raw, columns });
      },
      9,
    ],
    [
      "a recording instant put back",
      (log) => replaced(log, 9, forged(at(log, 9), { at: "2026-11-21T00:00:00.000Z" })),
      9,
    ],
    [
      "a stored tree node",
      (log) => ({
        ...log,
        nodes: log.nodes.with(2, [sha256Tree.leaf("x"), ...(log.nodes[2] ?? []).slice(1)]),
      }),
      null,
    ],
    [
      "a tree node taken away",
      (log) => ({ ...log, nodes: log.nodes.with(1, (log.nodes[1] ?? []).slice(0, -1)) }),
      null,
    ],
  ];
  it.each(altered)("%s is found as ALTERED", async (_what, tamper, position) => {
    const { faults } = await verify(tamper(await storedLog()));
    expect(faults.first).toMatchObject({ kind: "ALTERED", position });
  });

  it("the fault names the case it happened to, and says what is wrong in both languages", async () => {
    const log = await storedLog();
    const { faults } = await verify(
      replaced(log, 9, { ...at(log, 9), leaf: sha256Tree.leaf("other") }),
    );
    expect(faults).toEqual({
      first: {
        kind: "ALTERED",
        position: 9,
        case: cases[0],
        what: { zh: "内容与哈希不符", en: "its bytes do not match its hash" },
      },
      more: 0,
    });
  });

  const moved: readonly (readonly [string, string, Tampering, number])[] = [
    [
      "an event taken away",
      "MISSING",
      (log) => ({ ...log, events: log.events.toSpliced(9, 1) }),
      9,
    ],
    [
      "the first event taken away",
      "MISSING",
      (log) => ({ ...log, events: log.events.slice(1) }),
      0,
    ],
    [
      "an event taken away and the others renumbered",
      "MISSING",
      (log) => ({
        ...log,
        events: log.events.toSpliced(9, 1).map((raw, seq) => ({ ...raw, seq })),
      }),
      9,
    ],
    [
      "an event taken away and every later place forged",
      "MISSING",
      (log) => ({
        ...log,
        events: log.events
          .toSpliced(9, 1)
          .map((raw, seq) => (seq < 9 ? raw : { ...forged(raw, { seq }), seq })),
      }),
      11,
    ],
    [
      "two events that changed places",
      "REORDERED",
      (log) =>
        replaced(replaced(log, 9, { ...at(log, 14), seq: 9 }), 14, { ...at(log, 9), seq: 14 }),
      9,
    ],
    [
      "two neighbours that changed places",
      "REORDERED",
      (log) =>
        replaced(replaced(log, 9, { ...at(log, 10), seq: 9 }), 10, { ...at(log, 9), seq: 10 }),
      9,
    ],
    [
      "a copy slipped in",
      "REORDERED",
      (log) => ({
        ...log,
        events: log.events.toSpliced(9, 0, at(log, 8)).map((raw, seq) => ({ ...raw, seq })),
      }),
      9,
    ],
  ];
  it.each(moved)("%s is found as %s", async (_what, kind, tamper, position) => {
    const { faults } = await verify(tamper(await storedLog()));
    expect(faults.first).toMatchObject({ kind, position });
  });

  it("newest events cut off are found as TRUNCATED by the tree nodes they left behind", async () => {
    const log = await storedLog();
    const { faults } = await verify({ ...log, events: log.events.slice(0, 15) });
    expect(faults.first).toMatchObject({ kind: "TRUNCATED", position: 15 });
  });

  it("newest events cut off with their nodes are found by a root kept outside, and only so", async () => {
    const log = await storedLog();
    const { root } = treeOf(log.events);
    const events = log.events.slice(0, 15);
    const cut = { events, nodes: treeOf(events).nodes };
    expect((await verify(cut)).faults).toEqual(noFaults);
    const { faults } = await verify(cut, [{ size: 20, root }]);
    expect(faults.first).toMatchObject({ kind: "TRUNCATED", position: 15 });
  });

  it("a history rewritten with every hash is found by a root kept outside, and only so", async () => {
    const log = await storedLog();
    const known = [5, 20].map((size) => ({ size, root: treeOf(log.events.slice(0, size)).root }));
    expect((await verify(log, known)).checked).toMatchObject({ roots: 2 });
    const rewritten = rewrittenFrom(log, 9, { seq: "nothing happened" });
    expect((await verify(rewritten)).faults).toEqual(noFaults);
    expect(await verify(rewritten, known)).toMatchObject({
      faults: { first: { kind: "REWRITTEN", position: null }, more: 0 },
      checked: { roots: 2 },
    });
  });

  it("roots kept outside that agree are no fault", async () => {
    const log = await storedLog();
    const known = [20, 5, 5].map((size) => ({
      size,
      root: treeOf(log.events.slice(0, size)).root,
    }));
    expect(await verify(log, known)).toMatchObject({ faults: noFaults, checked: { roots: 3 } });
  });

  it("events of one instant follow each other", async () => {
    const log = await storedLog();
    const instant = "2026-11-22T00:00:00.000Z";
    const events = log.events.map((raw) => forged(raw, { at: instant }));
    const whole = rewrittenFrom({ events, nodes: log.nodes }, 0, { seq: 0 });
    expect((await verify(whole)).faults).toEqual(noFaults);
  });

  it.each([
    [{ caseSeq: 1 }],
    [{ prev: "x" }],
    [{ case: "cppcc/15-5/9" }],
    [{ case: "cppcc/15-5/9", prev: "x" }],
  ])("an event of the log itself has no case, no number and none before it (%j)", async (wrong) => {
    const log = await storedLog();
    const { faults } = await verify(replaced(log, 0, forged(at(log, 0), wrong)));
    expect(faults.first).toMatchObject({
      kind: "ALTERED",
      position: 0,
      what: { en: "its case and its number in the case do not fit each other" },
    });
  });

  it("a number in the case that was passed over is MISSING, one that was had is REORDERED", async () => {
    const log = await storedLog();
    const of = async (caseSeq: number) =>
      (await verify(replaced(log, 18, forged(at(log, 18), { caseSeq })))).faults.first;
    expect(await of(7)).toMatchObject({ kind: "MISSING", position: 18 });
    expect(await of(5)).toMatchObject({ kind: "REORDERED", position: 18 });
  });

  it("bytes that are no text still have their place in the tree", async () => {
    const log = await storedLog();
    const body = Buffer.of(0xff, 0xfe);
    const raw = { ...at(log, 9), body, leaf: new Uint8Array(0) };
    const { faults, size } = await verify(replaced(log, 9, raw));
    expect(size).toBe(20);
    expect(faults.first).toMatchObject({ kind: "ALTERED", position: 9 });
  });

  it("a node left over at any level is the trace of events that are gone", async () => {
    const log = await storedLog();
    for (const level of [1, 2, 4]) {
      const nodes = log.nodes.map((row) => [...row]);
      (nodes[level] ??= []).push(sha256Tree.leaf("left over"));
      const { faults } = await verify({ ...log, nodes });
      expect(faults.first).toMatchObject({ kind: "TRUNCATED", position: 20 });
    }
  });

  it("events appended while the walk runs are walked too", async () => {
    const log = await storedLog();
    let visible = 15;
    const report = await verifyLog(
      {
        readRaw: async ({ after = -1, limit }) =>
          log.events.slice(after + 1, Math.min(visible, after + 1 + limit)),
        readNodes: async (level, { after = -1, limit }) => {
          visible = 20;
          return (log.nodes[level] ?? []).slice(after + 1, after + 1 + limit);
        },
      },
      { origin, pageSize: 15 },
    );
    expect(report).toMatchObject({ size: 20, faults: noFaults });
  });
});

describe("several faults", () => {
  const fault = (position: number | null): LogFault => ({
    kind: "ALTERED",
    position,
    case: null,
    what: { zh: "", en: "" },
  });

  it("the one at the lowest position is shown, the others are counted", () => {
    const faults = [fault(null), fault(7), fault(3), fault(5)].reduce(withFault, noFaults);
    expect(faults).toEqual({ first: fault(3), more: 3 });
  });
});
