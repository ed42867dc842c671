/**
 * @module alarms — the questions that an auditor puts to a year's records first, one entry each. To add
 * one is to add an entry.
 */
import type { CaseId } from "../../case/case-id.ts";
import type { Assignment } from "../../case/events.ts";
import { canonicalJson } from "../../log/canonical-json.ts";
import { dateOf, recordedOn, shanghaiDate, shanghaiInstant } from "../../time/occurred-on.ts";
import type { CivilDate } from "../../time/civil-date.ts";
import { dayNumber } from "../../time/civil-date.ts";
import type { WorkingCalendar } from "../../rulebook/calendar/working-days.ts";
import { previousWorkingDay } from "../../rulebook/calendar/working-days.ts";
import type { RecordedEvent } from "../../ports/event-store.ts";
import type { ClockAdjustment } from "../time-taken-back.ts";
import type { Label } from "../../case/terms.ts";
import type { Alarm, AlarmFinding, SeenCase } from "./alarm.ts";
import { eventsOf, findingAt, inEachCase } from "./alarm.ts";

/** Below these, a share says nothing. */
const formsMin = 5;
const formsShare = 0.8;
const waiversMin = 3;
const waiversShare = 0.5;
const burstMin = 10;
const burstDays = 30;

const percent = (share: number): string => `${share * 100}%`;

export const alarms = {
  "own-rating": {
    label: { zh: "评价由承办方录入", en: "ratings entered by the office itself" },
    why: {
      zh: "评价应由提案人填写；由承办人或者代为录入的，应有书面依据可查",
      en: "a rating is the proposer's; one that the handler entered, or that was entered on behalf, needs a paper behind it",
    },
    threshold: {
      zh: "注明代录，或者录入人就是承办人",
      en: "marked as entered on behalf, or entered by the handler",
    },
    watch: inEachCase((seen) =>
      eventsOf(seen, "FeedbackReceived").flatMap((event) => {
        const { enteredOnBehalf } = event.data;
        const isHandler = handlersOf(seen).has(event.actor.id);
        if (!enteredOnBehalf && !isHandler) return [];
        const what = isHandler
          ? {
              zh: `由承办人 ${event.actor.id} 录入`,
              en: `entered by the handler ${event.actor.id}`,
            }
          : { zh: `由 ${event.actor.id} 代录`, en: `entered on behalf by ${event.actor.id}` };
        return [findingAt(seen.id, event, what)];
      }),
    ),
  },
  "contact-after-reply": {
    label: { zh: "答复之后补录沟通", en: "contacts recorded after the answer" },
    why: {
      zh: "沟通应在答复之前；答复后才录入而日期写在答复前的，应核对沟通是否真实发生",
      en: "a contact comes before the answer; one that is dated before and recorded after may never have been",
    },
    threshold: {
      zh: "发生日期不晚于答复，录入晚于答复的录入",
      en: "dated not after the answer, recorded after it was",
    },
    watch: inEachCase((seen) => {
      const replies = eventsOf(seen, "ReplyDelivered");
      return eventsOf(seen, "ContactRecorded").flatMap((event) => {
        const isBackdated = replies.some(
          (reply) =>
            reply.globalPosition < event.globalPosition && dateOf(event.on) <= dateOf(reply.on),
        );
        const what = { zh: "答复录入之后才录入", en: "recorded after the answer was" };
        return isBackdated ? [findingAt(seen.id, event, what)] : [];
      });
    }),
  },
  "ratings-on-one-day": {
    label: { zh: "评价集中在同一天", en: "nearly all ratings on one day" },
    why: {
      zh: "提案人不会约定同一天反馈；集中在一天的，应核对征询意见表原件",
      en: "proposers do not agree on a day; forms that all came back on one are to be seen on paper",
    },
    threshold: {
      zh: `不少于 ${formsMin} 份，且同一天的不少于 ${percent(formsShare)}`,
      en: `at least ${formsMin} forms, ${percent(formsShare)} or more on one day`,
    },
    watch: () => {
      const forms: AlarmFinding[] = [];
      return {
        see: (seen) => {
          for (const event of eventsOf(seen, "FeedbackReceived")) {
            forms.push(findingAt(seen.id, event, onOneDay));
          }
        },
        findings: () =>
          mostOn(forms, ({ on }) => dateOf(on)).filter(
            (_, __, same) => forms.length >= formsMin && same.length >= forms.length * formsShare,
          ),
      };
    },
  },
  "ratings-on-last-day": {
    label: { zh: "评价集中在年度最后一天", en: "nearly all ratings on the last day of the year" },
    why: {
      zh: "年末最后一天集中收回评价，多为年度考核之前补办；应核对征询意见表原件和送达记录",
      en: "forms that all came back as the year ended were wanted for its assessment; they are to be seen on paper",
    },
    threshold: {
      zh: `同一年不少于 ${formsMin} 份，且该年最后一天或者最后一个工作日的不少于 ${percent(formsShare)}`,
      en: `at least ${formsMin} forms of a year, ${percent(formsShare)} or more on its last day or its last working day`,
    },
    watch: ({ calendar }) => {
      const years = new Map<string, AlarmFinding[]>();
      return {
        see: (seen) => {
          for (const event of eventsOf(seen, "FeedbackReceived")) {
            const year = event.on.slice(0, 4);
            const what = {
              zh: `在 ${year} 年最后一天或者最后一个工作日`,
              en: `on the last day, or the last working day, of ${year}`,
            };
            years.set(year, [...(years.get(year) ?? []), findingAt(seen.id, event, what)]);
          }
        },
        findings: () =>
          [...years].flatMap(([year, forms]) => {
            const days = lastDaysOf(year, calendar);
            const last = forms.filter(({ on }) => days.has(dateOf(on)));
            const isRaised = forms.length >= formsMin && last.length >= forms.length * formsShare;
            return isRaised ? last : [];
          }),
      };
    },
  },
  "rating-on-reply-day": {
    label: { zh: "答复当日即获满意", en: "satisfied on the day of the answer" },
    why: {
      zh: "提案人尚未及细看答复；应核对征询意见表的送达和收回",
      en: "the proposer has hardly read the answer; when the form went out and came back is to be seen",
    },
    threshold: { zh: "评价与答复同日", en: "the form is dated on the day of the answer" },
    watch: inEachCase((seen) => {
      const days = new Set(eventsOf(seen, "ReplyDelivered").map(({ on }) => dateOf(on)));
      return eventsOf(seen, "FeedbackReceived").flatMap((event) =>
        days.has(dateOf(event.on)) && event.data.result === "satisfied"
          ? [findingAt(seen.id, event, { zh: "与答复同日", en: "on the day of the answer" })]
          : [],
      );
    }),
  },
  "extension-at-expiry": {
    label: { zh: "到期当日才延期", en: "extensions on the day of expiry" },
    why: {
      zh: "延期应在期限届满前提出并经同意；到期当日或者到期后才录入的，应核对批准日期",
      en: "an extension is asked for and granted before the term ends; when the consent was given is to be seen",
    },
    threshold: {
      zh: "发生在到期当日，或者录入晚于原定时限",
      en: "dated on the day that was due, or recorded after it",
    },
    watch: inEachCase((seen) =>
      eventsOf(seen, "DeadlineExtended").flatMap((event) => {
        const { from } = event.data;
        const isOnDay = dateOf(event.on) === from;
        const isAfter = recordedOn(event) > from;
        if (!isOnDay && !isAfter) return [];
        const what = isOnDay
          ? { zh: `原定 ${from}，当日延期`, en: `due on ${from}, extended on that day` }
          : { zh: `原定 ${from}，其后录入`, en: `due on ${from}, recorded after it` };
        return [findingAt(seen.id, event, what)];
      }),
    ),
  },
  "late-burst": {
    label: { zh: "集中补录", en: "bursts of late entries" },
    why: {
      zh: "一人一日之内补录大量陈年事项，多为检查之前补台账",
      en: "many facts of long ago recorded by one person on one day are a ledger made up before an inspection",
    },
    threshold: {
      zh: `同一人同一日录入不少于 ${burstMin} 条 ${burstDays} 日以前的事项`,
      en: `${burstMin} or more facts older than ${burstDays} days, by one person on one day`,
    },
    watch: () => {
      const bursts = new Map<string, Burst>();
      return {
        see: (seen) => {
          for (const event of seen.events) {
            const day = recordedOn(event);
            if (dayNumber(day) - dayNumber(dateOf(event.on)) <= burstDays) continue;
            const key = canonicalJson([day, event.actor.id]);
            const { entries, first } = bursts.get(key) ?? { entries: 0, first: null };
            const isEarlier = first === null || event.globalPosition < first.event.globalPosition;
            bursts.set(key, {
              entries: entries + 1,
              first: isEarlier ? { id: seen.id, event } : first,
            });
          }
        },
        findings: () =>
          [...bursts.values()].flatMap(({ entries, first }) => {
            if (entries < burstMin || first === null) return [];
            const { id, event } = first;
            const [actor, day] = [event.actor.id, recordedOn(event)];
            const what = {
              zh: `${actor} 于 ${day} 补录 ${entries} 条，此为第一条`,
              en: `${entries} recorded by ${actor} on ${day}, this one first`,
            };
            return [{ ...findingAt(id, event, what), entries }];
          }),
      };
    },
  },
  "many-waivers": {
    label: { zh: "大量免予走访", en: "contact waived in many cases" },
    why: {
      zh: "免予走访由提案人提出；过多的，应向提案人核实",
      en: "a waiver is the proposer's wish; where there are many, the proposers are to be asked",
    },
    threshold: {
      zh: `不少于 ${waiversMin} 件，且不少于全部的 ${percent(waiversShare)}`,
      en: `at least ${waiversMin} cases, ${percent(waiversShare)} or more of all`,
    },
    watch: () => {
      const waived: AlarmFinding[] = [];
      let cases = 0;
      return {
        see: (seen) => {
          cases += 1;
          const [event] = eventsOf(seen, "ContactWaived");
          const what = { zh: "提案人提出免予走访", en: "the proposer asked not to be visited" };
          if (event !== undefined) waived.push(findingAt(seen.id, event, what));
        },
        findings: () =>
          waived.length >= waiversMin && waived.length >= cases * waiversShare ? waived : [],
      };
    },
  },
  "clock-adjusted": {
    label: { zh: "两人校正时钟", en: "the clock adjusted by two persons" },
    why: {
      zh: "校正之后的记录时间早于校正之前的；时钟如未曾超前，就是倒签，应与外部检查点的见证时间核对",
      en: "what follows bears earlier times than what came before; if the clock had never run ahead, it is back-dating: compare the times of witnesses outside",
    },
    threshold: { zh: "每一次", en: "each one" },
    watch: ({ clockAdjustments }) => ({
      see: () => undefined,
      findings: () =>
        clockAdjustments.map((adjustment) => ({
          case: null,
          position: adjustment.position,
          on: recordedOn(adjustment),
          recordedAt: shanghaiInstant(adjustment.recordedAt),
          what: takenBack(adjustment),
          entries: adjustment.position - adjustment.since,
        })),
    }),
  },
} as const satisfies Readonly<Record<string, Alarm>>;

export type AlarmId = keyof typeof alarms;

/** Who took the time back, from when to when, and over which records. */
const takenBack = (adjustment: ClockAdjustment): Label => {
  const { position, since, from, recordedAt, actor, approvedBy } = adjustment;
  const [ahead, truth] = [shanghaiInstant(from), shanghaiInstant(recordedAt)];
  const days = dayNumber(shanghaiDate(Date.parse(from))) - dayNumber(recordedOn(adjustment));
  const [count, last] = [position - since, position - 1];
  return {
    zh: `${actor}、${approvedBy} 由 ${ahead} 退回 ${truth}（${days} 天），涉及第 ${since} 至第 ${last} 条，共 ${count} 条记录`,
    en: `${actor} and ${approvedBy} took it back by ${days} ${days === 1 ? "day" : "days"}, from ${ahead} to ${truth}, over ${count} ${count === 1 ? "record" : "records"}, ${since} to ${last}`,
  };
};

const onOneDay = { zh: "与多数评价同日", en: "on the same day as most" };

/** What one person recorded late on one day, and the first of it. */
type Burst = Readonly<{
  entries: number;
  first: Readonly<{ id: CaseId; event: RecordedEvent }> | null;
}>;

/** Who has been the handler of a case, by the 五定 as they were recorded and as they were corrected. */
const handlersOf = (seen: SeenCase): ReadonlySet<string> =>
  new Set(
    [
      ...eventsOf(seen, "CaseAssigned"),
      ...eventsOf(seen, "CaseReassigned"),
      ...eventsOf(seen, "EntryAmended").map(({ data }) => data),
    ].flatMap(({ data }) => {
      const { assignment } = data as Readonly<{ assignment?: Assignment }>;
      return assignment === undefined ? [] : [assignment.person];
    }),
  );

/** The last day of a year and its last working day, which may be the same. */
const lastDaysOf = (year: string, calendar: WorkingCalendar): ReadonlySet<CivilDate> => {
  const last = `${year}-12-31`;
  return new Set([last, previousWorkingDay(last, calendar).date]);
};

/** Those of the commonest key. */
const mostOn = <One>(all: readonly One[], keyOf: (one: One) => string): readonly One[] => {
  const groups = new Map<string, One[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return [...groups.values()].reduce<readonly One[]>(
    (most, group) => (group.length > most.length ? group : most),
    [],
  );
};
