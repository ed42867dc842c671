/** @module likely-values — what the case itself says that a field may hold, so that it need not be typed. */
import type { CaseView, CommandName, HistoryEntry, RulesInForce } from "@wuding/engine";
import { isAmendable, rulebookOn, schemeFor } from "@wuding/engine";
import type { Choice } from "../asking.ts";
import { labelOf } from "../print/recorded.ts";
import type { Language } from "../shell.ts";

/** A case that is known and what was recorded of it; of a case to be taken in, nothing. */
export type KnownCase = Readonly<{ view: CaseView; history: readonly HistoryEntry[] }>;

const plain = (words: readonly (string | undefined)[]): readonly Choice[] =>
  [...new Set(words.filter((word) => word !== undefined))].map((word) => ({ word, label: "" }));

/** The words that a field is bound to by the rules of the case; none where it is free. */
export const boundWords = (
  command: CommandName,
  field: string,
  known: KnownCase | undefined,
  rules: RulesInForce,
  language: Language,
): readonly Choice[] => {
  if (command === "receive" && field === "kind") {
    const { kinds } = rules.current.rulebook;
    return kinds.map(({ id, label }) => ({ word: id, label: label[language] }));
  }
  if (known === undefined) return [];
  const isResult = command === "answer" || command === "draft" || command === "reclassify";
  if (!isResult || field !== "result") return [];
  const { kind, rulebook, dispatchedOn } = known.view;
  const own = rules.byName.get(rulebook) ?? rulebookOn(rules, dispatchedOn);
  return schemeFor(own.rulebook, kind).codes.map(({ code, label }) => ({
    word: code,
    label: label[language],
  }));
};

/** Values that a field is likely to have. */
export const likelyValues = (
  command: CommandName,
  field: string,
  known: KnownCase | undefined,
  language: Language,
): readonly Choice[] => {
  if (known === undefined) return [];
  const { view, history } = known;
  const { proposers, assignment, commitments, coUnits, requests } = view;
  const names = proposers.map(({ name }) => name);
  switch (field) {
    case "proposer":
    case "deliveredTo":
      return plain(names);
    case "participants":
      return names.map((name) => ({ word: `${name}:proposer`, label: "" }));
    case "department":
      return plain([assignment?.department]);
    case "person":
      return plain([assignment?.person]);
    case "unit":
      return command === "redispatch"
        ? []
        : plain([...coUnits, ...(assignment?.coDepartments ?? [])]);
    case "commitment":
      return commitments.map(({ commitment, text }) => ({ word: String(commitment), label: text }));
    case "adopted":
    case "requests":
      return command === "receive"
        ? []
        : requests.map((text, at) => ({ word: String(at + 1), label: text }));
    case "event":
      return history
        .filter(({ type }) => command !== "amend" || isAmendable(type))
        .map(({ position, on, type }) => ({
          word: String(position),
          label: `${on} ${labelOf(type)[language]}`,
        }));
    default:
      return [];
  }
};
