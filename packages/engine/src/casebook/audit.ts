/** @module audit — `audit verify`: the bytes, the chain and the tree; then replay; then the projections. */
import { isEngineError } from "../errors.ts";
import type { BesideReport } from "../log/beside.ts";
import { besideVerifier } from "../log/beside.ts";
import type { FaultKind, Faults, LogFault } from "../log/faults.ts";
import { faultKinds, together, withFault } from "../log/faults.ts";
import type { VerificationReport } from "../log/verify.ts";
import { verifyLog } from "../log/verify.ts";
import type { Policy } from "../proof/policy.ts";
import type { ProjectionCheck } from "./check-projections.ts";
import { checkProjections } from "./check-projections.ts";
import type { ComparedCheckpoints, OutsideCheckpoint } from "./known-checkpoints.ts";
import { knownCheckpoints } from "./known-checkpoints.ts";
import type { Reader } from "./reader.ts";
import { casesOf } from "./reader.ts";
import { run } from "./replay.ts";

export type AuditReport = Readonly<{
  origin: string;
  size: number;
  /** Root of the tree over all events, base64. */
  root: string;
  checked: VerificationReport["checked"] &
    Partial<BesideReport["checked"]> &
    Readonly<{ replay?: number; projections?: number }>;
  /** Documents that lie beside the log and that no event names. */
  unnamedFiles: number;
  /** Whether a checkpoint was compared that was kept outside, or that a witness of the verifier cosigned. */
  comparedOutside: boolean;
  checkpoints: ComparedCheckpoints;
  faults: Faults;
}>;

export type AuditOptions = Readonly<{
  /** Checkpoints that were kept outside; without them a rewrite of everything stays unseen. */
  outside?: readonly OutsideCheckpoint[];
  /** The verifier's own keys, with which signatures are checked. */
  policy?: Policy;
  /** Told now and then how many of the log's events have been walked. */
  onProgress?: (done: number, of: number) => void;
  /** What has been found wrong with what holds the log, such as the tables of its file. */
  found?: readonly LogFault[];
}>;

/**
 * Verifies a casebook as far as it can be verified from within. The reader is that of a snapshot: what is
 * recorded while it runs would look like tampering.
 */
export const auditCasebook = async (
  reader: Reader,
  { outside = [], policy, found = [], onProgress }: AuditOptions = {},
): Promise<AuditReport> => {
  const { origin } = reader.rules.opening;
  const known = await knownCheckpoints(reader, outside, policy);
  const total = await reader.store.size();
  const beside = besideVerifier(reader.store);
  const walked = await verifyLog(reader.store, {
    origin,
    known: known.roots,
    onEvent: (event) => beside.take(event),
    afterPage: (hasFaults) => beside.afterPage(hasFaults),
    ...(onProgress && { onProgress: (done: number) => onProgress(done, total) }),
  });
  const { size } = walked;
  const hasFaults = walked.faults.first !== null;
  const { checked, unnamedFiles, ...kept } = await beside.finish({ size, hasFaults });
  let faults = [...found, ...known.faults].reduce(withFault, together(walked.faults, kept.faults));
  let replayed = 0;
  try {
    for await (const { id, events } of casesOf(reader.store)) {
      replayed += events.length;
      const { fault } = await run(id, events, reader.rules);
      if (fault === null) continue;
      const { position, what } = fault;
      faults = withFault(faults, { kind: "ILLEGAL", position, case: id, what });
    }
  } catch (error) {
    // an event that cannot be read; the walk over the bytes has named its place
    faults = withFault(faults, faultOf(error));
  }
  const projections = await checkedProjections(reader);
  if (projections.fault !== undefined) faults = withFault(faults, projections.fault);
  for (const { projection, case: id, kind } of projections.differences) {
    faults = withFault(faults, {
      kind: "PROJECTION",
      position: null,
      case: id,
      what: {
        zh: `汇总数据 ${projection} 与记录不符（${kind}）`,
        en: `the projection ${projection} is not what the log says (${kind})`,
      },
    });
  }
  const more = faults.more + projections.count - projections.differences.length;
  return {
    origin,
    size,
    root: walked.root,
    checked: {
      ...walked.checked,
      ...checked,
      replay: replayed,
      projections: projections.rows + projections.tallies,
    },
    unnamedFiles,
    comparedOutside: outside.length > 0 || known.compared.cosignatures.length > 0,
    checkpoints: known.compared,
    faults: { ...faults, more },
  };
};

/** The comparison, or why the cases cannot be folded far enough to be compared. */
const checkedProjections = async (
  reader: Reader,
): Promise<ProjectionCheck & Readonly<{ fault?: LogFault }>> => {
  try {
    return await checkProjections(reader);
  } catch (error) {
    return { rows: 0, tallies: 0, differences: [], count: 0, fault: faultOf(error) };
  }
};

/** The fault behind a refusal to read on; anything else that was thrown is thrown again. */
const faultOf = (error: unknown): LogFault => {
  if (!isEngineError(error, "INTEGRITY")) throw error;
  const { fault, ...rest } = error.data;
  return { kind: Object.hasOwn(faultKinds, fault) ? (fault as FaultKind) : "ALTERED", ...rest };
};
