/**
 * @module shipped-tables — the conformance tables that come with the engine, each a JSON file under
 * `rules/conformance`. A new table is its file and a line here.
 */
import { checkTable } from "./conformance.ts";
import type { ReadTable } from "./read-table.ts";
import type { ConformanceTable, TableResult } from "./conformance.ts";
import { displayShares } from "../../casebook/share.ts";
import { EngineError } from "../../errors.ts";
import { stateCouncil } from "../calendar/state-council.ts";
import type { Rulebook } from "../rulebook.ts";
import { rulebookName } from "../rulebook.ts";
import { shippedRulebook, shippedRulebooks } from "../shipped.ts";

type Loaded = Promise<Readonly<{ default: unknown }>>;

const loaders: Readonly<Record<string, () => Loaded>> = {
  "cmc-response": (): Loaded =>
    import("../../rules/conformance/cmc-response.json", { with: { type: "json" } }),
  "conduction-between": (): Loaded =>
    import("../../rules/conformance/conduction-between.json", { with: { type: "json" } }),
  "conduction-business-days": (): Loaded =>
    import("../../rules/conformance/conduction-business-days.json", { with: { type: "json" } }),
  "conduction-business-days-back": (): Loaded =>
    import("../../rules/conformance/conduction-business-days-back.json", {
      with: { type: "json" },
    }),
  "conduction-business-days-municipal": (): Loaded =>
    import("../../rules/conformance/conduction-business-days-municipal.json", {
      with: { type: "json" },
    }),
  "conduction-calendar-days": (): Loaded =>
    import("../../rules/conformance/conduction-calendar-days.json", { with: { type: "json" } }),
  "conduction-hours": (): Loaded =>
    import("../../rules/conformance/conduction-hours.json", { with: { type: "json" } }),
  "conduction-reminders": (): Loaded =>
    import("../../rules/conformance/conduction-reminders.json", { with: { type: "json" } }),
  "conduction-roll": (): Loaded =>
    import("../../rules/conformance/conduction-roll.json", { with: { type: "json" } }),
  "cts-in-time": (): Loaded =>
    import("../../rules/conformance/cts-in-time.json", { with: { type: "json" } }),
  "date-fns-after": (): Loaded =>
    import("../../rules/conformance/date-fns-after.json", { with: { type: "json" } }),
  "date-fns-before": (): Loaded =>
    import("../../rules/conformance/date-fns-before.json", { with: { type: "json" } }),
  "date-fns-between": (): Loaded =>
    import("../../rules/conformance/date-fns-between.json", { with: { type: "json" } }),
  "demarches-days": (): Loaded =>
    import("../../rules/conformance/demarches-days.json", { with: { type: "json" } }),
  "demarches-months": (): Loaded =>
    import("../../rules/conformance/demarches-months.json", { with: { type: "json" } }),
  "foi-flow-cut-off": (): Loaded =>
    import("../../rules/conformance/foi-flow-cut-off.json", { with: { type: "json" } }),
  "foi-flow-reminders": (): Loaded =>
    import("../../rules/conformance/foi-flow-reminders.json", { with: { type: "json" } }),
  "froide-months": (): Loaded =>
    import("../../rules/conformance/froide-months.json", { with: { type: "json" } }),
  "hocs-elapsed": (): Loaded =>
    import("../../rules/conformance/hocs-elapsed.json", { with: { type: "json" } }),
  "hocs-no-holidays": (): Loaded =>
    import("../../rules/conformance/hocs-no-holidays.json", { with: { type: "json" } }),
  "hocs-remaining": (): Loaded =>
    import("../../rules/conformance/hocs-remaining.json", { with: { type: "json" } }),
  "hocs-stages": (): Loaded =>
    import("../../rules/conformance/hocs-stages.json", { with: { type: "json" } }),
  "hocs-working-days": (): Loaded =>
    import("../../rules/conformance/hocs-working-days.json", { with: { type: "json" } }),
  "moment-business-days": (): Loaded =>
    import("../../rules/conformance/moment-business-days.json", { with: { type: "json" } }),
  "plonemeeting-adviser": (): Loaded =>
    import("../../rules/conformance/plonemeeting-adviser.json", { with: { type: "json" } }),
  "plonemeeting-adviser-holiday": (): Loaded =>
    import("../../rules/conformance/plonemeeting-adviser-holiday.json", { with: { type: "json" } }),
  "plonemeeting-adviser-saturday": (): Loaded =>
    import("../../rules/conformance/plonemeeting-adviser-saturday.json", {
      with: { type: "json" },
    }),
  "plonemeeting-calendar": (): Loaded =>
    import("../../rules/conformance/plonemeeting-calendar.json", { with: { type: "json" } }),
  "potentiel-months": (): Loaded =>
    import("../../rules/conformance/potentiel-months.json", { with: { type: "json" } }),
  "potentiel-months-minus-a-day": (): Loaded =>
    import("../../rules/conformance/potentiel-months-minus-a-day.json", { with: { type: "json" } }),
  "potentiel-reminders": (): Loaded =>
    import("../../rules/conformance/potentiel-reminders.json", { with: { type: "json" } }),
  "published-shares-one-decimal": (): Loaded =>
    import("../../rules/conformance/published-shares-one-decimal.json", { with: { type: "json" } }),
  "published-shares-two-decimals": (): Loaded =>
    import("../../rules/conformance/published-shares-two-decimals.json", {
      with: { type: "json" },
    }),
  "published-shares-whole": (): Loaded =>
    import("../../rules/conformance/published-shares-whole.json", { with: { type: "json" } }),
  "state-council-months": (): Loaded =>
    import("../../rules/conformance/state-council-months.json", { with: { type: "json" } }),
  "state-council-months-past-holidays": (): Loaded =>
    import("../../rules/conformance/state-council-months-past-holidays.json", {
      with: { type: "json" },
    }),
  "state-council-months-rolled": (): Loaded =>
    import("../../rules/conformance/state-council-months-rolled.json", { with: { type: "json" } }),
  "state-council-working-days": (): Loaded =>
    import("../../rules/conformance/state-council-working-days.json", { with: { type: "json" } }),
  "taskana-after": (): Loaded =>
    import("../../rules/conformance/taskana-after.json", { with: { type: "json" } }),
  "taskana-before": (): Loaded =>
    import("../../rules/conformance/taskana-before.json", { with: { type: "json" } }),
  "taskana-strictly-between": (): Loaded =>
    import("../../rules/conformance/taskana-strictly-between.json", { with: { type: "json" } }),
  "vectors-beijing": (): Loaded =>
    import("../../rules/conformance/vectors-beijing.json", { with: { type: "json" } }),
  "vectors-chizhou": (): Loaded =>
    import("../../rules/conformance/vectors-chizhou.json", { with: { type: "json" } }),
  "vectors-chongqing": (): Loaded =>
    import("../../rules/conformance/vectors-chongqing.json", { with: { type: "json" } }),
  "vectors-elsewhere": (): Loaded =>
    import("../../rules/conformance/vectors-elsewhere.json", { with: { type: "json" } }),
  "vectors-henan": (): Loaded =>
    import("../../rules/conformance/vectors-henan.json", { with: { type: "json" } }),
  "vectors-national": (): Loaded =>
    import("../../rules/conformance/vectors-national.json", { with: { type: "json" } }),
  "vectors-qingdao": (): Loaded =>
    import("../../rules/conformance/vectors-qingdao.json", { with: { type: "json" } }),
  "vectors-shandong": (): Loaded =>
    import("../../rules/conformance/vectors-shandong.json", { with: { type: "json" } }),
  "vectors-shanghai": (): Loaded =>
    import("../../rules/conformance/vectors-shanghai.json", { with: { type: "json" } }),
  "vectors-zhejiang": (): Loaded =>
    import("../../rules/conformance/vectors-zhejiang.json", { with: { type: "json" } }),
};

/** Names of the tables that come with the engine. */
export const shippedTables: readonly string[] = Object.keys(loaders);

/** A table that comes with the engine, as its file has it. */
export const shippedTable = async (name: string): Promise<unknown> =>
  (await loaders[name]?.())?.default;

/**
 * Runs conformance tables, those of an office or those that come with the engine.
 * @param given parsed tables by the name of their file
 * @param rulebooks beside those that come with the engine, for tables about rules
 * @throws EngineError `INVALID_RULES` with the place of each mistake in a table
 */
export const runTables = async (
  given: ReadonlyMap<string, unknown>,
  rulebooks: readonly Rulebook[] = [],
): Promise<readonly TableResult[]> => {
  const shipped = await Promise.all(shippedRulebooks.map((id) => shippedRulebook(id)));
  const byName = new Map([...shipped, ...rulebooks].map((one) => [rulebookName(one), one]));
  const { readTable } = await import("./read-table.ts");
  return [...given].map(([name, json]) =>
    checkTable(tableOrRefusal(name, readTable(json)), {
      rulebooks: (wanted) => byName.get(wanted),
      calendar: stateCouncil,
      printShares: displayShares,
    }),
  );
};

const tableOrRefusal = (name: string, read: ReadTable): ConformanceTable => {
  if ("table" in read) return read.table;
  const { problems } = read;
  throw new EngineError("INVALID_RULES", { what: "conformance", name, problems });
};
