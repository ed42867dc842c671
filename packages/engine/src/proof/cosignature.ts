/**
 * @module cosignature — a witness's word that a checkpoint continues all it has seen of a log before
 * (https://c2sp.org/tlog-cosignature@v1.0.0, Ed25519).
 *
 * Signed is
 *
 *     cosignature/v1
 *     time <seconds since 1970>
 *     <the three lines of the checkpoint>
 *
 * and the line under the checkpoint holds base64(key id ‖ time as 8 bytes, big-endian ‖ signature).
 */
import { toHex } from "./hash.ts";
import { unproven } from "./refusal.ts";
import type { SignedNote, VerifierKey } from "./signed-note.ts";
import { isSignedBy, linesOf, signatureLine } from "./signed-note.ts";
import type { Signer } from "./signer.ts";
import { signedBy } from "./signer.ts";

/** Who cosigned, and when by its own clock. */
export type Cosignature = Readonly<{
  /** Name of the witness's key; a witness that replaced its key has two of one name. */
  witness: string;
  /** The key itself, in hex. */
  publicKey: string;
  /** Seconds since 1970. */
  time: number;
}>;

const timeBytes = 8;

const messageOf = (text: string, time: number): Uint8Array =>
  Buffer.from(`cosignature/v1\ntime ${time}\n${text}`);

/** The line of a witness under the text of a checkpoint; `time` in seconds since 1970. */
export const cosign = async (text: string, time: number, witness: Signer): Promise<string> => {
  const signature = await signedBy(witness, messageOf(text, time));
  const stamp = Buffer.alloc(timeBytes);
  stamp.writeBigUInt64BE(BigInt(time));
  return signatureLine(witness.key, Buffer.concat([stamp, signature]));
};

/**
 * The cosignatures of known witnesses under a note.
 * @throws EngineError `UNPROVEN` when a line in the name of one of them is false
 */
export const cosignaturesOf = (
  note: SignedNote,
  witnesses: readonly VerifierKey[],
): readonly Cosignature[] =>
  witnesses.flatMap((key) =>
    linesOf(note, key).map(({ signature }) => {
      const time = timeIn(signature);
      const signed = time === undefined ? undefined : messageOf(note.text, time);
      if (signed === undefined || !isSignedBy(key, signed, signature.subarray(timeBytes))) {
        throw unproven({
          zh: `以 ${key.name} 名义的副署不成立`,
          en: `the cosignature in the name of ${key.name} is false`,
        });
      }
      return { witness: key.name, publicKey: toHex(key.publicKey), time: time as number };
    }),
  );

const timeIn = (signature: Uint8Array): number | undefined => {
  if (signature.length <= timeBytes) return undefined;
  const time = Number(Buffer.from(signature.subarray(0, timeBytes)).readBigUInt64BE());
  return Number.isSafeInteger(time) ? time : undefined;
};
