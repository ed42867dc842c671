/**
 * @module office — what is true of the office as a whole: who acts for whom, and what became of departments.
 *
 * These facts lie in the log's own stream. Rules and screens ask them about a day; names are compared exactly.
 */
import type { CivilDate } from "../time/civil-date.ts";
import { recordedOn } from "../time/occurred-on.ts";
import type { CaseId } from "./case-id.ts";
import type { Label } from "./terms.ts";

/** Where and when a fact of the office was written down. */
type Recorded = Readonly<{
  on: CivilDate;
  /** Place in the log. */
  position: number;
  recordedAt: string;
}>;

/** 代理: `to` acts for `from` from the day of the fact to the last one. */
export type Delegation = Recorded & Readonly<{ from: string; to: string; until: CivilDate }>;

/** 科室更名、撤并; with `cases` only these moved, and the old department stays. */
export type Renaming = Recorded & Readonly<{ from: string; to: string; cases?: readonly CaseId[] }>;

/** What is known of the office, in the order in which it was written down. */
export type OfficeFacts = Readonly<{
  delegations: readonly Delegation[];
  renamings: readonly Renaming[];
}>;

/** An office of which nothing was said. */
export const plainOffice: OfficeFacts = { delegations: [], renamings: [] };

/** What was known of the office before a place in the log, or at the end of a day. */
export const officeKnown = (
  office: OfficeFacts,
  {
    before,
    on,
    knownBefore = 0,
  }: Readonly<{
    before?: number;
    on?: CivilDate | undefined;
    /** Records in front of this place count as made by `on`, whatever instant they bear. */
    knownBefore?: number | undefined;
  }>,
): OfficeFacts => {
  const isKnown = (fact: Recorded): boolean =>
    (before === undefined || fact.position < before) &&
    (on === undefined || recordedOn(fact) <= on || fact.position < knownBefore);
  return {
    delegations: office.delegations.filter(isKnown),
    renamings: office.renamings.filter(isKnown),
  };
};

/** What dissolved a department by a day; undefined while it stands, also if it was set up again. */
export const dissolvedBy = (
  { renamings }: OfficeFacts,
  department: string,
  day: CivilDate,
): Renaming | undefined => {
  const last = renamings
    .filter(
      ({ on, from, to, cases }) =>
        on <= day && (to === department || (from === department && cases === undefined)),
    )
    .toSorted((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : 0))
    .at(-1);
  return last?.from === department ? last : undefined;
};

/** What the one is told who names a department that a renaming took away. */
export const dissolvedWords = (
  office: OfficeFacts,
  { from, to, on }: Renaming,
  day: CivilDate,
): Readonly<{ why: Label; source: Label; repair: Label }> => {
  const now = nameOn(office, from, day);
  return {
    why: {
      zh: `${from}已于 ${on} 更名或者撤并`,
      en: `${from} was renamed or dissolved on ${on}`,
    },
    source: {
      zh: `机构调整（${on} ${from} → ${to}）`,
      en: `the reorganisation of ${on} (${from} → ${to})`,
    },
    repair: { zh: `请改写为“${now}”。`, en: `Name ${now} instead.` },
  };
};

/** The name under which a department goes on, on a day: its own while it stands. */
export const nameOn = (office: OfficeFacts, department: string, day: CivilDate): string => {
  const seen = new Set<string>();
  let name = department;
  while (!seen.has(name)) {
    seen.add(name);
    name = dissolvedBy(office, name, day)?.to ?? name;
  }
  return name;
};

/** The delegations that lead away from a person on a day, one to the next where that one is away too. */
const delegationsOf = (
  { delegations }: OfficeFacts,
  person: string,
  day: CivilDate,
): readonly Delegation[] => {
  const chain: Delegation[] = [];
  const seen = new Set([person]);
  for (let name = person; ;) {
    const next = delegations.findLast(
      ({ from, on, until }) => from === name && on <= day && day <= until,
    );
    if (next === undefined || seen.has(next.to)) return chain;
    chain.push(next);
    name = next.to;
    seen.add(name);
  }
};

/** Who acts for a person on a day; undefined: he himself. */
export const actingFor = (
  office: OfficeFacts,
  person: string,
  day: CivilDate,
): Delegation | undefined => delegationsOf(office, person, day).at(-1);

/** Whether two names stand for one hand on a day: the same person, or one who acts for the other. */
export const isSameHand = (
  office: OfficeFacts,
  one: string,
  other: string,
  day: CivilDate,
): boolean =>
  one === other ||
  delegationsOf(office, one, day).some(({ to }) => to === other) ||
  delegationsOf(office, other, day).some(({ to }) => to === one);
