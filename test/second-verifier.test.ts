/**
 * @module second-verifier.test — docs/verify/verify.py, which shares no code with the program, accepts what
 * `audit` hands out and nothing else. Without python3 these rules are skipped, and the report says why.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { GivenProgram } from "../packages/cli/test/given-program.ts";
import { assigned, givenProgram, received } from "../packages/cli/test/given-program.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const verifier = path.join(root, "docs", "verify", "verify.py");
const driver = path.join(root, "test", "second-verifier.py");

const python = (...words: readonly string[]) => {
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: "1", PYTHONUTF8: "1" };
  return spawnSync("python3", words, { encoding: "utf8", env });
};
const isOldEnough = python("-c", "import sys; sys.exit(sys.version_info < (3, 9))").status === 0;
const hasSm3 = isOldEnough && python("-c", 'import hashlib; hashlib.new("sm3")').status === 0;

const verified = (...words: readonly string[]) => {
  const { status, stdout, stderr } = python(verifier, ...words);
  return { status, said: stdout + stderr };
};

/** What an office hands out of a log with one case, and its pin file; `origin` where it matters. */
const givenHandedOut = async (origin?: string) => {
  const program = givenProgram();
  const file = (name: string): string => path.join(program.folder, name);
  const names = {
    pin: file("pin.txt"),
    log: file("log"),
    case: file("case"),
    checkpoint: file("checkpoint"),
  };
  if (origin !== undefined) await typed(program, `init --origin ${origin}`);
  await typed(program, received, assigned, `audit keys --out ${names.pin}`);
  const handOut = async (): Promise<void> => {
    await typed(
      program,
      `audit export ${names.log}`,
      `audit prove 122 --out ${names.case}`,
      `audit checkpoint --out ${names.checkpoint}`,
    );
  };
  return { ...names, program, file, handOut };
};

/** Lines that must work. */
const typed = async (program: GivenProgram, ...lines: readonly string[]): Promise<void> => {
  for (const line of lines) {
    expect({ line, ...(await program.typed(line)) }).toMatchObject({ exitCode: 0 });
  }
};

/** A witness of its own joins, and cosigns the log as it then is. */
const cosigned = async ({
  program,
  file,
  pin,
}: Awaited<ReturnType<typeof givenHandedOut>>): Promise<void> => {
  const key = file("witness.key");
  const made = await program.typed(`audit keys --witness audit.example/w1 --key ${key} --json`);
  const { witness } = JSON.parse(made.out) as { witness: string };
  // the program overwrites nothing, and the pin file now names one key more
  rmSync(pin);
  await typed(
    program,
    `audit keys --adopt ${witness} --out ${pin}`,
    `audit witness request --out ${file("request")}`,
    `audit witness sign ${file("request")} --pin ${pin} --key ${key} --state ${file("seen")} --out ${file("line")}`,
    `audit witness add ${file("line")}`,
  );
};

/** Rewrites a file; the change must be one. */
const altered = (file: string, change: (text: string) => string): void => {
  const text = readFileSync(file, "utf8");
  expect(change(text)).not.toBe(text);
  writeFileSync(file, change(text));
};

describe.skipIf(!isOldEnough)(
  `the second verifier${isOldEnough ? "" : " (python3 of 3.9 or later is not here)"}`,
  () => {
    it("keeps to the vectors of the standards and to each rule of a log", () => {
      const { status, stderr } = python(driver, "rules");
      expect(stderr).toMatch(/\nOK/);
      expect(status).toBe(0);
    });

    it("accepts an export, a case and a checkpoint as they were handed out", async () => {
      const given = await givenHandedOut();
      await given.handOut();
      for (const thing of [given.log, given.case, given.checkpoint]) {
        const { status, said } = verified(thing, "--pin", given.pin);
        expect(said).toContain("核验通过 / VERIFIED");
        expect(status).toBe(0);
      }
    });

    it("says 7 when signatures could not be checked or nothing is there", async () => {
      const given = await givenHandedOut();
      await given.handOut();
      for (const thing of [given.log, given.case, given.checkpoint]) {
        const { status, said } = verified(thing);
        expect(said).toContain("SIGNATURES NOT CHECKED");
        expect(status).toBe(7);
      }
      expect(verified(given.file("nothing"), "--pin", given.pin).status).toBe(7);
      expect(verified(given.log, "--pin", given.checkpoint).status).toBe(7);
    });

    it("names what is wrong and where", async () => {
      const given = await givenHandedOut();
      await given.handOut();
      const events = path.join(given.log, "events.jsonl");
      const [attached = ""] = readdirSync(path.join(given.log, "files"));
      const kept = given.file("kept");
      const refused = (name: string, change: (text: string) => string): string => {
        copyFileSync(name, kept);
        altered(name, change);
        const { status, said } = verified(given.log, "--pin", given.pin);
        expect({ status, said }).toMatchObject({ status: 6 });
        copyFileSync(kept, name);
        return said;
      };
      expect(refused(events, (text) => text.replace("经办人甲", "经办人乙"))).toContain(
        "events are not those that",
      );
      expect(refused(events, (text) => text.replace("关于改进", "关于改善"))).toMatch(
        /events\.jsonl:\d+: .*does not follow from the previous event of its case/,
      );
      expect(refused(events, (text) => text.replace(/[^\n]*\n$/, ""))).toContain(
        "what followed has been cut off",
      );
      expect(refused(events, (text) => text.replace('{"at"', '{ "at"'))).toContain(
        "events.jsonl:1: 不是规范形式的记录",
      );
      expect(refused(path.join(given.log, "files", attached), (text) => `${text} `)).toContain(
        `the file ${attached} of event`,
      );
      const surplus = path.join(given.log, "files", "surplus");
      writeFileSync(surplus, "");
      expect(verified(given.log, "--pin", given.pin)).toMatchObject({ status: 6 });
      rmSync(surplus);
      rmSync(path.join(given.log, "files", attached));
      expect(verified(given.log, "--pin", given.pin)).toMatchObject({ status: 6 });
    });

    it("believes the pinned keys of the log and nobody else", async () => {
      const given = await givenHandedOut("office.invalid/log");
      const other = await givenHandedOut("office.invalid/log");
      await given.handOut();
      const { status, said } = verified(given.log, "--pin", other.pin);
      expect(said).toContain("no pinned key of the log has signed the checkpoint");
      expect(status).toBe(6);
      const stranger = await givenHandedOut("elsewhere.invalid/log");
      expect(verified(given.log, "--pin", stranger.pin).said).toContain(
        "the pin file has no key of 'office.invalid/log'",
      );
    });

    it("finds a log rewritten by whoever holds its key, from a checkpoint that was kept elsewhere", async () => {
      const given = await givenHandedOut("office.invalid/log");
      await given.handOut();
      const [kept, later] = [given.checkpoint, given.file("later")];
      await typed(given.program, received.replace("122", "123"), `audit export ${later}`);
      const pinned = ["--pin", given.pin, "--checkpoint", kept];
      const honest = verified(later, ...pinned);
      expect(honest.said).toContain("1 other checkpoints agree");
      expect(honest.status).toBe(0);

      // the same office, key and name, but another history
      for (const suffix of ["", "-wal", "-shm"])
        rmSync(`${given.program.db}${suffix}`, { force: true });
      rmSync(`${given.program.db}.checkpoints`, { recursive: true });
      await typed(
        given.program,
        "init --origin office.invalid/log",
        received.replace("改进", "改善"),
        assigned,
        received.replace("122", "123"),
        `audit export ${given.file("rewritten")}`,
      );
      expect(verified(given.file("rewritten"), "--pin", given.pin).status).toBe(0);
      const { status, said } = verified(given.file("rewritten"), ...pinned);
      expect(said).toContain(`events are not those that ${kept} stands for`);
      expect(status).toBe(6);
      // and one that is shorter than it was
      expect(
        verified(given.log, "--pin", given.pin, "--checkpoint", path.join(later, "checkpoint"))
          .said,
      ).toContain("what followed has been cut off");
    });

    it("demands the witnesses that the pin file demands, and says when they cosigned", async () => {
      const given = await givenHandedOut();
      await cosigned(given);
      await given.handOut();
      for (const thing of [given.log, given.case, given.checkpoint]) {
        const { status, said } = verified(thing, "--pin", given.pin);
        expect(said).toContain("cosigned by audit.example/w1 at 2021-12-31T04:00:00Z");
        expect(status).toBe(0);
      }
      altered(given.checkpoint, (text) => text.replace(/— audit\.example.*\n/, ""));
      const { status, said } = verified(given.checkpoint, "--pin", given.pin);
      expect(said).toContain("fewer witnesses cosigned than the pin file demands");
      expect(status).toBe(6);
    });

    it("refuses an export, a case and a checkpoint with any one byte changed", async () => {
      const given = await givenHandedOut();
      await cosigned(given);
      await given.handOut();
      const things = [given.log, given.case, given.checkpoint];
      const { stdout, stderr } = python(driver, "change", given.pin, ...things);
      expect(stderr).toBe("");
      const { tried, accepted } = JSON.parse(stdout) as { tried: number; accepted: string[] };
      expect(accepted).toEqual([]);
      expect(tried).toBeGreaterThan(5000);
    }, 120_000);

    it.skipIf(!hasSm3)("reads a log of SM3 where Python has it", async () => {
      const given = await givenHandedOut("office.invalid/log.sm3");
      await given.handOut();
      for (const thing of [given.log, given.case, given.checkpoint]) {
        expect(verified(thing, "--pin", given.pin)).toMatchObject({ status: 0 });
      }
      altered(path.join(given.case, "case.jsonl"), (text) => text.replace("经办人甲", "经办人乙"));
      expect(verified(given.case, "--pin", given.pin)).toMatchObject({ status: 6 });
    });
  },
);
