/**
 * @module adoption — new rules come into force: a rulebook or a calendar is adopted by an event, and every
 * open case whose due dates it moves gets an event that says so.
 *
 * What would move is known before anything is recorded: the list of it is the same computation. The
 * adoption and the first cases are one append, the rest follows many at a time; an adoption that was
 * interrupted is completed by repeating it.
 */
import type { CaseState } from "../case/state.ts";
import type { MovedDueDate } from "../decider/recompute.ts";
import { recomputed } from "../decider/recompute.ts";
import { isEngineError } from "../errors.ts";
import type { AppendRequest, EventStore } from "../ports/event-store.ts";
import type { Ids } from "../ports/ids.ts";
import type { Calendar } from "../rulebook/calendar/calendar.ts";
import type { Rulebook } from "../rulebook/rulebook.ts";
import type { CivilDate } from "../time/civil-date.ts";
import type { Adoption, Impact, Plan } from "./adoption-plan.ts";
import { planOfCalendar, planOfRulebook } from "./adoption-plan.ts";
import { logEvents } from "./opening.ts";
import type { EffectOn } from "./over-cases.ts";
import { effectsOver, firstEffects, moveTheRest } from "./over-cases.ts";
import { rulebookOf } from "./reader.ts";
import type { Asking } from "./record.ts";
import { appendOfCase } from "./record.ts";
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

/**
 * Plans and records; anew when somebody has adopted other rules or moved a case meanwhile. Where the rules
 * are in force already, what an interrupted adoption left undone is done.
 */
const adopt = async (
  context: AdoptContext,
  asking: Asking,
  { dryRun = false }: AdoptOptions,
  planFor: (rules: RulesInForce) => Promise<Plan>,
): Promise<Adoption> => {
  for (let attempt = 1; ; attempt += 1) {
    const rules = await context.rules();
    const plan = await planFor(rules);
    if (dryRun) return foretold(context, rules, asking, plan);
    try {
      const begun = plan.isInForce ? nothingYet : await begin(context, rules, asking, plan);
      const version = plan.isInForce ? rules.version : rules.version + 1;
      const rest = await moveTheRest(context, version, asking.actor, effectsOf(asking, plan));
      const cases = begun.cases + rest.cases;
      return {
        name: plan.name,
        unchanged: plan.isInForce && cases === 0,
        cases,
        impact: [...begun.impact, ...rest.told],
        position: begun.position,
      };
    } catch (error) {
      if (attempt === attemptsMax || !isEngineError(error, "VERSION_CONFLICT")) throw error;
    }
  }
};

type Done = Pick<Adoption, "cases" | "impact" | "position">;
const nothingYet: Done = { cases: 0, impact: [], position: null };

/** What adopting would do. */
const foretold = async (
  context: AdoptContext,
  rules: RulesInForce,
  asking: Asking,
  plan: Plan,
): Promise<Adoption> => {
  const impact: Impact[] = [];
  let cases = 0;
  for await (const batch of effectsOver(context, rules, effectsOf(asking, plan))) {
    impact.push(...batch.told);
    cases += batch.streams.length;
  }
  const { name, isInForce } = plan;
  return { name, unchanged: isInForce && cases === 0, cases, impact, position: null };
};

/** Records the adoption, together with the first cases that it moves. */
const begin = async (
  context: AdoptContext,
  rules: RulesInForce,
  asking: Asking,
  plan: Plan,
): Promise<Done> => {
  const first = await firstEffects(context, rules, effectsOf(asking, plan));
  const request = requestOf(context.ids, rules, asking, plan);
  const { events } = await context.store.append({
    ...request,
    streams: [...request.streams, ...first.streams],
    changes: first.changes,
  });
  return {
    cases: first.streams.length,
    impact: first.told,
    position: events[0]?.globalPosition ?? null,
  };
};

/** What the rules do to one case; null where they leave it as it is. */
const effectsOf =
  ({ actor, today }: Asking, plan: Plan): EffectOn<Impact> =>
  (state, rules) => {
    const found = plan.lawFor(state);
    if (found === null) return null;
    const { law, hash } = found;
    const moved = plan.moved(state, law, today);
    if (moved.length === 0 && plan.cause === "calendar") return null;
    const event = recomputed(state, moved, { actor, on: today, law, cause: plan.cause });
    const { stream, changes } = appendOfCase(
      { id: state.case, state, rulebook: rulebookOf({ rules }, state) },
      [event],
      { rulebook: law.rulebook, hash },
      actor,
    );
    return {
      told: moved.flatMap((one) => impactOf(state, one, today)),
      streams: [stream],
      changes,
    };
  };

const impactOf = (
  state: CaseState,
  { from, to }: MovedDueDate,
  today: CivilDate,
): readonly Impact[] =>
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
          isPast: to.dueOn < today,
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
