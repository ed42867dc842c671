/**
 * @module read-only.test — the casebook lies where nothing can be written: on a read-only medium, in a folder or in a
 * file that is another's. Every command of the program does there what it does elsewhere if it only looks, and says 7 if
 * it would write; nothing is changed, and an auditor can still verify.
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { loadGroups } from "../../../packages/cli/src/registry.ts";
import { diceOf, isLong, reportRow, scaled, seed, stopwatch } from "../frame.ts";
import { newFolder, wudingProgram } from "./programs.ts";

const isRoot = process.getuid?.() === 0;
const nobody = 65_534;
const year = fileURLToPath(new URL("../../../examples/linyi-2021/commands.jsonl", import.meta.url));

const run = (command: string, ...args: readonly string[]): boolean =>
  spawnSync(command, args).status === 0;

type Place = Readonly<{
  name: string;
  /** Makes a folder that holds a casebook, and what is beside it, read-only; gives the way back. */
  close: (folder: string) => (() => void) | undefined;
  /** Who works there: for root nothing is read-only but a medium. */
  uid?: number;
}>;

const otherUser = isRoot ? { uid: nobody } : {};
const giveTo = (uid: number, ...paths: readonly string[]): void => {
  if (isRoot) for (const path of paths) chownSync(path, uid, uid);
};

const medium: Place = {
  name: "a read-only medium",
  close: (folder) => {
    if (process.platform !== "linux" || !isRoot) return undefined;
    if (!run("mount", "--bind", folder, folder)) return undefined;
    const reopen = (): void => void run("umount", "-l", folder);
    if (run("mount", "-o", "remount,ro,bind", folder)) return reopen;
    reopen();
    return undefined;
  },
};
const folderOfAnother: Place = {
  name: "a read-only folder",
  close: (folder) => {
    chmodSync(join(folder, "wuding.db"), 0o444);
    chmodSync(folder, 0o555);
    return () => chmodSync(folder, 0o755);
  },
  ...otherUser,
};
const fileOfAnother: Place = {
  name: "a read-only file",
  close: (folder) => {
    chmodSync(join(folder, "wuding.db"), 0o444);
    chmodSync(folder, 0o755);
    giveTo(nobody, folder);
    return () => {};
  },
  ...otherUser,
};

/** What lies in a folder: names and bytes. */
const contentsOf = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((found) => found.isFile() && !found.name.endsWith("-shm"))
    .map((found) => join(found.parentPath, found.name))
    .toSorted()
    .map((file) => `${file.slice(folder.length)} ${hashOf(file)}`)
    // an empty write-ahead log says nothing
    .filter((line) => !line.endsWith(`-wal ${emptyHash}`))
    .join("\n");
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const hashOf = (file: string): string => sha256(readFileSync(file));
const emptyHash = sha256(Buffer.alloc(0));

/** Types a line in a folder of its own, with the casebook of another. */
const typed = async (
  line: string,
  folder: string,
  uid?: number,
): Promise<Readonly<{ code: number | null; err: string }>> => {
  const workplace = newFolder();
  if (uid !== undefined) giveTo(uid, workplace);
  const text = `wuding() { "$NODE" "$PROGRAM" "$@"; }; ${line}`;
  const child = spawn("sh", ["-c", text], {
    cwd: workplace,
    stdio: ["ignore", "ignore", "pipe"],
    ...(uid !== undefined && { uid, gid: uid }),
    env: {
      PATH: process.env["PATH"] ?? "",
      NODE: process.execPath,
      PROGRAM: wudingProgram,
      WUDING_DB: join(folder, "wuding.db"),
      WUDING_ACTOR: "经办人甲",
      LANG: "en_GB.UTF-8",
      HOME: workplace,
    },
  });
  let err = "";
  child.stderr.on("data", (chunk: Buffer) => {
    err += chunk.toString("utf8");
  });
  const [code] = (await once(child, "close")) as [number | null];
  return { code, err };
};

/** Casebooks of a year that has just begun, is half over, and is over. */
const casebooks = async (): Promise<readonly string[]> => {
  const lines = readFileSync(year, "utf8").trimEnd().split("\n");
  return Promise.all(
    [1, Math.floor(lines.length / 2), lines.length].map(async (count) => {
      const folder = newFolder();
      const commands = join(newFolder(), "commands.jsonl");
      writeFileSync(commands, `${lines.slice(0, count).join("\n")}\n`);
      const { code, err } = await typed(`wuding apply ${commands}`, folder);
      expect(err.slice(0, code === 0 ? 0 : 400)).toBe("");
      return folder;
    }),
  );
};

const copied = (folder: string): string => {
  const copy = join(newFolder(), "office");
  mkdirSync(copy);
  cpSync(folder, copy, { recursive: true });
  return copy;
};

/** What a command does where it may write: its exit code, and whether it did write beside or into the casebook. */
type Usual = Readonly<{ folder: string; code: number | null; writes: boolean }>;

/** Tries a command on one casebook after the other until it has something to do there. */
const usually = async (line: string, folders: readonly string[]): Promise<Usual> => {
  let last: Usual | undefined;
  for (const folder of folders) {
    const copy = copied(folder);
    const before = contentsOf(copy);
    const { code } = await typed(line, copy);
    last = { folder, code, writes: contentsOf(copy) !== before };
    if (code === 0) return last;
  }
  if (last === undefined) throw new Error("no casebook to try it on");
  return last;
};

/** Whether the program can be started by somebody else, here. */
const isReachable = (): boolean => {
  if (!isRoot) return true;
  const args = [wudingProgram, "--version"];
  return spawnSync(process.execPath, args, { uid: nobody, gid: nobody }).status === 0;
};

const canCloseMedium = ((): boolean => {
  const probe = join(newFolder(), "probe");
  mkdirSync(probe);
  const reopen = medium.close(probe);
  if (reopen === undefined) return false;
  let isClosed = false;
  try {
    accessSync(probe, constants.W_OK);
  } catch {
    isClosed = true;
  }
  reopen();
  return isClosed;
})();

/** Not typed here: they talk to a person, or bring a casebook of their own. */
const leftOut = new Set(["demo", "advance"]);

/** Writes a checkpoint beside the casebook where it can, and its copy wherever it is told to. */
const worksWithoutWriting = new Set(["backup"]);

const place = canCloseMedium ? medium : folderOfAnother;

describe.skipIf(process.platform === "win32" || !isReachable())(
  "a place that cannot be written to",
  () => {
    it(
      "lets every command look, and none write",
      async () => {
        const elapsed = stopwatch();
        const dice = diceOf(seed);
        const folders = await casebooks();
        const all = (await loadGroups())
          .flatMap(({ commands }) => commands)
          .filter(({ name }) => !leftOut.has(name));
        const commands = all.filter(
          ({ name }) =>
            isLong || /^(?:audit verify|receive|list|show)$/.test(name) || dice(10) === 0,
        );
        const broken: string[] = [];
        let [looking, writing, refused] = [0, 0, 0];
        for (const { name, example } of commands) {
          const usual = await usually(example, folders);
          const folder = copied(usual.folder);
          const before = contentsOf(folder);
          if (place.uid !== undefined) giveTo(place.uid, folder, join(folder, "wuding.db"));
          const reopen = place.close(folder);
          const { code, err } = await typed(example, folder, place.uid);
          reopen?.();
          if (contentsOf(folder) !== before) broken.push(`${name}: something was changed`);
          const mustWrite = usual.writes && !worksWithoutWriting.has(name);
          const expected = mustWrite ? [7] : usual.code === 0 ? [0] : [usual.code, 7];
          if (usual.writes) writing += 1;
          else if (usual.code === 0) looking += 1;
          else refused += 1;
          if (!expected.includes(code))
            broken.push(
              `${name}: exit ${code}, elsewhere ${usual.code}${usual.writes ? " and it writes" : ""}: ${err.trim().slice(0, 200)}`,
            );
        }
        const figures = { looking, writing, "refused everywhere": refused };
        reportRow(
          { fault: place.name, rounds: commands.length, lost: 0, altered: 0, broken, figures },
          elapsed,
        );
        expect(broken).toEqual([]);
        expect(looking).toBeGreaterThan(0);
        expect(writing).toBeGreaterThan(0);
      },
      scaled(120_000, 1_200_000),
    );
  },
);

describe.skipIf(process.platform === "win32" || !isReachable())("what belongs to another", () => {
  it.each([folderOfAnother, fileOfAnother])(
    "can be verified, and not written to: $name",
    async (other) => {
      const [folder = ""] = await casebooks();
      const copy = copied(folder);
      // temporary folders are for one user: the way there is opened
      chmodSync(dirname(copy), 0o755);
      if (other.uid !== undefined) giveTo(other.uid, copy, join(copy, "wuding.db"));
      const before = contentsOf(copy);
      const reopen = other.close(copy);
      const line = "--kind cppcc --session 15-5 --number 999 --title 建议 --proposer 李楠";
      const record = await typed(`wuding receive ${line}`, copy, other.uid);
      expect([record.code, record.err.length > 0]).toEqual([7, true]);
      expect(await typed("wuding audit verify", copy, other.uid)).toMatchObject({ code: 0 });
      expect(await typed("wuding list", copy, other.uid)).toMatchObject({ code: 0 });
      reopen?.();
      expect(contentsOf(copy)).toBe(before);
    },
    60_000,
  );
});
