/**
 * @module checkpoint — size and root of a log, signed (https://c2sp.org/tlog-checkpoint@v1.0.0).
 *
 *     gov.example/proposals/log1           the log's origin, also the name of its key
 *     123457                               number of events
 *     <base64 of the root>
 *                                          an empty line
 *     — gov.example/proposals/log1 <base64(key id ‖ Ed25519 signature of the three lines)>
 *     — audit.example/w1 <a witness's line, see cosignature.ts>
 *
 * No other lines of text are written, and none are read.
 */
import type { Cosignature } from "./cosignature.ts";
import { cosignaturesOf } from "./cosignature.ts";
import type { TreeHead } from "./consistency.ts";
import { hashFromBase64, toBase64 } from "./hash.ts";
import type { Policy } from "./policy.ts";
import { meetsQuorum } from "./policy.ts";
import { unproven } from "./refusal.ts";
import type { SignedNote } from "./signed-note.ts";
import { isSignedBy, linesOf, readNote, signatureLine } from "./signed-note.ts";
import type { Signer } from "./signer.ts";
import { signedBy } from "./signer.ts";

export type Checkpoint = TreeHead & Readonly<{ origin: string }>;

/** The three lines that are signed. */
export const checkpointText = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${toBase64(root)}\n`;

/** The signed note of a checkpoint. */
export const signCheckpoint = async (checkpoint: Checkpoint, signer: Signer): Promise<string> => {
  const text = checkpointText(checkpoint);
  const signature = await signedBy(signer, Buffer.from(text));
  return `${text}\n${signatureLine(signer.key, signature)}`;
};

/** What a note says of itself; nothing has been verified. @throws EngineError `UNPROVEN` */
export const readCheckpoint = (note: string): Checkpoint => checkpointIn(readNote(note));

const checkpointIn = ({ text }: SignedNote): Checkpoint => {
  const [origin = "", size = "", root = "", ...rest] = text.split("\n");
  const hash = hashFromBase64(root);
  const isNumber = /^(?:0|[1-9]\d*)$/.test(size) && Number.isSafeInteger(Number(size));
  if (origin === "" || !isNumber || hash === undefined || rest.join("\n") !== "") {
    throw unproven({ zh: "内容不是检查点的格式", en: "it does not have the form of a checkpoint" });
  }
  return { origin, size: Number(size), root: hash };
};

/** A checkpoint that a policy accepts, and who vouches for it. */
export type TrustedCheckpoint = Checkpoint &
  Readonly<{
    /** Witnesses of the policy that cosigned it, with the time that each gave. */
    cosignatures: readonly Cosignature[];
  }>;

/**
 * Opens a checkpoint with the verifier's own keys: its log is one of the policy's, that log's key signed
 * it, no known key's line is false, and enough witnesses cosigned it.
 * @throws EngineError `UNPROVEN` saying which of these fails
 */
export const openCheckpoint = (note: string, policy: Policy): TrustedCheckpoint => {
  const signed = readNote(note);
  const checkpoint = checkpointIn(signed);
  const keys = policy.logs.filter(({ name }) => name === checkpoint.origin);
  if (keys.length === 0) {
    throw unproven({
      zh: `检查点属于“${checkpoint.origin}”，不在核验方的公钥文件之中`,
      en: `the checkpoint is of ${checkpoint.origin}, which the verifier's keys do not name`,
    });
  }
  const message = Buffer.from(signed.text);
  const lines = keys.flatMap((key) => linesOf(signed, key).map((line) => ({ key, line })));
  if (lines.length === 0) {
    throw unproven({
      zh: "检查点没有该办件库公钥的签名",
      en: "no key of that log has signed the checkpoint",
    });
  }
  if (!lines.every(({ key, line }) => isSignedBy(key, message, line.signature))) {
    throw unproven({
      zh: "检查点的签名不成立：内容或者签名被改动",
      en: "the signature of the checkpoint is false: its text or the signature was changed",
    });
  }
  const cosignatures = cosignaturesOf(signed, policy.witnesses);
  if (!meetsQuorum(policy, new Set(cosignatures.map(({ publicKey }) => publicKey)))) {
    throw unproven({
      zh: "副署的见证方不足核验方要求的数目",
      en: "fewer witnesses than the verifier demands have cosigned the checkpoint",
    });
  }
  return { ...checkpoint, cosignatures };
};
