/**
 * @module remembered-cases — the cases that this casebook changed last, as it left them.
 *
 * Deciding on them spares reading a case before its next step. Nothing rests on it: what is decided on a
 * remembered case is appended only while the case is still at that version, and a refusal, or that there
 * is nothing to do, is never answered without having looked.
 */
import type { CaseId } from "../case/case-id.ts";
import type { CaseState } from "../case/state.ts";

/** So many cases; some ten kilobytes each. */
const casesMax = 500;

export type RememberedCases = Readonly<{
  get(id: CaseId): CaseState | undefined;
  /** To be called with what an append has left, once it is recorded. */
  keep(after: ReadonlyMap<CaseId, CaseState>): void;
  /** To be called when a case was found to have moved. */
  drop(ids: Iterable<CaseId>): void;
}>;

export const rememberedCases = (): RememberedCases => {
  // the order of a Map is that of insertion: the first is the one that was changed longest ago
  const cases = new Map<CaseId, CaseState>();
  return {
    get: (id) => cases.get(id),
    keep: (after) => {
      for (const [id, state] of after) {
        cases.delete(id);
        cases.set(id, state);
      }
      for (const id of cases.keys()) {
        if (cases.size <= casesMax) break;
        cases.delete(id);
      }
    },
    drop: (ids) => {
      for (const id of ids) cases.delete(id);
    },
  };
};
