/** @module registry — every projection. A new one is its own file and a line here. */
import { deadlines } from "./deadlines.ts";
import { ledger } from "./ledger.ts";
import type { Projection } from "./projection.ts";
import { rates } from "./rates.ts";

export const projections: readonly Projection[] = [ledger, deadlines, rates];

/** Names the set and its versions; stored rows made under another fingerprint are rebuilt. */
export const projectionFingerprint = projections
  .map(({ name, version }) => `${name}@${version}`)
  .join(" ");
