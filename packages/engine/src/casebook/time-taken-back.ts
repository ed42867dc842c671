/**
 * @module time-taken-back — where a log says that its recording time was taken back (校正时钟), and whether
 * the recording times say so too.
 */
import type { LogFault } from "../log/faults.ts";
import type { ClockAdjusted } from "../log/recorded-at.ts";
import { clockAdjusted, clockLagMaxMs } from "../log/recorded-at.ts";
import type { LogReader, RecordedEvent } from "../ports/event-store.ts";
import { isRecordedAt } from "../time/occurred-on.ts";

/** Where and when the recording time was taken back. */
export type ClockAdjustment = Readonly<{
  position: number;
  recordedAt: string;
  /** Place of the first record that lay ahead. */
  since: number;
  /** The instant of the last of them. */
  from: string;
  reason: string;
  actor: string;
  approvedBy: string;
}>;

/** The adjustment which says that a record was made while the clock ran ahead. */
export const adjustmentOf = (
  { globalPosition }: Pick<RecordedEvent, "globalPosition">,
  adjustments: readonly ClockAdjustment[],
): ClockAdjustment | undefined =>
  adjustments.find((one) => one.since <= globalPosition && globalPosition < one.position);

const isAdjustment = ({ stream, type }: Pick<RecordedEvent, "stream" | "type">): boolean =>
  stream === null && type === clockAdjusted;

/**
 * The adjustments among the events of a log, in their order. One whose `from` is no instant takes no time
 * back: a verifier refuses what follows it.
 * @param sinceOf where the interval of an older event began, which does not name it
 */
const adjustmentsAmong = async (
  events: readonly RecordedEvent[],
  sinceOf: (event: RecordedEvent, earliest: number) => number | Promise<number>,
): Promise<readonly ClockAdjustment[]> => {
  const adjustments: ClockAdjustment[] = [];
  for (const event of events.filter(isAdjustment)) {
    const { globalPosition: position, recordedAt, data, actor } = event;
    const { from, since, reason, approvedBy } = data as ClockAdjusted;
    if (!isRecordedAt(from)) continue;
    const earliest = (adjustments.at(-1)?.position ?? 0) + 1;
    adjustments.push({
      position,
      recordedAt,
      since: since ?? (await sinceOf(event, earliest)),
      from,
      reason,
      actor: actor.id,
      approvedBy,
    });
  }
  return adjustments;
};

/** The adjustments of a log that can be read back: an older event's interval is found in it. */
export const adjustmentsIn = (
  log: Pick<LogReader, "readAll">,
  events: readonly RecordedEvent[],
): Promise<readonly ClockAdjustment[]> =>
  adjustmentsAmong(events, async ({ globalPosition, recordedAt }, earliest) => {
    try {
      return await firstAhead(log, { before: globalPosition, instant: recordedAt });
    } catch {
      // what was changed cannot be read, and is told by the verifier; all since the last one may lie ahead
      return earliest;
    }
  });

/** The adjustments of a log that is read once, such as an export. */
export const adjustmentsRead = (
  events: readonly RecordedEvent[],
): Promise<readonly ClockAdjustment[]> => adjustmentsAmong(events, (_, earliest) => earliest);

const pageSize = 1000;

/** The place behind the last record, in front of a place, that does not lie ahead of an instant. */
export const firstAhead = async (
  log: Pick<LogReader, "readAll">,
  { before, instant }: Readonly<{ before: number; instant: string }>,
): Promise<number> => {
  let since = before;
  while (since > 0) {
    const limit = Math.min(pageSize, since);
    const page = await log.readAll({ after: since - limit - 1, limit });
    const sound = page.findLastIndex(({ recordedAt }) => recordedAt <= instant);
    if (sound >= 0) return since - limit + sound + 1;
    since -= limit;
  }
  return since;
};

/** The places whose instants `misplacedAdjustments` asks for. */
export const placesBeside = (events: readonly RecordedEvent[]): ReadonlySet<number> =>
  new Set(
    events.filter(isAdjustment).flatMap(({ data }) => {
      const { since } = data as ClockAdjusted;
      return Number.isSafeInteger(since) ? [(since as number) - 1, since as number] : [];
    }),
  );

/**
 * The adjustments that do not name the interval which the recording times show. Times rise between two
 * adjustments, so the interval is all ahead where its first record and each adjustment inside it are.
 * @param events those of the log itself, in order
 * @param instants the instants at `placesBeside`
 */
export const misplacedAdjustments = (
  events: readonly RecordedEvent[],
  instants: ReadonlyMap<number, string>,
): readonly LogFault[] => {
  const all = events.filter(isAdjustment);
  return all.flatMap(({ data, recordedAt, globalPosition: position }) => {
    const { since } = data as ClockAdjusted;
    if (since === undefined) return [];
    // the place was looked for a moment before the event was written
    const decided = new Date(Date.parse(recordedAt) - clockLagMaxMs).toISOString();
    const isAhead = (instant: string | undefined): boolean =>
      instant !== undefined && instant > decided;
    const isNamed =
      since < position &&
      (since === 0 || (instants.get(since - 1) ?? recordedAt) <= recordedAt) &&
      isAhead(instants.get(since)) &&
      all.every(
        (one) =>
          one.globalPosition <= since || one.globalPosition >= position || isAhead(one.recordedAt),
      );
    return isNamed ? [] : [{ kind: "ILLEGAL", position, case: null, what: misplaced }];
  });
};

const misplaced = {
  zh: "校正时钟所述的起点与记录时间不符",
  en: "the interval that the adjustment of the clock names is not the one that the recording times show",
};
