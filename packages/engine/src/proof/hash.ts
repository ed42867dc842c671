/**
 * @module hash — the two hashes of an RFC 6962 tree: a leaf is H(0x00 ‖ entry), a node is
 * H(0x01 ‖ left ‖ right). The prefixes keep an entry from posing as a node.
 *
 * A log has one H for life: SHA-256, or SM3 (GB/T 32905—2016) where its origin ends in `.sm3`. Both
 * give 32 bytes, so every format is the same. The origin is pinned by whoever verifies, and H with it.
 */
import { hash } from "node:crypto";

/** Bytes of every hash in the tree. */
export const hashBytes = 32;

export type HashName = "sha256" | "sm3";

/** The hashes of one kind of tree. */
export type TreeHash = Readonly<{
  name: HashName;
  /** Hash of one entry; of a text the UTF-8 bytes are hashed. */
  leaf(entry: string | Uint8Array): Uint8Array;
  /** Hash of two subtrees, the left one first. */
  node(left: Uint8Array, right: Uint8Array): Uint8Array;
  /** Root of a tree without leaves: H(""). */
  empty(): Uint8Array;
}>;

const treeHash = (name: HashName): TreeHash => {
  // Asking for hex and converting takes two thirds of the time of asking for a buffer (Node 20).
  const digest = (data: string | Uint8Array): Uint8Array =>
    Buffer.from(hash(name, data, "hex"), "hex");
  return {
    name,
    leaf: (entry) => {
      if (typeof entry === "string") return digest(`\0${entry}`);
      const prefixed = new Uint8Array(1 + entry.length);
      prefixed.set(entry, 1);
      return digest(prefixed);
    },
    node: (left, right) => {
      const joined = new Uint8Array(1 + 2 * hashBytes);
      joined[0] = 1;
      joined.set(left, 1);
      joined.set(right, 1 + hashBytes);
      return digest(joined);
    },
    empty: () => digest(""),
  };
};

export const sha256Tree = treeHash("sha256");
export const sm3Tree = treeHash("sm3");

/** The hash that a log of this name has for life. */
export const treeHashOf = (origin: string): TreeHash =>
  origin.endsWith(".sm3") ? sm3Tree : sha256Tree;

/** Lower-case hex, as `RecordedEvent.hash` shows a leaf. */
export const toHex = (hashed: Uint8Array): string => view(hashed).toString("hex");

/** Standard base64 with padding, as notes and proofs write bytes. */
export const toBase64 = (bytes: Uint8Array): string => view(bytes).toString("base64");

/** The bytes of a text in standard base64; undefined when it is not exactly how they are written. */
export const fromBase64 = (text: string): Uint8Array | undefined => {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : undefined;
};

/** A hash in base64; undefined when it is none of 32 bytes. */
export const hashFromBase64 = (text: string): Uint8Array | undefined => {
  const bytes = fromBase64(text);
  return bytes?.length === hashBytes ? bytes : undefined;
};

/** Whether two hashes are the same bytes. Nothing here is secret, so it may stop early. */
export const isSameHash = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && view(one).equals(other);

const view = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
