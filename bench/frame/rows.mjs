/** @module rows — from what the contenders measured to rows of the table, each with its verdict. */
import { paired, spread } from "./statistics.mjs";
import { targets } from "./targets.mjs";

/**
 * @typedef {import("./statistics.mjs").Spread} Spread
 * @typedef {Readonly<{
 *   id: string, work: string, against: string | null, unit: string,
 *   ours: Spread | null, theirs: Spread | null, ratio: Spread | null,
 *   verdict: "holds" | "missed" | "for scale" | "not run", note: string | null,
 * }>} Row
 */

const scales = {
  share: (ours, theirs) => paired(theirs, ours).map((ratio) => ratio * 100),
  faster: (ours, theirs) => paired(theirs, ours),
  slower: (ours, theirs) => paired(ours, theirs),
  figure: () => null,
};

const verdictOn = ({ least, most }, value) => {
  if (least === undefined && most === undefined) return "for scale";
  return value >= (least ?? -Infinity) && value <= (most ?? Infinity) ? "holds" : "missed";
};

/** The row of a target from the rounds of both sides. @returns {Row} */
export const row = (id, ours, theirs = null, note = null) => {
  const target = targets[id];
  const { work, against, unit, as } = target;
  const known = { id, work, against, unit, note };
  const missing = [ours, theirs].find((side) => side !== null && side?.values === undefined);
  if (missing !== undefined) return notRun(id, missing?.reason ?? "no figures");
  const ratios = theirs === null ? null : scales[as](ours.values, theirs.values);
  const judged = ratios === null ? spread(ours.values) : spread(ratios);
  return {
    ...known,
    ours: spread(ours.values),
    theirs: theirs === null ? null : spread(theirs.values),
    ratio: ratios === null ? null : judged,
    verdict: verdictOn(target, judged.median),
  };
};

/** A row that could not be measured says why. @returns {Row} */
export const notRun = (id, reason) => {
  const { work, against, unit } = targets[id];
  return {
    id,
    work,
    against,
    unit,
    ours: null,
    theirs: null,
    ratio: null,
    verdict: "not run",
    note: reason,
  };
};

/** A single figure in the shape of rounds. */
export const figure = (...values) => ({ values });
