/** @module report — all alarms over a choice of cases. */
import type { Label } from "../../case/terms.ts";
import type { Scope } from "../../projections/scope.ts";
import { isInScope, scopeOf } from "../../projections/scope.ts";
import { foldCase } from "../history-of-case.ts";
import type { Reader } from "../reader.ts";
import { casesOf } from "../reader.ts";
import type { AlarmFinding } from "./alarm.ts";
import type { AlarmId } from "./alarms.ts";
import { alarms } from "./alarms.ts";

export type RaisedAlarm = Readonly<{
  id: AlarmId;
  label: Label;
  why: Label;
  threshold: Label;
  findings: readonly AlarmFinding[];
}>;

export type AlarmReport = Readonly<{
  /** Cases that were looked at. */
  cases: number;
  /** Every alarm, those without findings too. */
  alarms: readonly RaisedAlarm[];
  total: number;
}>;

/** Looks at every case of a scope, one at a time. */
export const alarmReport = async (reader: Reader, scope: Scope): Promise<AlarmReport> => {
  const ids = Object.keys(alarms) as AlarmId[];
  const { clockAdjustments } = reader.rules;
  const watched = { calendar: await reader.rules.calendar(), clockAdjustments };
  const watches = ids.map((id) => ({ id, ...alarms[id].watch(watched) }));
  let cases = 0;
  for await (const { id, events } of casesOf(reader.store)) {
    const state = foldCase(id, events);
    if (state === null || !isInScope(scopeOf(state), scope)) continue;
    cases += 1;
    const gone = new Set(
      events.flatMap(({ type, data }) =>
        type === "EntryRetracted" ? (data as Readonly<{ entries: readonly number[] }>).entries : [],
      ),
    );
    const standing = events.filter(({ streamVersion }) => !gone.has(streamVersion));
    for (const { see } of watches) see({ id, state, events: standing });
  }
  const raised = watches.map(({ id, findings }) => {
    const { label, why, threshold } = alarms[id];
    const found = findings().toSorted((one, other) => one.position - other.position);
    return { id, label, why, threshold, findings: found };
  });
  const total = raised.reduce((sum, { findings }) => sum + findings.length, 0);
  return { cases, alarms: raised, total };
};
