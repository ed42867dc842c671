/**
 * @module emmett — @event-driven-io/emmett with its SQLite store (node-sqlite3, `synchronous` FULL): as
 * documented, which opens a connection for each call, and on one connection that is kept.
 */
import { CommandHandler } from "@event-driven-io/emmett";
import { getSQLiteEventStore, sqliteConnection } from "@event-driven-io/emmett-sqlite";
import {
  eventCount,
  freshCases,
  longStreams,
  nextPhase,
  shuffled,
  timeWork,
} from "./peer-work.mjs";

/** `singleton` alone changes nothing: only a connection that is handed in is kept. */
const kept = (file) => ({ singleton: true, connection: sqliteConnection({ fileName: file }) });

const opened = async (file, peer) => {
  const schema = { autoMigration: "CreateOrUpdate" };
  const store =
    peer === "emmett"
      ? getSQLiteEventStore({ fileName: file, connectionOptions: kept(file), schema })
      : getSQLiteEventStore({ fileName: file, schema });
  await store.schema.migrate();
  return store;
};

const attemptsMax = 20;

/** As documented about one append in 2,000 finds the database busy; whoever uses it has to repeat it. */
const again = async (work) => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === attemptsMax || !/SQLITE_BUSY/.test(String(error))) throw error;
    }
  }
};

const evolve = ({ phase }, { type }) => ({ phase: nextPhase(phase, type) });
const initialState = () => ({ phase: "unreceived" });

export const contenders = {
  eightSteps: async ({ file, cases, peer }) => {
    const store = await opened(file, peer);
    const handle = CommandHandler({ evolve, initialState });
    const fresh = await freshCases();
    return {
      round: () => {
        const some = fresh(cases);
        return timeWork(cases, async () => {
          for (const { stream, events } of some) {
            for (const event of events) {
              await again(() =>
                handle(store, stream, ({ phase }) => {
                  nextPhase(phase, event.type);
                  return event;
                }),
              );
            }
          }
        });
      },
    };
  },
  append: async ({ file, cases, peer }) => {
    const store = await opened(file, peer);
    const fresh = await freshCases();
    return {
      round: () => {
        const some = fresh(cases);
        return timeWork(eventCount(some), async () => {
          for (const { stream, events } of some) {
            for (const [place, event] of events.entries()) {
              const expected = { expectedStreamVersion: BigInt(place) };
              await again(() =>
                store.appendToStream(stream, [event], place === 0 ? undefined : expected),
              );
            }
          }
        });
      },
    };
  },
  batch: async ({ file, cases, peer }) => {
    const store = await opened(file, peer);
    const fresh = await freshCases();
    return {
      round: () => {
        const some = longStreams(fresh(cases));
        return timeWork(eventCount(some), async () => {
          for (const { stream, events } of some) await store.appendToStream(stream, events);
        });
      },
    };
  },
  read: async ({ file, cases, peer }) => {
    const store = await opened(file, peer);
    const some = (await freshCases({ more: 2 }))(cases);
    for (const { stream, events } of some) await store.appendToStream(stream, events);
    const names = shuffled(some.map(({ stream }) => stream));
    return {
      round: () =>
        timeWork(cases, async () => {
          for (const stream of names) {
            const { events } = await store.readStream(stream);
            const { phase } = events.reduce(evolve, initialState());
            if (events.length !== 10 || phase !== "closed")
              throw new Error(`${stream} is not whole`);
          }
        }),
    };
  },
};
