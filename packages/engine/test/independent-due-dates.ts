/**
 * @module independent-due-dates — the due dates of the national rules counted anew from bare events and
 * the plain lists of a calendar, day by day. It shares nothing with the engine.
 */

/** What is read of an event. */
export type Fact = Readonly<{
  stream: string | null;
  type: string;
  on: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- the data of any event, read by hand
  data: any;
}>;

export type Days = Readonly<{
  edition: string;
  from: string;
  to: string;
  daysOff: readonly string[];
  makeUpDays: readonly string[];
}>;

const next = (day: string, by = 1): string =>
  new Date(Date.parse(day) + by * 86_400_000).toISOString().slice(0, 10);

const isWorked = (day: string, { daysOff, makeUpDays }: Days): boolean =>
  makeUpDays.includes(day) ||
  (![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()) && !daysOff.includes(day));

/** The last day of a term in working days, the day of the trigger not counted. */
const workingDays = (from: string, amount: number, days: Days): string => {
  let day = from;
  for (let left = amount; left > 0;) {
    day = next(day);
    if (isWorked(day, days)) left -= 1;
  }
  return day;
};

/** The same-numbered day some months on, or that month's last, moved to a working day. */
const months = (from: string, amount: number, days: Days): string => {
  const [year = 0, month = 0, number = 0] = from.split("-").map(Number);
  const lastDay = new Date(Date.UTC(year, month - 1 + amount + 1, 0)).getUTCDate();
  const end = Date.UTC(year, month - 1 + amount, Math.min(number, lastDay));
  let day = new Date(end).toISOString().slice(0, 10);
  while (!isWorked(day, days)) day = next(day);
  return day;
};

/** The national rules as an office has them on paper: from what, how long. */
const rules: Readonly<Record<string, readonly [Trigger, number, "months" | "working days"]>> = {
  "npc-reply": ["dispatch", 3, "months"],
  "npc-reply-2015": ["dispatch", 3, "months"],
  "cppcc-reply": ["dispatch", 3, "months"],
  "npc-reply-complex": ["dispatch", 6, "months"],
  "npc-reply-complex-2015": ["dispatch", 6, "months"],
  "cppcc-reply-complex": ["dispatch", 6, "months"],
  "co-opinion": ["dispatch", 1, "months"],
  rehandling: ["order", 1, "months"],
  "return-request": ["dispatch", 10, "working days"],
  publication: ["reply", 20, "working days"],
};
type Trigger = "dispatch" | "order" | "reply";

/** A stored due date beside the one counted here. */
export type Compared = Readonly<{
  stream: string;
  id: string;
  rule: string;
  stored: Readonly<{ dueOn: string; countedFrom: string }>;
  counted: Readonly<{ dueOn: string; countedFrom: string }>;
}>;

/**
 * Every due date that the events hold, counted again.
 * @param calendars by edition; the last one has the days where an event names none
 */
export const countDueDates = (
  facts: readonly Fact[],
  calendars: ReadonlyMap<string, Days>,
): readonly Compared[] => {
  const compared: Compared[] = [];
  const came = new Map<string, Partial<Record<Trigger, string>>>();
  for (const { stream, type, on, data } of facts) {
    if (stream === null) continue;
    const known = came.get(stream) ?? {};
    if (type === "CaseReceived") known.dispatch = data.redispatched?.on ?? data.dispatchedOn;
    if (type === "RehandlingOrdered") known.order = on;
    // the national rulebook lets every term begin anew with a redispatch
    if (type === "CaseRedispatched" && data.role !== undefined) {
      known.dispatch = on;
      if (known.order !== undefined) known.order = on;
    }
    if (type === "ReplyDelivered") known.reply = on;
    // a reply that is to be published after all is so from the decision on
    if (type === "DisclosureDecided" && data.deadlines.length > 0) known.reply = on;
    came.set(stream, known);
    for (const due of data.deadlines ?? []) {
      const { id, rule, dueOn, countedFrom, calendar, extended } = due;
      const days = calendars.get(calendar) ?? [...calendars.values()].at(-1);
      const found = rules[rule];
      const { dispatch = "", order = dispatch, reply = "" } = known;
      const compare = (from: string, end: string): void => {
        const counted = { dueOn: end, countedFrom: from };
        compared.push({ stream, id, rule, stored: { dueOn, countedFrom }, counted });
      };
      if (found === undefined || days === undefined) {
        // fixed by a person: the 五定, a promise, or the day by which an opinion is wanted
        if (type === "OpinionRequested") compare(on, dueOn);
        else compare(on, rule === "assignment" ? data.assignment.due : (data.due ?? dueOn));
        continue;
      }
      const [trigger, amount, unit] = found;
      const from = { dispatch, order, reply }[trigger];
      if (extended === undefined) {
        compare(
          from,
          unit === "months" ? months(from, amount, days) : workingDays(from, amount, days),
        );
      } else if (extended.months === undefined) {
        compare(from, dueOn);
      } else {
        compare(from, months(from, amount + extended.months, days));
      }
    }
  }
  return compared;
};
