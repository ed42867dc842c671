/**
 * @module adoption — new rules come into force: a rulebook or a calendar is adopted by an event, and every
 * open case whose due dates it moves gets an event that says so.
 *
 * What would move is known before anything is recorded: the list of it is the same computation. Both are
 * appended together; a case that somebody changed in between is computed anew.
 */
import type { CaseState } from "../case/state.ts";
import type { MovedDueDate } from "../decider/recompute.ts";
import { recomputed } from "../decider/recompute.ts";
import { isEngineError } from "../errors.ts";
import { sha256Hex } from "../log/hash.ts";
import type { AppendRequest, EventStore, StreamAppend } from "../ports/event-store.ts";
import type { Ids } from "../ports/ids.ts";
import type { ProjectionChange } from "../ports/projection-store.ts";
import type { Calendar } from "../rulebook/calendar/calendar.ts";
import type { Rulebook } from "../rulebook/rulebook.ts";
import type { Adoption, Impact, Plan } from "./adoption-plan.ts";
import { planOfCalendar, planOfRulebook } from "./adoption-plan.ts";
import { foldCase } from "./history-of-case.ts";
import { logEvents } from "./opening.ts";
import { casesOf, rulebookOf } from "./reader.ts";
import type { Asking } from "./record.ts";
import { appendOfCase, unchangedRules } from "./record.ts";
import type { RulesInForce } from "./rules-in-force.ts";

export type AdoptOptions = Readonly<{
  /** Only tell what would move. */
  dryRun?: boolean;
}>;

export type AdoptContext = Readonly<{
  store: EventStore;
  ids: Ids;
  rules(): Promise<RulesInForce>;
}>;

/**
 * Adopts a rulebook.
 * @param read gives it, checked, for a casebook with these rules
 * @throws EngineError `RULES_OLDER` when a newer version of it has been adopted; `RULES_DIFFER` when this
 * version has been adopted with other content
 */
export const adoptRulebook = (
  context: AdoptContext,
  read: (rules: RulesInForce) => Promise<Rulebook>,
  asking: Asking,
  options: AdoptOptions = {},
): Promise<Adoption> =>
  adopt(context, asking, options, async (rules) => planOfRulebook(await read(rules), rules));

/**
 * Adopts a calendar.
 * @param read gives it, checked, on top of the one in force
 * @throws EngineError `RULES_OLDER`, `RULES_DIFFER` as for a rulebook
 */
export const adoptCalendar = (
  context: AdoptContext,
  read: (rules: RulesInForce) => Promise<Readonly<{ calendar: Calendar; notice: string }>>,
  asking: Asking,
  options: AdoptOptions = {},
): Promise<Adoption> =>
  adopt(context, asking, options, async (rules) => planOfCalendar(await read(rules), rules));

const attemptsMax = 5;

/** Plans and records; anew when somebody has adopted other rules or moved a case meanwhile. */
const adopt = async (
  context: AdoptContext,
  asking: Asking,
  { dryRun = false }: AdoptOptions,
  planFor: (rules: RulesInForce) => Promise<Plan | Adoption>,
): Promise<Adoption> => {
  for (let attempt = 1; ; attempt += 1) {
    const rules = await context.rules();
    const plan = await planFor(rules);
    if ("unchanged" in plan) return plan;
    const { impact, streams, changes } = await effects(context, rules, asking, plan);
    const told = { name: plan.name, unchanged: false, cases: streams.length, impact };
    if (dryRun) return { ...told, position: null };
    const request = requestOf(context.ids, rules, asking, plan);
    try {
      const { events } = await context.store.append({
        ...request,
        streams: [...request.streams, ...streams],
        changes,
      });
      const late = await followUp(context, rules.version + 1, asking, plan);
      return {
        ...told,
        cases: told.cases + late.streams.length,
        impact: [...impact, ...late.impact],
        position: events[0]?.globalPosition ?? null,
      };
    } catch (error) {
      if (attempt === attemptsMax || !isEngineError(error, "VERSION_CONFLICT")) throw error;
    }
  }
};

const noEffects: Effects = { impact: [], streams: [], changes: [] };

/**
 * Cases that were received while the list was made come under the same rules, unless others have been
 * adopted since. The adoption itself stands by now, so a case that keeps moving is left as it is.
 */
const followUp = async (
  context: AdoptContext,
  version: number,
  asking: Asking,
  plan: Plan,
): Promise<Effects> => {
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const rules = await context.rules();
    if (rules.version !== version) return noEffects;
    const found = await effects(context, rules, asking, plan);
    const { streams, changes } = found;
    if (streams.length === 0) return noEffects;
    const commandId = context.ids.next();
    const requestHash = sha256Hex(commandId);
    try {
      await context.store.append({
        commandId,
        requestHash,
        actor: asking.actor,
        streams: [unchangedRules(rules), ...streams],
        changes,
      });
      return found;
    } catch (error) {
      if (!isEngineError(error, "VERSION_CONFLICT")) throw error;
    }
  }
  return noEffects;
};

type Effects = Readonly<{
  impact: readonly Impact[];
  streams: readonly StreamAppend[];
  changes: readonly ProjectionChange[];
}>;

/** What the new rules do to the open cases. */
const effects = async (
  { store }: AdoptContext,
  rules: RulesInForce,
  { actor, today }: Asking,
  plan: Plan,
): Promise<Effects> => {
  const impact: Impact[] = [];
  const streams: StreamAppend[] = [];
  const changes: ProjectionChange[] = [];
  for await (const { id, events } of casesOf(store)) {
    const state = foldCase(id, events);
    const found = state && plan.lawFor(state);
    if (state === null || found === null) continue;
    const { law, hash } = found;
    const moved = plan.moved(state, law);
    if (moved.length === 0 && plan.cause === "calendar") continue;
    impact.push(...moved.flatMap((one) => impactOf(state, one)));
    const event = recomputed(state, moved, { actor, on: today, law, cause: plan.cause });
    const append = appendOfCase(
      { id, state, rulebook: rulebookOf({ rules }, state) },
      [event],
      { rulebook: law.rulebook, hash },
      actor,
    );
    streams.push(append.stream);
    changes.push(...append.changes);
  }
  return { impact, streams, changes };
};

const impactOf = (state: CaseState, { from, to }: MovedDueDate): readonly Impact[] =>
  from?.dueOn === to.dueOn && from.provisional === to.provisional
    ? []
    : [
        {
          case: state.case,
          title: state.received.title,
          deadline: to.id,
          from: from?.dueOn ?? null,
          to: to.dueOn,
          wasProvisional: from?.provisional ?? false,
          isProvisional: to.provisional,
        },
      ];

const requestOf = (
  ids: Ids,
  rules: RulesInForce,
  { actor, today }: Asking,
  { event: { type, data }, file, rulebookHash }: Plan,
): AppendRequest => ({
  commandId: ids.next(),
  requestHash: file.sha256,
  actor,
  files: [file],
  streams: [
    {
      stream: null,
      expectedVersion: rules.version,
      rulebookHash,
      events: [
        {
          type,
          dataVersion: logEvents[type].dataVersion,
          on: today,
          data,
          from: null,
          to: null,
        },
      ],
    },
  ],
});
