/**
 * @module witness — the round with a witness: the office asks with a file, the witness answers with a
 * line (https://c2sp.org/tlog-witness, the body of `add-checkpoint`).
 *
 *     old <size of the last checkpoint that the witness cosigned>
 *     <base64 of a hash>                   the consistency proof from there, one a line
 *     …
 *                                          an empty line
 *     <the signed checkpoint>
 *
 * The witness remembers the last head of each log, durably, before it answers.
 */
import type { TrustedCheckpoint } from "./checkpoint.ts";
import { checkpointText, openCheckpoint } from "./checkpoint.ts";
import type { TreeHead } from "./consistency.ts";
import { showsConsistency } from "./consistency.ts";
import { hashFromBase64, isSameHash, toBase64, treeHashOf } from "./hash.ts";
import type { Policy } from "./policy.ts";
import { unproven } from "./refusal.ts";
import { proofHashesMax } from "./tlog-proof.ts";

/** What the office asks a witness. */
export type WitnessRequest = Readonly<{
  /** Size that the witness cosigned last, 0 for none. */
  older: number;
  proof: readonly Uint8Array[];
  /** The signed note of the checkpoint. */
  checkpoint: string;
}>;

export const writeWitnessRequest = ({ older, proof, checkpoint }: WitnessRequest): string =>
  [`old ${older}`, ...proof.map(toBase64), "", checkpoint].join("\n");

/** @throws EngineError `UNPROVEN` when the text is no request */
export const readWitnessRequest = (text: string): WitnessRequest => {
  const end = text.indexOf("\n\n");
  const [first = "", ...lines] = text.slice(0, Math.max(end, 0)).split("\n");
  const [, older] = /^old (0|[1-9]\d{0,15})$/.exec(first) ?? [];
  const proof = lines.map(hashFromBase64);
  if (older === undefined || proof.length > proofHashesMax || proof.includes(undefined)) {
    throw unproven({ zh: "内容不是见证请求的格式", en: "it does not have the form of a request" });
  }
  return {
    older: Number(older),
    proof: proof as readonly Uint8Array[],
    checkpoint: text.slice(end + 2),
  };
};

/**
 * What a witness checks before it cosigns.
 * @param remembered the head that it cosigned last for this log; undefined for a log it has not seen
 * @returns the checkpoint to cosign, with the text that is signed
 * @throws EngineError `UNPROVEN`; with `isEvidence` when the office shows another history than before
 */
export const judgeWitnessRequest = (
  request: string,
  policy: Policy,
  remembered: (origin: string) => TreeHead | undefined,
): Readonly<{ checkpoint: TrustedCheckpoint; text: string }> => {
  const { older, proof, checkpoint: note } = readWitnessRequest(request);
  // a witness demands no other witness
  const checkpoint = openCheckpoint(note, { ...policy, quorum: () => true });
  const { origin, size, root } = checkpoint;
  const tree = treeHashOf(origin);
  const last = remembered(origin) ?? { size: 0, root: tree.empty() };
  if (size < last.size || older > size) {
    throw unproven({
      zh: `检查点有 ${size} 条记录，少于已见证的 ${last.size} 条`,
      en: `the checkpoint has ${size} events, fewer than the ${last.size} that were witnessed`,
    });
  }
  if (size === last.size && !isSameHash(root, last.root)) throw forked(origin, last, checkpoint);
  // an answer that was lost on its way is given again
  if (size === last.size) return { checkpoint, text: checkpointText(checkpoint) };
  if (older !== last.size) {
    throw unproven({
      zh: `请求从第 ${older} 条起，而上次见证到第 ${last.size} 条`,
      en: `the request begins at ${older}, but ${last.size} events were witnessed last`,
    });
  }
  if (!showsConsistency(last, { size, root }, proof, tree)) throw forked(origin, last, checkpoint);
  return { checkpoint, text: checkpointText(checkpoint) };
};

const forked = (origin: string, older: TreeHead, newer: TreeHead) =>
  unproven(
    {
      zh: `${origin} 的检查点（${newer.size} 条）与已见证的历史（${older.size} 条）不相衔接：历史被改写，或者向不同的人出示了不同的历史`,
      en: `the checkpoint of ${origin} (${newer.size} events) does not continue the history that was witnessed (${older.size} events): it was rewritten, or different histories are shown to different people`,
    },
    true,
  );
