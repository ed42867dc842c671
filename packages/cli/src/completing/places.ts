/**
 * @module places — what may stand at each place of a command line, read from the definitions of the commands;
 * the scripts for the shells are written from this and from nothing else.
 */
import type { Command, Option } from "../command.ts";
import type { Language } from "../shell.ts";

/** What the casebook that the line names is asked for; each is what a place is of, in the plural. */
export const askedFor = ["cases", "kinds", "departments", "persons", "blocks"] as const;
export type AskedFor = (typeof askedFor)[number];

/** Names of a casebook's own. */
type Own = AskedFor extends `${infer One}s` ? One : never;

/** What may be typed at a place: fixed words, a file, a name of the casebook's, a command's name, or anything. */
export type Place =
  | Readonly<{ kind: "words"; words: readonly string[] }>
  | Readonly<{ kind: Own | "file" | "command" | "text" }>;

/** An option; `takes` is null for a flag. */
export type OptionPlace = Readonly<{ name: string; about: string; takes: Place | null }>;

/** A command as a shell completes it. */
export type CommandPlaces = Readonly<{
  name: string;
  about: string;
  options: readonly OptionPlace[];
  positionals: readonly Place[];
  /** The last positional may be repeated. */
  repeats: boolean;
}>;

const isWord = (text: string): boolean => /^[a-z][a-z-]*$/.test(text);

/** What a form such as `FILE|-`, `[CASE]` or `zh|en` stands for. */
const placeOf = (form: string): Place => {
  const parts = form.replace(/\.\.\.|[[\]]/g, "").split("|");
  const words = parts.filter(isWord);
  if (words.length > 0) return { kind: "words", words };
  if (parts.some((part) => part.startsWith("FILE") || part === "DIR")) return { kind: "file" };
  if (parts.includes("CASE")) return { kind: "case" };
  if (parts.includes("KIND")) return { kind: "kind" };
  return { kind: parts.includes("COMMAND") ? "command" : "text" };
};

/** Options whose value is mostly one that the casebook knows already. */
const ownOfOption: Readonly<Record<string, Own>> = {
  department: "department",
  "co-department": "department",
  person: "person",
  as: "person",
  block: "block",
};
const ownOfCommand: Readonly<Record<string, Readonly<Record<string, Own>>>> = {
  "rename-department": { from: "department", to: "department" },
  delegate: { from: "person", to: "person" },
};

const optionPlace = (
  { name, label, typed, form, words }: Option,
  command: string,
  language: Language,
): OptionPlace => {
  const own = ownOfCommand[command]?.[name] ?? ownOfOption[name];
  const place: Place = own === undefined ? placeOf(form) : { kind: own };
  return {
    name,
    about: label[language],
    takes: typed === "flag" ? null : words === undefined ? place : { kind: "words", words },
  };
};

/** The places of every command. */
export const placesOf = (
  commands: readonly Command[],
  globals: readonly Option[],
  language: Language,
): readonly CommandPlaces[] =>
  commands.map(({ name, label, options, positionals }) => ({
    name,
    about: label[language],
    options: [...options, ...globals].map((option) => optionPlace(option, name, language)),
    positionals: positionals.map(placeOf),
    repeats: positionals.at(-1)?.includes("...") ?? false,
  }));
