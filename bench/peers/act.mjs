/** @module act — @rotorsoft/act with its SQLite store (libSQL, which keeps `synchronous` at FULL). */
import process from "node:process";
import { z } from "zod";
import {
  eventCount,
  freshCases,
  longStreams,
  nextPhase,
  shuffled,
  timeWork,
} from "./peer-work.mjs";

// it writes every command and event to the terminal unless it is told not to, when it is loaded
process.env.NODE_ENV = "production";
process.env.LOG_LEVEL = "error";
const { act, state, store } = await import("@rotorsoft/act");
const { SqliteStore } = await import("@rotorsoft/act-sqlite");

const opened = async (file) => {
  store(new SqliteStore({ url: `file:${file}` }));
  await store().seed();
  return store();
};

const meta = { correlation: "bench", causation: {} };
const actor = { id: "经办人甲", name: "经办人甲" };

const messages = (events) => events.map(({ type, data }) => ({ name: type, data }));

/** Eight actions, each of which emits its event where the phase allows it. */
const application = () => {
  const types = [
    "CaseReceived",
    "ReceiptSigned",
    "CaseAssigned",
    "ContactRecorded",
    "ProgressReported",
    "ReplyDelivered",
    "FeedbackReceived",
    "CaseClosed",
  ];
  const data = z.record(z.string(), z.unknown());
  const advance = ({ data: _data, name }, { phase }) => ({ phase: nextPhase(phase, name) });
  let Case = state({ Case: z.object({ phase: z.string() }) })
    .init(() => ({ phase: "unreceived" }))
    .emits(Object.fromEntries(types.map((type) => [type, data])))
    .patch(Object.fromEntries(types.map((type) => [type, advance])));
  for (const type of types) {
    Case = Case.on({ [`do${type}`]: data }).emit((given, { state: { phase } }) => {
      nextPhase(phase, type);
      return [type, given];
    });
  }
  return act().withState(Case.build()).build();
};

export const contenders = {
  eightSteps: async ({ file, cases }) => {
    await opened(file);
    const app = application();
    const fresh = await freshCases();
    return {
      round: () => {
        const some = fresh(cases);
        return timeWork(cases, async () => {
          for (const { stream, events } of some) {
            for (const { type, data } of events) await app.do(`do${type}`, { stream, actor }, data);
          }
        });
      },
    };
  },
  append: async ({ file, cases }) => {
    const log = await opened(file);
    const fresh = await freshCases();
    return {
      round: () => {
        const some = fresh(cases);
        return timeWork(eventCount(some), async () => {
          for (const { stream, events } of some) {
            for (const [place, message] of messages(events).entries())
              await log.commit(stream, [message], meta, place - 1);
          }
        });
      },
    };
  },
  batch: async ({ file, cases }) => {
    const log = await opened(file);
    const fresh = await freshCases();
    return {
      round: () => {
        const some = longStreams(fresh(cases));
        return timeWork(eventCount(some), async () => {
          for (const { stream, events } of some)
            await log.commit(stream, messages(events), meta, -1);
        });
      },
    };
  },
  read: async ({ file, cases }) => {
    const log = await opened(file);
    const some = (await freshCases({ more: 2 }))(cases);
    for (const { stream, events } of some) await log.commit(stream, messages(events), meta, -1);
    const names = shuffled(some.map(({ stream }) => stream));
    return {
      round: () =>
        timeWork(cases, async () => {
          for (const stream of names) {
            let phase = "unreceived";
            const found = await log.query(
              ({ name }) => {
                phase = nextPhase(phase, name);
              },
              { stream, stream_exact: true },
            );
            if (found !== 10 || phase !== "closed") throw new Error(`${stream}: ${found} events`);
          }
        }),
    };
  },
};
