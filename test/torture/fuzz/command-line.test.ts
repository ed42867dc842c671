/**
 * @module command-line.test — command lines of every command with values of any kind, on a real casebook in
 * a folder of its own, or without one, in any environment: done or refused with an exit code that is written
 * down, nothing recorded by what was refused, nothing on the terminal that could drive it. A few hundred go
 * through the program itself.
 */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { errorCodes } from "@wuding/engine";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Command, Option } from "../../../packages/cli/src/command.ts";
import { exitCodes } from "../../../packages/cli/src/exit-codes.ts";
import { globalOptions } from "../../../packages/cli/src/arguments.ts";
import { run } from "../../../packages/cli/src/program.ts";
import { loadGroups } from "../../../packages/cli/src/registry.ts";
import * as given from "../../../packages/engine/test/given.ts";
import { loadDriver } from "../../../packages/store/src/driver.ts";
import type { Dice } from "../frame.ts";
import type { Answer } from "./boundary.ts";
import { accepted, besiege, broken } from "./boundary.ts";
import {
  encodedSomehow,
  hostileDay,
  hostileNumber,
  hostileText,
  mutatedBytes,
  mutatedValue,
  once,
  oneOf,
} from "./hostile.ts";

/** 2021-12-31, noon in Shanghai. */
const noon = Date.parse("2021-12-31T04:00:00Z");

const start = process.cwd();
let around: string;
/** A casebook with its files as they are at the start of every round. */
let pristine: string;
/** The same casebook before it had a key. */
let keyless: string;
let rounds = 0;
/** Where the commands run; four folders deep, so that `../../..` stays inside. */
let folder: string;
let commands: readonly Command[];
/** The public key of a witness. */
let witnessKey: string;

type Variables = Readonly<Record<string, string>>;
type Line = Readonly<{ argv: readonly string[]; stdin: string; variables?: Variables }>;
type Ran = Readonly<{ exitCode: number | null; out: string; err: string }>;

const captured = () => {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString("utf8") };
};

const env = { WUDING_ACTOR: "clerk", LANG: "en_GB.UTF-8" };

const inProcess = async ({ argv, stdin, variables }: Line): Promise<Ran> => {
  const [stdout, stderr] = [captured(), captured()];
  const exitCode = await run(argv, {
    env: { ...env, ...variables },
    stdin: new PassThrough().end(stdin),
    stdout: stdout.stream,
    stderr: stderr.stream,
    now: () => noon,
  });
  return { exitCode, out: stdout.text(), err: stderr.text() };
};

const program = fileURLToPath(new URL("../../../packages/cli/bin/wuding.js", import.meta.url));

const asProcess = ({ argv, stdin }: Line): Ran => {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [program, ...argv], {
    cwd: folder,
    input: stdin,
    env: { ...env, PATH: process.env["PATH"] },
    timeout: 20_000,
    encoding: "utf8",
  });
  return { exitCode: status, out: stdout, err: error === undefined ? stderr : String(error) };
};

const done = async (...argv: string[]): Promise<void> => {
  const ran = await inProcess({ argv, stdin: "" });
  if (ran.exitCode !== 0) throw new Error(`${argv.join(" ")}: ${ran.err}`);
};

/** Every other round begins with a casebook that has no key yet: what signs makes one and records it. */
const fresh = (): void => {
  rmSync(folder, { recursive: true, force: true });
  cpSync(pristine, folder, { recursive: true, mode: 0 });
  rounds += 1;
  if (rounds % 2 === 0) return;
  for (const name of ["wuding.db.key", "wuding.db.checkpoints"]) {
    rmSync(join(folder, name), { recursive: true, force: true });
  }
  cpSync(keyless, join(folder, "wuding.db"));
};

beforeAll(async () => {
  around = mkdtempSync(join(tmpdir(), "wuding-fuzz-"));
  pristine = join(around, "pristine");
  folder = join(around, "a", "b", "c", "d");
  mkdirSync(pristine);
  process.chdir(pristine);
  await done("init", "--origin", "office.invalid/log");
  const steps = [
    ...given.handled,
    given.receive({ number: "123" }),
    given.assign({ case: "cppcc/15-5/123" }),
    given.receive({ number: "124", kind: "npc", session: "18-4" }),
  ];
  writeFileSync("lines.jsonl", steps.map((one) => JSON.stringify(one)).join("\n"));
  await done("apply", "lines.jsonl");
  keyless = join(around, "keyless.db");
  cpSync("wuding.db", keyless);
  await done("audit", "checkpoint", "--out", "checkpoint");
  await done("audit", "keys", "--out", "pin");
  await done("audit", "prove", "122", "--out", "proof");
  await done("audit", "export", "exported");
  await done("export", "list.csv");
  await done("export", "list.xlsx");
  const argv = ["audit", "keys", "--witness", "w.invalid/w1", "--key", "witness.key", "--json"];
  const made = await inProcess({ argv, stdin: "" });
  witnessKey = (JSON.parse(made.out) as { witness: string }).witness;
  writeFileSync("text.txt", "答复正文\n");
  writeFileSync("empty", "");
  for (const name of ["rulebook.json", "calendar.json", "conformance.json"]) {
    cpSync(new URL(`../../../examples/own-rulebook/${name}`, import.meta.url), name);
  }
  commands = (await loadGroups()).flatMap((group) => group.commands);
  mkdirSync(join(around, "a", "b", "c"), { recursive: true });
  process.chdir(around);
  fresh();
  process.chdir(folder);
});

afterAll(() => {
  process.chdir(start);
  rmSync(around, { recursive: true, force: true });
});

const files = [
  "lines.jsonl",
  "checkpoint",
  "pin",
  "proof",
  "proof/case.tlog-proof",
  "exported",
  "list.csv",
  "list.xlsx",
  "witness.key",
  "text.txt",
  "empty",
  "rulebook.json",
  "calendar.json",
  "conformance.json",
  "wuding.db",
  "wuding.db.key",
  "new",
  "new.csv",
  "new.xlsx",
  "new.docx",
  "new.html",
  "new.md",
  "new.ics",
  "new.json",
  "no/such/folder/x.csv",
  ".",
  "..",
  "-",
  "",
  "/dev/null",
  "/nowhere/x",
  "list.csv/x",
  `${"长".repeat(200)}.csv`,
];

const cases = ["122", "123", "124", "cppcc/15-5/122", "15-5/123", "npc/18-4/124", "9"];

/** A value in the form that an option asks for. */
const fitting = (dice: Dice, form: string, words?: readonly string[]): string => {
  if (words !== undefined && words.length > 0) return oneOf(dice, words);
  if (/DATE/.test(form) && !form.includes("@"))
    return oneOf(dice, ["2021-06-20", "2021-12-31", "2021-07-05", "2021-04-02"]);
  if (/CASE/.test(form)) return oneOf(dice, cases);
  if (/FILE|DIR|DB/.test(form)) return oneOf(dice, files);
  if (/^(?:N|YEAR|VERSION|POSITION)$/.test(form)) return oneOf(dice, ["1", "2", "3", "2021", "7"]);
  if (form.includes("|")) return oneOf(dice, form.replace(/^\[|\]$/g, "").split("|"));
  if (form === "KEY") return oneOf(dice, [witnessKey, "x+1+AA=="]);
  if (form === "KIND") return oneOf(dice, ["cppcc", "npc"]);
  if (form === "SESSION") return "15-5";
  return oneOf(dice, [
    "规划科",
    "李楠",
    "财政局",
    "A",
    "approved",
    "satisfied",
    "visit",
    "上线@2021-11-30",
    "title=新案由",
    "李楠:proposer",
    "national",
    "14d",
    "2021",
    "reply",
    "政务",
  ]);
};

const hostileWord = (dice: Dice): string =>
  oneOf(dice, [
    hostileText,
    hostileText,
    hostileDay,
    hostileNumber,
    (own: Dice) => oneOf(own, files),
  ])(dice);

/** Programs that sign are started: only ones that do no harm. */
const signers = ["/bin/true", "/nowhere/signer", "/bin/echo x"];

const written = (dice: Dice, { name, typed, form, words }: Option): readonly string[] => {
  if (typed === "flag") return [once(dice, 8) ? `--no-${name}` : `--${name}`];
  const value =
    name === "signer"
      ? oneOf(dice, signers)
      : once(dice, 4)
        ? hostileWord(dice)
        : fitting(dice, form, words);
  const one =
    once(dice, 3) || value.startsWith("-") ? [`--${name}=${value}`] : [`--${name}`, value];
  return typed === "list" && once(dice, 3) ? [...one, ...one] : one;
};

const anyLine = (dice: Dice, known: readonly Command[]): Line => {
  const command = oneOf(dice, known);
  const places = command.positionals.flatMap((place) => {
    if (place.startsWith("[") && once(dice, 2)) return [];
    return [once(dice, 5) ? hostileWord(dice) : fitting(dice, place.replace(/^\[|\]$/g, ""))];
  });
  const options = command.options.filter(({ required }) =>
    required === true ? !once(dice, 12) : once(dice, 6),
  );
  const everywhere = globalOptions.filter(() => once(dice, 12)) as readonly Option[];
  const tail = [
    ...places,
    ...[...options, ...everywhere].flatMap((option) => written(dice, option)),
  ];
  const words = once(dice, 8) ? tail.toSorted(() => dice(3) - 1) : tail;
  if (once(dice, 10))
    words.splice(dice(words.length + 1), once(dice, 2) ? 1 : 0, hostileWord(dice));
  if (once(dice, 20)) words.push(words[0] ?? "--");
  const name = once(dice, 60) ? [hostileWord(dice)] : command.name.split(" ");
  const argv = [
    ...name,
    ...words,
    ...(once(dice, 3) ? ["--json"] : []),
    ...(once(dice, 8) ? ["--lang", "zh"] : []),
  ];
  return { argv: withoutSigners(argv), stdin: someLines(dice) };
};

/** No program but the harmless ones, wherever the words have come to stand. */
const withoutSigners = (argv: readonly string[]): readonly string[] =>
  argv.map((word, at) =>
    argv[at - 1] === "--signer" && !signers.includes(word)
      ? "/nowhere/signer"
      : word.startsWith("--signer=") && !signers.includes(word.slice(9))
        ? "--signer=/nowhere/signer"
        : word,
  );

const someLines = (dice: Dice): string => {
  const steps = [given.contact(), given.progress(), given.receive({ number: "130" })];
  return Array.from({ length: dice(3) }, () => {
    const step = oneOf(dice, steps);
    return JSON.stringify(once(dice, 2) ? mutatedValue(dice, step) : step) ?? "";
  }).join("\n");
};

/** What the log holds, however it is closed or locked; nothing where there is no casebook. */
const logSize = (): number => {
  if (!existsSync("wuding.db")) return 0;
  const Driver = loadDriver();
  const database = new Driver("wuding.db", { readonly: true });
  try {
    return Number(database.prepare("select count(*) from event").pluck().get());
  } finally {
    database.close();
  }
};

/** Whatever could drive a terminal, or forge a line of it. */
const drives =
  // oxlint-disable-next-line no-control-regex -- the characters that must not be there
  /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFFFE\uFFFF]|[\u{E0000}-\u{E007F}]/u;

/** Commands of which one part may be recorded and another one refused. */
const isDivisible = ({ argv }: Line): boolean =>
  argv.includes("apply") || argv.includes("import") || argv.includes("demo");

const judged = (line: Line, { exitCode, out, err }: Ran, grown: number): Answer => {
  if (
    exitCode === null ||
    exitCode === 1 ||
    !Object.values<number>({ done: 0, ...exitCodes }).includes(exitCode)
  ) {
    return broken(`exit ${exitCode}: ${err.slice(0, 1500)}`);
  }
  const drive = drives.exec(out) ?? drives.exec(err);
  if (drive !== null)
    return broken(`raw U+${(drive[0].codePointAt(0) ?? 0).toString(16)} in the output`);
  if (exitCode === 0) return accepted;
  if (grown !== 0 && !isDivisible(line))
    return broken(`exit ${exitCode}, and ${grown} events recorded: ${err.slice(0, 500)}`);
  const [, code] = /"error":\{"code":"([A-Z_]+)"/.exec(err) ?? [];
  if (code !== undefined && !(errorCodes as readonly string[]).includes(code))
    return broken(`no such code: ${code}`);
  if (err === "" && out === "") return broken(`exit ${exitCode} without a word`);
  return { refused: code ?? `exit ${exitCode}` };
};

const put = async (line: Line, asked: (line: Line) => Promise<Ran> | Ran): Promise<Answer> => {
  const before = logSize();
  const ran = await asked(line);
  return judged(line, ran, logSize() - before);
};

/** The casebook is in order; the next ones begin with a new one. */
const inOrder = async (): Promise<void> => {
  for (const argv of [["audit", "verify"], ["doctor"]]) {
    const { exitCode, err } = await inProcess({ argv, stdin: "" });
    expect([argv.join(" "), exitCode, exitCode === 0 ? "" : err]).toEqual([argv.join(" "), 0, ""]);
  }
  process.chdir(around);
  fresh();
  process.chdir(folder);
};

it("any command line is done, or refused with a written exit code and without a trace", () => {
  // a year of work takes a second by itself
  const known = commands.filter(({ name }) => name !== "demo");
  return besiege<Line>({
    name: "command line",
    count: 3000,
    make: (dice) => anyLine(dice, known),
    put: (line) => put(line, inProcess),
    every: { inputs: 200, look: inOrder },
  });
});

/** What each variable may hold when it is set as it is meant. */
const meant: Readonly<Record<string, readonly string[]>> = {
  WUDING_DB: ["wuding.db", "./wuding.db", ...files],
  WUDING_TODAY: ["2021-12-31", "2021-06-20", "2021-04-02"],
  WUDING_ACTOR: ["clerk", "李楠"],
  WUDING_LANG: ["zh", "en"],
  WUDING_KEY: ["wuding.db.key", ...files],
  WUDING_CHECKPOINTS: ["wuding.db.checkpoints", ...files],
  LC_ALL: ["zh_CN.UTF-8", "C", "POSIX", "en_GB"],
  LC_MESSAGES: ["zh_CN.UTF-8", "C"],
  LANG: ["zh_CN.GB18030", "en_GB.UTF-8"],
  NO_COLOR: ["1", ""],
  TERM: ["dumb", "xterm-256color"],
};

const anyVariables = (dice: Dice): Variables => {
  const some = Object.entries(meant).filter(() => once(dice, 3));
  const set = some.map(([name, values]) => {
    return [name, once(dice, 3) ? hostileWord(dice) : oneOf(dice, values)] as const;
  });
  const signer = once(dice, 6) ? [["WUDING_SIGNER", oneOf(dice, signers)] as const] : [];
  return Object.fromEntries([...set, ...signer]);
};

it("in any environment a command line is done, or refused without a trace", () => {
  const known = commands.filter(({ name }) => name !== "demo");
  return besiege<Line>({
    name: "environment",
    count: 800,
    make: (dice) => ({ ...anyLine(dice, known), variables: anyVariables(dice) }),
    put: (line) => put(line, inProcess),
    every: { inputs: 200, look: inOrder },
  });
});

const gone = (): void => {
  for (const name of ["wuding.db", "wuding.db-wal", "wuding.db-shm", "wuding.db.key"]) {
    rmSync(name, { recursive: true, force: true });
  }
  rmSync("wuding.db.checkpoints", { recursive: true, force: true });
};

it("where there is no casebook a command makes one that is in order, or none", () => {
  const known = commands.filter(({ name }) => name !== "demo");
  return besiege<Line>({
    name: "no casebook",
    count: 600,
    make: (dice) => anyLine(dice, known),
    put: async (line) => {
      gone();
      const answer = await put(line, inProcess);
      if (!existsSync("wuding.db")) {
        const left = ["wuding.db-wal", "wuding.db.key"].find((name) => existsSync(name));
        return left === undefined ? answer : broken(`${left}, and no casebook`);
      }
      if (answer !== accepted && !isDivisible(line)) return broken("refused, and a casebook made");
      const verified = await inProcess({ argv: ["audit", "verify"], stdin: "" });
      return verified.exitCode === 0 ? answer : broken(`not in order: ${verified.err}`);
    },
    every: {
      inputs: 200,
      look: async () => {
        process.chdir(around);
        fresh();
        process.chdir(folder);
      },
    },
  });
});

/** What a person types who knows the way: a case is assigned, contacts are recorded, corrected, taken back. */
const assigned = ["assign", "规划科", "经办人甲", "2021-06-20", "答复", "规划科科长负总责"];
const ways: readonly (readonly [string, readonly string[]])[] = [
  ["124", [...assigned, "2021-04-06", "", "y"]],
  ["124", [...assigned, "2021-04-06", "", "y", "undo", "误录", "", "", "y"]],
  ["123", ["contact", "phone", "2021-05-10", "participants", "1", "", "", "y"]],
  ["123", ["contact", "visit", "2021-05-11", "", "y", "correct", "mode", "phone", "", "方式记错"]],
  ["122", ["1", "2", "今天", "", "y"]],
];

/** A dialogue that may lose the thread anywhere: a line is another one, is gone or comes twice. */
const anyDialogue = (dice: Dice): Line => {
  const [name, way] = oneOf(dice, ways);
  const word = (): string =>
    oneOf(dice, [
      () => oneOf(dice, ["", "<", "y", "n", "是", "0", "1", "3", "99"]),
      () => oneOf(dice, ["今天", "昨天", "6月20日", "下周三", "2021-12-31"]),
      () => fitting(dice, "TEXT"),
      () => hostileWord(dice),
    ])();
  const typed = way.flatMap((line) => {
    if (!once(dice, 12)) return [line];
    return oneOf(dice, [[word()], [word(), line], [line, word()], [], [line, line]]);
  });
  const more = Array.from({ length: dice(8) }, word);
  return {
    argv: [
      "advance",
      once(dice, 12) ? hostileWord(dice) : name,
      ...(once(dice, 2) ? ["--lang=zh"] : []),
    ],
    stdin: [...typed, ...more].map((one) => `${one}\n`).join(""),
  };
};

/** The line is run at a terminal: what is typed is edited and answered there. */
const atTerminal = async ({ argv, stdin }: Line): Promise<Ran> => {
  const [stdout, stderr] = [captured(), captured()];
  const exitCode = await run(argv, {
    env,
    stdin: Object.assign(new PassThrough().end(stdin), { isTTY: true }),
    stdout: Object.assign(stdout.stream, { isTTY: true, columns: 80 }),
    stderr: stderr.stream,
    now: () => noon,
  });
  // what the line editor itself sends, and the echo of what was typed, are the terminal's own
  const told = stdout.text().trimEnd().split("\n").slice(-2).join("");
  return { exitCode, out: told, err: stderr.text() };
};

it("a person may type anything at a terminal: the steps that are told are those recorded", () =>
  besiege<Line>({
    name: "dialogue",
    count: 300,
    make: anyDialogue,
    put: async (line) => {
      const before = logSize();
      const { exitCode, out, err } = await atTerminal(line);
      const grown = logSize() - before;
      const steps = Number(/(\d+) (?:步|steps? w)/.exec(out)?.[1] ?? 0);
      const answer = judged(line, { exitCode, out: "", err: err || " " }, steps === 0 ? grown : 0);
      if (answer !== accepted) return answer;
      if (grown < steps || (steps === 0 && grown > 0))
        return broken(`${steps} steps told, ${grown} events recorded: ${out}`);
      return steps === 0 ? { refused: "nothing recorded" } : accepted;
    },
    every: { inputs: 100, look: inOrder },
  }));

it("any file that a command reads is read, or refused", () => {
  const read = [
    ["apply", "lines.jsonl"],
    ["import", "list.csv", "--dry-run"],
    ["import", "list.xlsx", "--update", "--reason", "更正"],
    ["rulebook", "check", "rulebook.json"],
    ["rulebook", "adopt", "rulebook.json", "--dry-run"],
    ["rulebook", "test", "conformance.json"],
    ["calendar", "check", "calendar.json"],
    ["calendar", "adopt", "calendar.json", "--dry-run"],
    ["audit", "check-proof", "proof", "--pin", "pin"],
    ["audit", "verify", "--checkpoint", "checkpoint", "--pin", "pin"],
    ["audit", "verify", "exported", "--pin", "pin"],
  ] as const;
  const inside: Readonly<Record<string, readonly string[]>> = {
    proof: ["proof/case.jsonl", "proof/case.tlog-proof", "pin"],
    exported: ["exported/events.jsonl", "exported/checkpoint", "pin"],
    "--checkpoint": ["checkpoint", "pin"],
  };
  return besiege<Line & Readonly<{ file: string }>>({
    name: "files at the command line",
    count: 700,
    make: (dice) => {
      const argv = oneOf(dice, read);
      const named = argv.find((word) => word in inside || existsSync(word)) ?? "checkpoint";
      const choices = (inside[named] ?? [named]).filter((file) => existsSync(file));
      return {
        argv: once(dice, 2) ? argv : [...argv, "--json"],
        stdin: "",
        file: oneOf(dice, choices),
      };
    },
    put: async (line, dice) => {
      const bytes = readFileSync(line.file);
      const changed = once(dice, 6)
        ? encodedSomehow(dice, bytes.toString("utf8"))
        : mutatedBytes(dice, bytes);
      writeFileSync(line.file, changed);
      try {
        return await put(line, inProcess);
      } finally {
        writeFileSync(line.file, bytes);
      }
    },
    every: { inputs: 100, look: inOrder },
  });
});

it("any key or checkpoint that lies beside a casebook is taken, or refused without a trace", () => {
  const folderOfCheckpoints = "wuding.db.checkpoints";
  const [checkpoint = ""] = readdirSync(join(pristine, folderOfCheckpoints));
  const beside = ["wuding.db.key", join(folderOfCheckpoints, checkpoint)];
  const asked = [
    ["audit", "checkpoint"],
    ["audit", "verify"],
    ["audit", "keys"],
    ["audit", "prove", "122", "--out", "proof-of-122"],
    ["backup", "copy.db"],
    ["doctor"],
  ];
  return besiege<Line & Readonly<{ file: string }>>({
    name: "files beside the casebook",
    count: 400,
    make: (dice) => {
      const argv = oneOf(dice, asked);
      const json = once(dice, 2) ? ["--json"] : [];
      return { argv: [...argv, ...json], stdin: "", file: oneOf(dice, beside) };
    },
    put: async (line, dice) => {
      const { file } = line;
      const before = existsSync(file) ? readFileSync(file) : undefined;
      const bytes = mutatedBytes(dice, before ?? readFileSync(join(pristine, file)));
      mkdirSync(folderOfCheckpoints, { recursive: true });
      writeFileSync(file, bytes, { mode: 0o600 });
      try {
        return await put(line, inProcess);
      } finally {
        if (before === undefined) rmSync(file, { force: true });
        else writeFileSync(file, before, { mode: 0o600 });
        for (const made of ["proof-of-122", "copy.db"])
          rmSync(made, { recursive: true, force: true });
      }
    },
    every: { inputs: 100, look: inOrder },
  });
});

it.skipIf(!existsSync(join(program, "../../bundle")))(
  "the program itself ends as it does in this process, with nothing uncaught",
  () =>
    besiege<Line>({
      name: "program",
      count: 200,
      make: (dice) => {
        const { argv, stdin } = anyLine(dice, commands);
        // no system passes a NUL or half a character on, nor Linux a word of more than 128 KiB
        const passed = argv.map((word) =>
          word
            .replaceAll("\0", "")
            .replaceAll(/\p{Surrogate}/gu, "?")
            .slice(0, 40_000),
        );
        return { argv: passed, stdin };
      },
      put: (line) => put(line, asProcess),
      every: { inputs: 100, look: inOrder },
    }),
);
