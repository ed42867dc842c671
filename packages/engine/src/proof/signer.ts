/**
 * @module signer — who signs: a name, a key and a way to sign bytes. A key in a file is one way; a
 * program that talks to a cipher machine or a card is another (`store`'s process signer).
 *
 * A private key is kept as `PRIVATE+KEY+<name>+<key id in hex>+<base64(type ‖ seed)>`, the form that Go's
 * `note` package reads and writes.
 */
import { createPrivateKey, createPublicKey, sign } from "node:crypto";
import { fromBase64, toBase64, toHex } from "./hash.ts";
import type { SignatureType, VerifierKey } from "./signed-note.ts";
import { isKeyName, isSignedBy, signatureTypes, verifierKey } from "./signed-note.ts";

/** Signs for one key. Asynchronous, because the key may lie in a machine of its own. */
export type Signer = Readonly<{
  key: VerifierKey;
  /** The 64 bytes of an Ed25519 signature. */
  sign(message: Uint8Array): Promise<Uint8Array>;
}>;

/** Bytes of the secret that an Ed25519 key is made from. */
export const seedBytes = 32;

/** The first bytes of every Ed25519 private key in PKCS #8 form (RFC 8410). */
const pkcs8Prefix = Buffer.from("302e020100300506032b657004220420", "hex");
const spkiPrefixBytes = 12;

/**
 * Signs with a key made from 32 secret random bytes.
 * @throws RangeError for another number of bytes
 */
export const ed25519Signer = (name: string, type: SignatureType, seed: Uint8Array): Signer => {
  if (seed.length !== seedBytes) throw new RangeError(`a seed has ${seedBytes} bytes`);
  const der = Buffer.concat([pkcs8Prefix, seed]);
  const privateKey = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const spki = createPublicKey(privateKey).export({ format: "der", type: "spki" });
  const key = verifierKey(name, type, spki.subarray(spkiPrefixBytes));
  return { key, sign: async (message) => sign(null, message, privateKey) };
};

/** A private key as it is kept in a file of mode 0600. */
export const writePrivateKey = ({ name, type, id }: VerifierKey, seed: Uint8Array): string =>
  `PRIVATE+KEY+${name}+${toHex(id)}+${toBase64(Buffer.concat([Buffer.of(signatureTypes[type]), seed]))}\n`;

/** The signer of a private key; undefined when the text is none, or was damaged. */
export const readPrivateKey = (text: string): Signer | undefined => {
  const [, name = "", id = "", encoded = ""] =
    /^PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)\n?$/.exec(text) ?? [];
  const bytes = fromBase64(encoded);
  if (!isKeyName(name) || bytes?.length !== 1 + seedBytes) return undefined;
  const types = Object.keys(signatureTypes) as SignatureType[];
  const type = types.find((one) => signatureTypes[one] === bytes[0]);
  if (type === undefined) return undefined;
  const signer = ed25519Signer(name, type, bytes.subarray(1));
  return toHex(signer.key.id) === id ? signer : undefined;
};

/**
 * Signs, and makes sure that the key's owner can be believed to have signed.
 * @throws RangeError when what came back is no signature by this key: a broken machine, or the wrong one
 */
export const signedBy = async (signer: Signer, message: Uint8Array): Promise<Uint8Array> => {
  const signature = await signer.sign(message);
  if (!isSignedBy(signer.key, message, signature)) {
    throw new RangeError(`what was returned is no signature by ${signer.key.name}`);
  }
  return signature;
};
