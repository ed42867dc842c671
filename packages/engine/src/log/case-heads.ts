/**
 * @module case-heads — the number and the leaf of the last event of each case, as a walk over a log has
 * met them. It is what grows with the cases, so it is packed instead of an object and a text for each.
 */
import type { CaseId } from "../case/case-id.ts";
import { hashBytes, toBase64 } from "../proof/hash.ts";

export interface CaseHeads {
  /** Number of the last event of a case; 0 where none was met. */
  numberOf(id: CaseId): number;
  /** Leaf of that event in base64, as `prev` names it; null where none was met. */
  leafOf(id: CaseId): string | null;
  /** @param caseSeq from 1 */
  set(id: CaseId, caseSeq: number, leaf: Uint8Array): void;
  /** Cases that were met. */
  count(): number;
}

/** Cases that there is room for at first; the room doubles. */
const roomAtFirst = 1024;

/** The heads of a walk that has met no case yet. */
export const createCaseHeads = (): CaseHeads => {
  const places = new Map<CaseId, number>();
  let numbers = new Float64Array(roomAtFirst);
  let leaves = new Uint8Array(roomAtFirst * hashBytes);

  const addPlace = (id: CaseId): number => {
    const place = places.size;
    if (place === numbers.length) {
      const [formerNumbers, formerLeaves] = [numbers, leaves];
      numbers = new Float64Array(place * 2);
      leaves = new Uint8Array(place * 2 * hashBytes);
      numbers.set(formerNumbers);
      leaves.set(formerLeaves);
    }
    places.set(id, place);
    return place;
  };

  return {
    numberOf: (id) => {
      const place = places.get(id);
      return place === undefined ? 0 : (numbers[place] as number);
    },
    leafOf: (id) => {
      const place = places.get(id);
      if (place === undefined) return null;
      return toBase64(leaves.subarray(place * hashBytes, (place + 1) * hashBytes));
    },
    set: (id, caseSeq, leaf) => {
      const place = places.get(id) ?? addPlace(id);
      numbers[place] = caseSeq;
      leaves.set(leaf, place * hashBytes);
    },
    count: () => places.size,
  };
};
