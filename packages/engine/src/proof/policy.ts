/**
 * @module policy — the verifier's own keys and what they must sign: the pin file
 * (https://c2sp.org/tlog-policy).
 *
 *     # comments and empty lines are passed over
 *     log <key of the log>
 *     witness <name> <key of a witness>
 *     group <name> <all|any|number> <names of witnesses or groups>
 *     quorum <name of a witness or a group | none>
 *
 * What is accepted is decided here, by whoever verifies, and never read from the log under test.
 */
import type { Label } from "../case/terms.ts";
import { invalidInput } from "../errors.ts";
import { toHex } from "./hash.ts";
import type { VerifierKey } from "./signed-note.ts";
import { readVerifierKey, writeVerifierKey } from "./signed-note.ts";

type Group = Readonly<{ threshold: number; members: readonly string[] }>;

export type Policy = Readonly<{
  /** Keys of logs; the name of each is the log's origin. */
  logs: readonly VerifierKey[];
  witnesses: readonly VerifierKey[];
  /** Whether these witnesses are enough, by their public keys in hex: two keys may bear one name. */
  quorum: (cosigned: ReadonlySet<string>) => boolean;
}>;

export const meetsQuorum = ({ quorum }: Policy, cosigned: ReadonlySet<string>): boolean =>
  quorum(cosigned);

/** A policy that trusts these logs and asks for no witness. */
export const policyOf = (
  logs: readonly VerifierKey[],
  witnesses: readonly VerifierKey[] = [],
): Policy => ({ logs, witnesses, quorum: () => true });

/** A pin file: these keys, and as many of the witnesses as `threshold` says. */
export const writePolicy = (
  logs: readonly VerifierKey[],
  witnesses: readonly VerifierKey[],
  threshold: number,
): string => {
  const names = witnesses.map((_, at) => `w${at + 1}`);
  const lines = [
    ...logs.map((key) => `log ${writeVerifierKey(key)}`),
    ...witnesses.map((key, at) => `witness ${names[at]} ${writeVerifierKey(key)}`),
    ...(threshold === 0
      ? ["quorum none"]
      : [`group witnesses ${threshold} ${names.join(" ")}`, "quorum witnesses"]),
  ];
  return `${lines.join("\n")}\n`;
};

/**
 * Reads a pin file.
 * @param field what the file is called where it was asked for
 * @throws EngineError `INVALID_INPUT` naming the line
 */
export const readPolicy = (text: string, field: string): Policy => {
  const logs: VerifierKey[] = [];
  const witnesses = new Map<string, VerifierKey>();
  const groups = new Map<string, Group>();
  let quorum: string | undefined;

  const isKnown = (name: string): boolean => witnesses.has(name) || groups.has(name);
  const isFree = (name: string): boolean => name !== "none" && !isKnown(name);
  const seenKeys = new Set<string>();
  const keyIn = (encoded: string | undefined, type: VerifierKey["type"]) => {
    const key = encoded === undefined ? undefined : readVerifierKey(encoded);
    if (key?.type !== type || seenKeys.has(toHex(key.publicKey))) return undefined;
    seenKeys.add(toHex(key.publicKey));
    return key;
  };
  const taken = new Set<string>();
  const groupOf = (count: string | undefined, members: readonly string[]): Group | undefined => {
    const threshold =
      count === "all"
        ? members.length
        : count === "any"
          ? 1
          : /^\d+$/.test(count ?? "")
            ? Number(count)
            : 0;
    const isWhole =
      threshold >= 1 &&
      threshold <= members.length &&
      new Set(members).size === members.length &&
      members.every((name) => isKnown(name) && !taken.has(name));
    if (!isWhole) return undefined;
    for (const name of members) taken.add(name);
    return { threshold, members };
  };
  /** Reads one line; what is wrong with it, if anything is. */
  const read = (line: string): Label | undefined => {
    const [word, first = "", ...rest] = line.split(/[ \t]+/);
    if (word === "log") {
      const key = keyIn(first, "log");
      if (key === undefined || rest.length > 1) return words.key;
      logs.push(key);
    } else if (word === "witness") {
      const key = keyIn(rest[0], "witness");
      if (key === undefined || rest.length > 2) return words.key;
      if (!isFree(first)) return words.name;
      witnesses.set(first, key);
    } else if (word === "group") {
      const group = groupOf(rest[0], rest.slice(1));
      if (group === undefined || !isFree(first)) return words.group;
      groups.set(first, group);
    } else if (word === "quorum") {
      if (quorum !== undefined || rest.length > 0) return words.quorum;
      if (first !== "none" && !isKnown(first)) return words.quorum;
      quorum = first;
    } else {
      return words.line;
    }
    return undefined;
  };

  for (const [at, raw] of text.split("\n").entries()) {
    const line = raw.replace(/^[ \t]+|[ \t]+$/g, "");
    if (line === "" || line.startsWith("#")) continue;
    const expected = read(line);
    if (expected === undefined) continue;
    throw invalidInput({ field: `${field}:${at + 1}`, kind: "malformed", expected });
  }
  if (quorum === undefined || logs.length === 0) {
    throw invalidInput({ field, kind: "malformed", expected: words.whole });
  }
  const demanded = quorum;
  const counts = (name: string, cosigned: ReadonlySet<string>): boolean => {
    const key = witnesses.get(name);
    if (key !== undefined) return cosigned.has(toHex(key.publicKey));
    const { members = [], threshold = 1 } = groups.get(name) ?? {};
    return members.filter((member) => counts(member, cosigned)).length >= threshold;
  };
  return {
    logs,
    witnesses: [...witnesses.values()],
    quorum: (cosigned) => demanded === "none" || counts(demanded, cosigned),
  };
};

const words = {
  key: {
    zh: "“名称+编号+公钥”形式的公钥，每把只写一次",
    en: "a key in the form name+id+key, each only once",
  },
  name: { zh: "未用过的名称", en: "a name not yet used" },
  group: {
    zh: "“group 名称 all|any|数目 成员…”，成员在前面各行写明且只属一组",
    en: "group NAME all|any|N MEMBERS, of members named before and in no other group",
  },
  quorum: {
    zh: "“quorum 名称”一行，名称在前面写明，或者 none",
    en: "one line quorum NAME of a name given before, or none",
  },
  line: { zh: "log、witness、group、quorum 之一开头", en: "log, witness, group or quorum" },
  whole: {
    zh: "至少一行 log 和一行 quorum",
    en: "at least one line log and one line quorum",
  },
} as const satisfies Record<string, Label>;
