/**
 * @module full-disk.test — the program on a disk that is full: it says so with exit code 7, answers questions, and
 * records again as soon as there is room, without any repair.
 */
import { spawnSync } from "node:child_process";
import { closeSync, openSync, rmSync, statfsSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { GivenProgram } from "../../../packages/cli/test/given-program.ts";
import { errorOf, givenProgram } from "../../../packages/cli/test/given-program.ts";
import { reportRow, scaled, stopwatch } from "../frame.ts";
import { watchedDisk, watching } from "./disk.ts";
import { newFolder, smallOffice, started, wudingProgram } from "./programs.ts";

const mount = (...args: readonly string[]): boolean => spawnSync("mount", args).status === 0;
const unmount = (folder: string): void => void spawnSync("umount", ["-l", folder]);

/** Mounts a small disk; undefined where this process may not. */
const smallDisk = (): string | undefined => {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return undefined;
  const folder = newFolder();
  return mount("-t", "tmpfs", "-o", "size=4m", "tmpfs", folder) ? folder : undefined;
};

/** Fills a disk up to so many free bytes. */
const fill = (folder: string, freeBytes: number): string => {
  const filler = join(folder, "filler");
  const handle = openSync(filler, "w");
  const { bavail, bsize } = statfsSync(folder);
  writeSync(handle, Buffer.alloc(Math.max(0, bavail * bsize - freeBytes), 1));
  closeSync(handle);
  return filler;
};

const receive = (number: number, title = "关于加快推进老旧小区加装电梯的建议"): readonly string[] =>
  `--json receive --kind cppcc --session 15-5 --number ${number} --title ${title} --proposer 李楠 --on 2021-04-02`.split(
    " ",
  );
const sizeOf = (out: string): number => out.trim().split("\n").length;

/** What the program does while the disk fills and after room has been made; gives what was acknowledged. */
const roundOn = async (
  disk: string,
  { wuding }: GivenProgram,
  free: number,
  broken: string[],
): Promise<Readonly<{ acknowledged: number; lost: number }>> => {
  const db = join(disk, "casebook.db");
  const asked = (argv: readonly string[]) => wuding(["--db", db, ...argv]);
  const told = (text: string): void => void broken.push(`${free} bytes: ${text}`);
  const filler = fill(disk, free);
  const done: number[] = [];
  for (let number = 1; ; number++) {
    const ran = await asked(receive(number));
    if (ran.exitCode === 0) {
      done.push(number);
      continue;
    }
    const { code, data } = errorOf(ran);
    if (ran.exitCode !== 7 || code !== "STORE_UNAVAILABLE" || !/full/.test(JSON.stringify(data)))
      told(`refused with ${ran.exitCode} ${ran.err}`);
    break;
  }
  const listed = await asked(["--json", "list"]);
  if (listed.exitCode !== 0) told(`list: ${listed.exitCode} ${listed.err}`);
  const audited = await asked(["audit", "verify"]);
  if (audited.exitCode !== 0) told(`audit while full: ${audited.err}`);
  rmSync(filler);
  const again = await asked(receive(5000));
  if (again.exitCode !== 0) told(`with room again: ${again.err}`);
  const sound = await asked(["audit", "verify"]);
  if (sound.exitCode !== 0) told(`audit: ${sound.err}`);
  let lost = 0;
  for (const number of done) {
    if ((await asked(["show", `cppcc/15-5/${number}`])).exitCode !== 0) lost += 1;
  }
  return { acknowledged: done.length, lost };
};

const disk = smallDisk();

describe.skipIf(disk === undefined)("the program on a small disk", () => {
  const folder = disk ?? "";
  it(
    "says that the disk is full, answers, and records again when it is not",
    async () => {
      try {
        const elapsed = stopwatch();
        const office = await smallOffice();
        const program = givenProgram();
        const broken: string[] = [];
        const rounds = scaled(5, 200);
        let [acknowledged, lost] = [0, 0];
        for (let round = 0; round < rounds; round++) {
          for (const suffix of ["", "-wal", "-shm"])
            rmSync(join(folder, `casebook.db${suffix}`), { force: true });
          writeFileSync(join(folder, "casebook.db"), office);
          const found = await roundOn(folder, program, round * scaled(24, 1) * 4096, broken);
          acknowledged += found.acknowledged;
          lost += found.lost;
        }
        const fault = "disk full, program on a small file system";
        reportRow({ fault, rounds, lost, altered: 0, broken, figures: { acknowledged } }, elapsed);
        expect({ lost, broken }).toEqual({ lost: 0, broken: [] });
        expect(acknowledged).toBeGreaterThan(0);
      } finally {
        unmount(folder);
      }
    },
    scaled(120_000, 3_600_000),
  );
});

describe.skipIf(watchedDisk === undefined)(
  "the program where nothing can be written any more",
  () => {
    it("refuses to record with exit code 7 and answers all the same", async () => {
      const folder = newFolder();
      const db = join(folder, "casebook.db");
      writeFileSync(db, await smallOffice());
      const full = { ...watching(folder), WUDING_DISK_ROOM: "0" };
      const ran = (argv: readonly string[], env = {}) =>
        started(wudingProgram, ["--db", db, ...argv], env).ended;
      expect(await ran(receive(1), full)).toMatchObject({ code: 7 });
      const list = await ran(["--json", "list"], full);
      expect(list.code).toBe(0);
      expect(sizeOf(list.out)).toBeGreaterThan(0);
      expect(await ran(["audit", "verify"], full)).toMatchObject({ code: 0 });
      expect(await ran(receive(1))).toMatchObject({ code: 0 });
      expect(await ran(["audit", "verify"])).toMatchObject({ code: 0 });
    }, 60_000);
  },
);
