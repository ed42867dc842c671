/** @module consulted — meetings as a summary names them: a joint one once, with all its cases. */
import type { AnnualReport, Consultation } from "./figures.ts";

export type Meeting = Readonly<{
  first: Consultation;
  titles: readonly string[];
  proposers: readonly string[];
}>;

/** Face-to-face consultations of which something is written down, in the order of their days. */
export const meetingsOf = ({ consultations }: AnnualReport): readonly Meeting[] => {
  const meetings = new Map<string, Meeting>();
  for (const one of consultations) {
    if (one.summary === null) continue;
    const name = JSON.stringify([one.on, one.summary, one.participants]);
    const known = meetings.get(name);
    meetings.set(name, {
      first: known?.first ?? one,
      titles: [...new Set([...(known?.titles ?? []), one.title])],
      proposers: [...new Set([...(known?.proposers ?? []), ...one.proposers])],
    });
  }
  return [...meetings.values()];
};
