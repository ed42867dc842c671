/** @module check-figures — whether the figure of a rate means something: nothing said twice, nothing settled before. */
import { ratings } from "../../case/terms.ts";
import { ofEachRate } from "./check-rates.ts";
import type { Finding } from "./rule-problem.ts";
import { listed } from "./rule-problem.ts";

/** How a waiver counts is said once: by leaving the case out, or by counting it. */
export const waiverIsSaidOnce = ofEachRate(({ contact, exclusions }, say) => {
  if (contact === undefined) return [];
  const isExcluded = exclusions.includes("waived");
  if (isExcluded === (contact.waiver === "excluded")) return [];
  return [
    isExcluded
      ? say(
          ["contact", "waiver"],
          {
            zh: `已排除免予沟通的件（waived），又规定其计为“${contact.waiver}”。`,
            en: `leaves out waived cases and yet counts them as "${contact.waiver}".`,
          },
          {
            zh: "请把 waiver 改为 excluded，或从 exclusions 中删去 waived。",
            en: "Set waiver to excluded, or take waived out of exclusions.",
          },
        )
      : say(
          ["contact", "waiver"],
          {
            zh: "规定免予沟通的件不计入（excluded），但 exclusions 中没有 waived。",
            en: "says that waived cases are excluded, but its exclusions do not have waived.",
          },
          {
            zh: "请在 exclusions 中补充 waived，或把 waiver 改为 met 或 notMet。",
            en: "Add waived to exclusions, or set waiver to met or notMet.",
          },
        ),
  ];
});

/** How an expired form counts is said once: by leaving the case out, or by counting it. */
export const silenceIsSaidOnce = ofEachRate(({ form, exclusions, population }, say) => {
  if (form === undefined) return [];
  const isExcluded = exclusions.includes("formExpired");
  if (isExcluded && form.silence !== "excluded") {
    return [
      say(
        ["form", "silence"],
        {
          zh: `已排除逾期未反馈的件（formExpired），又规定其计为“${form.silence}”。`,
          en: `leaves out expired forms and yet counts them as "${form.silence}".`,
        },
        {
          zh: "请把 silence 改为 excluded，或从 exclusions 中删去 formExpired。",
          en: "Set silence to excluded, or take formExpired out of exclusions.",
        },
      ),
    ];
  }
  // among returned forms an expired one is none unless it counts as something
  if (!isExcluded && form.silence === "excluded" && population !== "returnedForms") {
    return [
      say(
        ["form", "silence"],
        {
          zh: "规定逾期未反馈的件不计入（excluded），但 exclusions 中没有 formExpired。",
          en: "says that expired forms are excluded, but its exclusions do not have formExpired.",
        },
        {
          zh: "请在 exclusions 中补充 formExpired，或改写 silence。",
          en: "Add formExpired to exclusions, or change silence.",
        },
      ),
    ];
  }
  return [];
});

/** Something must be able to fall short, or the rate is 100% whatever happens. */
export const canFallShort = ofEachRate(({ form, meanings, numerator }, say, { results }) => {
  const findings: Finding[] = [];
  if (form !== undefined && form.ratings.length === Object.keys(ratings).length) {
    findings.push(
      say(
        ["form", "ratings"],
        {
          zh: "把全部评价都计为满意，结果总是 100%。",
          en: "counts every rating, so it is always 100%.",
        },
        { zh: "请删去不算满意的评价。", en: "Take out the ratings that do not count." },
      ),
    );
  }
  const promising = results
    .flatMap(({ codes }) => codes)
    .filter(({ createsCommitment }) => createsCommitment);
  const isAlreadyThere =
    promising.length > 0 && promising.every((code) => meanings?.includes(code.meaning) ?? false);
  if (numerator === "upgraded" && isAlreadyThere) {
    findings.push(
      say(
        ["meanings"],
        {
          zh: "把原来就有承诺的结果类别也计为转化，结果总是 100%。",
          en: "counts the very results that the promises were made with, so it is always 100%.",
        },
        {
          zh: "请只写转化之后的类别，如 resolved。",
          en: "Name only what they turn into, such as resolved.",
        },
      ),
    );
  }
  return findings;
});

/** Some letter has one of the meanings that are counted, or the rate is 0% whatever happens. */
export const meaningsHaveLetters = ofEachRate(({ meanings }, say, { results }) => {
  const known = new Set(results.flatMap(({ codes }) => codes.map(({ meaning }) => meaning)));
  if (meanings === undefined || meanings.some((meaning) => known.has(meaning))) return [];
  const { zh, en } = listed(meanings);
  const words = listed([...known]);
  return [
    say(
      ["meanings"],
      {
        zh: `所计的含义（${zh}）没有任何类别使用，结果总是 0%。`,
        en: `counts meanings that no result letter has (${en}), so it is always 0%.`,
      },
      { zh: `请改用：${words.zh}。`, en: `Use one of: ${words.en}.` },
    ),
  ];
});
