/** @module scope — the ways in which cases are told apart in lists and rates. */
import type { CaseState } from "../case/state.ts";
import type { Role, Status } from "../case/terms.ts";
import { yearOf } from "../time/civil-date.ts";

/** What a case is filed under. */
export type CaseScope = Readonly<{
  kind: string;
  /** Year of the dispatch. */
  year: number;
  department: string | null;
  block: string | null;
  role: Role;
  status: Status;
}>;

/** A choice of cases; an absent member does not restrict. */
export type Scope = Partial<CaseScope>;

/** What the case is filed under now. */
export const scopeOf = (state: CaseState): CaseScope => ({
  kind: state.received.kind,
  year: yearOf(state.received.dispatchedOn),
  department: state.assignment?.department ?? null,
  block: state.received.block ?? null,
  role: state.received.role,
  status: state.status,
});

/** Names of the members, for options and groupings. */
export const scopeNames = ["kind", "year", "department", "block", "role", "status"] as const;
export type ScopeName = (typeof scopeNames)[number];

/** What rates are tallied by: all but the status, which would move every count of a case at each step. */
export const tallyNames = ["kind", "year", "department", "block", "role"] as const;
export type TallyScope = Pick<CaseScope, (typeof tallyNames)[number]>;

/** Whether something filed under `filed` belongs to the choice. */
export const isInScope = (filed: Scope, scope: Scope): boolean =>
  scopeNames.every((name) => scope[name] === undefined || scope[name] === filed[name]);
