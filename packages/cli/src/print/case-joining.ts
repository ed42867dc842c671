/** @module case-joining — what the page of a case says of its merger, its splits and its joint contacts. */
import type { CaseView, Label } from "@wuding/engine";
import type { Language } from "../shell.ts";
import { listed, withAside } from "./words.ts";

const said = {
  mergedInto: { zh: "并入", en: "merged into" },
  merged: { zh: "并入本件的", en: "merged in" },
  splitFrom: { zh: "分自", en: "split from" },
  splits: { zh: "分出", en: "split off" },
  gone: { zh: "已分案", en: "split off" },
} as const satisfies Record<string, Label>;

/** The other cases that a case came from, went into or took in. */
export const joiningFacts = (
  { mergedInto, merged, splitFrom, splits }: CaseView,
  language: Language,
): readonly (readonly [string, string | null])[] => [
  [said.mergedInto[language], mergedInto],
  [said.merged[language], listed(merged, language)],
  [said.splitFrom[language], splitFrom],
  [said.splits[language], listed(splits, language)],
];

/** The requests with their numbers; one that went to a case of its own says so. */
export const requestLines = ({ requests, requestsGone }: CaseView, language: Language): string =>
  requests
    .map((request, at) => {
      const aside = requestsGone.includes(at + 1) ? said.gone[language] : "";
      return `${at + 1}. ${withAside(request, aside, language)}`;
    })
    .join("\n");

/** The cases that a joint contact was about too. */
export const jointly = (others: readonly string[] = [], language: Language): string => {
  const list = listed(others, language);
  return list === "" ? "" : { zh: `与 ${list} 共同`, en: `jointly with ${list}` }[language];
};
