/** @module check-rates — whether the members of a rate fit each other. */
import type { Label } from "../../case/terms.ts";
import type { Check } from "./checked.ts";
import type { Finding } from "./rule-problem.ts";
import { finding, listed } from "./rule-problem.ts";
import type { RateDefinition, RateNumerator, RatePopulation } from "../rate-definition.ts";
import type { Rulebook } from "../rulebook.ts";

type Detail = "contact" | "form" | "round" | "meanings";

const cases: readonly RatePopulation[] = ["all", "answering", "answered", "returnedForms"];

/** What each numerator can be counted in, and what it reads to be counted. */
const numerators: Readonly<
  Record<
    RateNumerator,
    Readonly<{ populations: readonly RatePopulation[]; reads: readonly Detail[] }>
  >
> = {
  contacted: { populations: cases, reads: ["contact"] },
  assigned: { populations: cases, reads: [] },
  completed: { populations: cases, reads: [] },
  completedOnTime: { populations: cases, reads: ["round"] },
  followedUp: { populations: ["answering", "answered"], reads: [] },
  satisfied: { populations: cases, reads: ["form"] },
  resolved: { populations: cases, reads: ["meanings"] },
  upgraded: { populations: ["promisedResults"], reads: ["meanings"] },
  adopted: { populations: ["requests"], reads: [] },
  fulfilledOnTime: { populations: ["commitmentsDue"], reads: [] },
  verified: { populations: ["commitmentsDue"], reads: [] },
  published: { populations: ["publishable"], reads: [] },
};

type RateCheck = (
  rate: RateDefinition,
  say: (member: readonly (string | number)[], problem: Label, repair: Label) => Finding,
  rulebook: Rulebook,
) => readonly Finding[];

/** Looks at every rate; what is said begins with its name. */
export const ofEachRate =
  (check: RateCheck): Check =>
  ({ rulebook }) =>
    rulebook.rates.flatMap((rate, index) =>
      check(
        rate,
        (member, { zh, en }, repair) =>
          finding(
            ["rates", index, ...member],
            rate.id,
            { zh: `比率“${rate.id}”${zh}`, en: `Rate "${rate.id}" ${en}` },
            repair,
          ),
        rulebook,
      ),
    );

/** Promises are counted among promises, requests among requests, cases among cases. */
export const numeratorFitsPopulation = ofEachRate(({ population, numerator }, say) => {
  const { populations } = numerators[numerator];
  if (populations.includes(population)) return [];
  const { zh, en } = listed(populations);
  return [
    say(
      ["population"],
      {
        zh: `在“${population}”中数不出“${numerator}”。`,
        en: `cannot count "${numerator}" in "${population}".`,
      },
      {
        zh: `“${numerator}”的 population 可用：${zh}。`,
        en: `For "${numerator}" the population is one of: ${en}.`,
      },
    ),
  ];
});

/** A definition holds what its numerator reads, and nothing that nobody reads. */
export const detailsFitNumerator = ofEachRate((rate, say) => {
  const { numerator } = rate;
  const { reads } = numerators[numerator];
  return (["contact", "form", "round", "meanings"] as const).flatMap((detail) => {
    const isThere = rate[detail] !== undefined;
    if (isThere === reads.includes(detail)) return [];
    return [
      isThere
        ? say(
            [detail],
            {
              zh: `写了“${detail}”，但计算“${numerator}”不用它。`,
              en: `has "${detail}", which counting "${numerator}" does not read.`,
            },
            {
              zh: `请删去“${detail}”，或改写 numerator。`,
              en: `Take out "${detail}", or change numerator.`,
            },
          )
        : say(
            [detail],
            {
              zh: `没有写“${detail}”，无法计算“${numerator}”。`,
              en: `has no "${detail}", without which "${numerator}" cannot be counted.`,
            },
            { zh: `请补充“${detail}”。`, en: `Add "${detail}".` },
          ),
    ];
  });
});

/** What is left out has to do with what is counted. */
export const exclusionsMeanSomething = ofEachRate(({ exclusions, numerator, population }, say) => {
  const aboutForms = exclusions.findIndex((one) => one === "formOut");
  if (population === "returnedForms" && aboutForms !== -1) {
    return [
      say(
        ["exclusions", aboutForms],
        {
          zh: "以收回的征询意见表为总数，排除未收回的（formOut）不起作用。",
          en: "looks at returned forms; leaving out forms that are still out (formOut) has no effect.",
        },
        { zh: "请删去 formOut。", en: "Take out formOut." },
      ),
    ];
  }
  const about = exclusions.findIndex(
    (one) =>
      (one === "waived" && numerator !== "contacted") ||
      ((one === "formOut" || one === "formExpired") && numerator !== "satisfied"),
  );
  const found = exclusions[about];
  if (found === undefined) return [];
  return [
    say(
      ["exclusions", about],
      {
        zh: `计算“${numerator}”，却排除“${found}”的件，两者无关。`,
        en: `counts "${numerator}" and leaves out "${found}", which has nothing to do with it.`,
      },
      {
        zh: "waived 只用于 contacted，formOut 和 formExpired 只用于 satisfied；请删去。",
        en: "waived is for contacted only, formOut and formExpired for satisfied only; take it out.",
      },
    ),
  ];
});
