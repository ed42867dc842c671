/**
 * @module similar — cases that are likely about the same thing, also of former years: their titles and
 * requests share pairs of characters, and a pair counts the more the fewer titles have it.
 */
import type { CaseId } from "../case/case-id.ts";
import type { CaseState } from "../case/state.ts";
import type { Status } from "../case/terms.ts";
import type { LedgerRow } from "../projections/ledger.ts";
import { ledger } from "../projections/ledger.ts";
import { pairsOf } from "../text/searching.ts";
import type { CivilDate } from "../time/civil-date.ts";
import { dateOf } from "../time/occurred-on.ts";
import type { Reader } from "./reader.ts";
import { byName, caseAt, readCase, rowBodies } from "./reader.ts";

export type SimilarCase = Readonly<{
  case: CaseId;
  title: string;
  status: Status;
  year: number;
  department: string | null;
  /** From 0 to 1: what the titles, or the titles with their requests, share. */
  similarity: number;
  /** The letter of the last reply, and the day of it; null while there is none. */
  result: string | null;
  answeredOn: CivilDate | null;
}>;

export type SimilarCases = Readonly<{
  case: CaseId;
  title: string;
  similar: readonly SimilarCase[];
}>;

/** Less than this is chance: titles of one office share words. */
const similarityMin = 0.3;
/** Titles whose requests are compared too. */
const lookedAtMax = 50;

/** The most similar cases, at most `limit`. @throws EngineError `NOT_FOUND`, `AMBIGUOUS_CASE` */
export const similarCases = async (
  reader: Reader,
  name: string,
  limit: number,
): Promise<SimilarCases> => {
  const { id, state } = await readCase(reader, name);
  const rows: LedgerRow[] = [];
  const titles = new Map<CaseId, ReadonlySet<string>>();
  const frequency = new Map<string, number>();
  for await (const body of rowBodies(reader, ledger, {})) {
    const row = body as LedgerRow;
    const pairs = pairsOf(row.title);
    for (const pair of pairs) frequency.set(pair, (frequency.get(pair) ?? 0) + 1);
    titles.set(row.case, pairs);
    if (row.case !== id) rows.push(row);
  }
  const all = titles.size;
  const weight = (pair: string): number => Math.log(1 + all / (frequency.get(pair) ?? 1));
  const alike = (one: ReadonlySet<string>, other: ReadonlySet<string>): number =>
    shared(one, other, weight);
  const title = pairsOf(state.received.title);
  const nearest = rows
    .map((row) => ({ row, byTitle: alike(title, titles.get(row.case) ?? new Set()) }))
    .toSorted((one, other) => other.byTitle - one.byTitle || byName(one.row.case, other.row.case))
    .slice(0, lookedAtMax);
  const whole = wholeOf(state);
  const similar: SimilarCase[] = [];
  for (const { row, byTitle } of nearest) {
    if (byTitle === 0) continue;
    const other = await caseAt(reader)(row.case);
    if (other === null) continue;
    const similarity = Math.max(byTitle, alike(whole, wholeOf(other)));
    if (similarity < similarityMin) continue;
    const reply = other.replies.at(-1);
    similar.push({
      case: row.case,
      title: row.title,
      status: row.status,
      year: row.year,
      department: row.department,
      similarity: Math.round(similarity * 100) / 100,
      result: reply?.result ?? null,
      answeredOn: reply === undefined ? null : dateOf(reply.on),
    });
  }
  similar.sort((one, other) => other.similarity - one.similarity || byName(one.case, other.case));
  return { case: id, title: state.received.title, similar: similar.slice(0, limit) };
};

const wholeOf = ({ received }: CaseState): ReadonlySet<string> =>
  new Set([received.title, ...(received.requests ?? [])].flatMap((text) => [...pairsOf(text)]));

/** Twice what two sets share over what they hold, by the weight of each pair (Dice's coefficient). */
const shared = (
  one: ReadonlySet<string>,
  other: ReadonlySet<string>,
  weight: (pair: string) => number,
): number => {
  let both = 0;
  let sum = 0;
  for (const pair of one) {
    sum += weight(pair);
    if (other.has(pair)) both += weight(pair);
  }
  for (const pair of other) sum += weight(pair);
  return sum === 0 ? 0 : (2 * both) / sum;
};
