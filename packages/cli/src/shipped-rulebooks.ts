/** @module shipped-rulebooks — the rulebooks that come with the program, by name. */
import type { Rulebook } from "@wuding/engine";
import { invalidInput, national, rulebookName } from "@wuding/engine";

const shipped: readonly Rulebook[] = [national];

/**
 * A rulebook by its id (`national`) or full name (`national@2025`).
 * @throws EngineError `INVALID_INPUT` when none has that name
 */
export const rulebookNamed = (name: string): Rulebook => {
  const found = shipped.find((one) => one.id === name || rulebookName(one) === name);
  if (found !== undefined) return found;
  const allowed = shipped.map((one) => one.id);
  throw invalidInput({ field: "--rulebook", kind: "notOneOf", value: name, allowed });
};
