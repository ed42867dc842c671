/**
 * @module plan — what recording a row takes: the commands that make a new case with all that its row says, or
 * those that bring a case that is there to what the row says.
 */
import type { CaseView, Label } from "@wuding/engine";
import { sha256Hex } from "@wuding/engine";
import type { Redaction } from "../publication/redact.ts";
import { personalKinds, redacted } from "../publication/redact.ts";
import { columnSaying } from "./columns.ts";
import type { Difference } from "./compare.ts";
import { differencesOf } from "./compare.ts";
import type { FactName } from "./facts.ts";
import { factNames, facts } from "./facts.ts";
import type { Ours } from "./ours.ts";
import type { CellPlace, ListRow, Values } from "./rows.ts";
import { dayOfReceipt, phonesOf, titleOf } from "./rows.ts";

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

/** `列：值`, as a note keeps it: without personal contact data, which nobody could erase from it. */
const noted = (
  row: ListRow,
  place: CellPlace,
): Readonly<{ text: string; redactions: readonly Redaction[] }> => {
  const { column, text } = place;
  const line = text.replaceAll(/\s*[\r\n]+\s*/gu, " ");
  const phones = phonesOf(row.said.received);
  // an unknown heading says what stands below it: 联系人, 通讯地址; a known one is read otherwise
  if (row.extras.includes(place)) return redacted(`${column}：${line}`, phones);
  const read = redacted(line, phones);
  return { ...read, text: `${column}：${read.text}` };
};

const leftOut = (row: ListRow, place: CellPlace): readonly Label[] => {
  const kinds = [...new Set(noted(row, place).redactions.map(({ what }) => what))];
  const labels = kinds.map((kind) => personalKinds[kind]);
  const where = `${place.cell} ${place.column}`;
  return labels.length === 0
    ? []
    : [
        {
          zh: `${where}：${labels.map(({ zh }) => zh).join("、")}未写入备注（以××代替）`,
          en: `${where}: ${labels.map(({ en }) => en).join(", ")} left out of the note (×× in its place)`,
        },
      ];
};

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
  const kept = [
    ...(row.proposers?.isCounted === true && names !== undefined ? [names] : []),
    ...incomplete.flatMap((fact) => placesOf(row, fact)),
    ...row.extras,
  ];
  const notes = [
    ...(typeof note === "string" ? [note] : []),
    ...kept.map((place) => noted(row, place).text),
  ];
  const ownNote = row.places.get("received.note");
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
      ...[...(ownNote === undefined ? [] : [ownNote]), ...kept].flatMap((place) =>
        leftOut(row, place),
      ),
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
  const found = differencesOf(row, ours, options).filter(
    ({ fact, isRecorded }) =>
      isRecorded ||
      whole.includes(fact) ||
      (incomplete.includes(fact) &&
        !placesOf(row, fact).every((one) => known.has(noted(row, one).text))),
  );
  const moved = movedReceipt(row, ours, found);
  const differences = [...found, ...moved];
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
      ...moved.map(() => movedRemark),
      ...clearedRemark(row, ours),
      ...unkeptRemark(row, known),
      ...remarksOnDays(row, added),
      ...incomplete
        .filter((fact) => differences.some((one) => one.fact === fact && !one.isRecorded))
        .map((fact) => incompleteRemark(row, fact, false)),
      ...differences.filter((one) => one.isRecorded && !isAmendable(one)).map(notAmendable),
    ],
  };
};

/** Where a list tells no day of receipt, that of a case goes with its dispatch when it would come before it. */
const movedReceipt = (
  row: ListRow,
  ours: Ours,
  differences: readonly Difference[],
): readonly Difference[] => {
  const dispatch = differences.find(
    ({ fact, field }) => fact === "received" && field === "dispatchedOn",
  );
  const { received } = row.said;
  const [dispatched, on] = [received?.["dispatchedOn"], ours.facts.received?.values["on"]];
  if (dispatch === undefined || received?.["on"] !== undefined) return [];
  if (typeof dispatched !== "string" || typeof on !== "string" || dispatched <= on) return [];
  const column = columnSaying("received", "on").zh;
  return [{ ...dispatch, field: "on", column, theirs: dispatched, ours: on }];
};

const movedRemark: Label = {
  zh: "清单未载接收日期；接收日期不得早于交办日期，随交办日期更正",
  en: "the list tells no day of receipt; it may not come before the dispatch and goes with it",
};

/** Cells that were emptied: nothing is taken away for them. */
const clearedRemark = (row: ListRow, ours: Ours): readonly Label[] => {
  const cleared = row.empty.filter((one) => isTold(row, ours, one));
  const cells = cleared.map(({ cell, column }) => `${cell} ${column}`);
  return cells.length === 0
    ? []
    : [
        {
          zh: `单元格为空，原记录保留：${cells.join("、")}`,
          en: `the cell is empty; what is recorded stays: ${cells.join(", ")}`,
        },
      ];
};

/** What has no field of its own was kept in the note when the case came in, and a note cannot be amended. */
const unkeptRemark = (row: ListRow, known: ReadonlySet<string>): readonly Label[] => {
  const unkept = row.extras.filter((place) => !known.has(noted(row, place).text));
  const cells = unkept.map(({ cell, column }) => `${cell} ${column}`);
  return cells.length === 0
    ? []
    : [
        {
          zh: `备注所无的内容未记入（备注不能更正）：${cells.join("、")}`,
          en: `not in the note, which cannot be amended, and left out: ${cells.join(", ")}`,
        },
      ];
};

const ofProposer = new Set(["unit", "sector", "phone"]);

/** Whether a field is recorded, and not only because something stood in for it. */
const isTold = (
  row: ListRow,
  { facts: known }: Ours,
  { fact, field }: ListRow["empty"][number],
): boolean => {
  const values = known[fact]?.values;
  const [first] = (values?.["proposers"] ?? []) as readonly Values[];
  const value = fact === "received" && ofProposer.has(field) ? first?.[field] : values?.[field];
  if (value === undefined || value === null || value === "") return false;
  if (Array.isArray(value)) return value.length > 0;
  if (value === false) return field === "consentToPublish";
  const isOneContact = known.firstMeeting?.event === known.firstContact?.event;
  const standIns: Readonly<Record<string, unknown>> = {
    "received.on": row.said.received?.["dispatchedOn"],
    "received.proposerType": row.proposers?.type,
    "assignment.on": dayOfReceipt(row),
    "firstMeeting.mode": isOneContact ? value : "meeting",
    "firstMeeting.on": isOneContact ? value : undefined,
    "firstContact.on": isOneContact ? value : undefined,
    "firstContact.mode": isOneContact ? value : undefined,
  };
  if (fact === "received" && field === "note" && typeof value === "string")
    return hasOwnNote(row, value);
  return standIns[`${fact}.${field}`] !== value;
};

/** Whether a note says more than the columns that have no field of their own. */
const hasOwnNote = (row: ListRow, note: string): boolean => {
  const kept = new Set([...row.places.values(), ...row.extras].map((one) => noted(row, one).text));
  return note.split("\n").some((line) => !kept.has(line));
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
          : fact === "received" && field === "on"
            ? dayOfReceipt(row)
            : theirs;
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
