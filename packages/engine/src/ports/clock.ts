/** @module clock — the port to time. Given when a store or casebook is opened, never with a command. */

export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
}
