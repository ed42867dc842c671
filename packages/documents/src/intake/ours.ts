/** @module ours — what the casebook says of a case, fact by fact, with the entry that each would be amended in. */
import type { CaseView, HistoryEntry, Participant } from "@wuding/engine";
import { dateOf, terms } from "@wuding/engine";
import type { FactName } from "./facts.ts";
import { facts } from "./facts.ts";
import type { Values } from "./rows.ts";

/** A recorded fact. */
export type OurFact = Readonly<{
  /** Place of its entry in the log. */
  event: number;
  values: Values;
}>;

export type Ours = Readonly<{
  version: number;
  facts: Readonly<Partial<Record<FactName, OurFact>>>;
}>;

type Standing = Readonly<{ position: number; type: string; on: string; data: Values }>;

type Correction = Readonly<{
  entry?: number;
  entries?: readonly number[];
  on: string;
  data: Values;
}>;

/** The entries of a case as they read now: amended ones with their new text, retracted ones left out. */
const standingEntries = (history: readonly HistoryEntry[]): readonly Standing[] => {
  const standing = new Map<number, Standing>();
  for (const { version, position, type, on, data } of history) {
    const correction = data as Correction;
    if (type === "EntryAmended") {
      const before = standing.get(correction.entry ?? 0);
      if (before !== undefined) {
        const { on: day, data: text } = correction;
        standing.set(correction.entry ?? 0, { ...before, on: day, data: text });
      }
    } else if (type === "EntryRetracted") {
      for (const entry of correction.entries ?? []) standing.delete(entry);
    } else {
      standing.set(version, { position, type, on, data: data as Values });
    }
  }
  return [...standing.values()];
};

const isInPerson = ({ data }: Standing): boolean => {
  const mode = String(data["mode"]) as keyof typeof terms.contactModes;
  return terms.contactModes[mode].inPerson;
};

/** Which of several entries a ledger tells: the first contact and meeting, else the newest of its kind. */
const told = (name: FactName, entries: readonly Standing[]): Standing | undefined => {
  const types: readonly string[] = facts[name].types;
  const found = entries.filter(({ type }) => types.includes(type));
  if (name !== "firstContact" && name !== "firstMeeting") return found.at(-1);
  if (name === "firstContact") {
    return found.toSorted((left, right) => left.on.localeCompare(right.on))[0];
  }
  const meetings = found.filter(isInPerson);
  return meetings.find(withProposer) ?? meetings[0];
};

/** As an export of the ledger chooses the first meeting. */
const withProposer = ({ data }: Standing): boolean =>
  ((data["participants"] ?? []) as readonly Participant[]).some(({ role }) => role === "proposer");

/** What has been undone since is not so. */
const isUndone = (name: FactName, { closedOn, publication }: CaseView): boolean =>
  (name === "closing" && closedOn === null) || (name === "publication" && publication === null);

/**
 * What the casebook says of a case.
 * @param view the case as it stands
 * @param history its entries, `casebook.history`
 */
export const oursOf = (view: CaseView, history: readonly HistoryEntry[]): Ours => {
  const entries = standingEntries(history);
  const found: Partial<Record<FactName, OurFact>> = {};
  for (const name of Object.keys(facts) as FactName[]) {
    const entry = told(name, entries);
    if (entry === undefined || isUndone(name, view)) continue;
    const values = { ...entry.data, ...now(name, view), on: dateOf(entry.on) };
    found[name] = { event: entry.position, values };
  }
  return { version: view.version, facts: found };
};

/** What later entries have made of a fact; the entry itself says what it was at first. */
const now = (name: FactName, view: CaseView): Values => {
  if (name === "received") {
    const { role, leadUnit, isComplex, title, requests, proposers } = view;
    return { role, leadUnit: leadUnit ?? undefined, isComplex, title, requests, proposers };
  }
  if (name === "assignment") return { ...view.assignment };
  if (name === "answer") {
    const { result, reply } = view;
    const changed = reply?.disclosureDecisions.at(-1)?.disclosure ?? reply?.disclosure;
    const commitments = view.commitments.map(({ text, due, longTerm }) => ({
      text,
      ...(due !== undefined && { due }),
      ...(longTerm === true && { longTerm }),
    }));
    return {
      ...(result && { result: result.result }),
      ...(changed && { disclosure: changed }),
      commitments,
    };
  }
  if (name === "feedback") return { ...view.feedback.at(-1) };
  return {};
};
