/**
 * @module forgetting — the road on which a personal value is erased: which values a field stands for.
 *
 * A value is erased wherever the case has sealed it, also in an entry that was amended or taken back
 * since. Which entries those are comes in from outside, because a case's state holds what stands only.
 */
import type { CaseState } from "../../case/state.ts";
import { EngineError, invalidInput } from "../../errors.ts";
import { nearest } from "../../text/nearest.ts";
import type { Proposing } from "../proposing.ts";

/** A personal value as an event of the case sealed it. */
export type SealedEntry = Readonly<{
  seal: string;
  /** What it is, as users read it: `contactPhone`, `proposers[1].phone` with places from 1. */
  field: string;
  /** Whose it is, where that has a name. */
  name?: string;
  /** Place in the log of the event that sealed it. */
  event: number;
  /** Whether an event of the case says that it was forgotten. */
  isForgotten: boolean;
}>;

export const forgettingProposals: Proposing<"forget"> = {
  forget: ({ input, state, context, fact }) => {
    const { field, all = false, reason, approvedBy } = input;
    if (all === (field !== undefined)) throw oneOfBoth(all);
    const { sealed = [] } = context;
    const chosen = field === undefined ? sealed : chosenBy(field, sealed, state);
    if (chosen.length === 0) throw unknownField(field ?? state.case, sealed);
    const values = chosen
      .filter(({ isForgotten }) => !isForgotten)
      .map(({ seal, field: name, event }) => ({ seal, field: name, event }));
    return values.length === 0
      ? []
      : [fact("PersonalDataForgotten", { values, reason, approvedBy })];
  },
};

/** The entries of a field: at its place, or of the same person at another place in an earlier entry. */
const chosenBy = (
  typed: string,
  sealed: readonly SealedEntry[],
  state: CaseState,
): readonly SealedEntry[] => {
  const fields = fieldsCalled(typed, sealed);
  const [field] = fields;
  if (field === undefined) return [];
  if (fields.length > 1) {
    throw invalidInput({ field: "field", kind: "notOneOf", value: typed, allowed: fields });
  }
  const standing = standingSeals(state);
  const owner = sealed.findLast((one) => one.field === field)?.name;
  const isOwners = ({ field: at, name }: SealedEntry): boolean => {
    if (name === undefined) return at === field;
    // a name that was corrected since counts by its place; one that moved on is somebody else's
    return name === owner || (at === field && lastFieldOf(name, sealed) === field);
  };
  return sealed.filter((one) => isOwners(one) && (standing.get(one.seal) ?? field) === field);
};

/** The field of a person by the newest entry that names them. */
const lastFieldOf = (person: string, sealed: readonly SealedEntry[]): string | undefined =>
  sealed.findLast(({ name }) => name === person)?.field;

/** The fields that a name stands for: its own, or all that a short form or a person's name fits. */
const fieldsCalled = (typed: string, sealed: readonly SealedEntry[]): readonly string[] => {
  const asked = typed.replaceAll(/-([a-z])/g, (_all, letter: string) => letter.toUpperCase());
  const fields = [...new Set(sealed.map(({ field }) => field))];
  if (fields.includes(asked)) return [asked];
  const ofPerson = lastFieldOf(typed.replace(/\.phone$/, ""), sealed);
  if (ofPerson !== undefined) return [ofPerson];
  return fields.filter((field) => field.endsWith(`.${asked}`) || field.startsWith(`${asked}.`));
};

/** The fields of the values that stand in the case now, by their seals. */
const standingSeals = ({ received, replies }: CaseState): ReadonlyMap<string, string> =>
  new Map([
    ...received.proposers.flatMap(({ phone }, at) =>
      phone === undefined ? [] : [[phone.sealed, `proposers[${at + 1}].phone`] as const],
    ),
    ...replies.flatMap(({ contactPerson, contactPhone }) => [
      ...(contactPerson === undefined ? [] : [[contactPerson.sealed, "contactPerson"] as const]),
      ...(contactPhone === undefined ? [] : [[contactPhone.sealed, "contactPhone"] as const]),
    ]),
  ]);

const oneOfBoth = (both: boolean): EngineError =>
  both
    ? invalidInput({
        field: "field",
        kind: "malformed",
        expected: { zh: "不与 --all 同时给出的一项", en: "given without --all" },
      })
    : invalidInput({ field: "field", kind: "missing" });

const unknownField = (name: string, sealed: readonly SealedEntry[]): EngineError => {
  const suggestion = nearest(name, [...new Set(sealed.map(({ field }) => field))]);
  return new EngineError("NOT_FOUND", {
    what: "personalValue",
    name,
    ...(suggestion !== undefined && { suggestion }),
  });
};
