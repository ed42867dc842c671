/** @module peer-work — what every peer is given: the events of the cases, and the hand-written lifecycle. */
import { eventsOf, numberOf, requestMaker } from "../work/cases.mjs";

/** Phase → type of event → next phase, as whoever uses a peer would write it. */
export const lifecycle = {
  unreceived: { CaseReceived: "received" },
  received: { ReceiptSigned: "received", CaseAssigned: "assigned" },
  assigned: { ContactRecorded: "contacted" },
  contacted: { ProgressReported: "contacted", ReplyDelivered: "answered" },
  answered: { FeedbackReceived: "followUp" },
  followUp: { CaseClosed: "closed" },
};

export const nextPhase = (phase, type) => {
  const next = lifecycle[phase]?.[type];
  if (next === undefined) throw new Error(`no ${type} in ${phase}`);
  return next;
};

/** Cases that no earlier round has had, each with its events; what we keep of who and when is data here. */
export const freshCases = async (shape = {}) => {
  const requestsOf = await requestMaker(shape);
  let used = 0;
  return (count) =>
    Array.from({ length: count }, () => {
      const events = eventsOf(requestsOf(numberOf((used += 1))));
      return {
        stream: events[0].stream,
        events: events.map(({ stream: _stream, type, ...data }) => ({ type, data })),
      };
    });
};

/** Microseconds for each of so many operations. */
export const timeWork = async (operations, work) => {
  const started = performance.now();
  await work();
  return ((performance.now() - started) * 1000) / operations;
};

/** How many events a case has. */
export const eventCount = (cases) => cases.reduce((sum, { events }) => sum + events.length, 0);

/** Places in no order, the same for everybody. */
export const shuffled = (all) => {
  let state = 12_345;
  return all.map(() => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return all[state % all.length];
  });
};

export const together = 100;

/** Cases gathered so that each piece has about a hundred events: a stream of its own for the peers. */
export const longStreams = (cases) => {
  const all = cases.flatMap(({ events }) => events);
  return Array.from({ length: Math.ceil(all.length / together) }, (_none, index) => ({
    stream: `${cases[0].stream}-${index}`,
    events: all.slice(index * together, (index + 1) * together),
  }));
};
