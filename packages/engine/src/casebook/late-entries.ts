/** @module late-entries — 补录登记: every fact that was recorded on a later day than it was true. */
import type { CaseId } from "../case/case-id.ts";
import type { RecordedEvent } from "../ports/event-store.ts";
import type { Scope } from "../projections/scope.ts";
import { isInScope, scopeOf } from "../projections/scope.ts";
import { shanghaiInstant } from "../time/occurred-on.ts";
import type { Moment } from "./as-of.ts";
import { eventsAt } from "./as-of.ts";
import type { Lateness } from "./lateness.ts";
import { lateGroundsOf, latenessOf } from "./lateness.ts";
import type { Reader } from "./reader.ts";
import { casesOf, foldOn } from "./reader.ts";
import { adjustmentOf } from "./time-taken-back.ts";

/** A line of the register. */
export type LateEntry = Lateness &
  Readonly<{
    /** Place in the log. */
    position: number;
    /** Null for a fact of the office. */
    case: CaseId | null;
    type: string;
    on: string;
    /** With the offset of Asia/Shanghai. */
    recordedAt: string;
    actor: string;
    /** Why it is late, where that was said. */
    reason: string | null;
    /** Who approved that it is recorded late, where that was said. */
    approvedBy: string | null;
    /** Place of the adjustment which says that the clock ran ahead then; null for most. */
    clockAdjustedAt: number | null;
  }>;

export type LateOptions = Moment &
  Readonly<{
    scope: Scope;
    /** Only entries that are late by more working days than this. */
    over?: number;
  }>;

/** The late entries of a choice of cases, and of the office where nothing is chosen, in order of recording. */
export const lateEntries = async (
  reader: Reader,
  { scope, over, ...moment }: LateOptions,
): Promise<readonly LateEntry[]> => {
  const { store, rules } = reader;
  const calendar = await rules.calendar();
  const found: LateEntry[] = [];
  const note = (event: RecordedEvent): void => {
    const lateness = latenessOf(event, calendar);
    if (lateness === undefined || (over !== undefined && lateness.workingDays <= over)) return;
    const { reason = null, approvedBy = null } = lateGroundsOf(event);
    const { globalPosition, stream, type, on, recordedAt, actor } = event;
    found.push({
      position: globalPosition,
      case: stream,
      type,
      on,
      recordedAt: shanghaiInstant(recordedAt),
      ...lateness,
      actor: actor.id,
      reason,
      approvedBy,
      clockAdjustedAt: adjustmentOf(event, rules.clockAdjustments)?.position ?? null,
    });
  };
  if (Object.keys(scope).length === 0) {
    for (const event of eventsAt(await store.readStream(null), moment)) note(event);
  }
  for await (const { id, events } of casesOf(store)) {
    const state = foldOn(id, events, moment);
    if (state === null || !isInScope(scopeOf(state), scope)) continue;
    for (const event of eventsAt(events, moment)) note(event);
  }
  return found.toSorted((one, other) => one.position - other.position);
};
