/**
 * @module kinds — the ten kinds of tampering, each as a change of the log's rows. Whoever makes them has
 * the file, SQLite and this program's code, but no signing key: triggers are dropped and put back, and
 * hashes are made to fit where the kind says so.
 */
import type { FaultKind } from "@wuding/engine";
import { appendLeaf, canonicalJson, emptyFrontier } from "@wuding/engine";
import { toBase64, treeHashOf } from "@wuding/engine/proof";
import type { DriverHandle } from "../../packages/store/src/driver.ts";
import { loadDriver } from "../../packages/store/src/driver.ts";

/** A row of the table of events. */
export type Row = Readonly<{
  seq: number;
  case_id: string | null;
  case_seq: number | null;
  type: string;
  recorded_at: string;
  body: string;
  leaf: Uint8Array;
}>;

/** A whole number from 0 up to, not including, `sides`. */
export type Dice = (sides: number) => number;

/** The same numbers for the same seed (mulberry32). */
export const diceOf = (seed: number): Dice => {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * sides);
  };
};

type Envelope = Readonly<Record<string, unknown>> & Readonly<{ data: Record<string, unknown> }>;
const envelopeOf = ({ body }: Row): Envelope => JSON.parse(body) as Envelope;

/** A row with another body, and what is stored beside it as the body says. */
const holding = (row: Row, origin: string, changes: object): Row => {
  const envelope = { ...envelopeOf(row), ...changes };
  const body = canonicalJson(envelope);
  return { ...row, body, leaf: treeHashOf(origin).leaf(body) };
};

/** Members in which a person wrote freely: any text is lawful there, so only proof can tell. */
const freeText = ["title", "summary", "responsibility", "task"] as const;

const isFree = (row: Row): boolean => {
  const { data } = envelopeOf(row);
  return freeText.some((name) => typeof data[name] === "string");
};

/** The same event with one of its free texts changed. */
const reworded = (row: Row, dice: Dice): Readonly<{ data: object }> => {
  const { data } = envelopeOf(row);
  const names = freeText.filter((name) => typeof data[name] === "string");
  const name = names[dice(names.length)] ?? "title";
  const text = String(data[name]);
  const at = dice(text.length);
  return { data: { ...data, [name]: `${text.slice(0, at)}未${text.slice(at + 1)}` } };
};

const oneOf = <Item>(items: readonly Item[], dice: Dice): Item => items[dice(items.length)] as Item;
const renumbered = (rows: readonly Row[]): readonly Row[] =>
  rows.map((row, seq) => ({ ...row, seq }));

/** What becomes of the tree nodes that are stored beside the events. */
type Nodes = "left" | "recomputed";

export type Tampering = Readonly<{
  zh: string;
  /** What an audit may call it that has the checkpoints. */
  kinds: readonly FaultKind[];
  nodes: Nodes;
  /** Whether the program made the projections anew afterwards. */
  projections: Nodes;
  change(rows: readonly Row[], dice: Dice, origin: string): readonly Row[];
}>;

const partly = { nodes: "left", projections: "left" } as const;
const wholly = { nodes: "recomputed", projections: "recomputed" } as const;

export const tamperings = {
  edit: {
    zh: "改动内容",
    ...partly,
    kinds: ["ALTERED"],
    change: (rows, dice) => {
      const { seq, body } = oneOf(rows.filter(isFree), dice);
      const row = rows[seq] as Row;
      const changed = canonicalJson({ ...envelopeOf(row), ...reworded(row, dice) });
      return rows.with(seq, { ...row, body: changed === body ? `${body} ` : changed });
    },
  },
  "edit with fixed leaf": {
    zh: "改动内容并改叶哈希",
    ...partly,
    // by the next event of the case, by a stored node, or by the checkpoint
    kinds: ["ALTERED", "REWRITTEN"],
    change: (rows, dice, origin) => {
      const row = oneOf(rows.filter(isFree), dice);
      return rows.with(row.seq, holding(row, origin, reworded(row, dice)));
    },
  },
  "back-date": {
    zh: "倒填记录时间",
    ...partly,
    kinds: ["ALTERED"],
    change: (rows, dice, origin) => {
      const row = oneOf(rows.slice(1), dice);
      const day = String(1 + dice(28)).padStart(2, "0");
      const at = `2021-0${1 + dice(9)}-${day}T01:02:03.456Z`;
      return rows.with(row.seq, { ...holding(row, origin, { at }), recorded_at: at });
    },
  },
  delete: {
    zh: "删除",
    ...partly,
    kinds: ["MISSING"],
    change: (rows, dice) => rows.toSpliced(1 + dice(rows.length - 2), 1),
  },
  "delete and renumber": {
    zh: "删除并重新编号",
    ...partly,
    kinds: ["MISSING"],
    change: (rows, dice) => renumbered(rows.toSpliced(1 + dice(rows.length - 2), 1)),
  },
  swap: {
    zh: "对调",
    ...partly,
    kinds: ["REORDERED"],
    change: (rows, dice) => {
      const one = oneOf(rows.slice(1), dice);
      const other = oneOf(
        rows.slice(1).filter(({ seq }) => seq !== one.seq),
        dice,
      );
      return rows
        .with(one.seq, { ...other, seq: one.seq })
        .with(other.seq, { ...one, seq: other.seq });
    },
  },
  truncate: {
    zh: "截去末尾",
    ...wholly,
    kinds: ["TRUNCATED"],
    change: (rows, dice) => rows.slice(0, -1 - dice(rows.length - 2)),
  },
  "insert copy": {
    zh: "插入副本",
    ...partly,
    kinds: ["REORDERED"],
    change: (rows, dice) => {
      const { case_id, ...copied } = oneOf(rows, dice);
      const drawn = 1 + dice(rows.length);
      // in its own place it would be the original that was moved
      const place = drawn === copied.seq ? drawn + 1 : drawn;
      // no two rows may have the same case and number, so the copy gets a number that is free
      const copy = { ...copied, case_id, case_seq: case_id === null ? null : 9999 };
      return renumbered(rows.toSpliced(place, 0, copy));
    },
  },
  "rebuild of every hash": {
    zh: "改动一条并重算全部哈希",
    ...wholly,
    kinds: ["REWRITTEN"],
    change: (rows, dice, origin) => {
      const target = oneOf(rows.filter(isFree), dice);
      const heads = new Map<string, Uint8Array>();
      return rows.map((row) => {
        const head = row.case_id === null ? undefined : heads.get(row.case_id);
        const rewritten = holding(row, origin, {
          ...(row.seq === target.seq && reworded(row, dice)),
          prev: head === undefined ? null : toBase64(head),
        });
        if (row.case_id !== null) heads.set(row.case_id, rewritten.leaf);
        return rewritten;
      });
    },
  },
  "change of one column": {
    zh: "只改索引列",
    ...partly,
    kinds: ["ALTERED"],
    change: (rows, dice) => {
      const row = oneOf(
        rows.filter(({ case_id }) => case_id !== null),
        dice,
      );
      const columns: readonly Partial<Row>[] = [
        { case_id: "cppcc/15-5/9999" },
        { case_seq: 9999 },
        { type: "CaseWithdrawn" },
        { recorded_at: "2021-12-31T23:59:59.999Z" },
      ];
      return rows.with(row.seq, { ...row, ...oneOf(columns, dice) });
    },
  },
} as const satisfies Record<string, Tampering>;
export type TamperingName = keyof typeof tamperings;

/** Changes a closed casebook's file: triggers away, rows, nodes, triggers back. */
export const tamper = (
  file: string,
  { change, nodes }: Tampering,
  dice: Dice,
  origin: string,
): void =>
  withoutTriggers(file, (database) => {
    const rows = database.prepare("select * from event order by seq").all() as readonly Row[];
    const changed = change(rows, dice, origin);
    database.exec("delete from event");
    const insert = database.prepare(
      "insert into event values (@seq, @case_id, @case_seq, @type, @recorded_at, @body, @leaf)",
    );
    for (const row of changed) insert.run(row);
    if (nodes === "recomputed") fitTheRest(database, changed, origin);
  });

/** Somebody else's connection, from which nothing is kept by triggers; they are back afterwards. */
export const withoutTriggers = (file: string, work: (database: DriverHandle) => void): void => {
  const Driver = loadDriver();
  const database = new Driver(file);
  try {
    database.pragma("synchronous = OFF");
    const triggers = database
      .prepare("select name, sql from sqlite_schema where type = 'trigger'")
      .all() as readonly { name: string; sql: string }[];
    database.transaction(() => {
      for (const { name } of triggers) database.exec(`drop trigger ${name}`);
      work(database);
      for (const { sql } of triggers) database.exec(sql);
    })();
    database.pragma("wal_checkpoint(TRUNCATE)");
  } finally {
    database.close();
  }
};

const fitTheRest = (database: DriverHandle, rows: readonly Row[], origin: string): void => {
  // what lies beside the log must fit too: commands that recorded what is gone, values that it sealed
  database.prepare("delete from command where last_seq >= ?").run(rows.length);
  const bodies = rows.map(({ body }) => body).join("\n");
  const seals = database.prepare("select seal from personal").pluck().all() as readonly string[];
  const forget = database.prepare("delete from personal where seal = ?");
  for (const seal of seals) if (!bodies.includes(seal)) forget.run(seal);
  database.exec("delete from node");
  const insert = database.prepare("insert into node values (@level, @idx, @hash)");
  let frontier = emptyFrontier;
  for (const { leaf } of rows) {
    const grown = appendLeaf(frontier, leaf, treeHashOf(origin));
    frontier = grown.frontier;
    for (const node of grown.nodes) insert.run(node);
  }
};
