/** @module same-data — whether two values say the same as JSON, without writing either. */

/** A member that is `undefined` is absent, as in `canonicalJson`; the order of members does not matter. */
export const isSameData = (one: unknown, other: unknown): boolean => {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object") return false;
  if (one === null || other === null || Array.isArray(one) !== Array.isArray(other)) return false;
  const [left, right] = [one, other] as [Members, Members];
  for (const name of Object.keys(left)) {
    if (!isSameData(left[name], Object.hasOwn(right, name) ? right[name] : undefined)) return false;
  }
  for (const name of Object.keys(right)) {
    if (right[name] !== undefined && !Object.hasOwn(left, name)) return false;
  }
  return true;
};

type Members = Readonly<Record<string, unknown>>;
