/**
 * @module table — the lifecycle for everyday use: the arrows looked up, without XState.
 *
 * XState's pure transition costs some 14 µs an event and 3 ms at every start, this table about a
 * hundredth of that, with identical results: a property test compares the two, and `replay` asks the
 * machine itself.
 */
import type { CaseEventType } from "../case/events.ts";
import type { Status } from "../case/terms.ts";
import type { Arrow, Leaving, Phase } from "./arrows.ts";
import { arrows } from "./arrows.ts";
import type { GuardInput, GuardName } from "./guards.ts";
import { guards } from "./guards.ts";

/** What the lifecycle says to a fact. */
export type Verdict =
  | Readonly<{ allowed: true; to: Status }>
  /** No arrow at all: the wrong state. */
  | Readonly<{ allowed: false; guard: null }>
  /** An arrow, but this guard forbids it. */
  | Readonly<{ allowed: false; guard: GuardName }>;

const rowsOf = (phase: Phase, type: CaseEventType): readonly Arrow[] => {
  // both may come from a log that somebody changed: "constructor" is no arrow
  const leaving: Leaving = Object.hasOwn(arrows, phase) ? arrows[phase] : {};
  const found = Object.hasOwn(leaving, type) ? leaving[type] : undefined;
  return found === undefined ? [] : "target" in found ? [found] : found;
};

/** Whether the lifecycle has an arrow for this type here, whatever its guards say. */
export const hasArrow = (phase: Phase, type: CaseEventType): boolean =>
  rowsOf(phase, type).length > 0;

/** Whether some arrow for this type leads from here to there, whatever its guards say. */
export const leadsTo = (phase: Phase, type: CaseEventType, target: Phase): boolean =>
  rowsOf(phase, type).some((arrow) => arrow.target === target);

/** What a fact leads to; of several arrows the first whose guards hold. */
export const verdict = (phase: Phase, type: CaseEventType, input: GuardInput | null): Verdict => {
  let refusedBy: GuardName | null = null;
  for (const { target, guard } of rowsOf(phase, type)) {
    const broken =
      input === null ? undefined : guard?.params.find((name) => !guards[name].holds(input));
    if (broken === undefined) return { allowed: true, to: target as Status };
    refusedBy = broken;
  }
  return refusedBy === null
    ? { allowed: false, guard: null }
    : { allowed: false, guard: refusedBy };
};
