/**
 * @module office — a casebook at work, in words that a process prints and another reads: what it
 * acknowledged, and whether a file still holds all of it.
 */
import { createHash } from "node:crypto";
import type { AuditReport, Casebook, EventStore } from "@wuding/engine";
import { createCasebook, isEngineError, openCasebookOn } from "@wuding/engine";
import type { Store } from "@wuding/store";
import { inspectFile, openCasebook, openStore } from "@wuding/store";

export const origin = "office.invalid/log";

/** 2021-12-31, noon in Shanghai. */
const clock = { now: () => Date.UTC(2021, 11, 31, 4) };

/** Ids that nobody else draws: every process and every opening has its own. */
const idsNamed = (name: string) => {
  let last = 0;
  return { next: () => `${name}-${(last += 1).toString().padStart(4, "0")}` };
};

/** A casebook and the store under it. */
export type Open = Readonly<{ store: Store; book: Casebook }>;

let openings = 0;

/** Opens a casebook, or makes it. */
export const openOffice = async (
  file: string,
  create = false,
  busyTimeoutMs = 2000,
): Promise<Open> => {
  const ids = idsNamed(`${process.pid}-${(openings += 1)}`);
  const actor = { id: "经办人甲" };
  const store = await openStore(file, { clock, ids, origin, create, busyTimeoutMs });
  try {
    const options = { store, clock, ids, actor };
    const isNew = create && (await store.size()) === 0;
    const book = await (isNew ? createCasebook({ ...options, origin }) : openCasebookOn(options));
    return { store, book };
  } catch (error) {
    await store.close();
    throw error;
  }
};

/** A command that receives a case, and its id: both by the number of the case. */
export const receiving = (number: number) => ({
  command: "receive",
  kind: "cppcc",
  session: "15-5",
  number: String(number),
  title: "关于加快推进老旧小区加装电梯的建议",
  proposers: ["李楠"],
  on: "2021-04-02",
  commandId: commandIdOf(number),
});

export const commandIdOf = (number: number): string => `receive-${number}`;

/** An event that was acknowledged: its command, its place and the hash of its bytes. */
export type Ack = Readonly<{ commandId: string; seq: number; leaf: string }>;

export const ackLine = ({ commandId, seq, leaf }: Ack): string => `${commandId} ${seq} ${leaf}\n`;

/** The acknowledgements in what a process wrote; a last line that was cut off is none. */
export const readAcks = (text: string): readonly Ack[] =>
  text
    .slice(0, text.lastIndexOf("\n") + 1)
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const [commandId = "", seq = "", leaf = ""] = line.split(" ");
      return { commandId, seq: Number(seq), leaf };
    });

/** What acknowledges a command that has been recorded. */
export const acksOf = async (store: EventStore, commandId: string): Promise<readonly Ack[]> => {
  const found = await store.findCommand(commandId);
  return (found?.events ?? []).map((event) => ({
    commandId,
    seq: event.globalPosition,
    leaf: event.hash,
  }));
};

/** What became of a log. */
export type Found = Readonly<{
  /** Acknowledged events that are not there. */
  lost: number;
  /** Acknowledged events that are there with other bytes. */
  altered: number;
  /** What the audit says is wrong, null when nothing is. */
  fault: string | null;
  size: number;
}>;

/** Looks for every acknowledged event in a file, and audits it as `audit verify` does. */
export const examine = async (file: string, acks: readonly Ack[]): Promise<Found> => {
  const { report, fault, leaves } = await audited(file);
  const lost = acks.filter(({ seq }) => leaves[seq] === undefined).length;
  const altered = acks.filter(
    ({ seq, leaf }) => leaves[seq] !== undefined && leaves[seq] !== leaf,
  ).length;
  return { lost, altered, fault, size: report?.size ?? leaves.length };
};

const audited = async (
  file: string,
): Promise<{ report?: AuditReport; fault: string | null; leaves: readonly string[] }> => {
  let book: Casebook | undefined;
  let leaves: readonly string[] = [];
  try {
    // first as whoever goes on working opens it: this reads what waits in the write-ahead log
    const store = await openStore(file, { clock, ids: idsNamed("looking"), origin });
    leaves = (await store.readRaw({ limit: 1_000_000 })).map(({ body }) =>
      createHash("sha256").update(Buffer.of(0)).update(body).digest("hex"),
    );
    await store.close();
    const { faults } = await inspectFile(file);
    const [damage] = faults;
    if (damage !== undefined) return { fault: damage.en, leaves };
    book = await openCasebook(file, { readOnly: true, acceptAltered: true });
    const report = await book.audit();
    const { first } = report.faults;
    return { report, fault: first && `${first.kind} ${first.what.en}`, leaves };
  } catch (error) {
    if (!isEngineError(error)) throw error;
    return { fault: `${error.code} ${error.sentence.en}`, leaves };
  } finally {
    await book?.close();
  }
};
