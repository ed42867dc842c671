/** @module counting-ids — ids 1, 2, 3, … in the form of real ones, for histories with fixed bytes. */
import type { Ids } from "../ports/ids.ts";

/** Each id has 22 characters and ends in its number. */
export const countingIds = (): Ids => {
  let count = 0;
  return {
    next: () => {
      count += 1;
      return String(count).padStart(22, "0");
    },
  };
};
