/** @module ids — the port to randomness. Given when a store or casebook is opened, never with a command. */

export interface Ids {
  /** A new identifier of at least 128 random bits, base64url characters. */
  next(): string;
}
