/**
 * @module given-log — a casebook as an office leaves it, the checkpoints of it that are kept elsewhere, and
 * the audit of a file, all in this process: thousands of files are audited.
 */
import { readFileSync, writeFileSync } from "node:fs";
import type { AuditReport, Casebook, LogFault, OutsideCheckpoint, Proving } from "@wuding/engine";
import { isEngineError } from "@wuding/engine";
import type { Policy } from "@wuding/engine/proof";
import { ed25519Signer, policyOf, signCheckpoint } from "@wuding/engine/proof";
import { inspectFile, openCasebook } from "@wuding/store";
import * as given from "../../packages/engine/test/given.ts";
import { newFile, open } from "../../packages/store/test/given-files.ts";

export const origin = "office.invalid/log";

/** The key of these logs. Its seed stands here for everybody to read: it proves nothing outside tests. */
export const testSigner = ed25519Signer(origin, "log", Buffer.alloc(32, "TEST ONLY "));
export const testPolicy: Policy = policyOf([testSigner.key]);

/** A casebook's file, closed, and the checkpoints of it that are kept outside. */
export type Office = Readonly<{ bytes: Buffer; outside: readonly OutsideCheckpoint[] }>;

/** An ordinary year of a case. */
const year = (number: number): readonly given.Step[] => {
  const own = { case: `cppcc/15-5/${number}` };
  const heard = [given.contact(own), given.progress(own)];
  return [
    given.receive({ number: String(number) }),
    given.assign(own),
    ...heard,
    given.answer({ ...own, contactPerson: "李某", contactPhone: "0555-2345678" }),
    given.feedback(own),
    given.close(own),
  ];
};

export type OfficeOptions = Readonly<{
  /** Events, all but those that one last command adds. */
  size: number;
  /** How many checkpoints are taken away on the way, at equal distances, the last one at the end. */
  checkpoints: number;
  /** What else happens in the end. */
  last?: (proving: Proving) => Promise<void>;
}>;

export const givenOffice = async ({ size, checkpoints, last }: OfficeOptions): Promise<Office> => {
  const file = newFile();
  const made = await given.newBook("2021-12-31", (options) =>
    open(file, { ...options, create: true }),
  );
  const proving = await made.book.proving();
  const outside: OutsideCheckpoint[] = [];
  const steps = (function* () {
    for (let number = 1; ; number++) yield* year(number);
  })();
  for (const step of steps) {
    await given.take(made, step);
    made.clock.advance(60_000);
    const now = await made.store.size();
    if (now < (size * (outside.length + 1)) / checkpoints) continue;
    const note = await signCheckpoint(await proving.head(), testSigner);
    outside.push({ name: `${now}.checkpoint`, note });
    if (outside.length === checkpoints) break;
  }
  await last?.(proving);
  await made.book.close();
  return { bytes: readFileSync(file), outside };
};

/** A file with these bytes. */
export const fileOf = (bytes: Uint8Array, file = newFile()): string => {
  writeFileSync(file, bytes);
  return file;
};

/** What an audit says: its report, or the first fault when the casebook cannot even be opened. */
export type Verdict = Readonly<{ fault: LogFault | null; more: number; report?: AuditReport }>;

/** Does what `audit verify` does with a file. */
export const audit = async (
  file: string,
  outside: readonly OutsideCheckpoint[] = [],
): Promise<Verdict> => {
  let casebook: Casebook | undefined;
  try {
    const { faults } = await inspectFile(file);
    const found = faults.map((what) => ({ ...unplaced, what }));
    casebook = await openCasebook(file, { readOnly: true, acceptAltered: true });
    const report = await casebook.audit({
      found,
      outside,
      ...(outside.length > 0 && { policy: testPolicy }),
    });
    return { fault: report.faults.first, more: report.faults.more, report };
  } catch (error) {
    if (!isEngineError(error, "INTEGRITY")) throw error;
    const { fault: kind, position, case: id, what } = error.data;
    return { fault: { kind: kind as LogFault["kind"], position, case: id, what }, more: 0 };
  } finally {
    await casebook?.close();
  }
};

const unplaced = { kind: "ALTERED", position: null, case: null } as const;
