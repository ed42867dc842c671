/** @module machine — on what it was measured: the first line of every table. */
import { statfsSync } from "node:fs";
import { availableParallelism, cpus, platform, release, tmpdir, totalmem } from "node:os";
import process from "node:process";

/** Magic numbers of `statfs(2)` for the file systems one meets. */
const fileSystems = new Map([
  [0xef53, "ext4"],
  [0x9123683e, "btrfs"],
  [0x58465342, "xfs"],
  [0x01021994, "tmpfs: in memory, no disk is measured"],
  [0x794c7630, "overlayfs"],
]);

/** @returns {string} processor × cores, memory, system, file system of the temporary folder, Node.js */
export const machineLine = () => {
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const { type } = statfsSync(tmpdir());
  const disk = fileSystems.get(type) ?? `file system 0x${type.toString(16)}`;
  return `${cpus()[0]?.model.trim()} × ${availableParallelism()}, ${gigabytes} GiB, ${platform()} ${release()}, ${disk}, Node.js ${process.version}`;
};
