/** @module exit-codes — the exit code of each refusal; scripts rely on them, so they never change. */
import type { ErrorCode } from "@wuding/engine";

/** A code without its exit code does not compile. */
export const exitCodes = {
  INTERNAL: 1,
  USAGE: 2,
  INVALID_INPUT: 2,
  AMBIGUOUS_CASE: 2,
  INVALID_RULES: 2,
  WRONG_STATE: 3,
  RULE_REFUSED: 3,
  INCOMPLETE_ASSIGNMENT: 3,
  RULES_OLDER: 3,
  CONFORMANCE: 3,
  // the answer to a line that falls with another one; the run exits with the code of that one
  ROLLED_BACK: 3,
  NOT_FOUND: 4,
  VERSION_CONFLICT: 5,
  DUPLICATE_CASE: 5,
  RULES_DIFFER: 5,
  COMMAND_ID_REUSED: 5,
  CASEBOOK_EXISTS: 5,
  INTEGRITY: 6,
  UNPROVEN: 6,
  FILE_EXISTS: 5,
  CANNOT_VERIFY: 7,
  STORE_UNAVAILABLE: 7,
  NOT_A_CASEBOOK: 7,
  STORE_NEWER: 7,
  // nothing can be recorded until the clock is right
  CLOCK_BACKWARDS: 7,
  CLOCK_JUMPED: 7,
} as const satisfies Record<ErrorCode, number>;

/** What a shell takes for "stopped by Ctrl-C": 128 and the number of the signal. */
export const interrupted = 130;
