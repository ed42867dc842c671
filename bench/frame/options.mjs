/** @module options — what `npm run bench` can be told. */
import { parseArgs } from "node:util";

/**
 * @typedef {Readonly<{
 *   only: readonly string[],
 *   rounds: number,
 *   full: boolean,
 *   quick: boolean,
 *   largest: number | null,
 *   peers: boolean,
 *   json: string | null,
 *   help: boolean,
 * }>} Options
 */

export const usage = `npm run bench -- [--only GROUP]… [--rounds N] [--full] [--quick] [--peers] [--json FILE]

  --only GROUP  measure these groups only; docs/benchmarks.md stays as it is
  --rounds N    how often each contender has its turn (7; 3 with --quick)
  --full        sizes up to 1,000,000 events and cases (100,000 without)
  --largest N   sizes up to so many events, at least 100,000; docs/benchmarks.md stays as it is
  --quick       tiny sizes: shows that everything runs, measures nothing; the page stays as it is
  --peers       install the peers first (bench/peers, on demand, never by the normal set-up)
  --json FILE   where the figures go (bench/results/latest.json)`;

/** @returns {Options} */
export const readOptions = (args) => {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: "string", multiple: true, default: [] },
      rounds: { type: "string" },
      full: { type: "boolean", default: false },
      quick: { type: "boolean", default: false },
      largest: { type: "string" },
      peers: { type: "boolean", default: false },
      json: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const { only, rounds: given, full, quick, peers, json = null, help } = values;
  const rounds = Number(given ?? (quick ? 3 : 7));
  if (!Number.isInteger(rounds) || rounds < 1) throw new RangeError(`--rounds ${given}`);
  const largest = values.largest === undefined ? null : Number(values.largest);
  if (largest !== null && !(Number.isInteger(largest / 10) && largest >= 100_000))
    throw new RangeError(`--largest ${values.largest}`);
  return { only, rounds, full, quick, largest, peers, json, help };
};
