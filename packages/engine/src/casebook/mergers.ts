/**
 * @module mergers — 并案 along the whole chain: where a case is handled now, and all that are handled in it.
 *
 * An event names the case of its own merger only; that case may have been merged since. A ring cannot be
 * recorded, but a log that somebody changed may hold one, so nothing is passed twice.
 */
import type { CaseId } from "../case/case-id.ts";
import type { CaseState } from "../case/state.ts";

type Merging = Pick<CaseState, "mergedInto" | "merged">;

/** Gives a case as it is at the moment that is asked about; null where it is not there. */
export type LoadMerging = (id: CaseId) => Promise<Merging | null>;

/** The case that a merged one is handled in now: the end of the chain; null for one that was not merged. */
export const handledIn = async (
  { mergedInto }: Pick<Merging, "mergedInto">,
  load: LoadMerging,
  passed: readonly CaseId[] = [],
): Promise<CaseId | null> => {
  if (mergedInto === null || passed.includes(mergedInto)) return mergedInto;
  const next = await load(mergedInto);
  if (next === null) return mergedInto;
  return (await handledIn(next, load, [...passed, mergedInto])) ?? mergedInto;
};

/** All cases that are handled in a case; each comes after those that it had taken in itself. */
const takenIn = async (
  { merged }: Pick<Merging, "merged">,
  load: LoadMerging,
  passed: readonly CaseId[] = [],
): Promise<readonly CaseId[]> => {
  const cases: CaseId[] = [];
  for (const id of merged) {
    if (passed.includes(id)) continue;
    const one = await load(id);
    if (one !== null) cases.push(...(await takenIn(one, load, [...passed, id])));
    cases.push(id);
  }
  return cases;
};

/** A view of a case whose mergers are told along the whole chain. */
export const alongMergers = async <View extends Merging>(
  view: View,
  load: LoadMerging,
): Promise<View> => ({
  ...view,
  mergedInto: await handledIn(view, load),
  merged: await takenIn(view, load),
});
