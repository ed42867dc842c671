/** @module proof — keys, checkpoints and a witness's memory as files, and signers that are programs. */
export type { CheckpointFolder } from "./checkpoint-folder.ts";
export { openCheckpointFolder } from "./checkpoint-folder.ts";
export { makeKeyFile, readKeyFile } from "./key-file.ts";
export { processSigner } from "./process-signer.ts";
export type { WitnessAnswer } from "./witness-folder.ts";
export { answerWitnessRequest } from "./witness-folder.ts";
