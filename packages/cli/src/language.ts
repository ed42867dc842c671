/** @module language — which language to talk in, and which one reports are written in. */
import type { Language } from "./shell.ts";

type Variables = Readonly<Record<string, string | undefined>>;

const languageOfLocale = (locale: string): Language => (/^zh/i.test(locale) ? "zh" : "en");

/** The language of words for people: `--lang`, `WUDING_LANG`, then the locale in the order of POSIX. */
export const talkLanguage = (typed: Language | undefined, variables: Variables): Language => {
  if (typed !== undefined) return typed;
  const names = ["WUDING_LANG", "LC_ALL", "LC_MESSAGES", "LANG"];
  // an empty variable counts as not set
  const named = names.map((name) => variables[name]).find((value) => value);
  return languageOfLocale(named ?? "");
};

/** Reports and letters are Chinese documents; only an English one that is asked for is English. */
export const reportLanguage = (typed: Language | undefined): Language => typed ?? "zh";
