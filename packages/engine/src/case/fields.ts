/**
 * @module fields — the kinds of fields that commands are made of, each with its reader.
 *
 * A reader takes what came from outside (a JSON value, or the strings of the command line) and gives
 * the value in its one form, or says what is wrong with it. It never throws.
 */
import { canonicalJson, depthMax } from "../log/canonical-json.ts";
import { forbiddenCharacter, isBlank } from "../text/entry.ts";
import type { CivilDate } from "../time/civil-date.ts";
import { isCivilDate } from "../time/civil-date.ts";
import { isOccurredOn } from "../time/occurred-on.ts";
import type { InputProblem } from "./input-problem.ts";
import { dateProblem } from "./input-problem.ts";
import type { Label, ParticipantRole } from "./terms.ts";
import { participantRoles } from "./terms.ts";

/** Collects what is wrong, under the name of the field being read. */
export type Problems = { add(problem: ProblemOf<InputProblem>, path?: string): void };
type ProblemOf<Problem> = Problem extends unknown ? Omit<Problem, "field"> : never;

/** One field of a command: what it is called, how it is read, how the command line shows it. */
export type Field<In, Out = In> = Readonly<{
  label: Label;
  /**
   * `yes`: refused as bad input when missing. `byRule`: demanded by a rule, so that its absence is a
   * refusal of the rule (the 五定). `no`: optional.
   */
  required: "yes" | "byRule" | "no";
  /** What the value looks like, for help: `DATE`, `TEXT`, `满意|…`. */
  form: string;
  /** How it is typed: `flag` has no value, `list` repeats, `file` names a file to be read. */
  typed: "value" | "flag" | "list" | "file";
  /** Name of one element of a list, the option's name: `proposer` for `proposers`. */
  element?: string;
  /** The words that are accepted, for help and completion. */
  words?: readonly string[];
  read(value: unknown, problems: Problems): Out | undefined;
  /** Only in types: what may be given. */
  readonly given?: In;
}>;

/** A field of whatever type. */
export type AnyField = Field<unknown>;

const lineMax = 500;
const textMax = 20_000;
const textLabel: Label = { zh: "文字", en: "text" };

const readText = (
  value: unknown,
  problems: Problems,
  options: Readonly<{ breaks: boolean }>,
  path?: string,
): string | undefined => {
  const max = options.breaks ? textMax : lineMax;
  if (typeof value !== "string") {
    problems.add({ kind: "wrongType", expected: textLabel }, path);
    return undefined;
  }
  if (isBlank(value)) {
    problems.add({ kind: "empty" }, path);
    return undefined;
  }
  const found = forbiddenCharacter(value, options);
  if (found !== undefined) {
    problems.add({ kind: "forbiddenCharacter", ...found }, path);
    return undefined;
  }
  if (value.length > max) {
    problems.add({ kind: "tooLong", max }, path);
    return undefined;
  }
  return value;
};

const readDate = (value: unknown, problems: Problems, path?: string): CivilDate | undefined => {
  if (typeof value === "string" && isCivilDate(value)) return value;
  problems.add(dateProblem(shown(value)), path);
  return undefined;
};

/** A value of unknown type as a message may quote it. */
const shown = (value: unknown): string =>
  (typeof value === "string" ? value : (JSON.stringify(value) ?? String(value)))
    .slice(0, 60)
    .replace(/[\p{Cc}\p{Cs}]/gu, "?");

type Options<Required extends "yes" | "byRule" | "no"> = Readonly<{ required?: Required }>;

// NoInfer: else a table's `satisfies` would widen `required` to all three words where none is given
const field = <In, Out, Required extends "yes" | "byRule" | "no">(
  label: Label,
  options: Options<Required>,
  rest: Omit<Field<In, Out>, "label" | "required" | "given">,
): Field<In, Out> & Readonly<{ required: NoInfer<Required> }> => ({
  label,
  required: options.required ?? ("no" as Required),
  ...rest,
});

/** One line of text: a title, a name. No line breaks, at most 500 characters. */
export const line = <Required extends "yes" | "byRule" | "no" = "no">(
  label: Label,
  options: Options<Required> = {},
) =>
  field<string, string, Required>(label, options, {
    form: "TEXT",
    typed: "value",
    read: (value, problems) => readText(value, problems, { breaks: false }),
  });

/** The word of a kind of case; which there are, the rulebook says. */
export const kindOfCase = (label: Label) => ({
  ...line(label, { required: "yes" }),
  form: "KIND",
});

/** One line of text that a program may also give as a whole number: a session's year, a case's number. */
export const designation = (label: Label) =>
  field<string | number, string, "yes">(
    label,
    { required: "yes" },
    {
      form: "TEXT",
      typed: "value",
      read: (value, problems) =>
        readText(Number.isSafeInteger(value) ? String(value) : value, problems, { breaks: false }),
    },
  );

/** Free text with line breaks and tabs, at most 20,000 characters. */
export const text = <Required extends "yes" | "byRule" | "no" = "no">(
  label: Label,
  options: Options<Required> = {},
) =>
  field<string, string, Required>(label, options, {
    form: "TEXT",
    typed: "value",
    read: (value, problems) => readText(value, problems, { breaks: true }),
  });

/** A civil date that exists. */
export const date = <Required extends "yes" | "byRule" | "no" = "no">(
  label: Label,
  options: Options<Required> = {},
) =>
  field<CivilDate, CivilDate, Required>(label, options, {
    form: "DATE",
    typed: "value",
    read: (value, problems) => readDate(value, problems),
  });

/** When a fact was true: a date, or an instant with an offset. */
export const occurredOn = (label: Label) =>
  field<string, string, "no">(
    label,
    {},
    {
      form: "DATE",
      typed: "value",
      read: (value, problems) =>
        typeof value === "string" && isOccurredOn(value) ? value : readDate(value, problems),
    },
  );

/** One word of a closed set. */
export const oneOf = <Word extends string, Required extends "yes" | "byRule" | "no" = "no">(
  label: Label,
  terms: Readonly<Record<Word, Label>>,
  options: Options<Required> = {},
) => {
  const words = Object.keys(terms) as Word[];
  return field<Word, Word, Required>(label, options, {
    form: words.join("|"),
    typed: "value",
    words,
    read: (value, problems) => {
      const word = words.find((one) => one === value);
      if (word === undefined)
        problems.add({ kind: "notOneOf", value: shown(value), allowed: words });
      return word;
    },
  });
};

/** Yes or no. */
export const flag = (label: Label) =>
  field<boolean, boolean, "no">(
    label,
    {},
    {
      form: "",
      typed: "flag",
      read: (value, problems) => {
        if (typeof value === "boolean") return value;
        problems.add({ kind: "wrongType", expected: { zh: "true 或 false", en: "true or false" } });
        return undefined;
      },
    },
  );

const readInteger = (
  value: unknown,
  problems: Problems,
  least: number,
  path?: string,
): number | undefined => {
  const number = typeof value === "string" && /^\d{1,9}$/.test(value) ? Number(value) : value;
  if (typeof number === "number" && Number.isSafeInteger(number) && number >= least) return number;
  problems.add(
    {
      kind: "wrongType",
      expected: { zh: `不小于 ${least} 的整数`, en: `a whole number from ${least}` },
    },
    path,
  );
  return undefined;
};

/** A whole number from `least` upwards. */
export const integer = <Required extends "yes" | "byRule" | "no" = "no">(
  label: Label,
  least: number,
  options: Options<Required> = {},
) =>
  field<number, number, Required>(label, options, {
    form: "N",
    typed: "value",
    read: (value, problems) => readInteger(value, problems, least),
  });

const listOf =
  <Out>(readOne: (value: unknown, problems: Problems, path: string) => Out | undefined) =>
  (value: unknown, problems: Problems): readonly Out[] | undefined => {
    if (!Array.isArray(value)) {
      problems.add({ kind: "wrongType", expected: { zh: "列表", en: "a list" } });
      return undefined;
    }
    if (value.length > 1000) {
      problems.add({ kind: "tooLong", max: 1000 });
      return undefined;
    }
    const read = value.map((one, index) => readOne(one, problems, `[${index}]`));
    return read.some((one) => one === undefined) ? undefined : (read as Out[]);
  };

/** Several lines of text. */
export const lines = (label: Label, element: string) =>
  field<readonly string[], readonly string[], "no">(
    label,
    {},
    {
      form: "TEXT",
      typed: "list",
      element,
      read: listOf((value, problems, path) => readText(value, problems, { breaks: false }, path)),
    },
  );

/** Several whole numbers from 1. */
export const integers = <Required extends "yes" | "byRule" | "no" = "no">(
  label: Label,
  element: string,
  options: Options<Required> = {},
) =>
  field<readonly number[], readonly number[], Required>(label, options, {
    form: "N",
    typed: "list",
    element,
    read: listOf((value, problems, path) => readInteger(value, problems, 1, path)),
  });

type Entries = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Entries =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Reads the named members of an object; refuses others. */
const readMembers = (
  value: Entries,
  members: Readonly<Record<string, (value: unknown, path: string) => unknown>>,
  problems: Problems,
  path: string,
): Record<string, unknown> => {
  const result: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(members, name)) problems.add({ kind: "unknown" }, `${path}.${name}`);
  }
  for (const [name, read] of Object.entries(members)) {
    const one = value[name];
    if (one !== undefined) result[name] = read(one, `${path}.${name}`);
  }
  return result;
};

/** Notes the members that an object cannot do without. */
const demand = (
  names: readonly string[],
  given: Entries,
  problems: Problems,
  path: string,
): void => {
  for (const name of names) {
    if (given[name] === undefined) problems.add({ kind: "missing" }, `${path}.${name}`);
  }
};

/** Reads a member that is one line of text. */
const lineReader =
  (problems: Problems) =>
  (value: unknown, path: string): string | undefined =>
    readText(value, problems, { breaks: false }, path);

export type GivenProposer =
  | string
  | Readonly<{ name: string; unit?: string; sector?: string; phone?: string }>;
/** A proposer as read; the phone is still open and is sealed before it is recorded. */
export type ReadProposer = Readonly<{
  name: string;
  unit?: string;
  sector?: string;
  phone?: string;
}>;

/** Proposers, each a name or an object; the first one leads. */
export const proposers = (label: Label) =>
  field<readonly GivenProposer[], readonly ReadProposer[], "yes">(
    label,
    { required: "yes" },
    {
      form: "NAME",
      typed: "list",
      element: "proposer",
      read: (value, problems) => {
        const read = listOf<ReadProposer>((one, found, path) => {
          const given = isRecord(one) ? one : { name: one };
          demand(["name"], given, found, path);
          const member = lineReader(found);
          const result = readMembers(
            given,
            { name: member, unit: member, sector: member, phone: member },
            found,
            path,
          );
          return typeof result["name"] === "string" ? (result as ReadProposer) : undefined;
        })(value, problems);
        if (read === undefined) return undefined;
        if (read.length === 0) {
          problems.add({ kind: "empty" });
          return undefined;
        }
        if (new Set(read.map(({ name }) => name)).size < read.length) {
          const expected = { zh: "互不相同的提案人", en: "a list of different proposers" };
          problems.add({ kind: "malformed", expected });
          return undefined;
        }
        return read;
      },
    },
  );

export type GivenParticipant = string | Readonly<{ name: string; role: ParticipantRole }>;
/** A participant as read; the role is null where none was given. */
export type ReadParticipant = Readonly<{ name: string; role: ParticipantRole | null }>;

/** Participants, each `name:role`, a bare name, or an object. */
export const participants = (label: Label) =>
  field<readonly GivenParticipant[], readonly ReadParticipant[], "no">(
    label,
    {},
    {
      form: "NAME:ROLE",
      typed: "list",
      element: "participant",
      read: listOf<ReadParticipant>((one, found, path) => {
        let given: Entries;
        if (typeof one === "string") {
          const parts = /^(.*?)(?:[:：]([a-z]+))?$/su.exec(one);
          given = parts?.[2] === undefined ? { name: one } : { name: parts[1], role: parts[2] };
        } else {
          given = isRecord(one) ? one : { name: one };
        }
        const result = readMembers(
          given,
          {
            name: lineReader(found),
            role: (each, at) => {
              if (typeof each === "string" && Object.hasOwn(participantRoles, each)) return each;
              const allowed = Object.keys(participantRoles);
              found.add({ kind: "notOneOf", value: shown(each), allowed }, at);
              return undefined;
            },
          },
          found,
          path,
        );
        demand(["name"], given, found, path);
        if (typeof result["name"] !== "string") return undefined;
        return {
          name: result["name"],
          role: (result["role"] as ParticipantRole | undefined) ?? null,
        };
      }),
    },
  );

export type GivenCommitment =
  | string
  | Readonly<{
      text: string;
      due?: CivilDate;
      longTerm?: boolean;
      department?: string;
      person?: string;
      leader?: string;
    }>;
export type ReadCommitment = Readonly<{
  text: string;
  /** Absent for a long-term one. */
  due?: CivilDate;
  longTerm?: true;
  department?: string;
  person?: string;
  leader?: string;
}>;

/** What stands in place of a date for a promise without one: 长期. */
const longTermWords: ReadonlySet<string> = new Set(["长期", "long-term"]);

/** Commitments, each `text@YYYY-MM-DD`, `text@长期` or an object. */
export const commitments = (label: Label) =>
  field<readonly GivenCommitment[], readonly ReadCommitment[], "no">(
    label,
    {},
    {
      form: "TEXT@DATE",
      typed: "list",
      element: "commitment",
      read: listOf<ReadCommitment>((one, found, path) => {
        let given: Entries | undefined;
        if (typeof one === "string") {
          const at = one.lastIndexOf("@");
          const due = one.slice(at + 1);
          const when = longTermWords.has(due) ? { longTerm: true } : { due };
          given = at < 0 ? { text: one } : { text: one.slice(0, at), ...when };
        } else if (isRecord(one)) {
          given = one;
        } else {
          const expected = { zh: "“内容@日期”或对象", en: '"text@date" or an object' };
          found.add({ kind: "malformed", expected }, path);
          return undefined;
        }
        const isLongTerm = given["longTerm"] === true;
        demand(isLongTerm ? ["text"] : ["text", "due"], given, found, path);
        const member = lineReader(found);
        const result = readMembers(
          given,
          {
            text: member,
            due: (each, at) => readDate(each, found, at),
            longTerm: (each, at) => {
              if (each === true && given["due"] === undefined) return true;
              const expected = { zh: "true（此时不写 due）", en: "true, and then without due" };
              found.add({ kind: "malformed", expected }, at);
              return undefined;
            },
            department: member,
            person: member,
            leader: member,
          },
          found,
          path,
        );
        return typeof result["text"] === "string" &&
          (isLongTerm || typeof result["due"] === "string")
          ? (result as ReadCommitment)
          : undefined;
      }),
    },
  );

/**
 * What an entry should read: members by name. A value is read as the member it is for, once the entry is
 * known; on the command line each is `name=value`, and a name that repeats gives a list.
 */
export const corrections = (label: Label) =>
  field<Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>, "yes">(
    label,
    { required: "yes" },
    {
      form: "NAME=VALUE",
      typed: "list",
      element: "field",
      read: (value, problems) => {
        const given = Array.isArray(value) ? readPairs(value, problems) : value;
        if (given === undefined) return undefined;
        if (!isRecord(given)) {
          const expected = { zh: "“名称=值”或对象", en: '"name=value" or an object' };
          problems.add({ kind: "malformed", expected });
          return undefined;
        }
        if (Object.keys(given).length === 0) {
          problems.add({ kind: "empty" });
          return undefined;
        }
        if (isWritable(given)) return given;
        const expected = {
          zh: `可写成 JSON 的内容，嵌套不超过 ${depthMax} 层，文字完整`,
          en: `what JSON can say, nested at most ${depthMax} deep, in whole characters`,
        };
        problems.add({ kind: "malformed", expected });
        return undefined;
      },
    },
  );

/** Whether a value can be written down at all; what it should be is asked once the entry is known. */
const isWritable = (value: unknown): boolean => {
  try {
    canonicalJson(value);
    return true;
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return false;
    throw error;
  }
};

/** `name=value` pairs as members; a name that repeats makes a list. */
const readPairs = (pairs: readonly unknown[], problems: Problems): Entries | undefined => {
  const read: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [index, pair] of pairs.entries()) {
    const at = typeof pair === "string" ? pair.indexOf("=") : -1;
    if (typeof pair !== "string" || at < 1) {
      const expected = { zh: "“名称=值”", en: '"name=value"' };
      problems.add({ kind: "malformed", expected }, `[${index}]`);
      return undefined;
    }
    const name = pair.slice(0, at);
    const value = pair.slice(at + 1);
    const known = read[name];
    read[name] = known === undefined ? value : [known, value].flat();
  }
  return { ...read };
};

/** A document: its name and bytes. The shell reads the file, the engine never does. */
export type Document = Readonly<{ name: string; bytes: Uint8Array }>;

/** A document to be kept beside the log. */
export const document = (label: Label) =>
  field<Document, Document, "no">(
    label,
    {},
    {
      form: "FILE",
      typed: "file",
      read: (value, problems) => {
        if (isRecord(value) && value["bytes"] instanceof Uint8Array) {
          const name = readText(value["name"], problems, { breaks: false }, ".name");
          return name === undefined ? undefined : { name, bytes: value["bytes"] };
        }
        problems.add({ kind: "malformed", expected: { zh: "文件", en: "a file" } });
        return undefined;
      },
    },
  );
