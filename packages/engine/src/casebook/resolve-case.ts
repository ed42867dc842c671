/** @module resolve-case — the case that a person means by a short name. */
import type { CaseId } from "../case/case-id.ts";
import { caseIdOf, nameEnding, parseCaseId } from "../case/case-id.ts";
import { EngineError } from "../errors.ts";

/** Cases whose name ends in `ending`; at most `limit`. */
export type FindCases = (ending: string, limit: number) => Promise<readonly CaseId[]>;

/** Cases that have a number beside their own. */
export type FindNumbered = (number: string) => Promise<readonly CaseId[]>;

/** A number of other hands as it is compared: full-width and half-width are the same. */
export const sameNumber = (left: string, right: string): boolean =>
  left.normalize("NFKC").trim() === right.normalize("NFKC").trim();

/**
 * The case that a name or an unambiguous short form stands for: `122`, `15-5/122`, `cppcc/15-5/122`.
 * @param numbered finds it by another number, where no name ends so
 * @throws EngineError `NOT_FOUND`, `AMBIGUOUS_CASE`
 */
export const resolveCase = async (
  find: FindCases,
  name: string,
  numbered: FindNumbered = () => Promise.resolve([]),
): Promise<CaseId> => {
  const full = parseCaseId(name);
  if (full !== undefined) return caseIdOf(full.kind, full.session, full.number);
  const ending = nameEnding(name);
  const named = ending === undefined ? [] : await find(ending, 20);
  const candidates = named.length > 0 ? named : await numbered(name);
  const [only] = candidates;
  if (only === undefined) throw new EngineError("NOT_FOUND", { what: "case", name });
  if (candidates.length > 1) throw new EngineError("AMBIGUOUS_CASE", { given: name, candidates });
  return only;
};
