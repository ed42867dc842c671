/** @module entries — the facts of a case that stand, and what a correction 更正、撤销 makes of them. */
import type { CaseEventType, DueDate } from "../case/events.ts";
import type { Correction } from "../case/state.ts";
import type { EvolveEvent, Past } from "./gathering.ts";

/** A fact of a case, with the version that it made. */
export type Entry = Readonly<{ entry: number; event: EvolveEvent }>;

export type CorrectionEvent = Extract<EvolveEvent, { type: "EntryAmended" | "EntryRetracted" }>;

const corrections: ReadonlySet<CaseEventType> = new Set<CaseEventType>([
  "EntryAmended",
  "EntryRetracted",
]);

export const isCorrection = (event: EvolveEvent): event is CorrectionEvent =>
  corrections.has(event.type);

/** As much of an event as is read again; a recorded one holds its bytes' hash and more. */
export const kept = ({ type, on, data, to, actor }: EvolveEvent): EvolveEvent =>
  ({ type, on, data, to, actor: { id: actor.id } }) as EvolveEvent;

/** The facts that stand, oldest first. */
export const entriesOf = (past: Past | null): readonly Entry[] => {
  const entries: Entry[] = [];
  for (let one = past; one !== null; one = one.earlier) entries.push(one);
  return entries.toReversed();
};

export const pastOf = (entries: readonly Entry[]): Past | null =>
  entries.reduce<Past | null>((earlier, { entry, event }) => ({ entry, event, earlier }), null);

/** The facts that stand once a correction is made, each with where it leads since. */
export const standingAfter = (
  entries: readonly Entry[],
  correction: Pick<CorrectionEvent, "type" | "data">,
): readonly Entry[] => {
  const { leading = [] } = correction.data;
  return correctedBy(entries, correction).map(({ entry, event }) => {
    const elsewhere = leading.find((one) => one.entry === entry);
    if (elsewhere === undefined) return { entry, event };
    const { from, to } = elsewhere;
    return { entry, event: { ...event, from, to } };
  });
};

const correctedBy = (
  entries: readonly Entry[],
  correction: Pick<CorrectionEvent, "type" | "data">,
): readonly Entry[] => {
  if (correction.type === "EntryRetracted") {
    const { entries: gone } = correction.data as Extract<
      CorrectionEvent,
      { type: "EntryRetracted" }
    >["data"];
    return entries.filter(({ entry }) => !gone.includes(entry));
  }
  const {
    entry: place,
    on,
    data,
    derived = [],
  } = correction.data as Extract<CorrectionEvent, { type: "EntryAmended" }>["data"];
  return entries.map(({ entry, event }) => {
    if (entry === place) return { entry, event: { ...event, on, data } as EvolveEvent };
    const otherwise = derived.find((one) => one.entry === entry);
    return otherwise === undefined
      ? { entry, event }
      : { entry, event: withDeadlines(event, otherwise.deadlines) };
  });
};

/** An entry that sets other due dates. */
export const withDeadlines = (event: EvolveEvent, deadlines: readonly DueDate[]): EvolveEvent =>
  ({ ...event, data: { ...event.data, deadlines } }) as EvolveEvent;

/** A correction as the case keeps it. */
export const correctionOf = ({ type, on, data }: CorrectionEvent): Correction => ({
  on,
  event: data.event,
  type: data.type,
  ...(type === "EntryAmended" && { fields: data.fields }),
  reason: data.reason,
  ...(data.approvedBy !== undefined && { approvedBy: data.approvedBy }),
});
