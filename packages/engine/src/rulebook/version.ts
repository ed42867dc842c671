/** @module version — versions of rulebooks and editions of calendars, and which of two is the newer. */

/** Less than zero where the left one is older: `2025` before `2025.2` before `2026`. */
export const compareVersions = (left: string, right: string): number => {
  const [own, other] = [numbersOf(left), numbersOf(right)];
  const length = Math.max(own.length, other.length);
  for (let place = 0; place < length; place += 1) {
    const difference = (own[place] ?? 0) - (other[place] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
};

const numbersOf = (version: string): readonly number[] => version.split(".").map(Number);

/** The name and the version in an edition: `cn-2026.1` is `cn`, `2026.1`. */
export const splitEdition = (edition: string): Readonly<{ name: string; version: string }> => {
  const found = /^(.*?)-?(\d+(?:\.\d+)*)$/.exec(edition);
  return { name: found?.[1] ?? edition, version: found?.[2] ?? "0" };
};
