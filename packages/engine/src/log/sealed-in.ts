/**
 * @module sealed-in — what the data of an event names that lies beside the log: personal values by their
 * seals, documents by their hashes. It looks at shapes, not at types of events, so that nothing a later
 * type brings is overlooked.
 */
import type { FileRef } from "../case/events.ts";

/** A seal and where in the data it stands: `contactPhone`, `proposers[1].phone` with places from 1. */
export type SealedAt = Readonly<{ seal: string; path: string }>;

/** The seals in an event's data, in the order in which they stand there. */
export const sealsIn = (data: unknown, path = ""): readonly SealedAt[] => {
  if (!isObject(data)) return [];
  if (Array.isArray(data)) {
    return data.flatMap((one: unknown, place) => sealsIn(one, `${path}[${place + 1}]`));
  }
  const { sealed } = data;
  if (typeof sealed === "string") return [{ seal: sealed, path }];
  return Object.entries(data).flatMap(([name, one]) =>
    sealsIn(one, path === "" ? name : `${path}.${name}`),
  );
};

/** The seals and the documents that an event's data names; for every event of a walk, so without detours. */
export const besideIn = (
  data: unknown,
): Readonly<{ seals: readonly string[]; files: readonly FileRef[] }> => {
  const found = { seals: [], files: [] };
  gather(data, found);
  return found;
};

type Members = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Members => typeof value === "object" && value !== null;

const gather = (value: unknown, found: { seals: string[]; files: FileRef[] }): void => {
  if (!isObject(value)) return;
  const { sealed, sha256, size, name } = value;
  if (typeof sealed === "string") found.seals.push(sealed);
  if (typeof sha256 === "string" && typeof size === "number" && typeof name === "string") {
    found.files.push({ sha256, size, name });
  }
  // JSON has no inherited members
  for (const member in value) if (isObject(value[member])) gather(value[member], found);
};
