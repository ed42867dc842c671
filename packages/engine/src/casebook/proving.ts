/**
 * @module proving — what a casebook gives to whoever does not believe it: its head, signed checkpoints,
 * the proof of one case, the proof that it continues an earlier head, and every byte of it.
 */
import type { CaseId } from "../case/case-id.ts";
import type { Label } from "../case/terms.ts";
import { EngineError } from "../errors.ts";
import type { CaseBundle } from "../log/case-bundle.ts";
import { openCaseBundle } from "../log/case-bundle.ts";
import { clauses } from "../log/fault-clauses.ts";
import { filesNamedIn } from "../log/export.ts";
import { sha256Hex } from "../log/hash.ts";
import { canonicalJson } from "../log/canonical-json.ts";
import type { EventStore, KeptCheckpoint, StoreReader } from "../ports/event-store.ts";
import type { Checkpoint } from "../proof/checkpoint.ts";
import {
  checkpointText,
  openCheckpoint,
  readCheckpoint,
  signCheckpoint,
} from "../proof/checkpoint.ts";
import type { TreeHead } from "../proof/consistency.ts";
import { proveConsistency, showsConsistency } from "../proof/consistency.ts";
import { cosignaturesOf } from "../proof/cosignature.ts";
import { isSameHash, treeHashOf } from "../proof/hash.ts";
import { proveInclusion } from "../proof/inclusion.ts";
import { policyOf } from "../proof/policy.ts";
import { unproven } from "../proof/refusal.ts";
import type { VerifierKey } from "../proof/signed-note.ts";
import { linesOf, readNote, writeVerifierKey } from "../proof/signed-note.ts";
import type { Signer } from "../proof/signer.ts";
import { rootAt } from "../proof/subtrees.ts";
import { appendLeaf, emptyFrontier, rootOf } from "../proof/tree.ts";
import { writeTlogProof } from "../proof/tlog-proof.ts";
import { writeWitnessRequest } from "../proof/witness.ts";
import type { AdoptContext } from "./adoption.ts";
import { logEvents } from "./opening.ts";
import type { Reader } from "./reader.ts";
import { readCase } from "./reader.ts";
import type { Asking } from "./record.ts";
import type { LogKeys, RulesInForce } from "./rules-in-force.ts";
import { readRules } from "./rules-in-force.ts";

/** A checkpoint that the casebook keeps, and whether it was made just now. */
export type MadeCheckpoint = Checkpoint & KeptCheckpoint & Readonly<{ isNew: boolean }>;

/** Where an export goes. */
export type ExportSink = Readonly<{
  /** Bodies of events in order, many at a time. */
  events(bodies: readonly Uint8Array[]): Promise<void> | void;
  /** A file that an event names, once. */
  file(sha256: string, bytes: Uint8Array): Promise<void> | void;
}>;

/** The proof of a casebook. Every method answers from one moment. */
export interface Proving {
  /** Name, size and root of the log as it is. */
  head(): Promise<Checkpoint>;
  /** The keys that the log has adopted. */
  keys(): Promise<LogKeys>;
  /**
   * Adopts a key: of the log where it bears the log's name, else of a witness.
   * @returns false when it had been adopted before
   * @throws EngineError `UNPROVEN` when a key of the log bears another name than the log, or when its
   *   public key has been adopted under another name
   */
  adoptKey(key: VerifierKey, recording?: Asking): Promise<boolean>;
  /**
   * Signs the head and keeps the checkpoint; the one that is there when nothing was recorded since.
   * @param known checkpoints that were kept outside, which the log must continue, too: a backup that was
   *   put back has forgotten its own
   * @throws EngineError `UNPROVEN` for a key that the log has not adopted; `INTEGRITY` when the log does
   *   not continue the newest checkpoint that it keeps: then nothing is signed
   */
  checkpoint(signer: Signer, known?: readonly string[]): Promise<MadeCheckpoint>;
  /** The kept checkpoint of the largest size. */
  newestCheckpoint(): Promise<KeptCheckpoint | undefined>;
  /** When the last event was recorded that the newest checkpoint covers; undefined without one. */
  newestCheckpointAt(): Promise<string | undefined>;
  /**
   * Everything that was recorded of a case, proven against a checkpoint that covers it.
   * @throws EngineError `NOT_FOUND`, `AMBIGUOUS_CASE`; `UNPROVEN` when the checkpoint is too old
   */
  proveCase(name: string, checkpoint: string): Promise<CaseBundle & Readonly<{ case: CaseId }>>;
  /**
   * Gives every event's exact bytes to `take`, in order, and every file that the events name.
   * @param size how many events, from the start
   * @throws EngineError `INTEGRITY` when the bytes are not those that the tree stands for
   */
  export(size: number, take: ExportSink): Promise<void>;
  /**
   * The proof that the head of one size continues that of another.
   * @throws EngineError `UNPROVEN` when the log is shorter
   */
  proveContinuation(older: number, newer: number): Promise<readonly Uint8Array[]>;
  /** The root that the log had at a size. @throws EngineError `UNPROVEN` when the log is shorter */
  rootAt(size: number): Promise<TreeHead>;
  /**
   * What is to be asked of a witness: to cosign the newest checkpoint after the last one that it cosigned.
   * @param older the size that it names itself as its last, where its answer was lost
   * @throws EngineError `UNPROVEN` when no checkpoint is kept, or none that large
   */
  witnessRequest(witness: VerifierKey, older?: number): Promise<string>;
  /**
   * Keeps the line of a witness under the checkpoint that it cosigned.
   * @returns the checkpoint's size
   * @throws EngineError `UNPROVEN` when no adopted witness made it for a kept checkpoint
   */
  keepCosignature(line: string): Promise<number>;
}

type Context = AdoptContext &
  Readonly<{
    store: EventStore;
    asking(): Asking;
    /** Answers from one moment. */
    atOnce<Result>(ask: (reader: Reader) => Promise<Result>): Promise<Result>;
  }>;

export const provingOf = (context: Context): Proving => {
  const { store, atOnce } = context;
  return {
    head: () => atOnce(headOf),
    keys: async () => (await context.rules()).keys,
    adoptKey: (key, recording) => adoptKey(context, key, recording ?? context.asking()),
    checkpoint: async (signer, known = []) => {
      const made = await atOnce((reader) => signedHead(reader, signer, known));
      if (made.isNew) await store.keepCheckpoint(made);
      return made;
    },
    newestCheckpoint: () => store.newestCheckpoint(),
    newestCheckpointAt: () =>
      atOnce(async ({ store: log }) => {
        const newest = await log.newestCheckpoint();
        if (newest === undefined) return undefined;
        const [last] = await log.readAll({ after: newest.size - 2, limit: 1 });
        return last?.recordedAt;
      }),
    proveCase: (name, checkpoint) => atOnce((reader) => caseBundle(reader, name, checkpoint)),
    export: (size, sink) => atOnce((reader) => exportTo(reader, size, sink)),
    proveContinuation: (older, newer) =>
      atOnce(async ({ store: log, rules }) => {
        assertCovers(await log.size(), newer);
        return proveConsistency(older, newer, nodesOf(log), treeOf(rules));
      }),
    rootAt: (size) =>
      atOnce(async ({ store: log, rules }) => {
        assertCovers(await log.size(), size);
        return { size, root: await rootAt(size, nodesOf(log), treeOf(rules)) };
      }),
    witnessRequest: (witness, older) => atOnce((reader) => requestOf(reader, witness, older)),
    keepCosignature: async (line) => {
      const size = await atOnce((reader) => cosignedSize(reader, line));
      await store.keepCosignature(size, line);
      return size;
    },
  };
};

const treeOf = ({ opening }: RulesInForce) => treeHashOf(opening.origin);

const nodesOf =
  (log: StoreReader) =>
  (places: Parameters<StoreReader["treeNodes"]>[0]): ReturnType<StoreReader["treeNodes"]> =>
    log.treeNodes(places);

const assertCovers = (size: number, wanted: number): void => {
  if (wanted <= size) return;
  throw unproven({
    zh: `办件库只有 ${size} 条记录，不足 ${wanted} 条`,
    en: `the log has ${size} events and not ${wanted}`,
  });
};

/** Name, size and root of the log. */
export const headOf = async ({ store, rules }: Reader): Promise<Checkpoint> => {
  const size = await store.size();
  const root = await rootAt(size, nodesOf(store), treeOf(rules));
  return { origin: rules.opening.origin, size, root };
};

/**
 * Signs the head of a log that no casebook has opened yet, as before an older file is brought forward; the
 * same rules hold as for every checkpoint, but that a log without any key may be signed with its first.
 * @throws EngineError as `Proving.checkpoint`
 */
export const signHeadOf = async (
  store: StoreReader,
  signer: Signer,
  known: readonly string[],
): Promise<MadeCheckpoint> => {
  const rules = await readRules(store, store);
  const { log } = rules.keys;
  const keys = { ...rules.keys, log: log.length === 0 ? [signer.key] : log };
  const reader = { store, rules: { ...rules, keys }, hasProjections: false };
  return signedHead(reader, signer, known);
};

const signedHead = async (
  reader: Reader,
  signer: Signer,
  outside: readonly string[],
): Promise<MadeCheckpoint> => {
  const { store, rules } = reader;
  const isAdopted = rules.keys.log.some(
    (key) => writeVerifierKey(key) === writeVerifierKey(signer.key),
  );
  if (!isAdopted) {
    throw unproven({
      zh: `本办件库没有启用 ${signer.key.name} 的这把公钥`,
      en: `the log has not adopted this key of ${signer.key.name}`,
    });
  }
  const head = await headOf(reader);
  for (const note of outside) {
    await assertContinues(reader, openCheckpoint(note, policyOf(rules.keys.log)), head);
  }
  const newest = await store.newestCheckpoint();
  if (newest !== undefined) {
    const known = openCheckpoint(newest.note, policyOf(rules.keys.log));
    await assertContinues(reader, known, head);
    if (newest.size === head.size) return { ...head, ...newest, isNew: false };
  }
  return { ...head, note: await signCheckpoint(head, signer), isNew: true };
};

/** A log never signs what contradicts what it has signed. */
const assertContinues = async (
  { store, rules }: Reader,
  known: TreeHead,
  head: TreeHead,
): Promise<void> => {
  const isShorter = head.size < known.size;
  const proof = isShorter
    ? []
    : await proveConsistency(known.size, head.size, nodesOf(store), treeOf(rules));
  if (!isShorter && showsConsistency(known, head, proof, treeOf(rules))) return;
  throw new EngineError("INTEGRITY", {
    fault: isShorter ? "TRUNCATED" : "REWRITTEN",
    position: isShorter ? head.size : null,
    case: null,
    what: isShorter ? clauses.cutOff : clauses.rewritten(known.size),
  });
};

const caseBundle = async (
  reader: Reader,
  name: string,
  checkpoint: string,
): Promise<CaseBundle & Readonly<{ case: CaseId }>> => {
  const { store, rules } = reader;
  const { id, events } = await readCase(reader, name);
  const { size } = readCheckpoint(checkpoint);
  assertCovers(await store.size(), size);
  const index = events.at(-1)?.globalPosition ?? 0;
  if (index >= size) {
    throw unproven({
      zh: `检查点只到第 ${size} 条，本件最后一条是第 ${index} 条之后记录的`,
      en: `the checkpoint covers ${size} events, and the last of the case is event ${index}`,
    });
  }
  let lines = "";
  for (const { globalPosition } of events) {
    const [raw] = await store.readRaw({ after: globalPosition - 1, limit: 1 });
    if (raw === undefined || !isSameHash(treeOf(rules).leaf(raw.body), raw.leaf)) {
      throw rewritten("ALTERED", globalPosition, id, clauses.otherHash);
    }
    lines += `${Buffer.from(raw.body).toString("utf8")}\n`;
  }
  const hashes = await proveInclusion(index, size, nodesOf(store), treeOf(rules));
  const proof = writeTlogProof({ index, hashes, checkpoint });
  // nobody is handed what he would have to refuse; whose signature it is may be for the caller to know
  if (rules.keys.log.length > 0)
    openCaseBundle(Buffer.from(lines), proof, policyOf(rules.keys.log));
  return { case: id, events: lines, proof };
};

const pageSize = 1000;

const exportTo = async (
  { store, rules }: Reader,
  size: number,
  sink: ExportSink,
): Promise<void> => {
  const tree = treeOf(rules);
  const given = new Set<string>();
  let frontier = emptyFrontier;
  for (let after = -1; after < size - 1;) {
    const limit = Math.min(pageSize, size - 1 - after);
    const page = await store.readRaw({ after, limit });
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.seq;
    for (const { seq, body, leaf, columns } of page) {
      const found = tree.leaf(body);
      if (!isSameHash(found, leaf)) {
        throw rewritten("ALTERED", seq, columns.caseId, clauses.otherHash);
      }
      frontier = appendLeaf(frontier, found, tree).frontier;
    }
    await sink.events(page.map(({ body }) => body));
    for (const { body } of page) {
      for (const sha256 of filesNamedIn(Buffer.from(body).toString("utf8"))) {
        if (given.has(sha256)) continue;
        given.add(sha256);
        const bytes = await store.readFile(sha256);
        if (bytes !== undefined) await sink.file(sha256, bytes);
      }
    }
  }
  // what was given must be what was signed
  const signed = await rootAt(size, nodesOf(store), tree);
  if (frontier.size === size && isSameHash(rootOf(frontier, tree), signed)) return;
  throw rewritten("REWRITTEN", null, null, clauses.rewritten(size));
};

const rewritten = (
  fault: "ALTERED" | "REWRITTEN",
  position: number | null,
  caseId: string | null,
  what: Label,
) => new EngineError("INTEGRITY", { fault, position, case: caseId, what });

const attemptsMax = 5;

const adoptKey = async (
  { store, ids, rules: rulesNow }: Context,
  key: VerifierKey,
  { actor, today }: Asking,
): Promise<boolean> => {
  const written = writeVerifierKey(key);
  for (let attempt = 1; ; attempt++) {
    const rules = await rulesNow();
    const { opening, keys, current, version } = rules;
    if (key.type === "log" && key.name !== opening.origin) {
      throw unproven({
        zh: `公钥的名称是 ${key.name}，办件库的标识是 ${opening.origin}`,
        en: `the key is called ${key.name}, the log ${opening.origin}`,
      });
    }
    const [known, type] =
      key.type === "log"
        ? ([keys.log, "LogKeyAdopted"] as const)
        : ([keys.witnesses, "WitnessAdopted"] as const);
    if (known.some((one) => writeVerifierKey(one) === written)) return false;
    const holder = [...keys.log, ...keys.witnesses].find((one) =>
      isSameHash(one.publicKey, key.publicKey),
    );
    if (holder !== undefined) {
      throw unproven({
        zh: `这把公钥已以 ${holder.name} 的名义启用，不能另作他用`,
        en: `this public key has been adopted as that of ${holder.name} and stands for nobody else`,
      });
    }
    const data = { key: written };
    const { dataVersion } = logEvents[type];
    try {
      await store.append({
        commandId: ids.next(),
        requestHash: sha256Hex(canonicalJson({ type, data })),
        actor,
        streams: [
          {
            stream: null,
            expectedVersion: version,
            rulebookHash: current.hash,
            events: [{ type, dataVersion, on: today, data, from: null, to: null }],
          },
        ],
      });
      return true;
    } catch (error) {
      const isRace = error instanceof EngineError && error.code === "VERSION_CONFLICT";
      if (!isRace || attempt === attemptsMax) throw error;
    }
  }
};

/** Kept checkpoints, oldest first. */
export async function* keptCheckpoints(
  store: Pick<StoreReader, "readCheckpoints">,
): AsyncGenerator<KeptCheckpoint> {
  let after = -1;
  for (;;) {
    const page = await store.readCheckpoints({ after, limit: pageSize });
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    after = last.size;
  }
}

const requestOf = async (
  { store, rules }: Reader,
  witness: VerifierKey,
  named?: number,
): Promise<string> => {
  let cosigned = 0;
  let newest: KeptCheckpoint | undefined;
  for await (const kept of keptCheckpoints(store)) {
    if (linesOf(readNote(kept.note), witness).length > 0) cosigned = kept.size;
    newest = kept;
  }
  if (newest === undefined) {
    throw unproven({
      zh: "尚无检查点，请先执行 wuding audit checkpoint",
      en: "there is no checkpoint yet; run wuding audit checkpoint first",
    });
  }
  const { note, size } = newest;
  const older = named ?? cosigned;
  assertCovers(size, older);
  const proof = await proveConsistency(older, size, nodesOf(store), treeOf(rules));
  return writeWitnessRequest({ older, proof, checkpoint: note });
};

const cosignedSize = async ({ store, rules }: Reader, line: string): Promise<number> => {
  // what is kept is kept for ever: one line, and nothing behind it
  if (line.indexOf("\n") !== line.length - 1) throw noCosignature();
  for await (const { note, size } of keptCheckpoints(store)) {
    const text = checkpointText(readCheckpoint(note));
    try {
      const signed = readNote(`${text}\n${line}`);
      if (cosignaturesOf(signed, rules.keys.witnesses).length > 0) return size;
    } catch (error) {
      // of another checkpoint than this one
      if (!(error instanceof EngineError) || error.code !== "UNPROVEN") throw error;
    }
  }
  throw noCosignature();
};

const noCosignature = () =>
  unproven({
    zh: "内容不是已确认的见证方对本库所存检查点的一行副署",
    en: "this is not one line by which an adopted witness cosigns a checkpoint that is kept here",
  });
