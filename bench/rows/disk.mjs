/**
 * @module disk — bytes of the file an event, beyond the body of the event itself: columns, leaf, tree,
 * command, indexes. One command made each event.
 */
import { statSync } from "node:fs";
import { figure, row } from "../frame/rows.mjs";
import { newBareLog, readBare } from "../work/bare.mjs";
import { newCasebook, openBook } from "../work/casebooks.mjs";
import { eventsOf, numberOf, requestMaker, steps } from "../work/cases.mjs";

const weigh = (file) => {
  const database = readBare(file);
  const { events, bytes } = database
    .prepare(
      "select count(*) as events, ifnull(sum(length(cast(body as blob))), 0) as bytes from event",
    )
    .get();
  database.close();
  return { size: statSync(file).size, events, bytes };
};

/** What so many events add to a file: its rules and empty tables weigh the same with none. */
const beyondBodies = (before, after) => {
  const events = after.events - before.events;
  const bytes = after.bytes - before.bytes;
  return { beyond: (after.size - before.size - bytes) / events, body: bytes / events };
};

/** A casebook's file, weighed before and after. */
const casebookGrowth = async (file, append) => {
  await (await newCasebook(file)).book.close();
  const before = weigh(file);
  const { store, book } = await openBook(file);
  await append(store);
  await book.close();
  return beyondBodies(before, weigh(file));
};

const inBatches = async (cases, requestsOf, append) => {
  for (let index = 0; index < cases; index += 100) {
    const some = Array.from({ length: Math.min(100, cases - index) }, (_none, one) =>
      requestsOf(numberOf(index + one)),
    );
    await append(some.flat());
  }
};

export const group = {
  name: "disk",
  measure: async ({ sizes, casebooks }) => {
    const cases = Math.ceil(sizes[0] / steps);
    const requestsOf = await requestMaker();
    const log = await casebookGrowth(casebooks.newFile("disk-log"), (store) =>
      inBatches(cases, requestsOf, (requests) =>
        store.appendTogether(requests.map(({ changes: _changes, ...request }) => request)),
      ),
    );
    const whole = await casebookGrowth(casebooks.newFile("disk-projections"), (store) =>
      inBatches(cases, requestsOf, (requests) => store.appendTogether(requests)),
    );
    const bare = casebooks.newFile("disk-limit");
    const { database, append } = newBareLog(bare);
    let place = 0;
    const appendAll = database.transaction((events) => {
      for (const event of events) append(event, (place++ % steps) + 1);
    });
    await inBatches(cases, requestsOf, (requests) => appendAll(eventsOf(requests)));
    database.close();
    const empty = { size: 0, events: 0, bytes: 0 };
    return [
      row("disk.log", figure(log.beyond), null, `bodies of ${Math.round(log.body)} bytes`),
      row(
        "disk.limit",
        figure(beyondBodies(empty, weigh(bare)).beyond),
        null,
        "no command, no tree, leaves that are not computed",
      ),
      row("disk.projections", figure(whole.beyond)),
    ];
  },
};
