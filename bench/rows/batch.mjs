/**
 * @module batch — many events in one durable write: by `apply`, from commands to rows with every check on;
 * by the store alone, from decided requests; and bare.
 */
import { notRun, row } from "../frame/rows.mjs";
import { turns } from "../frame/turns.mjs";
import { newBareLog } from "../work/bare.mjs";
import { newCasebook } from "../work/casebooks.mjs";
import { commandsOf, eventsOf, numberOf, requestMaker, steps } from "../work/cases.mjs";

const together = 100;

const freshNumbers = () => {
  let used = 0;
  return (count) => Array.from({ length: count }, () => numberOf((used += 1)));
};

/** In pieces of a hundred. */
const batchesOf = (all) =>
  Array.from({ length: Math.ceil(all.length / together) }, (_none, index) =>
    all.slice(index * together, (index + 1) * together),
  );

const perEvent = (started, events) => ((performance.now() - started) * 1000) / events;

export const contenders = {
  ours: async ({ file, cases }) => {
    const { book } = await newCasebook(file);
    const numbers = freshNumbers();
    return {
      round: async () => {
        const commands = numbers(cases).flatMap((number) => commandsOf(number));
        const batches = batchesOf(commands.map((given, index) => ({ line: index + 1, given })));
        const started = performance.now();
        for (const batch of batches) {
          for await (const { ok, refusal } of book.apply(batch)) if (!ok) throw refusal;
        }
        return perEvent(started, commands.length);
      },
      end: () => book.close(),
    };
  },
  store: async ({ file, cases }) => {
    const { store } = await newCasebook(file);
    const requestsOf = await requestMaker();
    const numbers = freshNumbers();
    return {
      round: async () => {
        const batches = batchesOf(numbers(cases).flatMap((number) => requestsOf(number)));
        const started = performance.now();
        for (const batch of batches) await store.appendTogether(batch);
        return perEvent(started, cases * steps);
      },
      end: () => store.close(),
    };
  },
  limit: async ({ file, cases }) => {
    const { database, append } = newBareLog(file);
    const requestsOf = await requestMaker();
    const numbers = freshNumbers();
    let place = 0;
    const appendAll = database.transaction((events) => {
      for (const event of events) append(event, (place++ % steps) + 1);
    });
    return {
      round: () => {
        const batches = batchesOf(numbers(cases).flatMap((number) => eventsOf(requestsOf(number))));
        const started = performance.now();
        for (const batch of batches) appendAll(batch);
        return perEvent(started, cases * steps);
      },
      end: () => database.close(),
    };
  },
};

export const group = {
  name: "batch",
  measure: async ({ rounds, quick, casebooks, peers }) => {
    const module = new URL(import.meta.url);
    const given = (name) => ({ file: casebooks.newFile(name), cases: quick ? 13 : 250 });
    const found = await turns(
      [
        { module, name: "limit", given: given("batch-limit") },
        { module, name: "ours", given: given("batch-ours") },
        { module, name: "store", given: given("batch-store") },
        ...peers.contenders("batch", {
          act: given("batch-act"),
          emmett: given("batch-emmett"),
          evtstore: given("batch-evtstore"),
        }),
      ],
      rounds,
    );
    const ours = found.get("ours");
    const beside = (id, name) =>
      found.has(name) ? row(id, ours, found.get(name)) : notRun(id, peers.why(name));
    return [
      row("batch.figure", ours),
      beside("batch.limit", "limit"),
      row("batch.store", found.get("store"), found.get("limit")),
      beside("batch.act", "act"),
      beside("batch.emmett", "emmett"),
      beside("batch.evtstore", "evtstore"),
    ];
  },
};
