/** @module check-lists — names that are given twice, and entries that never get their turn. */
import type { Check } from "./checked.ts";
import { questions } from "../complete.ts";
import type { Finding, Path } from "./rule-problem.ts";
import { finding, repeated } from "./rule-problem.ts";

const twice = (path: Path, name: string): Finding =>
  finding(
    path,
    name,
    { zh: `“${name}”写了两次。`, en: `"${name}" is there twice.` },
    { zh: "请改名，或删去其中一个。", en: "Rename one of them, or take it out." },
  );

const named = ["kinds", "deadlines", "rates", "duties"] as const;

/** Kinds, rules, rates and duties have ids of their own, schemes names of their own. */
export const namesAreUnique: Check = ({ own }) => [
  ...named.flatMap((list) => {
    const items: readonly Readonly<{ id: string }>[] = own[list] ?? [];
    return repeated(items, ({ id }) => id).map((index) =>
      twice([list, index, "id"], items[index]?.id ?? ""),
    );
  }),
  ...repeated(own.results ?? [], ({ scheme }) => scheme).map((index) =>
    twice(["results", index, "scheme"], own.results?.[index]?.scheme ?? ""),
  ),
];

/** A term is noted as not set once for each kind. */
export const notesAreUnique: Check = ({ own }) => {
  const notes = own.unregulated ?? [];
  return notes.flatMap(({ deadline, kinds }, index) => {
    const isNoted = notes
      .slice(0, index)
      .some(
        (other) =>
          other.deadline === deadline &&
          (kinds === undefined ||
            other.kinds === undefined ||
            other.kinds.some((kind) => kinds.includes(kind))),
      );
    return isNoted ? [twice(["unregulated", index, "deadline"], deadline)] : [];
  });
};

/** A letter means one thing in its scheme. */
export const lettersAreUnique: Check = ({ rulebook }) =>
  rulebook.results.flatMap(({ scheme, codes }, index) =>
    repeated(codes, ({ code }) => code).map((place) => {
      const code = codes[place]?.code ?? "";
      return finding(
        ["results", index, "codes", place, "code"],
        scheme,
        {
          zh: `类别方案“${scheme}”中“${code}”出现两次。`,
          en: `The letter "${code}" is in the scheme "${scheme}" twice.`,
        },
        { zh: "每个字母只能有一个含义，请改写或删去一个。", en: "Give each letter one meaning." },
      );
    }),
  );

type ForKinds = Readonly<{ kinds?: readonly string[] }>;

/** The entry that already takes all cases which a later entry is for. */
const takenBy = (entries: readonly ForKinds[], index: number): number | undefined => {
  const { kinds } = entries[index] ?? {};
  const before = entries.slice(0, index);
  const forAll = before.findIndex((entry) => entry.kinds === undefined);
  if (forAll !== -1) return forAll;
  const taken = new Set(before.flatMap((entry) => entry.kinds ?? []));
  if (kinds === undefined || !kinds.every((kind) => taken.has(kind))) return undefined;
  return before.findIndex((entry) => entry.kinds?.includes(kinds[0] ?? "") ?? true);
};

const neverHolds = (
  entries: readonly ForKinds[],
  path: Path,
  index: number,
): readonly Finding[] => {
  const taker = takenBy(entries, index);
  if (taker === undefined) return [];
  const isForAll = entries[taker]?.kinds === undefined;
  return [
    finding(
      [...path, index],
      null,
      isForAll
        ? {
            zh: `“${String(path[0])}”的第 ${index + 1} 项永远用不到：前面的第 ${taker + 1} 项不限件别。`,
            en: `Entry ${index + 1} of "${String(path[0])}" never holds: entry ${taker + 1} before it is for all kinds.`,
          }
        : {
            zh: `“${String(path[0])}”的第 ${index + 1} 项永远用不到：其件别在前面各项（如第 ${taker + 1} 项）中都已写过。`,
            en: `Entry ${index + 1} of "${String(path[0])}" never holds: earlier entries, such as ${taker + 1}, are for its kinds already.`,
          },
      {
        zh: "请把限定件别的项排在前面，不限件别的排在最后。",
        en: "Put entries for certain kinds first and the one for all kinds last.",
      },
    ),
  ];
};

/** In one file, every choice holds for some kind. */
export const everyChoiceHolds: Check = ({ own }) =>
  questions.flatMap((question) => {
    const entries: readonly ForKinds[] = own[question] ?? [];
    return entries.flatMap((_, index) => neverHolds(entries, [question], index));
  });

/** In one file, every scheme of letters holds for some kind. */
export const everySchemeHolds: Check = ({ own }) => {
  const entries = own.results ?? [];
  return entries.flatMap(({ scheme }, index) =>
    neverHolds(entries, ["results"], index).map((found) => ({ ...found, rule: scheme })),
  );
};

/** What is demanded of a contact is read only where a contact is demanded. */
export const contactDemandsAreRead: Check = ({ rulebook }) =>
  rulebook.contactBeforeReply.flatMap(({ value }, index) => {
    const { required, ...demands } = value;
    const [name] = Object.keys(demands);
    if (required || name === undefined) return [];
    return [
      finding(
        ["contactBeforeReply", index, "value", name],
        null,
        {
          zh: `答复前不要求沟通（required: false），却又写了“${name}”。`,
          en: `No contact is demanded before the reply (required: false), and yet there is "${name}".`,
        },
        {
          zh: `请把 required 改为 true，或删去“${name}”。`,
          en: `Set required to true, or take out "${name}".`,
        },
      ),
    ];
  });

/** A rulebook holds for at least a day. */
export const bookIsInForce: Check = ({ rulebook: { validFrom, validTo } }) =>
  validTo !== null && validTo < validFrom
    ? [
        finding(
          ["validTo"],
          null,
          {
            zh: `规则集自 ${validFrom} 起适用，却到 ${validTo} 为止。`,
            en: `The rulebook holds from ${validFrom} and already ends on ${validTo}.`,
          },
          {
            zh: "请改正两个日期；现行有效的写 null。",
            en: "Correct the dates; null if it is still in force.",
          },
        ),
      ]
    : [];
