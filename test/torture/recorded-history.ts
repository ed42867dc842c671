/**
 * @module recorded-history — compares what many writers saw with the log that is left: nothing acknowledged is
 * lost, nothing is there twice, nothing has another place, and who asked after an answer came is behind it.
 */
import type { RecordedEvent } from "@wuding/engine";
import type { Seen } from "./contending-process.ts";

/** What of a recorded event is compared. */
export type Logged = Pick<
  RecordedEvent,
  "commandId" | "stream" | "streamVersion" | "globalPosition"
>;

/** What is wrong, one sentence each; nothing when the history is as if one had written after the other. */
export const historyFaults = (seen: readonly Seen[], log: readonly Logged[]): readonly string[] => [
  ...placeFaults(log),
  ...acknowledgementFaults(seen, log),
  ...orderFaults(seen),
];

/** Places without gap or duplicate, in the log and in every stream of it. */
const placeFaults = (log: readonly Logged[]): readonly string[] => {
  const ends = new Map<string | null, number>();
  const commands = new Set<string>();
  return log.flatMap(({ commandId, stream, streamVersion, globalPosition }, place) => {
    const version = (ends.get(stream) ?? 0) + 1;
    ends.set(stream, version);
    const isTwice = commands.has(commandId);
    commands.add(commandId);
    return [
      ...(globalPosition === place ? [] : [`position ${globalPosition} stands at ${place}`]),
      ...(stream === null || streamVersion === version
        ? []
        : [`${stream} has version ${streamVersion} where ${version} comes`]),
      ...(isTwice ? [`${commandId} was recorded twice`] : []),
    ];
  });
};

const acknowledgementFaults = (
  seen: readonly Seen[],
  log: readonly Logged[],
): readonly string[] => {
  const recorded = new Map(log.map((event) => [event.commandId, event]));
  const claimed = new Set<string>();
  return seen.flatMap(({ command, stream, version, position }) => {
    const place = `${stream} version ${version}`;
    const isClaimed = claimed.has(place);
    claimed.add(place);
    const found = recorded.get(command);
    if (found === undefined) return [`${command} was acknowledged and is lost`];
    const isThere =
      found.stream === stream &&
      found.streamVersion === version &&
      found.globalPosition === position;
    return [
      ...(isThere ? [] : [`${command} is not where it was acknowledged`]),
      ...(isClaimed ? [`two commands were acknowledged as ${place}`] : []),
    ];
  });
};

/** A command that was asked for after another one's answer stands behind it. */
const orderFaults = (seen: readonly Seen[]): readonly string[] => {
  const faults: string[] = [];
  let firstAnswerBehind = Infinity;
  for (const { command, asked, answered } of seen.toSorted((a, b) => b.position - a.position)) {
    if (firstAnswerBehind < asked) faults.push(`${command} stands before one answered earlier`);
    firstAnswerBehind = Math.min(firstAnswerBehind, answered);
  }
  return faults;
};
