/** @module audit — `audit verify`: the bytes, the chain and the tree; then replay; then the projections. */
import type { Label } from "../case/terms.ts";
import { isEngineError } from "../errors.ts";
import type { BesideReport } from "../log/beside.ts";
import { besideVerifier } from "../log/beside.ts";
import type { FaultKind, Faults, LogFault } from "../log/faults.ts";
import { faultKinds, together, withFault } from "../log/faults.ts";
import type { VerificationReport } from "../log/verify.ts";
import { verifyLog } from "../log/verify.ts";
import type { Policy } from "../proof/policy.ts";
import { lonelyAdjustments } from "./clock-adjustment.ts";
import type { ProjectionCheck } from "./check-projections.ts";
import { checkProjections } from "./check-projections.ts";
import type { ComparedCheckpoints, OutsideCheckpoint } from "./known-checkpoints.ts";
import { knownCheckpoints } from "./known-checkpoints.ts";
import type { Reader } from "./reader.ts";
import { casesOf } from "./reader.ts";
import { run } from "./replay.ts";
import type { ClockAdjustment } from "./time-taken-back.ts";
import { misplacedAdjustments, placesBeside } from "./time-taken-back.ts";

export type AuditReport = Readonly<{
  origin: string;
  size: number;
  /** Root of the tree over all events, base64. */
  root: string;
  checked: VerificationReport["checked"] &
    Partial<BesideReport["checked"]> &
    /** `projections` is absent where the stored ones are another version's, which nobody reads. */
    Readonly<{ replay?: number; projections?: number }>;
  /** Documents that lie beside the log and that no event names. */
  unnamedFiles: number;
  /** Whether a checkpoint was compared that was kept outside, or that a witness of the verifier cosigned. */
  comparedOutside: boolean;
  checkpoints: ComparedCheckpoints;
  /** Places where two persons took the recording time back. */
  clockAdjustments: readonly ClockAdjustment[];
  faults: Faults;
}>;

export type AuditOptions = Readonly<{
  /** Checkpoints that were kept outside; without them a rewrite of everything stays unseen. */
  outside?: readonly OutsideCheckpoint[];
  /** Checkpoints that the office keeps in files of its own: they find a loss, and prove nothing to others. */
  beside?: readonly OutsideCheckpoint[];
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
  { outside = [], beside: kept = [], policy, found = [], onProgress }: AuditOptions = {},
): Promise<AuditReport> => {
  const { origin } = reader.rules.opening;
  const known = await knownCheckpoints(reader, outside, policy, kept);
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
  const { checked, unnamedFiles, ...compared } = await beside.finish({ size, hasFaults });
  let faults = [...found, ...known.faults].reduce(
    withFault,
    together(walked.faults, compared.faults),
  );
  /** What is read of a changed log follows from the change: it is counted, and the change is named. */
  const noteReplayed = (fault: LogFault): void => {
    faults = hasFaults ? { ...faults, more: faults.more + 1 } : withFault(faults, fault);
  };
  let replayed = 0;
  try {
    const ofLog = await reader.store.readStream(null);
    for (const fault of lonelyAdjustments(ofLog, reader.rules.office)) noteReplayed(fault);
    const instants = await instantsAt(reader, placesBeside(ofLog));
    for (const fault of misplacedAdjustments(ofLog, instants)) noteReplayed(fault);
    for await (const { id, events } of casesOf(reader.store)) {
      replayed += events.length;
      const { fault } = await run(id, events, reader.rules);
      if (fault === null) continue;
      const { position, what } = fault;
      noteReplayed({ kind: "ILLEGAL", position, case: id, what });
    }
  } catch (error) {
    noteReplayed(faultBehind(error, walked));
  }
  const projections = await checkedProjections(reader, walked);
  if (projections.fault !== undefined) noteReplayed(projections.fault);
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
      ...(projections.areRead && { projections: projections.rows + projections.tallies }),
    },
    unnamedFiles,
    comparedOutside: outside.length > 0 || known.compared.cosignatures.length > 0,
    checkpoints: known.compared,
    clockAdjustments: reader.rules.clockAdjustments,
    faults: { ...faults, more },
  };
};

/** The instants that the records at some places bear. */
const instantsAt = async (
  { store }: Reader,
  places: ReadonlySet<number>,
): Promise<ReadonlyMap<number, string>> => {
  const instants = new Map<number, string>();
  for (const place of places) {
    const [event] = place < 0 ? [] : await store.readAll({ after: place - 1, limit: 1 });
    if (event?.globalPosition === place) instants.set(place, event.recordedAt);
  }
  return instants;
};

/** The comparison, or why the cases cannot be folded far enough to be compared. */
const checkedProjections = async (
  reader: Reader,
  walked: VerificationReport,
): Promise<ProjectionCheck & Readonly<{ fault?: LogFault }>> => {
  try {
    return await checkProjections(reader);
  } catch (error) {
    const none = { areRead: true, rows: 0, tallies: 0, differences: [], count: 0 };
    return { ...none, fault: faultBehind(error, walked) };
  }
};

/**
 * The fault that kept the past from being read on. An event that the walk over the bytes has refused may
 * lack anything that readers count on, and stops them in any way; of a sound one that would be a bug.
 */
const faultBehind = (error: unknown, { faults }: VerificationReport): LogFault => {
  if (isEngineError(error, "INTEGRITY")) {
    const { fault, ...rest } = error.data;
    return { kind: Object.hasOwn(faultKinds, fault) ? (fault as FaultKind) : "ALTERED", ...rest };
  }
  if (faults.first === null) throw error;
  return { kind: "ALTERED", position: null, case: null, what: unreadable };
};

const unreadable: Label = {
  zh: "因有记录被改动，无法继续重放",
  en: "The replay cannot go on behind a changed event",
};
