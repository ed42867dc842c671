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
import { firstAhead } from "./time-taken-back.ts";

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
  const ahead = { before: last.globalPosition + 1, instant: new Date(now).toISOString() };
  const since = await firstAhead(store, ahead);
  return { from: last.recordedAt, since, reason, approvedBy };
};
