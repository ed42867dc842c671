/** @module hash — SHA-256 of files, requests and rules; the hashes of the tree are in `proof/hash.ts`. */
import { hash } from "node:crypto";

/** SHA-256 of any bytes or text, lower-case hex; names files and requests. */
export const sha256Hex = (data: Uint8Array | string): string => hash("sha256", data, "hex");
