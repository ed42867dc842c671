/** @module given-answers — what `--json` printed, as the tests look at it. */
import type { Ran } from "./given-program.ts";

/** Members of a document, not looked at yet. */
export type Json = Readonly<Record<string, unknown>>;

/** The one document of a run. */
export const documentOf = ({ out }: Ran): Json => JSON.parse(out) as Json;

/** A list in the document of a run: `rates`, `cases` …; the document itself when it is a list. */
export const listOf = ({ out }: Ran, name?: string): readonly Json[] => {
  const document = JSON.parse(out) as Json;
  return (name === undefined ? document : document[name]) as readonly Json[];
};
