/**
 * @module known-checkpoints — the checkpoints that a verification compares with: those that the casebook
 * keeps of itself, and those that somebody kept elsewhere.
 */
import type { Label } from "../case/terms.ts";
import { EngineError, isEngineError } from "../errors.ts";
import type { LogFault } from "../log/faults.ts";
import type { KnownRoot } from "../log/verify.ts";
import type { Checkpoint, TrustedCheckpoint } from "../proof/checkpoint.ts";
import { openCheckpoint, readCheckpoint } from "../proof/checkpoint.ts";
import type { Policy } from "../proof/policy.ts";
import { policyOf } from "../proof/policy.ts";
import { unproven } from "../proof/refusal.ts";
import type { VerifierKey } from "../proof/signed-note.ts";
import { linesOf, readNote } from "../proof/signed-note.ts";
import { keptCheckpoints } from "./proving.ts";
import type { Reader } from "./reader.ts";

/** A checkpoint that was kept elsewhere, with the name that reports give it. */
export type OutsideCheckpoint = Readonly<{ name: string; note: string }>;

/** What a verification compared. */
export type ComparedCheckpoints = Readonly<{
  /** Checkpoints in the casebook itself. */
  kept: number;
  /** Checkpoints that the office keeps in files of its own. */
  beside: number;
  /** Checkpoints kept elsewhere. */
  outside: number;
  /** Events that the newest one covers that somebody outside vouches for; null when there is none. */
  newestOutside: number | null;
  /** Whether signatures were checked with the verifier's own keys. */
  pinned: boolean;
  /** Events that the newest checkpoint covers which the verifier's keys accept; null without such keys. */
  newestPinned: number | null;
  /** Whether the log has adopted a key: then a log without any checkpoint has lost them. */
  isSigned: boolean;
  /** Who cosigned the newest checkpoint that the verifier's keys accept, and when: seconds since 1970. */
  cosignatures: TrustedCheckpoint["cosignatures"];
}>;

export type KnownCheckpoints = Readonly<{
  roots: readonly KnownRoot[];
  faults: readonly LogFault[];
  compared: ComparedCheckpoints;
}>;

/**
 * Reads them all, and checks their signatures: with the verifier's keys where there are any, else with
 * those that the log adopted, which only shows that they are of one hand.
 * @throws EngineError `UNPROVEN` for an outside checkpoint that is none, or is of another log; where the
 *   verifier gave keys, also when none of its checkpoints satisfies them
 */
export const knownCheckpoints = async (
  reader: Reader,
  outside: readonly OutsideCheckpoint[],
  policy: Policy | undefined,
  beside: readonly OutsideCheckpoint[] = [],
): Promise<KnownCheckpoints> => {
  const { origin } = reader.rules.opening;
  const { log, witnesses } = reader.rules.keys;
  const own = policyOf(log, witnesses);
  const roots: KnownRoot[] = [];
  const faults: LogFault[] = [];
  let kept = 0;
  let newestTrusted: TrustedCheckpoint | undefined;
  const trusted = (found: TrustedCheckpoint): void => {
    if (found.size >= (newestTrusted?.size ?? 0)) newestTrusted = found;
  };

  for await (const { note, size } of keptCheckpoints(reader.store)) {
    kept += 1;
    try {
      const found = openCheckpoint(note, own);
      if (found.size !== size || found.origin !== origin) throw unproven(otherPlace);
      if (hasUnknownLine(note, [...log, ...witnesses])) throw unproven(unknownLine);
      roots.push(found);
    } catch (error) {
      if (!isEngineError(error, "UNPROVEN")) throw error;
      faults.push(faultOf(size, error.data.what));
    }
    if (policy !== undefined) acceptQuietly(note, policy, trusted);
  }
  for (const { name, note } of beside) {
    try {
      const found = openCheckpoint(note, own);
      if (found.origin !== origin) throw unproven(otherPlace);
      roots.push(found);
    } catch (error) {
      if (!isEngineError(error, "UNPROVEN")) throw error;
      const { zh, en } = error.data.what;
      faults.push(checkpointFault({ zh: `${name}：${zh}`, en: `${name}: ${en}` }));
    }
  }
  let newestOutside: number | null = null;
  for (const { name, note } of outside) {
    const found = openOutside(note, name, origin, policy);
    if (policy !== undefined) trusted(found as TrustedCheckpoint);
    else if (log.length > 0)
      noteFalse(note, name, own, (what) => faults.push(checkpointFault(what)));
    roots.push(found);
    newestOutside = Math.max(newestOutside ?? 0, found.size);
  }
  const isAny = kept + outside.length > 0;
  if (policy !== undefined && isAny && newestTrusted === undefined) {
    throw unproven({
      zh: "没有一个检查点符合核验方的公钥文件",
      en: "no checkpoint satisfies the verifier's keys",
    });
  }
  const hasWitness = newestTrusted !== undefined && newestTrusted.cosignatures.length > 0;
  return {
    roots,
    faults,
    compared: {
      kept,
      beside: beside.length,
      outside: outside.length,
      newestOutside: hasWitness
        ? Math.max(newestOutside ?? 0, newestTrusted?.size ?? 0)
        : newestOutside,
      pinned: policy !== undefined,
      newestPinned: policy === undefined ? null : (newestTrusted?.size ?? null),
      isSigned: log.length > 0,
      cosignatures: newestTrusted?.cosignatures ?? [],
    },
  };
};

/** The casebook keeps no line but those of keys that it had adopted. */
const hasUnknownLine = (note: string, keys: readonly VerifierKey[]): boolean => {
  const signed = readNote(note);
  const known = keys.flatMap((key) => linesOf(signed, key));
  return known.length < signed.signatures.length;
};

/** Kept checkpoints of the time before a witness was asked do not satisfy today's keys, and need not. */
const acceptQuietly = (
  note: string,
  policy: Policy,
  accept: (found: TrustedCheckpoint) => void,
): void => {
  try {
    accept(openCheckpoint(note, policy));
  } catch (error) {
    if (!isEngineError(error, "UNPROVEN")) throw error;
  }
};

/**
 * Without the verifier's keys an outside checkpoint is opened with those of the log. Its root is compared
 * in any case: a log that was written anew has other keys, and is another log.
 */
const noteFalse = (note: string, name: string, own: Policy, tell: (what: Label) => void): void => {
  try {
    openCheckpoint(note, own);
  } catch (error) {
    if (!isEngineError(error, "UNPROVEN")) throw error;
    const { zh, en } = error.data.what;
    tell({ zh: `${name}：${zh}`, en: `${name}: ${en}` });
  }
};

const openOutside = (
  note: string,
  name: string,
  origin: string,
  policy: Policy | undefined,
): Checkpoint => {
  try {
    const found = policy === undefined ? readCheckpoint(note) : openCheckpoint(note, policy);
    if (found.origin === origin) return found;
  } catch (error) {
    if (!isEngineError(error, "UNPROVEN")) throw error;
    const { zh, en } = error.data.what;
    throw new EngineError("UNPROVEN", { what: { zh: `${name}：${zh}`, en: `${name}: ${en}` } });
  }
  throw unproven({
    zh: `${name} 不是本办件库（${origin}）的检查点`,
    en: `${name} is no checkpoint of this log (${origin})`,
  });
};

const unknownLine: Label = {
  zh: "有一行签名不属于已启用的任何公钥",
  en: "a line of it is by no key that the log has adopted",
};

const otherPlace: Label = {
  zh: "与所存位置的条数或者办件库标识不符",
  en: "it is of another size or log than its place says",
};

const faultOf = (size: number, { zh, en }: Label): LogFault =>
  checkpointFault({
    zh: `库中 ${size} 条的检查点：${zh}`,
    en: `The checkpoint of ${size} events that the casebook keeps: ${en}`,
  });

const checkpointFault = (what: Label): LogFault => ({
  kind: "ALTERED",
  position: null,
  case: null,
  what,
});
