/** @module audit — `audit verify`: the bytes, the chain and the tree; then replay; then the projections. */
import type { Faults, LogFault } from "../log/faults.ts";
import { withFault } from "../log/faults.ts";
import type { KnownRoot, VerificationReport } from "../log/verify.ts";
import { verifyLog } from "../log/verify.ts";
import { checkProjections } from "./check-projections.ts";
import type { Reader } from "./reader.ts";
import { casesOf } from "./reader.ts";
import { run } from "./replay.ts";

export type AuditReport = Readonly<{
  origin: string;
  size: number;
  /** Root of the tree over all events, base64. */
  root: string;
  checked: VerificationReport["checked"] & Readonly<{ replay?: number; projections?: number }>;
  /** Whether a root kept outside the casebook was compared. */
  comparedOutside: boolean;
  faults: Faults;
}>;

export type AuditOptions = Readonly<{
  /** Sizes and roots that were kept outside; without them a rewrite of everything stays unseen. */
  known?: readonly KnownRoot[];
  /** What has been found wrong with what holds the log, such as the tables of its file. */
  found?: readonly LogFault[];
}>;

/** Verifies a casebook as far as it can be verified from within. */
export const auditCasebook = async (
  reader: Reader,
  { known = [], found = [] }: AuditOptions = {},
): Promise<AuditReport> => {
  const { origin } = reader.rules.opening;
  const walked = await verifyLog(reader.store, { origin, known });
  let faults = found.reduce(withFault, walked.faults);
  let replayed = 0;
  for await (const { id, events } of casesOf(reader.store)) {
    replayed += events.length;
    const { fault } = run(id, events, reader.rules);
    if (fault === null) continue;
    const { position, what } = fault;
    faults = withFault(faults, { kind: "ILLEGAL", position, case: id, what });
  }
  const projections = await checkProjections(reader);
  for (const { projection, case: id, kind } of projections.differences) {
    faults = withFault(faults, {
      kind: "PROJECTION",
      position: null,
      case: id,
      what: {
        zh: `汇总 ${projection} 与记录不符（${kind}）`,
        en: `the projection ${projection} is not what the log says (${kind})`,
      },
    });
  }
  return {
    origin,
    size: walked.size,
    root: walked.root,
    checked: {
      ...walked.checked,
      replay: replayed,
      projections: projections.rows + projections.tallies,
    },
    comparedOutside: known.length > 0,
    faults,
  };
};
