/** @module rate-definitions — the definitions of rates that a casebook has adopted, those in force first. */
import type { Label } from "../case/terms.ts";
import { invalidInput } from "../errors.ts";
import type { Computation } from "../projections/definitions.ts";
import { computationOf, definitionKey } from "../projections/definitions.ts";
import type { RateDefinition, Rounding } from "../rulebook/rate-definition.ts";
import type { Confidence } from "../rulebook/source.ts";
import { printSource } from "../rulebook/source.ts";
import type { RulesInForce } from "./rules-in-force.ts";
import { displayShare } from "./share.ts";

/** A definition and where it comes from. */
export type AdoptedRate = Readonly<{
  rate: RateDefinition;
  /** Names what is computed; see `definitionKey`. */
  key: string;
  /** `<id>@<version>` of the rulebook: the one in force, else the newest that has it. */
  rulebook: string;
  isInForce: boolean;
}>;

/**
 * Every definition that was ever adopted, each once: those in force in their order, after each the older
 * ones of the same id, newest first, and at the end those of ids that are no longer counted.
 */
export const adoptedRates = ({ current, rulebooks }: RulesInForce): readonly AdoptedRate[] => {
  const found = new Map<string, AdoptedRate>();
  for (const one of [current, ...rulebooks.toReversed()]) {
    for (const rate of one.rulebook.rates) {
      const key = definitionKey(rate);
      if (found.has(key)) continue;
      found.set(key, { rate, key, rulebook: one.name, isInForce: one === current });
    }
  }
  const all = [...found.values()];
  const ids = [...new Set(all.map(({ rate }) => rate.id))];
  return ids.flatMap((id) => all.filter(({ rate }) => rate.id === id));
};

/**
 * The adopted definitions of one rate, or of all.
 * @throws EngineError `INVALID_INPUT` for an id that no adopted rulebook has, with those that there are
 */
export const adoptedRatesOf = (rules: RulesInForce, id: string | undefined) => {
  const all = adoptedRates(rules);
  if (id === undefined) return all;
  const own = all.filter(({ rate }) => rate.id === id);
  if (own.length > 0) return own;
  const allowed = [...new Set(all.map(({ rate }) => rate.id))];
  throw invalidInput({ field: "rate", kind: "notOneOf", value: id, allowed });
};

/** A definition as it stands beside its figure. */
export type DefinitionView = Readonly<{
  id: string;
  version: number;
  /** Key of what is computed: figures of different keys are never added up. */
  definitionId: string;
  label: Label;
  /** The whole definition in one sentence. */
  definition: Label;
  rulebook: string;
  computation: Computation;
  rounding: Rounding;
  /** What a year is. */
  periodBasis: "dispatch year";
  source: Label;
  confidence: Confidence;
}>;

/** A definition with everything that its figure rests on. */
export const viewOfDefinition = ({ rate, key, rulebook }: AdoptedRate): DefinitionView => ({
  id: rate.id,
  version: rate.version,
  definitionId: key,
  label: rate.label,
  definition: rate.definition,
  rulebook,
  computation: computationOf(rate),
  rounding: rate.rounding,
  periodBasis: "dispatch year",
  source: printSource(rate.source),
  confidence: rate.confidence,
});

/**
 * The definitions of one rate, or of all: no case is looked at. Of all rates only those in force are given.
 * @throws EngineError `INVALID_INPUT` for an unknown id
 */
export const rateDefinitions = (rules: RulesInForce, id?: string): readonly DefinitionView[] =>
  adoptedRatesOf(rules, id)
    .filter(({ isInForce }) => isInForce || id !== undefined)
    .map(viewOfDefinition);

/** A share in figures and as it is printed. */
export type Figure = Readonly<{
  numerator: number;
  denominator: number;
  /** Null over nothing. */
  value: number | null;
  /** `100%`, `61.90%`, `—`; never 100% for what is not exactly 1. */
  display: string;
}>;

/** The figure of a rate. */
export const figureOf = (numerator: number, denominator: number, rounding: Rounding): Figure => ({
  numerator,
  denominator,
  value: denominator === 0 ? null : numerator / denominator,
  display: displayShare(numerator, denominator, rounding),
});
