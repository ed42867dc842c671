/**
 * @module given-golden — logs of past releases as files, byte for byte, and the way they were made: written
 * commands, a written clock, counted ids and keys whose seeds stand here. A release adds a folder of its
 * own; a folder that is there is never changed.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Calendar, Casebook, EventStore, Rulebook } from "@wuding/engine";
import { createCasebook } from "@wuding/engine";
import type { ProjectionStore } from "@wuding/engine";
import type { Signer } from "@wuding/engine/proof";
import { cosign, ed25519Signer, writePolicy } from "@wuding/engine/proof";
import { countingIds, settableClock } from "@wuding/engine/testing";

/** The logs of each release, by the hash of their tree. */
export const releases = ["0.1.0"] as const;
export const hashes = ["sha256", "sm3"] as const;
export type Golden = Readonly<{
  release: (typeof releases)[number];
  hash: (typeof hashes)[number];
}>;

export const originOf = ({ hash }: Golden): string =>
  hash === "sm3" ? "golden.invalid/log.sm3" : "golden.invalid/log";

/** Keys for tests only: everybody can make them from these seeds. */
const logSigner = (golden: Golden): Signer =>
  ed25519Signer(originOf(golden), "log", Buffer.alloc(32, "TEST ONLY, log. "));
const witnessSigner: Signer = ed25519Signer(
  "golden.invalid/witness",
  "witness",
  Buffer.alloc(32, "TEST ONLY, wit. "),
);

const folder = new URL("../fixtures/logs/", import.meta.url);

/** A file of a release, or of one of its logs. */
export const pathOf = (release: string, name: string): string =>
  fileURLToPath(new URL(`${release}/${name}`, folder));
export const fixture = ({ release, hash }: Golden, name: string): Buffer =>
  readFileSync(pathOf(release, `${hash}/${name}`));

/** One command: when and by whom it was recorded, and what it was. */
type Line = Readonly<{ at: string; by: string; command: Readonly<Record<string, unknown>> }>;

const linesOf = (release: string): readonly Line[] =>
  readFileSync(pathOf(release, "commands.jsonl"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);

/** What a release's logs begin with, whatever today's rulebooks say. */
const adopted = (release: string, name: string): unknown =>
  JSON.parse(readFileSync(pathOf(release, name), "utf8"));

type NewStore = (given: {
  clock: ReturnType<typeof settableClock>;
  ids: ReturnType<typeof countingIds>;
  origin: string;
}) => Promise<EventStore & ProjectionStore> | (EventStore & ProjectionStore);

/** What a log gives away. */
export type Recorded = Readonly<{
  casebook: Casebook;
  /** `events.jsonl` */
  events: Buffer;
  /** The signed note with the witness's line under it. */
  checkpoint: string;
  pin: string;
}>;

/** Records a release's commands anew. */
export const recordAgain = async (golden: Golden, newStore: NewStore): Promise<Recorded> => {
  const clock = settableClock("2021-01-04T01:00:00.000Z");
  const ids = countingIds();
  const origin = originOf(golden);
  const signer = logSigner(golden);
  const casebook = await createCasebook({
    store: await newStore({ clock, ids, origin }),
    clock,
    ids,
    origin,
    actor: { id: "经办人甲" },
    office: "某区发展改革局",
    rulebook: adopted(golden.release, "rulebook.json") as Rulebook,
    calendar: adopted(golden.release, "calendar.json") as Calendar,
  });
  const proving = await casebook.proving();
  await proving.adoptKey(signer.key);
  await proving.adoptKey(witnessSigner.key);
  for (const { at, by, command } of linesOf(golden.release)) {
    clock.set(at);
    await casebook.executeGiven(command, { actor: { id: by } });
  }
  const { note, size } = await proving.checkpoint(signer);
  const text = note.slice(0, note.indexOf("\n\n") + 1);
  await proving.keepCosignature(await cosign(text, 1_640_966_400, witnessSigner));
  const bodies: Uint8Array[] = [];
  await proving.export(size, {
    events: (page) => {
      for (const body of page) bodies.push(body, Buffer.of(10));
    },
    file: () => undefined,
  });
  const newest = await proving.newestCheckpoint();
  return {
    casebook,
    events: Buffer.concat(bodies),
    checkpoint: newest?.note ?? "",
    pin: writePolicy([signer.key], [witnessSigner.key], 1),
  };
};
