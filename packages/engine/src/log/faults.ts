/**
 * @module faults — what can be wrong with a log, shared by everything that checks the past: the walk
 * over its bytes, the replay through the lifecycle, the comparison of the projections.
 */
import type { CaseId } from "../case/case-id.ts";
import type { Label } from "../case/terms.ts";

/** The kinds of fault; the names are printed and stay for ever. */
export const faultKinds = {
  ALTERED: { zh: "被改动", en: "altered" },
  MISSING: { zh: "有缺失", en: "missing" },
  REORDERED: { zh: "次序被改", en: "reordered" },
  TRUNCATED: { zh: "末尾被截去", en: "truncated" },
  REWRITTEN: { zh: "历史被重写", en: "rewritten" },
  ILLEGAL: { zh: "不合流程", en: "illegal" },
  PROJECTION: { zh: "汇总数据不符", en: "projection" },
} as const satisfies Record<string, Label>;
export type FaultKind = keyof typeof faultKinds;

/** One fault. `what` is a clause without a full stop, as `INTEGRITY` wants it. */
export type LogFault = Readonly<{
  kind: FaultKind;
  /** Place in the log of the event concerned, null when it is none in particular. */
  position: number | null;
  case: CaseId | null;
  what: Label;
}>;

/** The fault at the lowest position, and how many others there are. */
export type Faults = Readonly<{ first: LogFault | null; more: number }>;

export const noFaults: Faults = { first: null, more: 0 };

/** The faults with one more; at equal positions the one found earlier stays first. */
export const withFault = ({ first, more }: Faults, fault: LogFault): Faults =>
  first === null
    ? { first: fault, more }
    : { first: placeOf(fault) < placeOf(first) ? fault : first, more: more + 1 };

/** The faults that two looks at the same log have found; at equal positions those of the first come first. */
export const together = (one: Faults, other: Faults): Faults =>
  other.first === null
    ? one
    : { ...withFault(one, other.first), more: withFault(one, other.first).more + other.more };

const placeOf = ({ position }: LogFault): number => position ?? Number.POSITIVE_INFINITY;
