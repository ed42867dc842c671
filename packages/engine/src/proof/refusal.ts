/** @module refusal — why a note, a checkpoint or a proof is not believed. */
import type { Label } from "../case/terms.ts";
import { EngineError } from "../errors.ts";

/**
 * A refusal to believe something; `what` is a clause without a full stop.
 * @param isEvidence set where what was shown proves a fault of whoever signed it
 */
export const unproven = (what: Label, isEvidence = false): EngineError<"UNPROVEN"> =>
  new EngineError("UNPROVEN", { what, ...(isEvidence && { isEvidence }) });
