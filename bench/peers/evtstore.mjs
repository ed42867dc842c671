/** @module evtstore — evtstore through knex on better-sqlite3, set to the durability of the others. */
import provider from "evtstore/provider/knex.js";
import knexPackage from "knex";
import {
  eventCount,
  freshCases,
  longStreams,
  nextPhase,
  shuffled,
  timeWork,
} from "./peer-work.mjs";

const { createProvider, migrate } = provider;

const opened = async (file) => {
  const client = knexPackage({
    client: "better-sqlite3",
    connection: { filename: file },
    useNullAsDefault: true,
    pool: {
      min: 1,
      max: 1,
      afterCreate: (connection, done) => {
        connection.pragma("journal_mode = WAL");
        connection.pragma("synchronous = FULL");
        done(null, connection);
      },
    },
  });
  await migrate({ client, events: "events", bookmarks: "bookmarks" });
  const log = createProvider({
    events: () => client.table("events"),
    bookmarks: () => client.table("bookmarks"),
  });
  return { log, end: () => client.destroy() };
};

const stored = (stream, events, from) =>
  events.map(({ type, data }, index) => ({
    stream: "cases",
    position: 0,
    version: from + index,
    timestamp: new Date(),
    event: { type, ...data },
    aggregateId: stream,
  }));

const append = (log, stream, events, from) =>
  log.append("cases", stream, from, stored(stream, events, from));

export const contenders = {
  append: async ({ file, cases }) => {
    const { log, end } = await opened(file);
    const fresh = await freshCases();
    return {
      round: () => {
        const some = fresh(cases);
        return timeWork(eventCount(some), async () => {
          for (const { stream, events } of some) {
            for (const [place, event] of events.entries())
              await append(log, stream, [event], place + 1);
          }
        });
      },
      end,
    };
  },
  batch: async ({ file, cases }) => {
    const { log, end } = await opened(file);
    const fresh = await freshCases();
    return {
      round: () => {
        const some = longStreams(fresh(cases));
        return timeWork(eventCount(some), async () => {
          for (const { stream, events } of some) await append(log, stream, events, 1);
        });
      },
      end,
    };
  },
  read: async ({ file, cases }) => {
    const { log, end } = await opened(file);
    const some = (await freshCases({ more: 2 }))(cases);
    for (const { stream, events } of some) await append(log, stream, events, 1);
    const names = shuffled(some.map(({ stream }) => stream));
    return {
      round: () =>
        timeWork(cases, async () => {
          for (const stream of names) {
            const found = await log.getEventsFor("cases", stream);
            let phase = "unreceived";
            for (const { event } of found) phase = nextPhase(phase, event.type);
            if (found.length !== 10 || phase !== "closed")
              throw new Error(`${stream} is not whole`);
          }
        }),
      end,
    };
  },
};
