/**
 * @module correct — corrections 更正、撤销: an entry reads otherwise, or is taken back, and everything after
 * it is judged anew.
 *
 * What stands afterwards is walked through the lifecycle again under the case's rulebook. A fact that
 * would not have been allowed rests on the entry, and the correction is refused, naming it. Due dates
 * that follow otherwise from what stands are computed anew by an event of their own.
 */
import type { InputOf, ReadCaseCommand } from "../case/commands.ts";
import type {
  CaseEvent,
  CaseEventType,
  DecidedEvent,
  DueDate,
  LeadingElsewhere,
} from "../case/events.ts";
import type { CaseState } from "../case/state.ts";
import type { Status } from "../case/terms.ts";
import { EngineError } from "../errors.ts";
import type { GuardInput, GuardName } from "../lifecycle/guards.ts";
import { verdict } from "../lifecycle/table.ts";
import { canonicalJson } from "../log/canonical-json.ts";
import { dueDateOf } from "../rulebook/due-on.ts";
import { rulebookName } from "../rulebook/rulebook.ts";
import { dateOf } from "../time/occurred-on.ts";
import { amendedEntry } from "./amend.ts";
import type { CorrectionEvent, Entry } from "./entries.ts";
import { entriesOf, standingAfter, withDeadlines } from "./entries.ts";
import { evolve, foldEntries } from "./evolve.ts";
import type { EvolveEvent } from "./gathering.ts";
import type { DecideContext, LawOfCase, MakeFact } from "./proposing.ts";
import { underRulebook } from "./recompute.ts";
import { triggeredFor } from "./triggers.ts";

type CorrectingCommand = Extract<ReadCaseCommand, { command: "amend" | "retract" }>;

/** The facts that a correction is; none where an amendment changes nothing. */
export const correction = (
  command: CorrectingCommand,
  state: CaseState,
  context: DecideContext,
  fact: MakeFact,
): readonly CaseEvent[] => {
  const about = context.entry;
  if (about === undefined) {
    const name = `${state.case}@${command.input.event ?? ""}`;
    throw new EngineError("NOT_FOUND", { what: "event", name });
  }
  const made =
    command.command === "amend"
      ? amendment(command.input, state, context, fact)
      : retraction(command.input, state, context, fact);
  if (made === null) return [];
  if (!mayFollow(made, state, context)) return [made];
  const after = evolve(state.case, state, { ...made, to: leadsTo(made), actor: context.actor });
  const deadlines = movedByCorrection(after, command.on, context);
  if (deadlines.length === 0) return [made];
  const rulebook = rulebookName(context.rulebook);
  return [made, fact("DeadlinesRecomputed", { cause: "correction", rulebook, deadlines })];
};

/** The open due dates that follow otherwise once a correction is made. */
export const movedByCorrection = (
  after: CaseState,
  on: string,
  law: LawOfCase,
): readonly DueDate[] =>
  underRulebook(after, law, dateOf(on)).flatMap(({ from, to }) =>
    from === null || from.dueOn === to.dueOn ? [] : [to],
  );

/** Whether the lifecycle will take the correction; what it refuses has no consequences. */
const mayFollow = (made: CaseEvent, state: CaseState, context: DecideContext): boolean => {
  const { actor, ...law } = judgedBy(context);
  return verdict(state.status, made.type, { state, fact: made, actor, ...law }).allowed;
};

/** What a fact is judged by beside the case. */
type JudgedBy = Omit<GuardInput, "state" | "fact" | "actor">;

const judgedBy = ({
  actor,
  rulebook,
  office,
}: DecideContext): JudgedBy & Pick<GuardInput, "actor"> => ({
  actor,
  rulebook,
  ...(office && { office }),
});

const leadsTo = (made: CaseEvent): Status =>
  (made as Extract<CaseEvent, { type: "EntryAmended" | "EntryRetracted" }>).data.leadsTo;

const retraction = (
  { reason, approvedBy }: InputOf<"retract">,
  state: CaseState,
  context: DecideContext,
  fact: MakeFact,
): CaseEvent => {
  const { position, type, entries } = context.entry as CorrectedEntry;
  const data = {
    event: position,
    entries,
    type,
    reason,
    ...(approvedBy !== undefined && { approvedBy }),
    leadsTo: state.status,
  };
  return judged(fact("EntryRetracted", data), state, context);
};

const amendment = (
  { fields, reason, approvedBy }: InputOf<"amend">,
  state: CaseState,
  context: DecideContext,
  fact: MakeFact,
): CaseEvent | null => {
  const { position, type, entry } = context.entry as CorrectedEntry;
  const standing = entriesOf(state.past);
  const found = standing.find((one) => one.entry === entry);
  const common = {
    event: position,
    entry,
    type,
    reason,
    ...(approvedBy !== undefined && { approvedBy }),
    leadsTo: state.status,
  };
  // what cannot be amended is refused by the lifecycle, which says why
  const rest = found && {
    before: foldEntries(
      state.case,
      standing.filter((one) => one.entry < entry),
    ),
    event: found.event,
  };
  const amended = rest && amendedEntry(rest.event, rest.before, fields, context);
  if (rest === undefined || amended === undefined) {
    const names = Object.keys(fields).toSorted();
    const none = { ...common, fields: names, on: context.on, data: {} };
    return fact("EntryAmended", none);
  }
  const { on, data, names, otherFacts } = amended;
  const isSame = on === rest.event.on && canonicalJson(data) === canonicalJson(rest.event.data);
  if (isSame) return null;
  const made = fact("EntryAmended", { ...common, fields: names, on, data });
  if (otherFacts) return supposing(made, { otherFacts });
  const derived = derivedFrom(made, state, context);
  const whole = derived.length === 0 ? made : supposing(made, { derived });
  return judged(whole, state, context);
};

/** The facts that set again what a rule computed from the receipt. */
const settingAgain: ReadonlySet<CaseEventType> = new Set<CaseEventType>([
  "CaseMarkedComplex",
  "CaseRedispatched",
  "ExtensionWithdrawn",
  "DeadlinesRecomputed",
]);

type Derived = NonNullable<DecidedData<"EntryAmended">["derived"]>[number];

/** The due dates of later entries that follow otherwise from the entry as it should read. */
export const derivedFrom = (
  made: CaseEvent,
  state: CaseState,
  context: LawOfCase,
): readonly Derived[] => {
  const derived: Derived[] = [];
  const { entry: place } = made.data as DecidedData<"EntryAmended">;
  let folded: CaseState | null = null;
  for (const { entry, event } of standingAfter(
    entriesOf(state.past),
    made as unknown as CorrectionEvent,
  )) {
    const after: CaseState = evolve(state.case, folded, event);
    if (entry <= place || !settingAgain.has(event.type)) {
      folded = after;
      continue;
    }
    const said = event.data as Readonly<{ deadlines: readonly DueDate[] }>;
    const deadlines = said.deadlines.map((due) => again(after, due, context));
    const isSame = canonicalJson(deadlines) === canonicalJson(said.deadlines);
    if (!isSame) derived.push({ entry, deadlines });
    folded = evolve(state.case, folded, withDeadlines(event, deadlines));
  }
  return derived;
};

/** A due date computed once more from what its rule counts from; what a person fixed stays. */
const again = (state: CaseState, due: DueDate, context: LawOfCase): DueDate => {
  const rule = context.rulebook.deadlines.find(({ id }) => id === due.rule);
  const on = rule && triggeredFor(due.id, state)[rule.trigger];
  if (rule === undefined || on === undefined || due.extended !== undefined) return due;
  return { ...dueDateOf(state.case, rule, on, context, state.received.kind), id: due.id };
};

/** What deciding a correction knows of the entry that it is about. */
export type CorrectedEntry = Readonly<{
  /** Its place in the log, and the version of the case that it made. */
  position: number;
  entry: number;
  type: string;
  /** The versions of all that its command recorded in the case. */
  entries: readonly number[];
}>;

/** A fact that the lifecycle is to refuse, with what its guard looks at. */
const supposing = (made: CaseEvent, extra: object): CaseEvent =>
  ({ ...made, data: { ...made.data, ...extra } }) as CaseEvent;

/** The correction with where it and the entries after it lead, or with what rests on the entry. */
const judged = (made: CaseEvent, state: CaseState, context: DecideContext): CaseEvent => {
  const correcting = made as unknown as CorrectionEvent;
  const { status, leading, resting } = walkedAgain(state, correcting, judgedBy(context));
  if (resting.length > 0) return supposing(made, { restsOnIt: resting });
  return supposing(made, { ...(leading.length > 0 && { leading }), leadsTo: status });
};

/** A fact that would not have been allowed without the entry as it stood. */
export type Resting = Readonly<{ type: CaseEventType; on: string; rule: GuardName | null }>;

/** What stands after a correction, walked through the lifecycle. */
type Walked = Readonly<{
  status: Status;
  /** The entries that lead elsewhere than they did before the correction. */
  leading: readonly LeadingElsewhere[];
  resting: readonly Resting[];
}>;

/** Walks what stands after a correction through the lifecycle. */
export const walkedAgain = (
  state: CaseState,
  correcting: Pick<CorrectionEvent, "type" | "data">,
  law: JudgedBy,
): Walked => {
  const first = firstOf(correcting);
  const entries = entriesOf(state.past);
  const ledFrom = new Map(entries.map(({ entry }, at) => [entry, entries[at - 1]?.event.to]));
  const ledTo = new Map(entries.map(({ entry, event }) => [entry, event.to]));
  const leading: LeadingElsewhere[] = [];
  const resting: Resting[] = [];
  let folded: CaseState | null = null;
  for (const { entry, event } of standingAfter(entries, correcting)) {
    const judgement = entry < first ? null : judge(folded, event, law);
    if (judgement !== null && !judgement.allowed) {
      resting.push({ type: event.type, on: dateOf(event.on), rule: judgement.guard });
      continue;
    }
    const to: Status = judgement?.to ?? event.to;
    if (folded !== null && (folded.status !== ledFrom.get(entry) || to !== ledTo.get(entry)))
      leading.push({ entry, from: folded.status, to });
    folded = evolve(state.case, folded, { ...event, to });
  }
  return { status: folded?.status ?? state.status, leading, resting };
};

const firstOf = ({ type, data }: Pick<CorrectionEvent, "type" | "data">): Entry["entry"] =>
  type === "EntryAmended"
    ? (data as DecidedData<"EntryAmended">).entry
    : Math.min(...(data as DecidedData<"EntryRetracted">).entries);

type DecidedData<Type extends CaseEventType> = Extract<DecidedEvent, { type: Type }>["data"];

const judge = (state: CaseState | null, event: EvolveEvent, law: JudgedBy) => {
  const input = state && { ...law, state, fact: event, actor: event.actor };
  const judgement = verdict(state?.status ?? "unreceived", event.type, input);
  if (!judgement.allowed || state === null || isOfRound(event, state)) return judgement;
  return { allowed: false, guard: null } as const;
};

/** Whether the round that a fact names is one that there is then. */
const isOfRound = (event: EvolveEvent, { round }: CaseState): boolean =>
  !("round" in event.data) ||
  (event.type === "RehandlingOrdered" ? event.data.round === round + 1 : event.data.round <= round);
