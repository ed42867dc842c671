/**
 * @module complete — a rulebook file and the rulebook that it extends, made into one complete rulebook.
 *
 * What the file says stands before what the other says, so that it wins; what has the same name replaces
 * it. The same two give the same rulebook, so its hash names both.
 */
import type { DeadlineRule } from "./deadline-rule.ts";
import type { Choices, Rulebook, RulebookFile } from "./rulebook.ts";

/** The questions of a rulebook that are answered by choices. */
export const questions = [
  "contactBeforeReply",
  "rehandlingOn",
  "closingNeedsFeedback",
  "expiryNeedsReminder",
  "verifierDiffers",
  "redispatchClock",
  "silentReturn",
  "assignmentBeforeReply",
  "coOpinions",
  "replySteps",
  "deliveredWhen",
  "formsCounted",
  "rounds",
  "promises",
  "workingHours",
  "lamps",
] as const satisfies readonly (keyof Rulebook)[];

/**
 * The complete rulebook of a file.
 * @param parent the rulebook that the file's `extends` names, undefined when it names none
 */
export const completeRulebook = (file: RulebookFile, parent: Rulebook | undefined): Rulebook => ({
  format: 2,
  id: file.id,
  version: file.version,
  label: file.label,
  ...(file.extends !== undefined && { extends: file.extends }),
  validFrom: file.validFrom,
  validTo: file.validTo ?? null,
  appliesToOpenCases: file.appliesToOpenCases ?? false,
  ...ownLevel(file, parent),
  ...(file.isCollection === true && { isCollection: true }),
  kinds: replacedInPlace(file.kinds, parent?.kinds),
  deadlines: before(file.deadlines, parent?.deadlines, ({ id }) => id),
  unregulated: unregulated(file, parent),
  contactBeforeReply: choices(file.contactBeforeReply, parent?.contactBeforeReply),
  rehandlingOn: choices(file.rehandlingOn, parent?.rehandlingOn),
  closingNeedsFeedback: choices(file.closingNeedsFeedback, parent?.closingNeedsFeedback),
  expiryNeedsReminder: choices(file.expiryNeedsReminder, parent?.expiryNeedsReminder),
  verifierDiffers: choices(file.verifierDiffers, parent?.verifierDiffers),
  redispatchClock: choices(file.redispatchClock, parent?.redispatchClock),
  silentReturn: choices(file.silentReturn, parent?.silentReturn),
  assignmentBeforeReply: choices(file.assignmentBeforeReply, parent?.assignmentBeforeReply),
  coOpinions: choices(file.coOpinions, parent?.coOpinions),
  replySteps: choices(file.replySteps, parent?.replySteps),
  deliveredWhen: choices(file.deliveredWhen, parent?.deliveredWhen),
  formsCounted: choices(file.formsCounted, parent?.formsCounted),
  rounds: choices(file.rounds, parent?.rounds),
  promises: choices(file.promises, parent?.promises),
  ...lateEntry(file, parent),
  workingHours: choices(file.workingHours, parent?.workingHours),
  results: before(file.results, parent?.results, ({ scheme }) => scheme),
  lamps: choices(file.lamps, parent?.lamps),
  rates: replacedInPlace(file.rates, parent?.rates),
  duties: replacedInPlace(file.duties, parent?.duties),
});

/** Absent rather than empty, so that a rulebook that sets none keeps its bytes, and with them its hash. */
const lateEntry = (
  file: RulebookFile,
  parent: Rulebook | undefined,
): Pick<Rulebook, "lateEntry"> => {
  const rules = [...(file.lateEntry ?? []), ...(parent?.lateEntry ?? [])];
  return rules.length === 0 ? {} : { lateEntry: rules };
};

const ownLevel = (file: RulebookFile, parent: Rulebook | undefined): Pick<Rulebook, "ownLevel"> => {
  const level = file.ownLevel ?? parent?.ownLevel;
  return level === undefined ? {} : { ownLevel: level };
};

/** Whether a rule may set a due date, and is not only listed. */
export const isApplied = ({ notApplied }: Pick<DeadlineRule, "notApplied">): boolean =>
  notApplied === undefined;

const choices = <Value>(
  own: Choices<Value> = [],
  inherited: Choices<Value> = [],
): Choices<Value> => [...own, ...inherited];

/** The own items, then the inherited ones whose name none of them has. */
const before = <Item>(
  own: readonly Item[] = [],
  inherited: readonly Item[] = [],
  nameOf: (item: Item) => string,
): readonly Item[] => {
  const names = new Set(own.map(nameOf));
  return [...own, ...inherited.filter((item) => !names.has(nameOf(item)))];
};

/** The inherited items in their order, each replaced by the own one of its id; then the other own ones. */
const replacedInPlace = <Item extends Readonly<{ id: string }>>(
  own: readonly Item[] = [],
  inherited: readonly Item[] = [],
): readonly Item[] => {
  const ids = new Set(inherited.map(({ id }) => id));
  return [
    ...inherited.map((item) => own.find(({ id }) => id === item.id) ?? item),
    ...own.filter(({ id }) => !ids.has(id)),
  ];
};

/** A note that a term is not set falls away for the kinds for which the file sets it or says otherwise. */
const unregulated = (file: RulebookFile, parent: Rulebook | undefined): Rulebook["unregulated"] => {
  const own = file.unregulated ?? [];
  const all = replacedInPlace(file.kinds, parent?.kinds).map(({ id }) => id);
  const inherited = (parent?.unregulated ?? []).flatMap((note) => {
    const about = <Item extends Readonly<{ deadline: string }>>(items: readonly Item[]) =>
      items.filter(({ deadline }) => deadline === note.deadline);
    const said = new Set([
      ...about(file.deadlines ?? [])
        .filter(isApplied)
        .flatMap(({ appliesTo }) => appliesTo.kinds ?? all),
      ...about(own).flatMap(({ kinds }) => kinds ?? all),
    ]);
    if (said.size === 0) return [note];
    const kinds = (note.kinds ?? all).filter((kind) => !said.has(kind));
    return kinds.length === 0 ? [] : [{ ...note, kinds }];
  });
  return [...own, ...inherited];
};
