/** @module compare — a row and its case, field by field: the same, different, or not recorded yet. */
import { canonicalJson } from "@wuding/engine";
import type { ColumnValue } from "./shown.ts";
import { shownValue } from "./shown.ts";
import type { FactName } from "./facts.ts";
import { factNames } from "./facts.ts";
import type { Ours } from "./ours.ts";
import type { CellPlace, ListRow, Values } from "./rows.ts";
import { titleOf } from "./rows.ts";

/** A field in which a row and its case differ. */
export type Difference = Readonly<{
  fact: FactName;
  field: string;
  /** Heading and cell, as they stand in the file. */
  column: string;
  cell: string;
  theirs: ColumnValue;
  /** Null where nothing is recorded. */
  ours: ColumnValue | null;
  /** Whether the fact itself is recorded, so that the field would be amended. */
  isRecorded: boolean;
}>;

/** What differs, in the order of the work. Empty cells say nothing and differ from nothing. */
export const differencesOf = (
  row: ListRow,
  ours: Ours,
  options: Readonly<{ cleanTitles: boolean }>,
): readonly Difference[] =>
  factNames.flatMap((fact) => {
    const recorded = ours.facts[fact];
    const said = row.said[fact] ?? {};
    return Object.entries(said).flatMap(([field, given]) => {
      const theirs = field === "title" ? titleOf(row, options) : given;
      const known = recorded?.values[field];
      if (recorded !== undefined && isSame(row, field, theirs, known)) return [];
      const place = row.places.get(`${fact}.${field}`) as CellPlace;
      return [
        {
          fact,
          field,
          column: place.column,
          cell: place.cell,
          theirs: shownValue(theirs),
          ours: known === undefined || known === null ? null : shownValue(known),
          isRecorded: recorded !== undefined,
        },
      ];
    });
  });

const isSame = (row: ListRow, field: string, theirs: unknown, ours: unknown): boolean => {
  if (field === "proposers") return areSameProposers(row, theirs, ours);
  if (field === "note") return areSameNotes(theirs, ours);
  // a title that was cleaned when it came in is no other title
  if (field === "title" && ours === row.title?.title) return true;
  if (Array.isArray(theirs)) {
    return (
      Array.isArray(ours) &&
      ours.length === theirs.length &&
      theirs.every((one, at) => canonicalJson(one) === canonicalJson(ours[at]))
    );
  }
  if (typeof theirs === "boolean") return theirs === (ours ?? false);
  return theirs === ours;
};

type Named = Values & Readonly<{ name: string }>;

/** The same names in their order; a list that names only some of them says nothing of the others. */
const areSameProposers = ({ proposers }: ListRow, theirs: unknown, ours: unknown): boolean => {
  const [given, known] = [theirs as readonly Named[], (ours ?? []) as readonly Named[]];
  if (proposers?.isPart === true ? given.length > known.length : given.length !== known.length)
    return false;
  return given.every((one, at) =>
    Object.entries(one).every(([member, value]) => known[at]?.[member] === value),
  );
};

/** A note holds what other columns said too, a line each. */
const areSameNotes = (theirs: unknown, ours: unknown): boolean => {
  const known = new Set(typeof ours === "string" ? ours.split("\n") : []);
  return String(theirs)
    .split("\n")
    .every((one) => known.has(one));
};
