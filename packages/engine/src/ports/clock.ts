/** @module clock — the port to time. Given when a store or casebook is opened, never with a command. */

export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /**
   * Milliseconds since some moment of this process, by a clock that nobody can set. With it a store that
   * stays open notices that `now` was set meanwhile.
   */
  readonly monotonic?: (this: void) => number;
}
