/**
 * @module signed-note — text signed by one or several keys (https://c2sp.org/signed-note@v1.0.0).
 *
 *     <text, each line ended by \n>
 *                                       an empty line; the last one in the note
 *     — <key name> <base64(key id ‖ signature)>
 *
 * The key id is the first 4 bytes of SHA-256(name ‖ "\n" ‖ type ‖ public key). A verifier knows its keys
 * as `<name>+<key id in hex>+<base64(type ‖ public key)>`. A line of an unknown key is passed over; one
 * of a known key must verify, or the whole note is refused.
 */
import { createHash, createPublicKey, verify } from "node:crypto";
import { fromBase64, toBase64, toHex } from "./hash.ts";
import { unproven } from "./refusal.ts";

/** What a key signs: the text itself, or a witness's cosignature of it. */
export const signatureTypes = { log: 0x01, witness: 0x04 } as const;
export type SignatureType = keyof typeof signatureTypes;

/** A key that notes are verified with. */
export type VerifierKey = Readonly<{
  name: string;
  type: SignatureType;
  /** 4 bytes. */
  id: Uint8Array;
  /** The 32 bytes of an Ed25519 public key. */
  publicKey: Uint8Array;
}>;

/** One signature line, before anything is believed of it. */
export type SignatureLine = Readonly<{ name: string; keyId: Uint8Array; signature: Uint8Array }>;

/** A note taken apart; nothing in it has been verified. */
export type SignedNote = Readonly<{ text: string; signatures: readonly SignatureLine[] }>;

/** Notes with more are refused unread. */
const signaturesMax = 64;
const noteBytesMax = 1_000_000;
const publicKeyBytes = 32;

/** A key's name: not empty, no space of any script, no plus sign. */
export const isKeyName = (name: string): boolean => /^[^\s+\p{Z}\p{C}]+$/u.test(name);

/** The key of a name. */
export const verifierKey = (
  name: string,
  type: SignatureType,
  publicKey: Uint8Array,
): VerifierKey => ({ name, type, publicKey, id: keyIdOf(name, type, publicKey) });

const keyIdOf = (name: string, type: SignatureType, publicKey: Uint8Array): Uint8Array =>
  createHash("sha256")
    .update(`${name}\n`)
    .update(Buffer.of(signatureTypes[type]))
    .update(publicKey)
    .digest()
    .subarray(0, 4);

/** A key as it travels. */
export const writeVerifierKey = ({ name, type, id, publicKey }: VerifierKey): string =>
  `${name}+${toHex(id)}+${toBase64(Buffer.concat([Buffer.of(signatureTypes[type]), publicKey]))}`;

/** A key as it travelled; undefined when it is none that this program can use, or was copied wrongly. */
export const readVerifierKey = (text: string): VerifierKey | undefined => {
  const [name = "", id = "", ...rest] = text.split("+");
  // base64 has plus signs of its own
  const bytes = fromBase64(rest.join("+"));
  if (!isKeyName(name) || bytes?.length !== 1 + publicKeyBytes) return undefined;
  const type = typeOf(bytes[0]);
  if (type === undefined) return undefined;
  const key = verifierKey(name, type, bytes.subarray(1));
  return toHex(key.id) === id ? key : undefined;
};

const typeOf = (byte: number | undefined): SignatureType | undefined =>
  (Object.keys(signatureTypes) as SignatureType[]).find((type) => signatureTypes[type] === byte);

/** A line of a note. */
export const signatureLine = (
  { name, id }: Pick<VerifierKey, "name" | "id">,
  signature: Uint8Array,
): string => `— ${name} ${toBase64(Buffer.concat([id, signature]))}\n`;

/**
 * Takes a note apart.
 * @throws EngineError `UNPROVEN` when it is none
 */
export const readNote = (note: string): SignedNote => {
  const end = note.lastIndexOf("\n\n");
  // oxlint-disable-next-line no-control-regex -- a note has no control characters but its line ends
  const isForbidden = /[\u0000-\u0009\u000B-\u001F\uFFFD]|\p{Surrogate}/u.test(note);
  if (end <= 0 || note.length > noteBytesMax || isForbidden || !note.endsWith("\n")) throw noNote();
  const lines = note.slice(end + 2, -1).split("\n");
  if (lines.length > signaturesMax) throw noNote();
  return { text: note.slice(0, end + 1), signatures: lines.map(readSignatureLine) };
};

/**
 * A signature line without its line end.
 * @throws EngineError `UNPROVEN`
 */
export const readSignatureLine = (line: string): SignatureLine => {
  const [dash, name = "", encoded = "", ...surplus] = line.split(" ");
  const bytes = fromBase64(encoded);
  if (dash !== "—" || !isKeyName(name) || surplus.length > 0) throw noNote();
  if (bytes === undefined || bytes.length <= 4) throw noNote();
  return { name, keyId: bytes.subarray(0, 4), signature: bytes.subarray(4) };
};

const noNote = () =>
  unproven({ zh: "内容不是签名文本的格式", en: "it does not have the form of a signed note" });

/** The lines that a key made, by its name and id; they may still be false. */
export const linesOf = ({ signatures }: SignedNote, key: VerifierKey): readonly SignatureLine[] =>
  signatures.filter(({ name, keyId }) => name === key.name && toHex(keyId) === toHex(key.id));

/** The first bytes of every Ed25519 public key in SPKI form (RFC 8410). */
const spkiPrefix = Buffer.from("302a300506032b6570032100", "hex");

/** Whether a key signed a message; Ed25519 (RFC 8032). */
export const isSignedBy = (
  { publicKey }: Pick<VerifierKey, "publicKey">,
  message: Uint8Array,
  signature: Uint8Array,
): boolean => {
  const key = Buffer.concat([spkiPrefix, publicKey]);
  try {
    return verify(null, message, createPublicKey({ key, format: "der", type: "spki" }), signature);
  } catch {
    // bytes that are no point of the curve, or no signature
    return false;
  }
};
