/** @module reader — what every query of a casebook may use. */
import type { CaseId } from "../case/case-id.ts";
import type { CaseState } from "../case/state.ts";
import { EngineError } from "../errors.ts";
import type { LogReader, RecordedEvent, StoreReader } from "../ports/event-store.ts";
import type { ProjectionRow } from "../ports/projection-store.ts";
import type { Rulebook } from "../rulebook/rulebook.ts";
import type { LedgerRow } from "../projections/ledger.ts";
import { ledger } from "../projections/ledger.ts";
import type { Projection, Row } from "../projections/projection.ts";
import type { Moment } from "./as-of.ts";
import { foldAt, isPast } from "./as-of.ts";
import { foldCase } from "./history-of-case.ts";
import type { AdoptedRulebook, RulesInForce } from "./rules-in-force.ts";
import type { FindCases } from "./resolve-case.ts";
import { resolveCase, sameNumber } from "./resolve-case.ts";

export type Reader = Readonly<{
  /** As it is now, or as it was at the moment of a snapshot. */
  store: StoreReader;
  rules: RulesInForce;
  /** False where the stored projections are another version's and may not be rebuilt: then queries fold. */
  hasProjections: boolean;
}>;

/** A case by name, unambiguous short form or another number of it, with its events. */
export const readCase = async (
  reader: Reader,
  name: string,
): Promise<Readonly<{ id: CaseId; events: readonly RecordedEvent[]; state: CaseState }>> => {
  const { store } = reader;
  const find: FindCases = (ending, limit) => store.findStreams(ending, limit);
  const id = await resolveCase(find, name, (number) => casesNumbered(reader, number));
  const events = await store.readStream(id);
  const state = foldCase(id, events);
  if (state === null) throw new EngineError("NOT_FOUND", { what: "case", name: id });
  return { id, events, state };
};

const casesNumbered = async (reader: Reader, number: string): Promise<readonly CaseId[]> => {
  const found: CaseId[] = [];
  for await (const body of rowBodies(reader, ledger, {})) {
    const { case: id, otherNumbers = [] } = body as LedgerRow;
    if (otherNumbers.some((one) => sameNumber(one, number))) found.push(id);
  }
  return found;
};

/** The rulebook that a case is under. @throws EngineError `INTEGRITY` when the log lacks it */
export const rulebookOf = ({ rules }: Pick<Reader, "rules">, state: CaseState): Rulebook =>
  adoptedFor(rules, state).rulebook;

/** The same with its hash. */
export const adoptedFor = (rules: RulesInForce, state: CaseState): AdoptedRulebook => {
  const { rulebook: name } = state;
  const adopted = rules.byName.get(name);
  if (adopted !== undefined) return adopted;
  throw new EngineError("INTEGRITY", {
    fault: "MISSING",
    position: null,
    case: state.case,
    what: {
      zh: `${state.case} 所依据的规则集 ${name} 不在本办件库中`,
      en: `${state.case} names the rulebook ${name}, which is not in this casebook`,
    },
  });
};

const pageSize = 1000;

/** All rows of a projection in order, read in pages. */
export async function* rowsOf(
  { store }: Reader,
  query: Readonly<{ projection: string; stream?: CaseId; sortFrom?: string; sortTo?: string }>,
): AsyncGenerator<ProjectionRow> {
  let after: { sort: string; stream: CaseId; key: string } | undefined;
  for (;;) {
    const page = await store.rows({ ...query, ...(after && { after }), limit: pageSize });
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    after = { sort: last.sort, stream: last.stream, key: last.key };
  }
}

/** A stretch of a projection's order, ends included; everything where none is given. */
export type Stretch = Readonly<{ sortFrom?: string; sortTo?: string }>;

/** The rows of a projection as they are, or as they were at a moment, folded from the log. */
export async function* rowBodies(
  reader: Reader,
  projection: Projection,
  moment: Moment,
  ...stretches: readonly Stretch[]
): AsyncGenerator<object> {
  const asked = stretches.length > 0 ? stretches : [{}];
  if (!isPast(moment) && reader.hasProjections) {
    for (const stretch of asked) {
      const query = { projection: projection.name, ...stretch };
      for await (const { body } of rowsOf(reader, query)) yield body;
    }
    return;
  }
  const rows: Row[] = [];
  for await (const { id, events } of casesOf(reader.store)) {
    const state = foldOn(id, events, moment);
    if (state !== null) rows.push(...projection.of(state, rulebookOf(reader, state)).rows);
  }
  rows.sort((left, right) => (left.sort < right.sort ? -1 : left.sort > right.sort ? 1 : 0));
  const isAsked = (sort: string): boolean =>
    asked.some(
      ({ sortFrom, sortTo }) =>
        (sortFrom === undefined || sortFrom <= sort) && (sortTo === undefined || sort <= sortTo),
    );
  for (const { body, sort } of rows) if (isAsked(sort)) yield body;
}

/** A case as it is, or as it was at a moment. */
export const foldOn = (
  id: CaseId,
  events: readonly RecordedEvent[],
  moment: Moment,
): CaseState | null => (isPast(moment) ? foldAt(id, events, moment) : foldCase(id, events));

/** Gives other cases as they are, or as they were at the same moment. */
export const caseAt =
  ({ store }: Readonly<{ store: Pick<LogReader, "readStream"> }>, moment: Moment = {}) =>
  async (id: CaseId): Promise<CaseState | null> =>
    foldOn(id, await store.readStream(id), moment);

/** All cases in the order of their ids, each folded from its events, one at a time. */
export async function* casesOf(
  store: Pick<LogReader, "listStreams" | "readStream">,
): AsyncGenerator<Readonly<{ id: CaseId; events: readonly RecordedEvent[] }>> {
  let after: CaseId | undefined;
  for (;;) {
    const ids = await store.listStreams({ ...(after !== undefined && { after }), limit: pageSize });
    for (const id of ids) yield { id, events: await store.readStream(id) };
    after = ids.at(-1);
    if (after === undefined || ids.length < pageSize) return;
  }
}

let collator: Intl.Collator | undefined;

/** Orders cases as people list them: by kind, then session, then number. */
export const byName = (left: CaseId, right: CaseId): number => {
  // made once: a comparison that makes its own costs twenty times as much
  collator ??= new Intl.Collator("en", { numeric: true });
  return collator.compare(left, right);
};
