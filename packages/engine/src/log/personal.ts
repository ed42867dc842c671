/**
 * @module personal — seals a personal value, so that an event can prove it without holding it.
 *
 * The seal is base64url(SHA-256(salt ‖ value)) over the UTF-8 bytes, without padding. The salt keeps a
 * phone number from being guessed; it must be random and of one length (22 characters from the ids
 * port), so that the border between salt and value is not open to choice. Value and salt lie beside
 * the log and can be erased; the seal stays, and with it every proof.
 */
import { hash } from "node:crypto";

/** The seal of a value under a salt: 43 base64url characters. */
export const sealOf = (salt: string, value: string): string =>
  hash("sha256", salt + value, "base64url");
