/** @module statistics — medians with their spread. */

/** @typedef {Readonly<{ median: number, min: number, max: number }>} Spread */

const median = (values) => {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** @returns {Spread} */
export const spread = (values) => ({
  median: median(values),
  min: Math.min(...values),
  max: Math.max(...values),
});

/** Quotients of one round each, so that a slow minute of the machine falls on both sides. */
export const paired = (above, below) => above.map((value, round) => value / below[round]);
