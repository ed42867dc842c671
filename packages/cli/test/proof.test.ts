/** @module proof.test — what an office gives to whoever does not believe it, and how that one checks it. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { errorOf, givenProgram, noon } from "./given-program.ts";
import { withoutPrivileges } from "./without-privileges.ts";
import { tamper } from "./tampering.ts";

const received = (number: number): string =>
  `receive --kind cppcc --session 15-5 --number ${number} --title 关于第${number}号 --proposer 李楠 --on 2021-04-02`;
const assigned = (number: number): string =>
  `assign ${number} --department 规划科 --person 甲 --due 2021-06-20 --task 答复 --responsibility 科长 --on 2021-04-06`;

const origin = "gov.example/proposals/log1";

/** An office with two cases, and its verifier's pin file. */
const givenOffice = async (name = origin) => {
  const program = givenProgram();
  const { typed, folder } = program;
  const at = (file: string): string => join(folder, file);
  await typed(`init --origin ${name}`);
  for (const number of [1, 2]) {
    await typed(received(number));
    await typed(assigned(number));
  }
  await typed(`audit keys --out ${at("pin")}`);
  return { ...program, at };
};

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- what is printed has no type of its own
const parsed = <Shape>({ out }: Readonly<{ out: string }>): Shape => JSON.parse(out) as Shape;
const codeOf = ({ err }: Readonly<{ err: string }>): string =>
  (JSON.parse(err) as { error: { code: string } }).error.code;

/** Writes another department into the events that name one. */
const changeBehindItsBack = (db: string): void =>
  tamper(db, "update event set body = replace(body, '规划科', '计划科')");

describe("keys 签名公钥", () => {
  it("a key is made when it is first needed, for its owner's eyes, and adopted by an event", async () => {
    const { typed, db, at } = await givenOffice();
    expect(statSync(`${db}.key`).mode & 0o777).toBe(0o600);
    const pin = readFileSync(at("pin"), "utf8");
    expect(pin).toMatch(/^log gov\.example\/proposals\/log1\+[0-9a-f]{8}\+\S+\nquorum none\n$/);
    const keys = parsed<{ log: string[]; witnesses: string[] }>(await typed("audit keys --json"));
    expect(keys).toMatchObject({ origin, witnesses: [] });
    expect(keys.log).toHaveLength(1);
  });

  it("a log that has a key signs with no other, and makes no new one where its file is gone", async () => {
    const { typed, at } = await givenOffice();
    const gone = await typed(`audit checkpoint --key ${at("nowhere.key")} --json`);
    expect([gone.exitCode, codeOf(gone)]).toEqual([4, "NOT_FOUND"]);
    expect(errorOf(gone).hint).toContain("--key");
    const other = givenProgram();
    await other.typed(`init --origin ${origin}`);
    await other.typed("audit keys");
    const foreign = await typed(`audit checkpoint --key ${other.db}.key --json`);
    expect([foreign.exitCode, codeOf(foreign)]).toEqual([6, "UNPROVEN"]);
  });

  it("a key that others can read, a damaged one, one of another log", async () => {
    const { typed, db, at } = await givenOffice();
    chmodSync(`${db}.key`, 0o644);
    expect((await typed("audit checkpoint --json")).exitCode).toBe(7);
    chmodSync(`${db}.key`, 0o600);
    writeFileSync(at("damaged"), "PRIVATE+KEY+x", { mode: 0o600 });
    expect((await typed(`audit checkpoint --key ${at("damaged")} --json`)).exitCode).toBe(7);
    const bad = await typed("audit keys --adopt nonsense --json");
    expect(bad.exitCode).toBe(2);
  });

  it("a place that cannot be written to is named as that, with the option for another", async () => {
    const office = givenProgram();
    chmodSync(office.folder, 0o777);
    await withoutPrivileges(async () => {
      const { typed, folder } = office;
      await typed(`init --origin ${origin}`);
      await typed(received(1));
      mkdirSync(join(folder, "shelf", "kept"), { recursive: true });
      const shelf = join(folder, "shelf");
      for (const one of [join(shelf, "kept"), shelf]) chmodSync(one, 0o555);
      writeFileSync(join(folder, "a-file"), "");
      const cases = [
        [`audit checkpoint --key ${join(shelf, "its.key")}`, "its.key", "--key"],
        [`audit checkpoint --checkpoints ${join(shelf, "new")}`, "is read-only", "--checkpoints"],
        [`audit checkpoint --checkpoints ${join(shelf, "kept")}`, "is read-only", "--checkpoints"],
        [
          `audit evidence 1 ${join(folder, "1.html")} --checkpoints ${join(shelf, "new")}`,
          "is read-only",
          "--checkpoints",
        ],
        [`audit checkpoint --checkpoints ${join(folder, "a-file")}`, "no folder", "--checkpoints"],
      ] as const;
      for (const [line, why, option] of cases) {
        const refused = await typed(`${line} --json`);
        expect([line, refused.exitCode]).toEqual([line, 7]);
        // the first of them to get so far says that it made a key
        const { message, hint } = errorOf({
          ...refused,
          err: refused.err.split("\n").at(-2) ?? "",
        });
        expect(message).toContain(why);
        expect(message).not.toContain("does not exist");
        expect(hint).toContain(option);
        expect(hint).not.toContain("nothing was recorded");
      }
      const beside = `--checkpoints ${join(folder, "deep", "kept")}`;
      expect((await typed(`audit checkpoint ${beside}`)).exitCode).toBe(0);
      expect(readdirSync(join(folder, "deep", "kept"))).toHaveLength(1);
      for (const one of [shelf, join(shelf, "kept")]) chmodSync(one, 0o755);
    });
  });

  it("a new key signs from now on; what the old one signed still counts", async () => {
    const { typed, at } = await givenOffice();
    await typed(`audit checkpoint --out ${at("first")}`);
    const { db, wuding } = givenProgram();
    await wuding(["init", "--origin", origin]);
    const { log } = parsed<{ log: [string] }>(await wuding(["audit", "keys", "--json"]));
    expect((await typed(`audit keys --adopt ${log[0]} --out ${at("both")}`)).exitCode).toBe(0);
    await typed(`audit checkpoint --key ${db}.key --out ${at("second")}`);
    const all = `audit verify --checkpoint ${at("first")} --checkpoint ${at("second")}`;
    expect((await typed(`${all} --pin ${at("both")}`)).exitCode).toBe(0);
    expect((await typed(`${all} --pin ${at("pin")}`)).exitCode).toBe(6);
  });

  it("a program that talks to a cipher machine signs in place of a key", async () => {
    const { folder, db, at, typed } = await givenOffice();
    const program = at("sign.mjs");
    writeFileSync(
      program,
      `import { readFileSync } from "node:fs";
import { sign, createPrivateKey, createPublicKey, createHash } from "node:crypto";
const [, name, , secret] = /^PRIVATE\\+KEY\\+([^+]+)\\+([^+]+)\\+(.+)\\n$/.exec(readFileSync(${JSON.stringify(`${db}.key`)}, "utf8"));
const seed = Buffer.from(secret, "base64").subarray(1);
const key = createPrivateKey({ key: Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]), format: "der", type: "pkcs8" });
const raw = createPublicKey(key).export({ format: "der", type: "spki" }).subarray(12);
const material = Buffer.concat([Buffer.of(1), raw]);
if (process.argv[2] === "key") console.log(name + "+" + createHash("sha256").update(name + "\\n").update(material).digest("hex").slice(0, 8) + "+" + material.toString("base64"));
else console.log(sign(null, readFileSync(0), key).toString("base64"));
`,
    );
    const signed = await typed(
      `audit checkpoint --signer ${process.execPath}\u0020${program} --json`.replace(
        "\u0020",
        "\u0020",
      ),
    );
    expect(signed.exitCode).not.toBe(0);
    const other = givenProgram({
      WUDING_DB: db,
      WUDING_SIGNER: `${process.execPath} ${program}`,
    });
    const byMachine = await other.wuding(["audit", "checkpoint", "--json"]);
    expect(byMachine.exitCode).toBe(0);
    expect(readdirSync(folder)).toContain("wuding.db.checkpoints");
    const broken = givenProgram({ WUDING_DB: db, WUDING_SIGNER: "/nowhere/signer" });
    expect((await broken.wuding(["audit", "checkpoint", "--json"])).exitCode).toBe(7);
  });
});

describe("audit checkpoint 检查点", () => {
  it("is printed, kept in the casebook and in a folder outside it", async () => {
    const { typed, db, at } = await givenOffice();
    const printed = await typed(`audit checkpoint --out ${at("mine")}`);
    expect(printed.out).toBe(readFileSync(at("mine"), "utf8"));
    const [file = ""] = readdirSync(`${db}.checkpoints`);
    expect(file).toBe("000000000006.checkpoint");
    expect(readFileSync(join(`${db}.checkpoints`, file), "utf8")).toBe(printed.out);
    const again = parsed(await typed("audit checkpoint --json"));
    expect(again).toMatchObject({ origin, size: 6, isNew: false, note: printed.out });
  });

  it("nothing is signed that contradicts what was signed before", async () => {
    const { typed, db } = await givenOffice();
    await typed("audit checkpoint");
    tamper(
      db,
      "delete from event where seq > 3; delete from node where (idx + 1) << level > 4; delete from command where last_seq > 3",
    );
    const refused = await typed("audit checkpoint --json");
    expect([refused.exitCode, codeOf(refused)]).toEqual([6, "INTEGRITY"]);
  });

  it("a backup that was put back is told by the folder, and signs nothing", async () => {
    const { typed, db, at } = await givenOffice();
    await typed(`backup ${at("old.db")}`);
    await typed(received(3));
    await typed("audit checkpoint");
    writeFileSync(db, readFileSync(at("old.db")));
    const verified = await typed("audit verify --json");
    expect(verified.exitCode).toBe(6);
    expect(verified.err).toContain('"fault":"TRUNCATED"');
    const refused = await typed("audit checkpoint --json");
    expect([refused.exitCode, codeOf(refused)]).toEqual([6, "INTEGRITY"]);
  });

  it("comes by itself once a day where the log is signed, and never where it is not", async () => {
    const { wuding, typed, db } = await givenOffice();
    await typed("audit checkpoint");
    const day = 24 * 60 * 60 * 1000;
    const record = (number: number, now: number) => wuding(received(number).split(" "), { now });
    await record(11, noon + 1000);
    expect(readdirSync(`${db}.checkpoints`)).toHaveLength(1);
    await record(12, noon + 2 * day);
    await record(13, noon + 2 * day + 1000);
    expect(readdirSync(`${db}.checkpoints`)).toHaveLength(2);
    const unsigned = givenProgram();
    await unsigned.typed(received(1));
    expect(existsSync(`${unsigned.db}.checkpoints`)).toBe(false);
  });

  it("a checkpoint that cannot be made on its day hinders nobody's work", async () => {
    const { wuding, typed, db } = await givenOffice();
    await typed("audit checkpoint");
    writeFileSync(`${db}.key`, "damaged");
    const late = await wuding(received(12).split(" "), { now: noon + 3 * 24 * 3_600_000 });
    expect(late.exitCode).toBe(0);
    expect(late.err).toContain("checkpoint");
  });
});

describe("audit verify with what was kept outside", () => {
  it("says how much is newer, and who vouches", async () => {
    const { typed, at } = await givenOffice();
    await typed(`audit checkpoint --out ${at("mine")}`);
    await typed(received(3));
    const verify = `audit verify --checkpoint ${at("mine")} --pin ${at("pin")}`;
    expect(parsed(await typed(`${verify} --json`))).toMatchObject({
      verified: true,
      comparedOutside: true,
      checkpoints: { kept: 1, outside: 1, newestOutside: 6, pinned: true, cosignatures: [] },
    });
    const { out, exitCode } = await typed(`${verify} --lang zh`);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/晚于外部检查点的记录\s+1\n/);
    expect(out).not.toContain("未与外部保存的检查点比较");
  });

  it("without one it says so, and is content all the same", async () => {
    const { typed } = await givenOffice();
    const { out, exitCode } = await typed("audit verify --lang en");
    expect([exitCode, out.includes("No outside checkpoint was compared")]).toEqual([0, true]);
  });

  it("a pin file whose demand no checkpoint meets is no success, nor one without any checkpoint", async () => {
    const { typed, at } = await givenOffice();
    const none = await typed(`audit verify --pin ${at("pin")} --json`);
    expect([none.exitCode, codeOf(none)]).toEqual([7, "CANNOT_VERIFY"]);
    expect(parsed(none)).toMatchObject({ verified: true, comparedOutside: false });
    await typed("audit checkpoint");
    const other = givenProgram();
    await other.typed(`init --origin ${origin}`);
    const pin = join(other.folder, "pin");
    await other.typed(`audit keys --out ${pin}`);
    const foreign = await typed(`audit verify --pin ${pin} --json`);
    expect([foreign.exitCode, codeOf(foreign)]).toEqual([6, "UNPROVEN"]);
  });

  it("a false checkpoint, another log's, a file that is none", async () => {
    const { typed, at } = await givenOffice();
    await typed(`audit checkpoint --out ${at("mine")}`);
    const note = readFileSync(at("mine"), "utf8");
    writeFileSync(at("larger"), note.replace("\n6\n", "\n7\n"));
    writeFileSync(at("other"), note.replaceAll("log1", "log2"));
    writeFileSync(at("text"), "hello\n");
    for (const [file, code] of [
      ["larger", "INTEGRITY"],
      ["other", "UNPROVEN"],
      ["text", "UNPROVEN"],
    ] as const) {
      const bare = await typed(`audit verify --checkpoint ${at(file)} --json`);
      expect([file, bare.exitCode, codeOf(bare)]).toEqual([file, 6, code]);
      const pinned = await typed(`audit verify --checkpoint ${at(file)} --pin ${at("pin")} --json`);
      expect([file, pinned.exitCode, codeOf(pinned)]).toEqual([file, 6, "UNPROVEN"]);
    }
    expect((await typed(`audit verify --checkpoint ${at("nowhere")} --json`)).exitCode).toBe(2);
    expect((await typed(`audit verify --pin ${at("mine")} --json`)).exitCode).toBe(2);
  });
});

describe("the proof of one case 一件的证明", () => {
  it("verifies without any casebook", async () => {
    const { typed, at } = await givenOffice();
    expect((await typed(`audit prove 2 --out ${at("proof")}`)).exitCode).toBe(0);
    const stranger = givenProgram();
    const checked = await stranger.typed(
      `audit check-proof ${at("proof")} --pin ${at("pin")} --json`,
    );
    expect(parsed(checked)).toMatchObject({
      proven: true,
      case: "cppcc/15-5/2",
      origin,
      size: 6,
      events: [{ type: "CaseReceived" }, { type: "CaseAssigned" }],
    });
    const { out } = await stranger.typed(
      `audit check-proof ${at("proof")} --pin ${at("pin")} --lang zh`,
    );
    expect(out).toContain("证明成立");
    const byFile = join(at("proof"), "case.tlog-proof");
    const named = await stranger.typed(`audit check-proof ${byFile} --pin ${at("pin")} --json`);
    expect(named.exitCode).toBe(0);
  });

  it("falls with a line changed, taken out, added or moved, and with another log's key", async () => {
    const { typed, at } = await givenOffice();
    await typed(`audit prove 2 --out ${at("proof")}`);
    const file = join(at("proof"), "case.jsonl");
    const text = readFileSync(file, "utf8");
    const [first = "", second = ""] = text.split("\n");
    const check = `audit check-proof ${at("proof")} --pin ${at("pin")} --json`;
    for (const altered of [
      text.replace("规划科", "计划科"),
      `${second}\n`,
      `${first}\n`,
      `${second}\n${first}\n`,
      `${first}\n${first}\n${second}\n`,
      text.slice(0, -1),
      "",
    ]) {
      writeFileSync(file, altered);
      const refused = await typed(check);
      expect([refused.exitCode, codeOf(refused)]).toEqual([6, "UNPROVEN"]);
    }
    writeFileSync(file, text);
    expect((await typed(check)).exitCode).toBe(0);
    const other = givenProgram();
    await other.typed(`init --origin ${origin}`);
    await other.typed(`audit keys --out ${join(other.folder, "pin")}`);
    const foreign = await other.typed(
      `audit check-proof ${at("proof")} --pin ${join(other.folder, "pin")} --json`,
    );
    expect([foreign.exitCode, codeOf(foreign)]).toEqual([6, "UNPROVEN"]);
  });

  it("a case that is not there gets no proof and no checkpoint", async () => {
    const { typed, db, at } = await givenOffice();
    expect((await typed(`audit prove 9 --out ${at("proof")} --json`)).exitCode).toBe(4);
    expect(existsSync(`${db}.checkpoints`)).toBe(false);
  });
});

describe("an export 导出", () => {
  it.each([origin, `${origin}.sm3`])("verifies from its files alone (%s)", async (name) => {
    const { typed, at } = await givenOffice(name);
    expect((await typed(`audit export ${at("log")}`)).exitCode).toBe(0);
    const lines = readFileSync(join(at("log"), "events.jsonl"), "utf8").split("\n");
    expect(lines).toHaveLength(7);
    const stranger = givenProgram();
    const verified = await stranger.typed(`audit verify ${at("log")} --pin ${at("pin")} --json`);
    expect(parsed(verified)).toMatchObject({
      verified: true,
      origin: name,
      size: 6,
      checked: { form: 6, place: 6, chain: 2, time: 6, roots: 1, files: 2 },
      checkpoints: { pinned: true },
    });
  });

  it("falls with a line changed, cut off, added or taken out, and with a file changed or missing", async () => {
    const { typed, at } = await givenOffice();
    await typed(`audit export ${at("log")}`);
    const file = join(at("log"), "events.jsonl");
    const text = readFileSync(file, "utf8");
    const lines = text.split("\n");
    const verify = `audit verify ${at("log")} --json`;
    for (const [altered, kind] of [
      [text.replace("关于第1号", "关于第7号"), "ALTERED"],
      // nothing follows the last event of a case but the root
      [lines.with(4, (lines[4] ?? "").replace("规划科", "计划科")).join("\n"), "REWRITTEN"],
      [text.slice(0, -1), "ALTERED"],
      [lines.toSpliced(5, 1).join("\n"), "TRUNCATED"],
      [lines.toSpliced(2, 1).join("\n"), "MISSING"],
      [`${text}${lines[5]}\n`, "REORDERED"],
      [
        lines
          .with(2, lines[3] ?? "")
          .with(3, lines[2] ?? "")
          .join("\n"),
        "REORDERED",
      ],
    ] as const) {
      writeFileSync(file, altered);
      const refused = await typed(verify);
      expect(refused.exitCode).toBe(6);
      expect([kind, refused.err]).toEqual([kind, expect.stringContaining(`"fault":"${kind}"`)]);
    }
    writeFileSync(file, text);
    const files = join(at("log"), "files");
    const [name = ""] = readdirSync(files);
    writeFileSync(join(files, name), "changed");
    expect((await typed(verify)).err).toContain('"fault":"ALTERED"');
  });

  it("says which steps it cannot take, and checks signatures with the keys that it names itself", async () => {
    const { typed, at } = await givenOffice();
    await typed(`audit export ${at("log")}`);
    expect((await typed(`audit verify ${at("log")}`)).out).toContain("without the lifecycle");
    const file = join(at("log"), "checkpoint");
    const note = readFileSync(file, "utf8");
    const line = note.split("\n")[4] ?? "";
    const forged = `${line.slice(0, -20)}${"A".repeat(19)}=`;
    writeFileSync(file, note.replace(line, forged));
    const refused = await typed(`audit verify ${at("log")} --json`);
    expect([refused.exitCode, codeOf(refused)]).toEqual([6, "INTEGRITY"]);
    writeFileSync(file, note);
    writeFileSync(join(at("log"), "files", "surplus"), "x");
    expect(parsed(await typed(`audit verify ${at("log")} --json`))).toMatchObject({
      unnamedFiles: 1,
    });
  });

  it("of bytes that are not what was signed is refused, and so is the proof of such a case", async () => {
    const { typed, at, db, folder } = await givenOffice();
    changeBehindItsBack(db);
    const exported = await typed(`audit export ${at("log")} --json`);
    expect([exported.exitCode, codeOf(exported)]).toEqual([6, "INTEGRITY"]);
    expect(existsSync(join(at("log"), "events.jsonl"))).toBe(false);
    for (const command of [`prove 1 --out ${at("proof")}`, `evidence 1 ${at("page.html")}`]) {
      expect((await typed(`audit ${command} --json`)).exitCode).toBe(6);
    }
    expect(readdirSync(folder)).not.toContain("page.html");
  });

  it("never writes over another one", async () => {
    const { typed, at } = await givenOffice();
    await typed(`audit export ${at("log")}`);
    const again = await typed(`audit export ${at("log")} --json`);
    expect([again.exitCode, codeOf(again)]).toEqual([5, "FILE_EXISTS"]);
  });
});

describe("a casebook whose names are no text any more", () => {
  it.each([
    ["a seal", "update personal set seal = cast(x'f5' as text) || seal"],
    ["a case", "update event set case_id = cast(x'f5' as text) || case_id where case_seq = 1"],
  ])("is told from %s, and the verification ends", async (_what, statement) => {
    const { wuding, typed, db } = givenProgram();
    const line = {
      command: "receive",
      kind: "cppcc",
      session: "15-5",
      number: "1",
      title: "t",
      proposers: [{ name: "李楠", phone: "13900001111" }],
      on: "2021-04-02",
    };
    await wuding(["apply", "-"], { stdin: JSON.stringify(line) });
    tamper(db, statement);
    const refused = await typed("audit verify --json");
    expect([refused.exitCode, codeOf(refused)]).toEqual([6, "INTEGRITY"]);
  });
});

describe("what a verification does not cover", () => {
  it("is told: records that no accepted checkpoint covers", async () => {
    const { typed, at } = await givenOffice();
    await typed("audit checkpoint");
    await typed(received(3));
    const verified = await typed(`audit verify --pin ${at("pin")}`);
    expect(verified.exitCode).toBe(0);
    expect(verified.out).toContain("The newest 1 event is covered by no checkpoint");
    expect(parsed(await typed(`audit verify --pin ${at("pin")} --json`))).toMatchObject({
      checkpoints: { newestPinned: 6 },
      size: 7,
    });
  });

  it("is told: a log that signs and has no checkpoint", async () => {
    const { typed } = await givenOffice();
    expect((await typed("audit verify")).out).toContain("there is no checkpoint");
    await typed("audit checkpoint");
    expect((await typed("audit verify")).out).not.toContain("there is no checkpoint");
  });

  it("is no outside checkpoint whose signature is false", async () => {
    const { typed, at } = await givenOffice();
    await typed(`audit checkpoint --out ${at("note")}`);
    const note = readFileSync(at("note"), "utf8");
    const line = note.split("\n")[4] ?? "";
    writeFileSync(at("forged"), note.replace(line, `${line.slice(0, -20)}${"A".repeat(19)}=`));
    const refused = await typed(`audit verify --checkpoint ${at("forged")} --json`);
    expect([refused.exitCode, codeOf(refused)]).toEqual([6, "INTEGRITY"]);
  });
});

describe("a witness 见证", () => {
  const givenWitness = async () => {
    const office = await givenOffice();
    const { typed, at } = office;
    const made = parsed<{ witness: string }>(
      await typed(`audit keys --witness audit.example/w1 --key ${at("w1.key")} --json`),
    );
    await typed(`audit keys --adopt ${made.witness} --out ${at("pin-w")}`);
    const round = async (request: string, line: string) => {
      await typed(`audit witness request --out ${at(request)}`);
      return typed(
        `audit witness sign ${at(request)} --key ${at("w1.key")} --state ${at("state")} --pin ${at("pin")} --out ${at(line)} --json`,
      );
    };
    return { ...office, round };
  };

  it("cosigns what continues what it saw; the verifier who demands it is satisfied then", async () => {
    const { typed, at, round } = await givenWitness();
    await typed("audit checkpoint");
    expect((await typed(`audit verify --pin ${at("pin-w")} --json`)).exitCode).toBe(6);
    expect((await round("r1", "l1")).exitCode).toBe(0);
    expect(parsed(await typed(`audit witness add ${at("l1")} --json`))).toEqual({ size: 7 });
    const verified = parsed(await typed(`audit verify --pin ${at("pin-w")} --json`));
    expect(verified).toMatchObject({
      comparedOutside: true,
      checkpoints: {
        newestOutside: 7,
        cosignatures: [{ witness: "audit.example/w1", time: noon / 1000 }],
      },
    });
    await typed(received(3));
    expect((await round("r2", "l2")).exitCode).toBe(0);
    expect(readFileSync(at("r2"), "utf8")).toMatch(/^old 7\n/);
    await typed(`audit witness add ${at("l2")}`);
    await typed(`audit prove 3 --out ${at("proof")}`);
    const proven = await typed(`audit check-proof ${at("proof")} --pin ${at("pin-w")} --json`);
    expect(proven.exitCode).toBe(0);
  });

  it("does not cosign a history that was rewritten and signed anew, and keeps it as evidence", async () => {
    const { typed, at, round, db } = await givenWitness();
    await round("r1", "l1");
    const forger = givenProgram();
    // the office starts over with the same name and key, and another content
    await forger.typed(`init --origin ${origin}`);
    for (const number of [1, 2, 3, 4, 5]) await forger.typed(received(number));
    writeFileSync(`${forger.db}.key`, readFileSync(`${db}.key`), { mode: 0o600 });
    const made = readFileSync(at("pin-w"), "utf8").match(/^witness w1 (\S+)$/m)?.[1] ?? "";
    await forger.typed(`audit keys --adopt ${made}`);
    await forger.typed(`audit witness request --out ${at("forged")}`);
    // its request begins at nothing, as if the witness had never seen the log
    const refused = await typed(
      `audit witness sign ${at("forged")} --key ${at("w1.key")} --state ${at("state")} --pin ${at("pin")} --json`,
    );
    expect([refused.exitCode, codeOf(refused)]).toEqual([6, "UNPROVEN"]);
  });

  it("gives an answer again that was lost on its way, also to a request that begins where it says", async () => {
    const { typed, at, round } = await givenWitness();
    const lost = await round("r1", "no-folder/l1");
    expect(lost.exitCode).toBe(7);
    const sign = (request: string) =>
      typed(
        `audit witness sign ${at(request)} --key ${at("w1.key")} --state ${at("state")} --pin ${at("pin")} --json`,
      );
    expect((await sign("r1")).exitCode).toBe(0);
    await typed(received(3));
    // the office never had the answer, and asks from nothing again
    await typed(`audit witness request --out ${at("r2")}`);
    const refused = await sign("r2");
    expect([refused.exitCode, refused.err]).toEqual([6, expect.stringContaining("begins at 0")]);
    await typed(`audit witness request --old 7 --out ${at("r3")}`);
    expect((await sign("r3")).exitCode).toBe(0);
    const beyond = await typed("audit witness request --old 99 --json");
    expect([beyond.exitCode, codeOf(beyond)]).toEqual([6, "UNPROVEN"]);
    expect((await typed("audit witness request --old x --json")).exitCode).toBe(2);
  });

  it("that replaced its key is asked by its new one, and counts once", async () => {
    const { typed, at, round } = await givenWitness();
    await round("r1", "l1");
    await typed(`audit witness add ${at("l1")}`);
    const made = parsed<{ witness: string }>(
      await typed(`audit keys --witness audit.example/w1 --key ${at("w2.key")} --json`),
    );
    await typed(`audit keys --adopt ${made.witness} --quorum 2 --out ${at("pin-2")}`);
    const demanding = await typed(`audit verify --pin ${at("pin-2")} --json`);
    expect([demanding.exitCode, codeOf(demanding)]).toEqual([6, "UNPROVEN"]);
    const asked = await typed(`audit witness request --witness audit.example/w1 --out ${at("r2")}`);
    expect(asked.exitCode).toBe(0);
    // the new key has not cosigned anything yet
    expect(readFileSync(at("r2"), "utf8")).toMatch(/^old 0\n/);
    const older = /^witness w1 (\S+)$/m.exec(readFileSync(at("pin-2"), "utf8"))?.[1] ?? "";
    await typed(`audit witness request --witness ${older} --out ${at("r3")}`);
    expect(readFileSync(at("r3"), "utf8")).toMatch(/^old 7\n/);
    const unknown = await typed("audit witness request --witness audit.example/w9 --json");
    expect(unknown.exitCode).toBe(2);
  });

  it("answers with one line, and nothing else is kept for ever", async () => {
    const { typed, at, round } = await givenWitness();
    await round("r1", "l1");
    const line = readFileSync(at("l1"), "utf8");
    const stranger = `— stranger.example/x ${Buffer.alloc(76, 1).toString("base64")}\n`;
    for (const answer of [line + stranger, stranger + line, line.trimEnd(), ""]) {
      writeFileSync(at("answer"), answer);
      const refused = await typed(`audit witness add ${at("answer")} --json`);
      expect([refused.exitCode, codeOf(refused)]).toEqual([6, "UNPROVEN"]);
    }
    expect((await typed("audit verify --json")).exitCode).toBe(0);
  });

  it("has a key of its own: one public key is adopted for one name", async () => {
    const { typed, at } = await givenOffice();
    const { log } = parsed<{ log: [string] }>(await typed("audit keys --json"));
    const { verifierKey, readVerifierKey, writeVerifierKey } = await import("@wuding/engine/proof");
    const publicKey = readVerifierKey(log[0])?.publicKey ?? Buffer.alloc(32);
    const disguised = writeVerifierKey(verifierKey("audit.example/w1", "witness", publicKey));
    const refused = await typed(`audit keys --adopt ${disguised} --json`);
    expect([refused.exitCode, codeOf(refused)]).toEqual([6, "UNPROVEN"]);
    // nothing was recorded by what was refused, and the keys can be printed as before
    expect((await typed(`audit keys --quorum 1 --json`)).exitCode).toBe(2);
    expect((await typed(`audit keys --out ${at("pin")} --json`)).exitCode).toBe(0);
    expect(parsed(await typed("audit verify --json"))).toMatchObject({ size: 6 });
  });

  it("says what stands where its memory should be, and signs nothing", async () => {
    const { typed, at, round } = await givenWitness();
    await round("r1", "l1");
    writeFileSync(at("a-file"), "x");
    mkdirSync(at("held/.answering"), { recursive: true });
    mkdirSync(at("busy"));
    writeFileSync(at("busy/.answering"), "");
    const [memory = ""] = readdirSync(at("state"));
    mkdirSync(at("other"));
    writeFileSync(at(`other/${memory}`), "a list of something else\n");
    mkdirSync(at(`deep/${memory}`), { recursive: true });
    const places = [
      ["a-file", "is a file and no folder"],
      ["a-file/below", "is a file and no folder"],
      ["held", "it is a folder"],
      ["other", "no checkpoint as a witness keeps"],
      ["deep", "it is a folder"],
      ["busy", "another program is cosigning"],
    ] as const;
    for (const [state, why] of places) {
      const refused = await typed(
        `audit witness sign ${at("r1")} --key ${at("w1.key")} --state ${at(state)} --pin ${at("pin")} --json`,
      );
      expect([state, refused.exitCode, codeOf(refused)]).toEqual([state, 7, "STORE_UNAVAILABLE"]);
      expect([state, errorOf(refused).message]).toEqual([state, expect.stringContaining(why)]);
      expect(refused.out).toBe("");
    }
    expect(readFileSync(at("a-file"), "utf8")).toBe("x");
    expect(readFileSync(at(`other/${memory}`), "utf8")).toBe("a list of something else\n");
  });

  it("is not adopted where the pin file that would name it has no place", async () => {
    const { typed, at } = await givenOffice();
    const made = parsed<{ witness: string }>(
      await typed(`audit keys --witness audit.example/w1 --key ${at("w1.key")} --json`),
    );
    const refused = await typed(`audit keys --adopt ${made.witness} --out ${at("pin")} --json`);
    expect([refused.exitCode, codeOf(refused)]).toEqual([5, "FILE_EXISTS"]);
    expect(parsed(await typed("audit keys --json"))).toMatchObject({ witnesses: [] });
  });

  it("is asked with everything it needs, or told what is missing", async () => {
    const { typed, at } = await givenOffice();
    const nobody = await typed("audit witness request --json");
    expect([nobody.exitCode, codeOf(nobody)]).toEqual([6, "UNPROVEN"]);
    const bare = await typed(`audit witness sign ${at("pin")} --json`);
    expect(bare.exitCode).toBe(2);
    for (const option of ["--pin", "--state", "--key"]) expect(bare.err).toContain(option);
    expect((await typed("audit witness burn --json")).exitCode).toBe(2);
  });
});

describe("audit consistency 前后衔接", () => {
  it("two checkpoints of one history; their proof in a file needs no casebook", async () => {
    const { typed, at } = await givenOffice();
    await typed(`audit checkpoint --out ${at("old")}`);
    await typed(received(3));
    await typed(`audit checkpoint --out ${at("new")}`);
    const shown = await typed(
      `audit consistency ${at("old")} ${at("new")} --pin ${at("pin")} --out ${at("proof")} --json`,
    );
    expect(parsed(shown)).toMatchObject({ consistent: true, older: 6, newer: 7 });
    const stranger = givenProgram();
    const alone = `audit consistency ${at("old")} ${at("new")} --proof ${at("proof")} --json`;
    expect((await stranger.typed(alone)).exitCode).toBe(0);
    writeFileSync(at("proof"), readFileSync(at("proof"), "utf8").split("\n").slice(1).join("\n"));
    const refused = await stranger.typed(alone);
    expect([refused.exitCode, codeOf(refused)]).toEqual([6, "UNPROVEN"]);
  });

  it("one of a casebook that was changed in between", async () => {
    const { typed, at, db } = await givenOffice();
    await typed(`audit checkpoint --out ${at("old")}`);
    changeBehindItsBack(db);
    expect((await typed("audit verify --json")).exitCode).toBe(6);
  });
});

describe("backup 备份", () => {
  it("is a verified copy with a checkpoint before it, and never replaces a file", async () => {
    const { typed, at, db } = await givenOffice();
    const made = parsed(await typed(`backup ${at("copy.db")} --json`));
    expect(made).toMatchObject({ size: 6, verified: true });
    expect(readdirSync(`${db}.checkpoints`)).toHaveLength(1);
    expect(statSync(at("copy.db")).mode & 0o777).toBe(0o600);
    const checked = await typed(`audit verify --db ${at("copy.db")} --pin ${at("pin")} --json`);
    expect(checked.exitCode).toBe(0);
    const again = await typed(`backup ${at("copy.db")} --json`);
    expect([again.exitCode, codeOf(again)]).toEqual([5, "FILE_EXISTS"]);
  });

  it("of a casebook that was altered is refused, and leaves nothing behind", async () => {
    const { typed, at, db, folder } = await givenOffice();
    changeBehindItsBack(db);
    expect((await typed(`backup ${at("copy.db")} --json`)).exitCode).toBe(6);
    expect(readdirSync(folder).filter((name) => /copy|wuding-/.test(name))).toEqual([]);
  });
});
