/** @module passports — the cases behind each figure: what is missing and what to do, and what was left out and why. */
import type { Label, RatePassport } from "@wuding/engine";
import type { Shell } from "../shell.ts";
import type { InLanguage } from "./in-language.ts";
import { inLanguage } from "./in-language.ts";
import { heading, paragraph } from "./page.ts";
import { clauses, labelled, listed, plural, withAside, words } from "./words.ts";

const said = {
  explained: { zh: "未计入的办件和办法", en: "What is missing, and what to do" },
  nothing: { zh: "各项指标均无未计入的办件。", en: "Nothing is missing from any rate." },
  excluded: { zh: "不在统计范围", en: "left out" },
  note: { zh: "说明", en: "note" },
  shared: { zh: "共用一次沟通", en: "by a joint contact" },
} as const satisfies Record<string, Label>;

/** A rate with the cases it misses and everything that its figure rests on, in one language. */
export type Explained = Readonly<{
  rate: string;
  label: string;
  cases: readonly Readonly<{ case: string; title: string; why: string; repair: string }>[];
  counted: readonly string[];
  /** What else is to be known of cases, counted or not. */
  notes: readonly Readonly<{ case: string; title: string; note: string }>[];
  excluded: InLanguage<RatePassport["excluded"]>;
}> &
  Omit<InLanguage<RatePassport>, "id" | "label" | "missing" | "counted" | "excluded">;

/** Passports as scripts read them beside the figures. */
export const explainedIn = (
  passports: readonly RatePassport[],
  language: keyof Label,
): readonly Explained[] =>
  passports.map((passport) => {
    const { id, label, missing, counted, excluded, ...rest } = inLanguage(passport, language);
    return {
      rate: id,
      label,
      cases: missing.map(({ case: name, title, why, repair }) => ({
        case: name,
        title,
        why,
        repair,
      })),
      counted: counted.map((one) => one.case),
      notes: [...counted, ...missing].flatMap(({ case: name, title, note }) =>
        note === undefined ? [] : [{ case: name, title, note }],
      ),
      excluded,
      ...rest,
    };
  });

/** Writes what each rate misses, with what to do, and which cases it leaves out. */
export const printExplained = (explained: readonly Explained[], shell: Shell): void => {
  heading(said.explained[shell.language], shell);
  const isWhole = explained.every(({ cases }) => cases.length === 0);
  if (isWhole) paragraph(said.nothing[shell.language], shell);
  for (const one of explained) {
    const { cases, excluded, notes, shared } = one;
    if ([...cases, ...excluded, ...notes, ...shared].length === 0) continue;
    printOne(one, shell, isAlone(one, explained));
  }
};

/** Whether no other definition of the same rate stands beside it. */
const isAlone = ({ rate }: Explained, all: readonly Explained[]): boolean =>
  all.filter((one) => one.rate === rate).length === 1;

const printOne = (
  { label, rulebook, cases, notes, excluded, shared }: Explained,
  shell: Shell,
  isOnly: boolean,
): void => {
  const { language } = shell;
  const counts = {
    zh: [
      ...(cases.length > 0 ? [`${cases.length} 件未计入`] : []),
      ...(excluded.length > 0 ? [`${excluded.length} 件不在统计范围`] : []),
      ...(notes.length > 0 ? [`${notes.length} 件另有说明`] : []),
      ...(shared.length > 0 ? [`${shared.length} 件由共同沟通计入`] : []),
    ],
    en: [
      ...(cases.length > 0 ? [`${plural(cases.length, "case")} missing`] : []),
      ...(excluded.length > 0 ? [`${plural(excluded.length, "case")} left out`] : []),
      ...(notes.length > 0 ? [`${plural(notes.length, "case")} with a note`] : []),
      ...(shared.length > 0 ? [`${plural(shared.length, "case")} counted by joint contacts`] : []),
    ],
  };
  const name = isOnly ? label : withAside(label, rulebook, language);
  paragraph(labelled(name, clauses(counts[language], language), language), shell);
  const sorted = cases.toSorted((a, b) => (a.why === b.why ? 0 : a.why < b.why ? -1 : 1));
  for (const [at, { case: id, title, why, repair }] of sorted.entries()) {
    paragraph(`${id}  ${title}`, shell, 2);
    // cases that miss the rate for one reason stand above it together
    if (sorted[at + 1]?.why === why && sorted[at + 1]?.repair === repair) continue;
    paragraph(labelled(words.why, why, language), shell, 4);
    paragraph(labelled(words.repair, repair, language), shell, 4);
  }
  for (const { case: id, title, note } of notes) {
    paragraph(`${id}  ${title}`, shell, 2);
    paragraph(labelled(said.note, note, language), shell, 4);
  }
  for (const { case: id, title, why } of excluded) {
    paragraph(`${id}  ${title}`, shell, 2);
    paragraph(labelled(said.excluded, why, language), shell, 4);
  }
  for (const { case: id, title, with: others } of shared) {
    paragraph(`${id}  ${title}`, shell, 2);
    paragraph(labelled(said.shared[language], listed(others, language), language), shell, 4);
  }
};
