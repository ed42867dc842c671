/** @module ledger-entries — the ledger with everything that is known of each case, for lists that are given away. */
import { officeKnown } from "../case/office.ts";
import type { Scope } from "../projections/scope.ts";
import type { CivilDate } from "../time/civil-date.ts";
import type { Moment } from "./as-of.ts";
import { dayOf } from "./as-of.ts";
import type { ListedCase } from "./list.ts";
import { listCases } from "./list.ts";
import type { Reader } from "./reader.ts";
import { caseAt, rulebookOf } from "./reader.ts";
import type { CaseView } from "./show.ts";
import { viewOf } from "./show.ts";

/** A row of the ledger, with the case that it is about. */
export type LedgerEntry = Readonly<{ listed: ListedCase; view: CaseView }>;

/**
 * The cases of a choice in the order of their names, now or at a moment.
 * @param onProgress told after each case how many are there
 */
export const ledgerEntries = async (
  reader: Reader,
  options: Readonly<{
    scope: Scope;
    today: CivilDate;
    onProgress?: (done: number, of: number) => void;
  }> &
    Moment,
): Promise<readonly LedgerEntry[]> => {
  const rows = await listCases(reader, options);
  const { knownOn: on, knownBefore } = options;
  const office = officeKnown(reader.rules.office, { on, knownBefore });
  const day = dayOf(options);
  const entries: LedgerEntry[] = [];
  for (const listed of rows) {
    const state = await caseAt(reader, options)(listed.case);
    if (state === null) continue;
    const view = await viewOf(state, day, reader.store, rulebookOf(reader, state), office);
    entries.push({ listed, view });
    options.onProgress?.(entries.length, rows.length);
  }
  return entries;
};
