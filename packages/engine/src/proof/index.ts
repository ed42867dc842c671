/**
 * @module proof — the public formats by which a log proves itself: RFC 6962 trees and the C2SP notes,
 * checkpoints, proofs, cosignatures and policies. It knows nothing of cases.
 */
export type { Checkpoint, TrustedCheckpoint } from "./checkpoint.ts";
export { checkpointText, openCheckpoint, readCheckpoint, signCheckpoint } from "./checkpoint.ts";
export type { TreeHead } from "./consistency.ts";
export { proveConsistency, showsConsistency } from "./consistency.ts";
export type { Cosignature } from "./cosignature.ts";
export { cosign, cosignaturesOf } from "./cosignature.ts";
export type { HashName, TreeHash } from "./hash.ts";
export { fromBase64, isSameHash, toBase64, toHex, treeHashOf } from "./hash.ts";
export type { InclusionClaim } from "./inclusion.ts";
export { proveInclusion, showsInclusion } from "./inclusion.ts";
export type { Policy } from "./policy.ts";
export { policyOf, readPolicy, writePolicy } from "./policy.ts";
export type { SignatureLine, SignatureType, SignedNote, VerifierKey } from "./signed-note.ts";
export {
  isKeyName,
  isSignedBy,
  readNote,
  readSignatureLine,
  readVerifierKey,
  verifierKey,
  writeVerifierKey,
} from "./signed-note.ts";
export type { Signer } from "./signer.ts";
export { ed25519Signer, readPrivateKey, seedBytes, writePrivateKey } from "./signer.ts";
export type { NodeReader } from "./subtrees.ts";
export { rootAt } from "./subtrees.ts";
export type { TlogProof } from "./tlog-proof.ts";
export { openTlogProof, readTlogProof, writeTlogProof } from "./tlog-proof.ts";
export type { WitnessRequest } from "./witness.ts";
export { judgeWitnessRequest, readWitnessRequest, writeWitnessRequest } from "./witness.ts";
