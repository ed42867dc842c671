/** @module freeze — 年度总结定稿: the published figures of a year go into the log. */
import { EngineError, isEngineError } from "../errors.ts";
import { canonicalJson } from "../log/canonical-json.ts";
import { sha256Hex } from "../log/hash.ts";
import type { EventStore } from "../ports/event-store.ts";
import type { Ids } from "../ports/ids.ts";
import type { Asking } from "../casebook/record.ts";
import type { Reader } from "../casebook/reader.ts";
import { logEvents } from "../casebook/opening.ts";
import type { AnnualReport } from "./figures.ts";
import { annualReport } from "./figures.ts";
import { comparedWithFrozen, frozenOf } from "./frozen.ts";

/** What was published; `unchanged` when the newest publication of the year says the same. */
export type Frozen = Readonly<{ report: AnnualReport; size: number; unchanged: boolean }>;

type Context = Readonly<{
  store: EventStore;
  ids: Ids;
  /** Answers from one moment. */
  atOnce<Result>(ask: (reader: Reader) => Promise<Result>): Promise<Result>;
}>;

const attemptsMax = 5;

/**
 * Records the figures of a year as published.
 * @throws EngineError `RULE_REFUSED` for a year of which nothing was received
 */
export const freezeAnnual = async (
  { store, ids, atOnce }: Context,
  year: number,
  { actor, today }: Asking,
): Promise<Frozen> => {
  for (let attempt = 1; ; attempt += 1) {
    const { report, size, known, rules } = await atOnce(async (reader) => {
      const found = await annualReport(reader, year, today);
      return {
        report: found,
        size: await reader.store.size(),
        known: await comparedWithFrozen(reader, found),
        rules: reader.rules,
      };
    });
    if (report.received === 0) throw nothingToPublish(year);
    if (known !== null && known.changed.length === 0) {
      return { report, size: known.size, unchanged: true };
    }
    const data = frozenOf(report, size);
    const type = "AnnualReportFrozen";
    try {
      await store.append({
        commandId: ids.next(),
        requestHash: sha256Hex(new TextEncoder().encode(canonicalJson({ type, data }))),
        actor,
        streams: [
          {
            stream: null,
            expectedVersion: rules.version,
            rulebookHash: rules.current.hash,
            events: [
              {
                type,
                dataVersion: logEvents[type].dataVersion,
                on: today,
                data,
                from: null,
                to: null,
              },
            ],
          },
        ],
      });
      return { report, size, unchanged: false };
    } catch (error) {
      if (attempt === attemptsMax || !isEngineError(error, "VERSION_CONFLICT")) throw error;
    }
  }
};

const nothingToPublish = (year: number): EngineError<"RULE_REFUSED"> =>
  new EngineError("RULE_REFUSED", {
    case: null,
    rule: "somethingReceived",
    why: { zh: `${year}年没有收到办件`, en: `nothing was received in ${year}` },
    source: { zh: "定稿的是所公布的数字", en: "what is kept are published figures" },
    repair: { zh: "核对 --year 的年份。", en: "Check the year given with --year." },
  });
