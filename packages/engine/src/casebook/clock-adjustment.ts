/**
 * @module clock-adjustment — 校正时钟: after the clock had run ahead, two persons say that the true time is
 * the earlier one. It is the only way back; without it, everything after one record of the wrong year
 * would be refused until that year comes.
 */
import type { OfficeFacts } from "../case/office.ts";
import { isSameHand, officeKnown } from "../case/office.ts";
import type { InputOf } from "../case/commands.ts";
import type { Label } from "../case/terms.ts";
import { EngineError } from "../errors.ts";
import type { ClockAdjusted } from "../log/recorded-at.ts";
import type { LogFault } from "../log/faults.ts";
import { clockAdjusted, isBehind } from "../log/recorded-at.ts";
import type { Clock } from "../ports/clock.ts";
import type { LogReader, RecordedEvent } from "../ports/event-store.ts";
import { dateOf, shanghaiDate } from "../time/occurred-on.ts";
import { readName } from "./asking.ts";
import { lastRecord } from "./last-record.ts";
import type { Asking } from "./record.ts";
import type { RulesInForce } from "./rules-in-force.ts";

const source: Label = {
  zh: "记录时间只向前；确需向后的，由两人确认并留痕",
  en: "recording times only go forward; two persons take them back, and it is recorded",
};

const refusal = (rule: string, why: Label, repair: Label): EngineError<"RULE_REFUSED"> =>
  new EngineError("RULE_REFUSED", { case: null, rule, why, source, repair });

/** An adjustment that one hand alone consented to; the command refuses it, so it was not made by it. */
export const lonelyAdjustments = (
  events: readonly RecordedEvent[],
  office: OfficeFacts,
): readonly LogFault[] =>
  events.flatMap(({ type, data, actor, on, globalPosition: position }) => {
    if (type !== clockAdjusted) return [];
    const { approvedBy } = data as ClockAdjusted;
    const known = officeKnown(office, { before: position });
    if (!isSameHand(known, actor.id, approvedBy, dateOf(on))) return [];
    const what = {
      zh: `由同一人或者其代理人（${actor.id}、${approvedBy}）校正时钟`,
      en: `the clock was adjusted by one hand alone (${actor.id}, ${approvedBy})`,
    };
    return [{ kind: "ILLEGAL", position, case: null, what }];
  });

/** An adjustment that does not name the interval which its own instant gives. */
export const misplacedAdjustments = async (
  store: Pick<LogReader, "readAll">,
  events: readonly RecordedEvent[],
): Promise<readonly LogFault[]> => {
  const faults: LogFault[] = [];
  for (const { type, data, recordedAt, globalPosition: position } of events) {
    const { since } = data as ClockAdjusted;
    if (type !== clockAdjusted || since === undefined) continue;
    const around = await store.readAll({ after: Math.max(-1, since - 2), limit: 2 });
    const at = (place: number): string | undefined =>
      around.find(({ globalPosition }) => globalPosition === place)?.recordedAt;
    const isNamed =
      since < position && (at(since - 1) ?? "") <= recordedAt && (at(since) ?? "") > recordedAt;
    if (isNamed) continue;
    const what = {
      zh: "校正时钟所述的起点与记录时间不符",
      en: "the interval that the adjustment of the clock names is not the one that the recording times show",
    };
    faults.push({ kind: "ILLEGAL", position, case: null, what });
  }
  return faults;
};

/** The place of the first record since the last one that does not lie ahead of an instant. */
const firstAhead = async (
  store: Pick<LogReader, "size" | "readAll">,
  instant: string,
): Promise<number> => {
  let since = await store.size();
  while (since > 0) {
    const limit = Math.min(pageSize, since);
    const page = await store.readAll({ after: since - limit - 1, limit });
    const sound = page.findLastIndex(({ recordedAt }) => recordedAt <= instant);
    if (sound >= 0) return since - limit + sound + 1;
    since -= limit;
  }
  return since;
};

const pageSize = 1000;

/**
 * What the log is told of the wrong interval: it ends at the event's own instant.
 * @throws EngineError `RULE_REFUSED` where the clock is not behind, or no second person consents
 */
export const clockAdjustment = async (
  { store, clock }: Readonly<{ store: Pick<LogReader, "size" | "readAll">; clock: Clock }>,
  { office }: RulesInForce,
  { reason, approvedBy }: InputOf<"adjust-clock">,
  { actor }: Asking,
): Promise<ClockAdjusted> => {
  readName(approvedBy, "approvedBy");
  const now = clock.now();
  if (isSameHand(office, actor.id, approvedBy, shanghaiDate(now))) {
    throw refusal(
      "twoPersons",
      {
        zh: `${actor.id} 与 ${approvedBy} 是同一人或者互为代理`,
        en: `${actor.id} and ${approvedBy} are one person, or one acts for the other`,
      },
      {
        zh: "请由另一位工作人员确认，写在 --approved-by。",
        en: "Somebody else must consent; name him with --approved-by.",
      },
    );
  }
  const last = await lastRecord(store);
  if (last === undefined || !isBehind(now, last.recordedAt)) {
    throw refusal(
      "clockBehind",
      {
        zh: `系统时间 ${new Date(now).toISOString()} 并不早于最近一次记录的时间 ${last?.recordedAt ?? "—"}`,
        en: `the clock says ${new Date(now).toISOString()}, which is not behind the last record at ${last?.recordedAt ?? "—"}`,
      },
      {
        zh: "无须校正；可以直接记录。",
        en: "Nothing needs to be taken back; go on recording.",
      },
    );
  }
  const since = await firstAhead(store, new Date(now).toISOString());
  return { from: last.recordedAt, since, reason, approvedBy };
};
