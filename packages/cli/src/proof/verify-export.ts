/** @module verify-export — an export verified from its files alone: lines, checkpoint, files by their hash. */
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type {
  AuditReport,
  Label,
  LogFault,
  OutsideCheckpoint,
  RecordedEvent,
} from "@wuding/engine";
import {
  EngineError,
  adjustmentsRead,
  filesNamedIn,
  isEngineError,
  misplacedAdjustments,
  placesBeside,
  sha256Hex,
  verifyExport,
  withFault,
} from "@wuding/engine";
import type { Checkpoint, Policy, VerifierKey } from "@wuding/engine/proof";
import { openCheckpoint, policyOf, readCheckpoint, readVerifierKey } from "@wuding/engine/proof";
import { exportFiles } from "../commands/audit/export.ts";
import type { Shell } from "../shell.ts";

type Given = Readonly<{
  folder: string;
  outside: readonly OutsideCheckpoint[];
  policy: Policy | undefined;
  onProgress: (done: number, of: number) => void;
}>;

/**
 * Verifies an export.
 * @throws EngineError `UNPROVEN` for a checkpoint that is none or that the verifier's keys do not accept;
 *   `INVALID_INPUT` when a file cannot be read
 */
export const verifyExportFolder = async (
  { folder, outside, policy, onProgress }: Given,
  shell: Shell,
): Promise<AuditReport> => {
  const path = join(folder, exportFiles.checkpoint);
  const opened = (note: string) =>
    policy === undefined
      ? { ...readCheckpoint(note), cosignatures: [] }
      : openCheckpoint(note, policy);
  const own = { name: path, note: new TextDecoder().decode(await shell.readFile(path)) };
  const checkpoint = opened(own.note);
  const others = outside.map(({ name, note }) => sameLog(opened(note), checkpoint.origin, name));
  const named = new Set<string>();
  const lines = linesOf(join(folder, exportFiles.events), named);
  const keys: VerifierKey[] = [];
  const ofLog: RecordedEvent[] = [];
  const report = await verifyExport(lines, checkpoint, {
    known: others,
    onEvent: (event) => {
      keys.push(...adoptedIn(event));
      if (event.stream === null) ofLog.push(event);
    },
    onProgress: (done) => onProgress(done, checkpoint.size),
  });
  let { faults } = report;
  if (faults.first === null) {
    const instants = await instantsIn(join(folder, exportFiles.events), placesBeside(ofLog));
    faults = misplacedAdjustments(ofLog, instants).reduce(withFault, faults);
  }
  for (const sha256 of named) {
    const fault = faultOfFile(folder, sha256);
    if (fault !== undefined) faults = withFault(faults, fault);
  }
  if (policy === undefined) {
    // with the keys that the log itself names, which shows that all is of one hand
    const adopted = policyOf(keys.filter(({ type }) => type === "log"));
    for (const one of [own, ...outside]) {
      const what = falseIn(one.note, adopted);
      if (what === undefined) continue;
      const told = { zh: `${one.name}：${what.zh}`, en: `${one.name}: ${what.en}` };
      faults = withFault(faults, { kind: "ALTERED", position: null, case: null, what: told });
    }
  }
  const sizes = others.map(({ size }) => size);
  return {
    origin: checkpoint.origin,
    ...report,
    faults,
    checked: { ...report.checked, files: named.size },
    clockAdjustments: await adjustmentsRead(ofLog),
    unnamedFiles: surplusFiles(folder, named),
    comparedOutside: others.length > 0 || checkpoint.cosignatures.length > 0,
    checkpoints: {
      kept: 1,
      beside: 0,
      outside: others.length,
      newestOutside: others.length === 0 ? null : Math.max(...sizes),
      pinned: policy !== undefined,
      newestPinned: policy === undefined ? null : Math.max(checkpoint.size, ...sizes),
      isSigned: true,
      cosignatures: checkpoint.cosignatures,
    },
  };
};

/** The keys that an event adopts. */
const adoptedIn = ({ type, data }: RecordedEvent): readonly VerifierKey[] => {
  if (type !== "LogKeyAdopted" && type !== "WitnessAdopted") return [];
  const { key } = data as Readonly<{ key?: unknown }>;
  const found = typeof key === "string" ? readVerifierKey(key) : undefined;
  return found === undefined ? [] : [found];
};

/** The instants that the events at some lines bear; the lines have been verified. */
const instantsIn = async (
  file: string,
  places: ReadonlySet<number>,
): Promise<ReadonlyMap<number, string>> => {
  const instants = new Map<number, string>();
  if (places.size === 0) return instants;
  let place = 0;
  for await (const line of linesOf(file, new Set())) {
    if (places.has(place)) {
      const { at } = JSON.parse(new TextDecoder().decode(line)) as Readonly<{ at: string }>;
      instants.set(place, at);
    }
    place += 1;
  }
  return instants;
};

/** Why a checkpoint is not signed by these keys; undefined when it is. */
const falseIn = (note: string, keys: Policy): Label | undefined => {
  try {
    openCheckpoint(note, keys);
    return undefined;
  } catch (error) {
    if (!isEngineError(error, "UNPROVEN")) throw error;
    return error.data.what;
  }
};

/** How many files lie there that no event names. */
const surplusFiles = (folder: string, named: ReadonlySet<string>): number => {
  const files = join(folder, exportFiles.files);
  if (!isFolder(files)) return 0;
  return readdirSync(files).filter((name) => !named.has(name)).length;
};

const isFolder = (path: string): boolean =>
  existsSync(path) && statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

const sameLog = <Found extends Checkpoint>(found: Found, origin: string, name: string): Found => {
  if (found.origin === origin) return found;
  throw new EngineError("UNPROVEN", {
    what: {
      zh: `${name} 不是 ${origin} 的检查点`,
      en: `${name} is no checkpoint of ${origin}`,
    },
  });
};

/** What is wrong with a file that an event names. */
const faultOfFile = (folder: string, sha256: string): LogFault | undefined => {
  const file = join(folder, exportFiles.files, sha256);
  if (!existsSync(file))
    return { kind: "MISSING", position: null, case: null, what: absent(sha256) };
  return statSync(file).isFile() && sha256Hex(readFileSync(file)) === sha256
    ? undefined
    : { kind: "ALTERED", position: null, case: null, what: changed(sha256) };
};

const absent = (sha256: string): Label => ({
  zh: `附件 ${sha256} 不在导出目录中`,
  en: `The file ${sha256} is not in the export`,
});

const changed = (sha256: string): Label => ({
  zh: `附件 ${sha256} 与其哈希不符`,
  en: `The file ${sha256} does not match its hash`,
});

/** Longer lines are no events: what stands there is told as one that is malformed. */
const lineBytesMax = 70_000;

/** The lines of a file without their line feeds; a last line that is cut off counts as one. */
async function* linesOf(file: string, named: Set<string>): AsyncGenerator<Uint8Array> {
  let rest = Buffer.alloc(0);
  try {
    statSync(file);
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
      rest = Buffer.concat([rest, chunk as Buffer]);
      let start = 0;
      for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10, start)) {
        const line = rest.subarray(start, end);
        for (const sha256 of filesNamedIn(line.toString("utf8"))) named.add(sha256);
        yield line;
        start = end + 1;
      }
      rest = rest.subarray(start);
      if (rest.length > lineBytesMax) break;
    }
  } catch (error) {
    const { unreadable } = await import("../read-file.ts");
    throw unreadable(file, error);
  }
  // the bytes of an event have no line feed, so this one cannot be what was exported
  if (rest.length > 0) yield Buffer.concat([rest, Buffer.of(0xff)]);
}
