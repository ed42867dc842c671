/** @module checkpoints — signed checkpoints that the casebook keeps of itself, and who cosigned them. */
import type { KeptCheckpoint, Page } from "@wuding/engine";
import type { Connection } from "./connection.ts";
import { inTransaction } from "./connection.ts";
import { statement } from "./statement.ts";
import { asBytes, typed } from "./typed-row.ts";

export const readCheckpoints = (connection: Connection, page: Page<number>): KeptCheckpoint[] =>
  connection
    .all(checkpointsAfter, { after: page.after ?? -1, limit: page.limit })
    .map((row) => kept(connection, row));

/** The version of a file from which on it keeps cosignatures; one that is only read may be older. */
const cosignaturesSince = 2;

export const newestCheckpoint = (connection: Connection): KeptCheckpoint | undefined => {
  const row = connection.get(lastCheckpoint);
  return row && kept(connection, row);
};

const kept = (
  connection: Connection,
  { size, note }: Readonly<{ size: number; note: Uint8Array }>,
): KeptCheckpoint => {
  typed({ size }, { size: "number" });
  const hasLines = Number(connection.pragma("user_version")) >= cosignaturesSince;
  const rows = hasLines ? connection.all(cosignaturesAt, { size }) : [];
  const lines = rows.map(({ line }) => line);
  return { size, note: Buffer.from(asBytes(note)).toString("utf8") + lines.join("") };
};

/** Keeps a checkpoint; one of that size that is there stays. */
export const keepCheckpoint = (connection: Connection, { size, note }: KeptCheckpoint): void =>
  inTransaction(connection, () =>
    connection.run(insertCheckpoint, { size, note: Buffer.from(note) }),
  );

/** Adds a witness's line. @throws RangeError when no checkpoint of that size is kept */
export const keepCosignature = (connection: Connection, size: number, line: string): void =>
  inTransaction(connection, () => {
    if (connection.get(checkpointAt, { size }) === undefined) {
      throw new RangeError(`no checkpoint of ${size} events is kept`);
    }
    connection.run(insertCosignature, { size, line });
  });

const checkpointsAfter = statement(
  "checkpointsAfter",
  ({ tables }, given: { after: number; limit: number }) =>
    tables
      .selectFrom("checkpoint")
      .select(["size", "note"])
      .where("size", ">", given.after)
      .orderBy("size")
      .limit(given.limit),
);

const lastCheckpoint = statement("lastCheckpoint", ({ tables, sql }) =>
  tables
    .selectFrom("checkpoint")
    .select(["size", "note"])
    .orderBy("size", "desc")
    .limit(sql.lit(1)),
);

const checkpointAt = statement("checkpointAt", ({ tables }, given: { size: number }) =>
  tables.selectFrom("checkpoint").select("size").where("size", "=", given.size),
);

const cosignaturesAt = statement("cosignaturesAt", ({ tables }, given: { size: number }) =>
  tables.selectFrom("cosignature").select("line").where("size", "=", given.size).orderBy("line"),
);

const insertCheckpoint = statement(
  "insertCheckpoint",
  ({ tables }, given: { size: number; note: Uint8Array }) =>
    tables
      .insertInto("checkpoint")
      .values({ size: given.size, note: given.note })
      .onConflict((row) => row.doNothing()),
);

const insertCosignature = statement(
  "insertCosignature",
  ({ tables }, given: { size: number; line: string }) =>
    tables
      .insertInto("cosignature")
      .values({ size: given.size, line: given.line })
      .onConflict((row) => row.doNothing()),
);
