/** @module alarm — what an alarm is: a question that the records themselves raise, never a verdict. */
import type { CaseId } from "../../case/case-id.ts";
import type { CaseEventData, CaseEventType } from "../../case/events.ts";
import type { CaseState } from "../../case/state.ts";
import type { Label } from "../../case/terms.ts";
import type { WorkingCalendar } from "../../rulebook/calendar/working-days.ts";
import { shanghaiInstant } from "../../time/occurred-on.ts";
import type { RecordedEvent } from "../../ports/event-store.ts";
import type { ClockAdjustment } from "../time-taken-back.ts";

/** A case with the events of it that stand: what was taken back raises no question. */
export type SeenCase = Readonly<{
  id: CaseId;
  state: CaseState;
  events: readonly RecordedEvent[];
}>;

/** One place to look at. */
export type AlarmFinding = Readonly<{
  /** Null for what concerns the whole log. */
  case: CaseId | null;
  /** Place in the log. */
  position: number;
  on: string;
  /** With the offset of Asia/Shanghai. */
  recordedAt: string;
  what: Label;
  /** Of a finding that stands for several entries: how many; the place is that of the first. */
  entries?: number;
}>;

/** What an alarm may look up beside the cases. */
export type Watched = Readonly<{
  calendar: WorkingCalendar;
  clockAdjustments: readonly ClockAdjustment[];
}>;

/** Sees one case after the other, and says at the end what it found. */
export type Watch = Readonly<{
  see(seen: SeenCase): void;
  findings(): readonly AlarmFinding[];
}>;

export type Alarm = Readonly<{
  label: Label;
  /** Why somebody should look. */
  why: Label;
  /** From where on it is raised, as it is printed. */
  threshold: Label;
  watch(watched: Watched): Watch;
}>;

/** An alarm that looks at each case for itself. */
export const inEachCase =
  (find: (seen: SeenCase) => readonly AlarmFinding[]): Alarm["watch"] =>
  () => {
    const found: AlarmFinding[] = [];
    return { see: (seen) => found.push(...find(seen)), findings: () => found };
  };

/** An event of a known type, with its data. */
export type Typed<Type extends CaseEventType> = Omit<RecordedEvent, "data" | "type"> &
  Readonly<{ type: Type; data: CaseEventData[Type] & Readonly<{ note?: string }> }>;

/** The events of one type, in order. */
export const eventsOf = <Type extends CaseEventType>(
  { events }: Pick<SeenCase, "events">,
  type: Type,
): readonly Typed<Type>[] =>
  events.filter((event): event is RecordedEvent & Typed<Type> => event.type === type);

export const findingAt = (
  id: CaseId,
  {
    globalPosition: position,
    on,
    recordedAt,
  }: Pick<RecordedEvent, "globalPosition" | "on" | "recordedAt">,
  what: Label,
): AlarmFinding => ({ case: id, position, on, recordedAt: shanghaiInstant(recordedAt), what });
