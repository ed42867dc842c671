/** @module rates-of — the figures of one rate in a year: one, or one for each definition that cases came under. */
import type { RateResult } from "../casebook/rate-report.ts";
import type { AnnualReport } from "./figures.ts";

/** The figures of a rate over at least one case; where there are none, the empty one in force. */
export const ratesOf = ({ rates }: AnnualReport, id: string): readonly RateResult[] => {
  const own = rates.rates.filter((rate) => rate.id === id);
  const used = own.filter(({ denominator }) => denominator > 0);
  return used.length > 0 ? used : own.slice(0, 1);
};

/** 见面率、办结率、满意率, as far as they are about the kinds that the year brought. */
export const threeRates = (report: AnnualReport): readonly RateResult[] =>
  ["meeting", "completion", "satisfaction"]
    .flatMap((id) => ratesOf(report, id))
    .filter(({ kinds }) => report.kinds.some(({ kind }) => kinds?.includes(kind.id) ?? true));
