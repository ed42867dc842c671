/**
 * @module plan — what recording a row takes: the commands that make a new case with all that its row says, or
 * those that bring a case that is there to what the row says.
 */
import type { CaseView, Label } from "@wuding/engine";
import { sha256Hex } from "@wuding/engine";
import { columnSaying } from "./columns.ts";
import type { Difference } from "./compare.ts";
import { differencesOf } from "./compare.ts";
import type { FactName } from "./facts.ts";
import { factNames, facts } from "./facts.ts";
import type { Ours } from "./ours.ts";
import type { CellPlace, ListRow, Values } from "./rows.ts";
import { dayOfReceipt, titleOf } from "./rows.ts";

/** A command as `apply` takes it. */
export type PlannedCommand = Readonly<{ command: string; fact: FactName; given: Values }>;

export type RowPlan = Readonly<{
  verdict: "new" | "same" | "differs";
  /** Empty where nothing is to be recorded. */
  commands: readonly PlannedCommand[];
  differences: readonly (Difference & Readonly<{ planned: boolean }>)[];
  remarks: readonly Label[];
}>;

export type PlanOptions = Readonly<{
  cleanTitles: boolean;
  /** Why what differs is brought to what the list says; absent: it is left alone. */
  update?: Readonly<{ reason: string }>;
}>;

/** `列：值`, as a note keeps it. */
const noted = ({ column, text }: CellPlace): string =>
  `${column}：${text.replaceAll(/\s*[\r\n]+\s*/gu, " ")}`;

/** Whether a row says enough of a fact to record it. */
const isWhole = (fact: FactName, said: Values): boolean =>
  facts[fact].needs.every((field) => withDefaults(fact, said)[field] !== undefined);

/** 见面 without a word on how: face to face it was. */
const withDefaults = (fact: FactName, said: Values): Values =>
  fact === "firstMeeting" ? { mode: "meeting", ...said } : said;

const placesOf = (row: ListRow, fact: FactName): readonly CellPlace[] =>
  [...row.places].flatMap(([key, place]) => (key.startsWith(`${fact}.`) ? [place] : []));

/** Why filled cells are no fact: what else it takes. */
const incompleteRemark = (row: ListRow, fact: FactName, isNew: boolean): Label => {
  const label = facts[fact].label;
  const said = withDefaults(fact, row.said[fact] ?? {});
  const missing = facts[fact].needs
    .filter((field) => said[field] === undefined)
    .map((field) => columnSaying(fact, field));
  const told = placesOf(row, fact).map(({ column }) => column);
  const kept = isNew
    ? { zh: "写入备注", en: "kept as a note" }
    : { zh: "未记录", en: "not recorded" };
  return {
    zh: `${label.zh}不完整（缺${missing.map(({ zh }) => zh).join("、")}），“${told.join("、")}”${kept.zh}`,
    en: `${label.en} is incomplete (no ${missing.map(({ en }) => en).join(", ")}): ${told.join(", ")} ${kept.en}`,
  };
};

/** One meeting is not recorded twice: as the first contact and as the first meeting. */
const isSameContact = ({ said }: ListRow): boolean => {
  const [contact, meeting] = [said.firstContact, said.firstMeeting];
  return (
    contact !== undefined &&
    meeting !== undefined &&
    contact["on"] === meeting["on"] &&
    (meeting["mode"] === undefined || meeting["mode"] === contact["mode"])
  );
};

const commandFor = (row: ListRow, fact: FactName): PlannedCommand => {
  const said = withDefaults(fact, row.said[fact] ?? {});
  const { command } = facts[fact];
  const day = dayOfReceipt(row);
  const undated =
    fact === "assignment" && said["on"] === undefined && day !== undefined
      ? { on: day, note: "台账未载五定日期，按交办日期记" }
      : {};
  return { command, fact, given: { command, case: row.case, ...undated, ...said } };
};

const undatedRemark: Label = {
  zh: "未载五定日期，按交办日期记",
  en: "the day of the 五定 is not given: that of the dispatch is taken",
};

/** What has no day of its own comes last. */
const dayOf = ({ given: { on } }: PlannedCommand): string => (typeof on === "string" ? on : "9999");

const byDay = (left: PlannedCommand, right: PlannedCommand): number =>
  dayOf(left).localeCompare(dayOf(right));

/** The facts beside the receipt that are filled, with those that cannot be recorded apart. */
const filledFacts = (row: ListRow): Readonly<{ whole: FactName[]; incomplete: FactName[] }> => {
  const filled = factNames.filter(
    (fact) =>
      fact !== "received" &&
      row.said[fact] !== undefined &&
      !(fact === "firstMeeting" && isSameContact(row)),
  );
  return {
    whole: filled.filter((fact) => isWhole(fact, row.said[fact] ?? {})),
    incomplete: filled.filter((fact) => !isWhole(fact, row.said[fact] ?? {})),
  };
};

const planNew = (row: ListRow, options: PlanOptions): RowPlan => {
  const { whole, incomplete } = filledFacts(row);
  const { note, ...received } = row.said.received ?? {};
  const names = row.places.get("received.proposers");
  const notes = [
    ...(typeof note === "string" ? [note] : []),
    ...(row.remarks.length > 0 && names !== undefined ? [noted(names)] : []),
    ...incomplete.flatMap((fact) => placesOf(row, fact).map(noted)),
    ...row.extras.map(noted),
  ];
  const { type } = row.proposers ?? {};
  const day = dayOfReceipt(row);
  const given = {
    command: "receive",
    ...row.name,
    ...(type !== undefined && type !== "individual" && { proposerType: type }),
    ...(day !== undefined && { on: day }),
    ...received,
    title: titleOf(row, options),
    ...(notes.length > 0 && { note: notes.join("\n") }),
  };
  const others = whole.map((fact) => commandFor(row, fact)).toSorted(byDay);
  return {
    verdict: "new",
    commands: [{ command: "receive", fact: "received", given }, ...others],
    differences: [],
    remarks: [
      ...row.remarks,
      ...incomplete.map((fact) => incompleteRemark(row, fact, true)),
      ...remarksOnDays(row, whole),
    ],
  };
};

const remarksOnDays = (row: ListRow, whole: readonly FactName[]): readonly Label[] =>
  whole.includes("assignment") &&
  row.said.assignment?.["on"] === undefined &&
  dayOfReceipt(row) !== undefined
    ? [undatedRemark]
    : [];

/** What no amendment can say: it has no field of its own, or another command. */
const isAmendable = ({ fact, field }: Difference): boolean =>
  !(fact === "received" && field === "note") && !(fact === "answer" && field === "commitments");

const planAgain = (
  row: ListRow,
  view: CaseView,
  ours: Ours,
  { update, ...options }: PlanOptions,
): RowPlan => {
  const { whole, incomplete } = filledFacts(row);
  const known = notesOf(ours);
  const differences = differencesOf(row, ours, options).filter(
    ({ fact, isRecorded }) =>
      isRecorded ||
      whole.includes(fact) ||
      (incomplete.includes(fact) && !placesOf(row, fact).every((one) => known.has(noted(one)))),
  );
  const amended = differences.filter((one) => one.isRecorded && isAmendable(one));
  const added = whole.filter((fact) =>
    differences.some((one) => one.fact === fact && !one.isRecorded),
  );
  const isPlanned = (one: Difference): boolean =>
    update !== undefined &&
    (amended.includes(one) || (!one.isRecorded && whole.includes(one.fact)));
  const commands =
    update === undefined
      ? []
      : [
          ...amendments(row, view, ours, { amended, reason: update.reason, options }),
          ...added.map((fact) => commandFor(row, fact)).toSorted(byDay),
        ];
  return {
    verdict: differences.length === 0 ? "same" : "differs",
    commands,
    differences: differences.map((one) => ({ ...one, planned: isPlanned(one) })),
    remarks: [
      ...remarksOnDays(row, added),
      ...incomplete
        .filter((fact) => differences.some((one) => one.fact === fact && !one.isRecorded))
        .map((fact) => incompleteRemark(row, fact, false)),
      ...differences.filter((one) => one.isRecorded && !isAmendable(one)).map(notAmendable),
    ],
  };
};

const notAmendable = ({ column }: Difference): Label => ({
  zh: `“${column}”不能更正，请另行记录`,
  en: `"${column}" cannot be amended; record it by its own command`,
});

const notesOf = ({ facts: { received } }: Ours): ReadonlySet<string> => {
  const note = received?.values["note"];
  return new Set(typeof note === "string" ? note.split("\n") : []);
};

type Amending = Readonly<{
  amended: readonly Difference[];
  reason: string;
  options: Pick<PlanOptions, "cleanTitles">;
}>;

/** One amendment for each entry, with all of its fields. */
const amendments = (
  row: ListRow,
  view: CaseView,
  ours: Ours,
  { amended, reason, options }: Amending,
): readonly PlannedCommand[] => {
  const byEntry = new Map<number, { fact: FactName; fields: Record<string, unknown> }>();
  for (const { fact, field } of amended) {
    const event = ours.facts[fact]?.event ?? 0;
    const entry = byEntry.get(event) ?? { fact, fields: {} };
    byEntry.set(event, entry);
    const theirs = row.said[fact]?.[field];
    entry.fields[field] =
      field === "title"
        ? titleOf(row, options)
        : field === "proposers"
          ? allProposers(row, view)
          : theirs;
  }
  const received = byEntry.get(ours.facts.received?.event ?? 0);
  const dispatched = received?.fields["dispatchedOn"];
  const on = ours.facts.received?.values["on"];
  // a case is not taken in before it was dispatched
  if (received !== undefined && typeof dispatched === "string" && dispatched > String(on)) {
    received.fields["on"] ??= dispatched;
  }
  return [...byEntry].map(([event, { fact, fields }]) => ({
    command: "amend",
    fact,
    given: { command: "amend", case: row.case, event, fields, reason },
  }));
};

/** The named proposers, with what is known of them, and those that the list does not name. */
const allProposers = (row: ListRow, view: CaseView): readonly Values[] => {
  const given = (row.said.received?.["proposers"] ?? []) as readonly Values[];
  const known = view.proposers.map(({ phone, ...rest }) => ({
    ...rest,
    ...(typeof phone === "string" && { phone }),
  }));
  const named = given.map((one) => ({
    ...known.find(({ name }) => name === one["name"]),
    ...one,
  }));
  return row.proposers?.isPart === true ? [...named, ...known.slice(given.length)] : named;
};

/**
 * What a row asks for.
 * @param recorded the case as the casebook has it, null where it has none
 */
export const planRow = (
  row: ListRow,
  recorded: Readonly<{ view: CaseView; ours: Ours }> | null,
  options: PlanOptions,
): RowPlan =>
  recorded === null ? planNew(row, options) : planAgain(row, recorded.view, recorded.ours, options);

/**
 * An id that the same row gives again, so that an import that was interrupted can be repeated. Telephone
 * numbers are left out: no hash from which one could be guessed outlives its erasure.
 * @param version of the case before the command: what was undone since may be done once more
 */
export const commandIdOf = (given: Values, version: number): string =>
  `import-${sha256Hex(JSON.stringify([given, version], withoutPhone)).slice(0, 32)}`;

const withoutPhone = (name: string, value: unknown): unknown =>
  name === "phone" ? undefined : value;
