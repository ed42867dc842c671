/** @module rulebook-named — the rulebook of a new casebook, as `--rulebook` names it. */
import type { Rulebook } from "@wuding/engine";
import {
  adoptable,
  invalidInput,
  isEngineError,
  shippedRulebook,
  shippedRulebooks,
} from "@wuding/engine";
import type { Shell } from "./shell.ts";

/**
 * A rulebook that comes with the program, by its id (`national`) or full name (`national@2025`), or one
 * in a file.
 * @throws EngineError `INVALID_INPUT` when there is neither, `INVALID_RULES`
 */
export const rulebookNamed = async (
  name: string,
  { readFile }: Pick<Shell, "readFile">,
): Promise<Rulebook> => {
  const [id = ""] = name.split("@");
  if (shippedRulebooks.some((one) => one === id)) return adoptable(await shippedRulebook(name));
  try {
    return await adoptable(await readFile(name), undefined, name);
  } catch (error) {
    if (!isEngineError(error, "INVALID_INPUT")) throw error;
    const allowed = shippedRulebooks;
    throw invalidInput({ field: "--rulebook", kind: "notOneOf", value: name, allowed });
  }
};
