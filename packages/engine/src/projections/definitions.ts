/**
 * @module definitions — a name for what a rate computes, so that figures of two definitions never meet.
 *
 * Two rulebooks may count one rate differently, also under one version by mistake. The key names what is
 * computed and not what is printed: a better sentence or another rounding leaves it as it was.
 */
import { canonicalJson } from "../log/canonical-json.ts";
import { sha256Hex } from "../log/hash.ts";
import type { RateDefinition } from "../rulebook/rate-definition.ts";

/** What a rate computes: which cases, less which, and what counts among them. */
export type Computation = Pick<
  RateDefinition,
  | "population"
  | "kinds"
  | "categories"
  | "exclusions"
  | "numerator"
  | "contact"
  | "form"
  | "round"
  | "meanings"
>;

/** The part of a definition that its figure depends on. */
export const computationOf = (rate: RateDefinition): Computation => {
  const { population, kinds, categories, exclusions, numerator, contact, form, round, meanings } =
    rate;
  return {
    population,
    ...(kinds && { kinds }),
    ...(categories && { categories }),
    exclusions,
    numerator,
    ...(contact && { contact }),
    ...(form && { form }),
    ...(round && { round }),
    ...(meanings && { meanings }),
  };
};

const digestLength = 12;
const known = new WeakMap<RateDefinition, string>();

/** `meeting@1-4f0c2a9b7d31`: id, version and a digest of the computation; read once for each definition. */
export const definitionKey = (rate: RateDefinition): string => {
  const found = known.get(rate);
  if (found !== undefined) return found;
  const digest = sha256Hex(canonicalJson(inOrder(computationOf(rate)))).slice(0, digestLength);
  const key = `${rate.id}@${rate.version}-${digest}`;
  known.set(rate, key);
  return key;
};

/** The same computation with its lists sorted: each is a set, and means the same in any order. */
const inOrder = (computation: Computation): Computation => {
  const { kinds, categories, exclusions, contact, form, meanings, ...rest } = computation;
  return {
    ...rest,
    ...(kinds && { kinds: kinds.toSorted() }),
    ...(categories && { categories: categories.toSorted() }),
    exclusions: exclusions.toSorted(),
    ...(contact && {
      contact: {
        ...contact,
        modes: contact.modes.toSorted(),
        phases: contact.phases.toSorted(),
      },
    }),
    ...(form && { form: { ...form, ratings: form.ratings.toSorted() } }),
    ...(meanings && { meanings: meanings.toSorted() }),
  };
};
