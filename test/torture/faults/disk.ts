/**
 * @module disk — a disk under the tests' hands: what a program wrote to it is known call by call, and what a
 * power cut would leave of it can be made.
 *
 * What is assumed of a disk: a file's bytes are safe once the file has been synced, a folder's names once
 * the folder has. Of all that came later anything may have arrived, or not: whole writes, or some of
 * their sectors, a later one without an earlier one. Names arrive in their order.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Dice } from "../frame.ts";

/** Compiles `disk.c` into a folder; undefined where that cannot be done. */
const compiled = (): string | undefined => {
  if (process.platform !== "linux") return undefined;
  const library = join(mkdtempSync(join(tmpdir(), "wuding-disk-")), "disk.so");
  const source = fileURLToPath(new URL("./disk.c", import.meta.url));
  const options = ["-shared", "-fPIC", "-O2", "-o", library, source, "-ldl", "-pthread"];
  const { status, stderr } = spawnSync("cc", options, { encoding: "utf8" });
  if (status === 0) return library;
  process.stderr.write(`torture: no C compiler, no watched disk: ${stderr ?? "cc is missing"}\n`);
  return undefined;
};

/** The library that watches a disk, undefined where it cannot be made: Linux and a C compiler are needed. */
export const watchedDisk = compiled();
process.once("exit", () => {
  if (watchedDisk !== undefined) rmSync(join(watchedDisk, ".."), { recursive: true, force: true });
});

/** The environment of a program whose disk is watched in a folder; what it does is written to `trace`. */
export const watching = (folder: string, trace?: string): Record<string, string> => ({
  LD_PRELOAD: watchedDisk ?? "",
  WUDING_DISK_FOLDER: folder,
  ...(trace !== undefined && { WUDING_DISK_TRACE: trace }),
});

/** One call, as it succeeded. */
export type Call =
  | Readonly<{ kind: "write"; name: string; offset: number; bytes: Buffer }>
  | Readonly<{ kind: "truncate"; name: string; size: number }>
  | Readonly<{ kind: "sync"; name: string }>
  | Readonly<{ kind: "unlink"; name: string }>
  | Readonly<{ kind: "rename" | "link"; name: string; to: string }>;

const kinds = {
  W: "write",
  T: "truncate",
  S: "sync",
  U: "unlink",
  R: "rename",
  L: "link",
} as const;

/** The calls of a trace, in order; those for the index of the write-ahead log, which no cut leaves behind, are left out. */
export const readTrace = (trace: string): readonly Call[] => {
  const bytes = readFileSync(trace);
  const calls: Call[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(10, at);
    const [letter = "", name = "", one = "", two = ""] = bytes.toString("utf8", at, end).split(" ");
    at = end + 1;
    const kind = kinds[letter as keyof typeof kinds];
    let call: Call;
    if (kind === "write") {
      const length = Number(two);
      call = { kind, name, offset: Number(one), bytes: bytes.subarray(at, at + length) };
      at += length + 1;
    } else if (kind === "truncate") call = { kind, name, size: Number(one) };
    else if (kind === "rename" || kind === "link") call = { kind, name, to: one };
    else call = { kind, name };
    if (!name.endsWith("-shm")) calls.push(call);
  }
  return calls;
};

type Change = Extract<Call, { kind: "write" | "truncate" }>;

/** A file as the disk has it: what is safe, and what has been asked for since. */
type StoredFile = { safe: Buffer; size: number; pending: Change[] };

/** Changes of a folder's names: a name leads to a file, or to none. */
type Naming = readonly (readonly [name: string, file: StoredFile | undefined])[];

const sectorBytes = 512;

const withRoom = (file: StoredFile, size: number): void => {
  if (file.safe.length >= size) return;
  const grown = Buffer.alloc(Math.max(size, file.safe.length * 2));
  file.safe.copy(grown, 0, 0, file.size);
  file.safe = grown;
};

const put = (file: StoredFile, offset: number, bytes: Uint8Array): void => {
  const end = offset + bytes.length;
  withRoom(file, end);
  file.safe.set(bytes, offset);
  file.size = Math.max(file.size, end);
};

const cutTo = (file: StoredFile, size: number): void => {
  withRoom(file, size);
  if (size < file.size) file.safe.fill(0, size, file.size);
  file.size = size;
};

const change = (file: StoredFile, made: Change): void => {
  if (made.kind === "write") put(file, made.offset, made.bytes);
  else cutTo(file, made.size);
};

/** A change that was under way: it arrived, or did not, or some of its sectors did. */
const perhapsChange = (file: StoredFile, made: Change, dice: Dice): void => {
  const fate = dice(4);
  if (fate < 2) return;
  if (made.kind === "truncate" || fate === 2) {
    change(file, made);
    return;
  }
  for (let at = 0; at < made.bytes.length;) {
    // sectors of the disk, wherever the write began
    const end = Math.min(made.bytes.length, at + sectorBytes - ((made.offset + at) % sectorBytes));
    if (dice(2) === 1) put(file, made.offset + at, made.bytes.subarray(at, end));
    at = end;
  }
};

/** A disk that does what a trace says, call by call. */
export type Disk = Readonly<{
  take(call: Call): void;
  /** What would be found after a cut now: the bytes of each file. */
  afterCut(dice: Dice): ReadonlyMap<string, Buffer>;
}>;

/** A disk on which these files lie safe. */
export const diskWith = (files: ReadonlyMap<string, Buffer>): Disk => {
  const now = new Map<string, StoredFile>();
  const safe = new Map<string, StoredFile>();
  for (const [name, bytes] of files) {
    const file = { safe: Buffer.from(bytes), size: bytes.length, pending: [] };
    now.set(name, file);
    safe.set(name, file);
  }
  let naming: Naming[] = [];

  const rename = (changes: Naming): void => {
    naming.push(changes);
    applyTo(now, changes);
  };
  const applyTo = (names: Map<string, StoredFile>, changes: Naming): void => {
    for (const [name, file] of changes) {
      if (file === undefined) names.delete(name);
      else names.set(name, file);
    }
  };
  const fileOf = (name: string): StoredFile => {
    let file = now.get(name);
    if (file === undefined) {
      file = { safe: Buffer.alloc(0), size: 0, pending: [] };
      rename([[name, file]]);
    }
    return file;
  };

  return {
    take: (call) => {
      if (call.kind === "write" || call.kind === "truncate") fileOf(call.name).pending.push(call);
      else if (call.kind === "unlink") rename([[call.name, undefined]]);
      else if (call.kind === "link") rename([[call.to, now.get(call.name)]]);
      else if (call.kind === "rename") {
        rename([
          [call.to, now.get(call.name)],
          [call.name, undefined],
        ]);
      } else if (call.name === ".") {
        for (const changes of naming) applyTo(safe, changes);
        naming = [];
      } else {
        const file = fileOf(call.name);
        for (const made of file.pending) change(file, made);
        file.pending = [];
      }
    },
    afterCut: (dice) => {
      const names = new Map(safe);
      for (const changes of naming.slice(0, dice(naming.length + 1))) applyTo(names, changes);
      const found = new Map<string, Buffer>();
      for (const [name, { safe: bytes, size, pending }] of names) {
        const file = { safe: Buffer.from(bytes.subarray(0, size)), size, pending: [] };
        for (const made of pending) perhapsChange(file, made, dice);
        found.set(name, file.safe.subarray(0, file.size));
      }
      return found;
    },
  };
};

/** Puts the files of an image into an empty folder. */
export const layOut = (image: ReadonlyMap<string, Buffer>, folder: string): void => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of image) writeFileSync(join(folder, name), bytes);
};
