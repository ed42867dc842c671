/**
 * @module contending-process — one of several programs that write to the same casebook at once, and what it
 * saw of it.
 *
 * Arguments: file, name of the process, number of commands. It says `ready` once the file is open and begins at
 * the first byte it is given, so that all begin together. When it is done it writes one line of JSON for each
 * command: a `Seen`.
 */
import { hash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { isEngineError } from "@wuding/engine";
import { openStore } from "@wuding/store";

/** What a process saw of one command. */
export type Seen = Readonly<{
  command: string;
  stream: string;
  /** The version that its event made, and its place in the log, as they were acknowledged. */
  version: number;
  position: number;
  /** Microseconds of the machine's monotonic clock, which all processes share. */
  asked: number;
  answered: number;
  /** How often somebody else had written first. */
  conflicts: number;
}>;

const [file = "", name = "", count = "0"] = process.argv.slice(2);
const store = await openStore(file, {
  clock: { now: () => Date.UTC(2026, 10, 22, 1, 2, 3, 456) },
  ids: { next: () => randomBytes(16).toString("base64url") },
});

const microseconds = (): number => Number(process.hrtime.bigint() / 1000n);

/** Every fifth command is about a case that all processes write to. */
const streamOf = (n: number): string =>
  n % 5 === 0 ? `a/1/shared-${(n / 5) % 4}` : `a/1/${name}-${n % 7}`;

const record = async (n: number): Promise<Seen> => {
  const command = `${name}-${n}`;
  const stream = streamOf(n);
  const event = {
    type: "ContactRecorded",
    dataVersion: 1,
    on: "2026-11-21",
    data: { summary: "就加快推进老旧小区改造提出意见" },
    from: "assigned",
    to: "contacted",
  } as const;
  const asked = microseconds();
  for (let conflicts = 0; ; conflicts++) {
    const expectedVersion = await store.streamVersion(stream);
    try {
      const { events } = await store.append({
        commandId: command,
        requestHash: hash("sha256", command),
        actor: { id: name },
        streams: [{ stream, expectedVersion, rulebookHash: "sha256:0", events: [event] }],
      });
      const answered = microseconds();
      const version = events[0]?.streamVersion ?? 0;
      const position = events[0]?.globalPosition ?? -1;
      return { command, stream, version, position, asked, answered, conflicts };
    } catch (error) {
      if (!isEngineError(error, "VERSION_CONFLICT")) throw error;
    }
  }
};

process.stdout.write("ready\n");
await once(process.stdin, "data");
process.stdin.destroy();
const seen: Seen[] = [];
for (let n = 0; n < Number(count); n++) seen.push(await record(n));
process.stdout.write(seen.map((one) => `${JSON.stringify(one)}\n`).join(""));
await store.close();
