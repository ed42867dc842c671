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
    ...chapter("Roles", roleLines(report)),
    ...chapter(
      "Themes",
      report.themes.map((theme) => `${theme.name}: ${theme.cases}`),
    ),
    ...chapter("Contacts", contactLines(report)),
    ...chapter("Results", resultLines(report)),
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
  return `In ${report.year}, ${office} received ${report.received} ${report.received === 1 ? "case" : "cases"} (${received.join(", ")}). ${extent(report)}${completion(report)} ${rateClaim(report)}`.trimEnd();
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

const roleLines = (report: AnnualReport): readonly string[] =>
  report.kinds.map(
    ({ kind, byRole }) =>
      `${kind.label.en}: ${(Object.entries(byRole) as [Role, number][])
        .filter(([, count]) => count > 0)
        .map(([role, count]) => `${roles[role].en} ${count}`)
        .join(", ")}`,
  );

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

const contactLines = ({ contacts, followUps }: AnnualReport): readonly string[] => [
  ...(Object.keys(contactModes) as ContactMode[]).flatMap((mode) =>
    contacts.byMode[mode] === undefined ? [] : `${contactModes[mode].en}: ${contacts.byMode[mode]}`,
  ),
  ...(followUps.total > 0 ? [`follow-ups: ${followUps.total} (cases: ${followUps.cases})`] : []),
];

const resultLines = ({
  rates,
  requests,
  commitments,
  lookBacks,
  forms,
  rehandled,
  answeredAgain,
}: AnnualReport) => [
  ...rates.results
    .filter(({ count }) => count > 0)
    .map(({ code, label, count, display }) => `${code} (${label.en}): ${count}, ${display}`),
  ...(requests.asked > 0 ? [`requests: ${requests.asked}, taken up: ${requests.adopted}`] : []),
  ...(commitments.made > 0
    ? [
        `commitments: ${commitments.made}, due: ${commitments.due}, fulfilled: ${commitments.fulfilled}, verified: ${commitments.verified}`,
      ]
    : []),
  ...(lookBacks.cases > 0 ? [`looked back at: ${lookBacks.cases}${standingsOf(lookBacks)}`] : []),
  ...(forms.asked > 0
    ? [
        `feedback forms: ${forms.asked}, returned: ${forms.returned}${forms.expired > 0 ? `, expired after a reminder: ${forms.expired}` : ""}`,
      ]
    : []),
  ...(rehandled > 0
    ? [`handled again after dissatisfaction: ${rehandled}, answered again: ${answeredAgain}`]
    : []),
];

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
