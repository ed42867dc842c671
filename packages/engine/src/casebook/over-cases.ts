/**
 * @module over-cases — an event of the log itself that has its effect in many cases: many cases share an
 * append, or all of them do. Each append stands only while the log's own events are those that it was
 * decided under, and what an interruption left undone can be done by asking again.
 */
import type { CaseState } from "../case/state.ts";
import { isEngineError } from "../errors.ts";
import { sha256Hex } from "../log/hash.ts";
import type { Actor, EventStore, StreamAppend } from "../ports/event-store.ts";
import type { Ids } from "../ports/ids.ts";
import type { ProjectionChange } from "../ports/projection-store.ts";
import { foldCase } from "./history-of-case.ts";
import { casesOf } from "./reader.ts";
import { unchangedRules } from "./record.ts";
import type { RulesInForce } from "./rules-in-force.ts";

/** What is recorded in one or many cases, and what is told of it. */
export type Effects<Told> = Readonly<{
  told: readonly Told[];
  streams: readonly StreamAppend[];
  changes: readonly ProjectionChange[];
}>;

/** What the event does to a case; null where it leaves it as it is. */
export type EffectOn<Told> = (state: CaseState, rules: RulesInForce) => Effects<Told> | null;

export type OverCasesContext = Readonly<{
  store: EventStore;
  ids: Ids;
  rules(): Promise<RulesInForce>;
}>;

export const noEffects: Effects<never> = { told: [], streams: [], changes: [] };

const attemptsMax = 5;
/** Cases that share an append; what is at hand of more would not fit into memory. */
const batchMax = 500;

/** The effects on all cases, many cases at a time. */
export async function* effectsOver<Told>(
  { store }: Pick<OverCasesContext, "store">,
  rules: RulesInForce,
  effectOn: EffectOn<Told>,
  atOnce = batchMax,
): AsyncGenerator<Effects<Told>> {
  let told: Told[] = [];
  let streams: StreamAppend[] = [];
  let changes: ProjectionChange[] = [];
  for await (const { id, events } of casesOf(store)) {
    const state = foldCase(id, events);
    const effect = state && effectOn(state, rules);
    if (effect === null) continue;
    told.push(...effect.told);
    streams.push(...effect.streams);
    changes.push(...effect.changes);
    if (streams.length < atOnce) continue;
    yield { told, streams, changes };
    [told, streams, changes] = [[], [], []];
  }
  if (streams.length > 0) yield { told, streams, changes };
}

/** The effects on the first cases, which go into the append of the event itself. */
export const firstEffects = <Told>(
  context: Pick<OverCasesContext, "store">,
  rules: RulesInForce,
  effectOn: EffectOn<Told>,
): Promise<Effects<Told>> => firstOf(effectsOver(context, rules, effectOn));

/** The effects on all cases, for what moves so few that one append holds them. */
export const allEffects = <Told>(
  context: Pick<OverCasesContext, "store">,
  rules: RulesInForce,
  effectOn: EffectOn<Told>,
): Promise<Effects<Told>> => firstOf(effectsOver(context, rules, effectOn, Infinity));

const firstOf = async <Told>(all: AsyncGenerator<Effects<Told>>): Promise<Effects<Told>> => {
  const { done, value } = await all.next();
  await all.return(undefined);
  return done === true ? noEffects : value;
};

/**
 * Moves every case that still is to be moved, also one received while others were, unless the log's own
 * stream has gone on since. The event itself stands by now, so a case that keeps moving is left as it is.
 */
export const moveTheRest = async <Told>(
  context: OverCasesContext,
  version: number,
  actor: Actor,
  effectOn: EffectOn<Told>,
): Promise<Pick<Effects<Told>, "told"> & Readonly<{ cases: number }>> => {
  const told: Told[] = [];
  let cases = 0;
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const rules = await context.rules();
    if (rules.version !== version) break;
    let isComplete = true;
    for await (const batch of effectsOver(context, rules, effectOn)) {
      isComplete = false;
      if (!(await recordBatch(context, rules, actor, batch))) continue;
      told.push(...batch.told);
      cases += batch.streams.length;
    }
    if (isComplete) break;
  }
  return { told, cases };
};

/** Whether a batch was recorded; a case of it that has moved meanwhile is looked at again. */
const recordBatch = async (
  { store, ids }: OverCasesContext,
  rules: RulesInForce,
  actor: Actor,
  { streams, changes }: Effects<unknown>,
): Promise<boolean> => {
  const commandId = ids.next();
  const requestHash = sha256Hex(commandId);
  const guarded = [unchangedRules(rules), ...streams];
  try {
    await store.append({ commandId, requestHash, actor, streams: guarded, changes });
    return true;
  } catch (error) {
    if (!isEngineError(error, "VERSION_CONFLICT")) throw error;
    return false;
  }
};
