/** @module english — the annual summary in English, with the figures and claims of the Chinese one. */
import type { ContactMode, PromiseStanding, Role } from "../case/terms.ts";
import { contactModes, promiseStandings, roles, submissionPhases } from "../case/terms.ts";
import type { RateResult } from "../casebook/rate-report.ts";
import { meetingsOf } from "./consulted.ts";
import type { AnnualReport } from "./figures.ts";
import { ratesOf, threeRates } from "./rates-of.ts";

/** The whole text; chapters without anything to say are left out. */
export const englishText = (report: AnnualReport): string =>
  [
    `Annual summary ${report.year}${report.office === null ? "" : `, ${report.office}`}`,
    overview(report),
    ...chapter("What was done", practice(report)),
    ...chapter("What came of it", effects(report)),
    ...chapter("By kind", kindLines(report)),
    ...chapter("Meetings", meetingLines(report)),
    ...chapter("Rates and what they count", rateLines(report)),
    ...chapter("Still missing", missingLines(report)),
  ].join("\n\n");

const chapter = (heading: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [`${heading}\n${lines.join("\n")}`];

const overview = (report: AnnualReport): string => {
  const office = report.office ?? "this office";
  if (report.received === 0) return `In ${report.year}, ${office} received no cases.`;
  const received = report.kinds.map(({ kind, received: count }) => `${kind.label.en}: ${count}`);
  return `In ${report.year}, ${office} received ${counted(report.received, "case")} (${received.join(", ")}). ${extent(report)}${completion(report)} ${rateClaim(report)}`.trimEnd();
};

/** Phases of submission and what former years left, where there are any. */
const extent = ({ phases, carriedOver: { cases, completed } }: AnnualReport): string =>
  [
    phases === null
      ? ""
      : `${submissionPhases.inSession.en}: ${phases.inSession}, ${submissionPhases.intersession.en}: ${phases.intersession}. `,
    cases === 0 ? "" : `Carried over from former years: ${cases}, completed: ${completed}. `,
  ].join("");

const completion = ({ claims, completed, handled, completedLate }: AnnualReport): string => {
  if (claims.allOnTime) return "All were completed on time.";
  const open = handled - completed;
  return `Completed ${completed} of ${handled}${completedLate > 0 ? `, ${completedLate} of them late` : ""}${open > 0 ? `; ${open} still open` : ""}.`;
};

const rateClaim = (report: AnnualReport): string => {
  if (report.claims.threeHundred)
    return "Meeting, completion and satisfaction are each exactly 100%.";
  const shown = threeRates(report).map((rate) => `${nameOf(report, rate)} ${shareOf(rate)}`);
  return shown.length === 0 ? "" : `Rates: ${shown.join(", ")}.`;
};

/** The label, with the rulebook where cases of the year were counted in two ways. */
const nameOf = (report: AnnualReport, { id, label, rulebook }: RateResult): string =>
  ratesOf(report, id).length > 1 ? `${label.en} (rulebook ${rulebook})` : label.en;

const shareOf = ({ display, numerator, denominator }: RateResult): string =>
  `${display} (${numerator}/${denominator})`;

/** A count with its noun. */
const counted = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? "" : "s"}`;

const isOrAre = (count: number): string => (count === 1 ? "is" : "are");

/** Sentences of one paragraph; what there is nothing to say of is left out. */
const paragraph = (...sentences: readonly string[]): readonly string[] => {
  const said = sentences.filter((sentence) => sentence !== "");
  return said.length === 0 ? [] : [said.join(" ")];
};

/** By role and theme, then who was met and asked how. */
const practice = (report: AnnualReport): readonly string[] => [
  ...paragraph(roleSentence(report), themeSentence(report)),
  ...paragraph(contactSentence(report), followUpSentence(report)),
];

const roleSentence = ({ kinds }: AnnualReport): string => {
  const parts = kinds.map(({ kind, byRole }) => {
    const held = (Object.entries(byRole) as [Role, number][])
      .filter(([, count]) => count > 0)
      .map(([role, count]) => `${roles[role].en} ${count}`);
    return `${kind.label.en} (${held.join(", ")})`;
  });
  return parts.length === 0 ? "" : `Roles by kind: ${parts.join("; ")}.`;
};

const themeSentence = ({ themes }: AnnualReport): string =>
  themes.length === 0
    ? ""
    : `The themes were ${themes.map(({ name, cases }) => `${name} (${cases})`).join(", ")}.`;

const contactSentence = ({ contacts: { total, byMode } }: AnnualReport): string => {
  if (total === 0) return "";
  const modes = (Object.keys(contactModes) as ContactMode[]).flatMap((mode) =>
    byMode[mode] === undefined ? [] : `${contactModes[mode].en} ${byMode[mode]}`,
  );
  return `Proposers were contacted ${counted(total, "time")}: ${modes.join(", ")}.`;
};

const followUpSentence = ({ followUps: { total, cases } }: AnnualReport): string =>
  total === 0
    ? ""
    : `After the answers there ${wasOrWere(total)} ${counted(total, "follow-up")} of ${counted(cases, "case")}.`;

/** What became of each kind, where there are several. */
const kindLines = ({ kinds }: AnnualReport): readonly string[] =>
  kinds.length < 2
    ? []
    : kinds.map(({ kind, received, completed, onTime, commitments }) => {
        const { made, fulfilled, verified } = commitments;
        const promises =
          made === 0
            ? ""
            : `; ${kind.promise?.en ?? "commitments"}: ${made}, fulfilled: ${fulfilled}, verified: ${verified}`;
        return `${kind.label.en}: ${received}, completed: ${completed}, on time: ${onTime}${promises}`;
      });

const effects = (report: AnnualReport): readonly string[] => [
  ...paragraph(resultSentence(report), requestSentence(report), againSentence(report)),
  ...paragraph(commitmentSentence(report), lookBackSentence(report), formSentence(report)),
];

const resultSentence = ({ rates }: AnnualReport): string => {
  const found = rates.results
    .filter(({ count }) => count > 0)
    .map(({ code, label, count, display }) => `${code} (${label.en}) ${count}, ${display}`);
  return found.length === 0 ? "" : `The results were ${found.join("; ")}.`;
};

const requestSentence = ({ requests: { asked, adopted } }: AnnualReport): string =>
  asked === 0 ? "" : `Of ${counted(asked, "request")}, ${adopted} ${wasOrWere(adopted)} taken up.`;

const againSentence = ({ rehandled, answeredAgain }: AnnualReport): string =>
  rehandled === 0
    ? ""
    : `After dissatisfaction ${counted(rehandled, "case")} ${wasOrWere(rehandled)} handled again, and ${answeredAgain} answered again.`;

const commitmentSentence = ({ commitments }: AnnualReport): string => {
  const { made, due, fulfilled, verified } = commitments;
  return made === 0
    ? ""
    : `The answers made ${counted(made, "commitment")}: ${due} ${isOrAre(due)} due, ${fulfilled} fulfilled, ${verified} verified.`;
};

const lookBackSentence = ({ lookBacks }: AnnualReport): string =>
  lookBacks.cases === 0
    ? ""
    : `${counted(lookBacks.cases, "case")} ${wasOrWere(lookBacks.cases)} looked back at${standingsOf(lookBacks)}.`;

const formSentence = ({ forms: { asked, returned, expired } }: AnnualReport): string =>
  asked === 0
    ? ""
    : `Of ${counted(asked, "feedback form")}, ${returned} came back${expired > 0 ? `, and ${expired} expired after a reminder` : ""}.`;

const wasOrWere = (count: number): string => (count === 1 ? "was" : "were");

const standingsOf = ({ byStanding }: AnnualReport["lookBacks"]): string => {
  const found = Object.entries(promiseStandings).flatMap(([standing, { en }]) => {
    const cases = byStanding[standing as PromiseStanding];
    return cases === undefined ? [] : [`${en}: ${cases}`];
  });
  return found.length === 0 ? "" : ` (${found.join(", ")})`;
};

const meetingLines = (report: AnnualReport): readonly string[] =>
  meetingsOf(report).map(({ first, titles, proposers }) => {
    const present = first.participants.length > 0 ? ` (${first.participants.join(", ")})` : "";
    return `${first.on}, ${titles.join("; ")}, with ${proposers.join(", ")}${present}: ${first.summary}`;
  });

const rateLines = (report: AnnualReport): readonly string[] =>
  report.rates.rates
    .filter((rate) => rate.denominator > 0)
    .map((rate) => `${nameOf(report, rate)} ${shareOf(rate)}: ${rate.definition.en}.`);

const missingLines = ({ obstacles }: AnnualReport): readonly string[] =>
  obstacles.map(
    ({ case: id, title, reasons }) =>
      `${id} ${title}: ${reasons.map(({ why }) => why.en).join("; ")}.`,
  );
