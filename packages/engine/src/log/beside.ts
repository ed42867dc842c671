/**
 * @module beside — compares what lies beside the log with what its events say: the table of commands, the
 * personal values, the documents.
 *
 * A command has one row, whose events are exactly those that name it, in one piece; one that changed
 * nothing has a row without events. A personal value opens the seal that an event holds; it may be missing
 * only where an event says that it was forgotten, and then it must be. A document is what its hash says.
 * Commands are compared in step with the walk over the events; of personal values and documents memory
 * holds the seal or hash of each that an event names, never a value.
 */
import type { CaseId } from "../case/case-id.ts";
import type { FileRef } from "../case/events.ts";
import type { Label } from "../case/terms.ts";
import type { LogReader, RecordedEvent, StoredCommand } from "../ports/event-store.ts";
import { besideClauses as clauses } from "./beside-clauses.ts";
import type { FaultKind, Faults } from "./faults.ts";
import { noFaults, withFault } from "./faults.ts";
import { sha256Hex } from "./hash.ts";
import { sealOf } from "./personal.ts";
import { besideIn } from "./sealed-in.ts";

/** What is compared, in the order in which it is told. */
export const besideSteps = {
  commands: { zh: "命令表是否与记录相符", en: "the table of commands against the events" },
  personal: { zh: "个人信息是否与封存值相符", en: "personal values against their seals" },
  files: { zh: "文件是否与其哈希相符", en: "documents against their hashes" },
} as const satisfies Record<string, Label>;
export type BesideStep = keyof typeof besideSteps;

/** What was found beside the log. */
export type BesideReport = Readonly<{
  faults: Faults;
  /** Commands, personal values and documents that were looked at. */
  checked: Readonly<Record<BesideStep, number>>;
  /** Documents that no event names; they prove nothing and harm nothing. */
  unnamedFiles: number;
}>;

/** The comparison, fed by the walk over the events. */
export interface BesideVerifier {
  /** Takes each readable event once, in order. */
  take(event: RecordedEvent): void;
  /** Compares the commands up to here, after each page; not behind a fault, which would only be buried. */
  afterPage(walkHasFaults: boolean): Promise<void>;
  /** What was found in all, once the last event was taken; the last call. */
  finish(walk: Readonly<{ size: number; hasFaults: boolean }>): Promise<BesideReport>;
}

/** What the comparison reads. */
export type BesideReader = Pick<
  LogReader,
  "readCommands" | "readPersonal" | "listFiles" | "readFile"
>;

const pageSize = 1000;

/** Neighbouring events of one command. */
type Span = Readonly<{ commandId: string; case: CaseId | null; first: number; last: number }>;

/** Where something is first named. */
type Named = Readonly<{ position: number; case: CaseId | null }>;

export const besideVerifier = (store: BesideReader): BesideVerifier => {
  let faults = noFaults;
  const fault = (kind: FaultKind, at: Named | null, what: Label): void => {
    const { position, case: id } = at ?? { position: null, case: null };
    faults = withFault(faults, { kind, position, case: id, what });
  };
  const commands = commandsBeside(store, fault);
  const personal = personalBeside(store, fault);
  const files = filesBeside(store, fault);
  return {
    take: (event) => {
      const { globalPosition: position, stream, data } = event;
      const here = { position, case: stream };
      const beside = besideIn(data);
      commands.take(event);
      personal.take(event, here, beside.seals);
      files.take(here, beside.files);
    },
    afterPage: async (walkHasFaults) => {
      await commands.compare(!walkHasFaults);
    },
    finish: async ({ size, hasFaults }) => {
      // where events are missing or cannot be read, what they named is named by nobody
      const checked = {
        commands: hasFaults ? commands.count() : await commands.finish(size),
        personal: await personal.finish(hasFaults),
        files: await files.finish(),
      };
      return { faults, checked, unnamedFiles: files.unnamed() };
    },
  };
};

type NoteFault = (kind: FaultKind, at: Named | null, what: Label) => void;

const commandsBeside = (store: BesideReader, fault: NoteFault) => {
  let open: Span | null = null;
  let spans: Span[] = [];
  let page: readonly StoredCommand[] = [];
  let at = 0;
  let after: number | undefined;
  let seen = 0;

  const peek = async (): Promise<StoredCommand | undefined> => {
    if (at < page.length) return page[at];
    page = await store.readCommands({ limit: pageSize, ...(after !== undefined && { after }) });
    at = 0;
    after = page.at(-1)?.place ?? after;
    return page[0];
  };
  const pass = (): void => {
    at += 1;
    seen += 1;
  };

  /** Passes over the rows that come before a place in the log; only those without events may. */
  const passBefore = async (place: number): Promise<StoredCommand | undefined> => {
    for (let row = await peek(); row !== undefined; row = await peek()) {
      const isEmpty = row.last === row.first - 1;
      if (!isEmpty && row.first >= place) return row;
      if (isEmpty && row.first > place) return row;
      if (!isEmpty) fault("ALTERED", { position: row.first, case: null }, clauses.foreign(row));
      pass();
    }
    return undefined;
  };

  const compareSpan = async (span: Span): Promise<void> => {
    const named = { position: span.first, case: span.case };
    const row = await passBefore(span.first);
    if (row === undefined || row.first > span.first) {
      fault("ALTERED", named, clauses.noRow(span.commandId));
      return;
    }
    pass();
    if (row.commandId !== span.commandId) {
      fault("ALTERED", named, clauses.otherRow(span.commandId, row.commandId));
    } else if (row.last !== span.last) {
      fault("ALTERED", named, clauses.otherExtent(row, span));
    }
  };

  return {
    take: (event: RecordedEvent): void => {
      const { globalPosition: position, commandId } = event;
      if (open?.commandId === commandId) {
        open = { ...open, last: position };
        return;
      }
      if (open !== null) spans.push(open);
      open = { commandId, case: event.stream, first: position, last: position };
    },
    compare: async (isWanted: boolean): Promise<void> => {
      for (const span of isWanted ? spans : []) await compareSpan(span);
      spans = [];
    },
    count: (): number => seen,
    /** The last command, and the rows behind it. */
    finish: async (size: number): Promise<number> => {
      for (const span of open === null ? spans : [...spans, open]) await compareSpan(span);
      for (let row = await peek(); row !== undefined; row = await peek()) {
        const isBeyond = row.last >= size || row.first > size;
        if (isBeyond) fault("TRUNCATED", { position: size, case: null }, clauses.beyond(row));
        else if (row.last !== row.first - 1)
          fault("ALTERED", { position: row.first, case: null }, clauses.foreign(row));
        pass();
      }
      return seen;
    },
  };
};

const personalBeside = (store: BesideReader, fault: NoteFault) => {
  const sealed = new Map<string, Named>();
  const forgotten = new Map<string, Named>();

  const checkRow = async (
    { seal, salt, value }: Readonly<{ seal: string; salt: string; value: string }>,
    walkHasFaults: boolean,
  ): Promise<void> => {
    const named = sealed.get(seal);
    const erased = forgotten.get(seal);
    if (sealOf(salt, value) !== seal) fault("ALTERED", named ?? null, clauses.otherValue);
    if (erased !== undefined) fault("ALTERED", erased, clauses.notErased);
    else if (named === undefined && !walkHasFaults) fault("ALTERED", null, clauses.unnamedValue);
    sealed.delete(seal);
  };

  return {
    take: ({ type, data }: RecordedEvent, here: Named, seals: readonly string[]): void => {
      for (const seal of seals) if (!sealed.has(seal)) sealed.set(seal, here);
      if (type !== "PersonalDataForgotten") return;
      for (const seal of forgottenIn(data)) forgotten.set(seal, here);
    },
    finish: async (walkHasFaults: boolean): Promise<number> => {
      let seen = 0;
      let after: string | undefined;
      for (;;) {
        const page = await store.readPersonal({
          limit: pageSize,
          ...(after !== undefined && { after }),
        });
        if (page.length === 0) break;
        for (const row of page) await checkRow(row, walkHasFaults);
        seen += page.length;
        after = page.at(-1)?.seal;
      }
      for (const [seal, named] of sealed) {
        if (!forgotten.has(seal)) fault("MISSING", named, clauses.noValue);
      }
      return seen;
    },
  };
};

/** The seals that a forgetting names, as far as its data can be read. */
const forgottenIn = (data: object): readonly string[] => {
  const { values } = data as Readonly<{ values?: unknown }>;
  if (!Array.isArray(values)) return [];
  return values.flatMap((one: unknown) => {
    const seal = (one as Readonly<{ seal?: unknown }> | null)?.seal;
    return typeof seal === "string" ? [seal] : [];
  });
};

const filesBeside = (store: BesideReader, fault: NoteFault) => {
  const named = new Map<string, Named & Readonly<{ size: number }>>();
  let unnamed = 0;

  /** One document is in memory at a time. */
  const checkFile = async (file: Readonly<{ sha256: string; size: number }>): Promise<void> => {
    const { sha256 } = file;
    const by = named.get(sha256);
    if (by === undefined) unnamed += 1;
    named.delete(sha256);
    const bytes = await store.readFile(sha256);
    const isWhole =
      bytes !== undefined &&
      bytes.length === file.size &&
      sha256Hex(bytes) === sha256 &&
      (by === undefined || by.size === file.size);
    if (!isWhole) fault("ALTERED", by ?? null, clauses.otherFile(sha256));
  };

  return {
    take: (here: Named, files: readonly FileRef[]): void => {
      for (const { sha256, size } of files) {
        if (!named.has(sha256)) named.set(sha256, { ...here, size });
      }
    },
    unnamed: (): number => unnamed,
    finish: async (): Promise<number> => {
      let seen = 0;
      let after: string | undefined;
      for (;;) {
        const page = await store.listFiles({
          limit: pageSize,
          ...(after !== undefined && { after }),
        });
        if (page.length === 0) break;
        for (const file of page) await checkFile(file);
        seen += page.length;
        after = page.at(-1)?.sha256;
      }
      for (const [sha256, by] of named) fault("MISSING", by, clauses.noFile(sha256));
      return seen;
    },
  };
};
