/**
 * @module append — one event, on the disk when it is acknowledged. The requests are those that the
 * casebook makes of the cases' commands; the limit writes the same data into the same columns.
 */
import { notRun, row } from "../frame/rows.mjs";
import { turns } from "../frame/turns.mjs";
import { newBareLog } from "../work/bare.mjs";
import { newCasebook } from "../work/casebooks.mjs";
import { eventsOf, numberOf, requestMaker, steps } from "../work/cases.mjs";

/** The requests of whole cases that no earlier round has used. */
const freshRequests = async () => {
  const requestsOf = await requestMaker();
  let used = 0;
  return (cases) => Array.from({ length: cases }, () => requestsOf(numberOf((used += 1)))).flat();
};

const withoutChanges = ({ changes: _changes, ...request }) => request;

export const contenders = {
  ours: async ({ file, cases, projections }) => {
    const { store } = await newCasebook(file);
    const requests = await freshRequests();
    return {
      round: async () => {
        const given = projections ? requests(cases) : requests(cases).map(withoutChanges);
        const started = performance.now();
        for (const request of given) await store.append(request);
        return ((performance.now() - started) * 1000) / given.length;
      },
      end: () => store.close(),
    };
  },
  limit: async ({ file, cases }) => {
    const { database, append } = newBareLog(file);
    const requests = await freshRequests();
    return {
      round: () => {
        const given = eventsOf(requests(cases));
        const started = performance.now();
        for (const [index, event] of given.entries()) append(event, (index % steps) + 1);
        return ((performance.now() - started) * 1000) / given.length;
      },
      end: () => database.close(),
    };
  },
};

export const group = {
  name: "append",
  measure: async ({ rounds, quick, casebooks, peers }) => {
    const module = new URL(import.meta.url);
    const given = (name, more = {}) => ({
      file: casebooks.newFile(name),
      cases: quick ? 2 : 60,
      ...more,
    });
    const found = await turns(
      [
        { module, name: "limit", given: given("append-limit") },
        { module, name: "ours", given: given("append-ours", { projections: false }) },
        {
          module,
          name: "ours",
          label: "projections",
          given: given("append-projections", { projections: true }),
        },
        ...peers.contenders("append", {
          act: given("append-act"),
          emmett: given("append-emmett"),
          "emmett-documented": given("append-documented", { cases: quick ? 1 : 20 }),
          evtstore: given("append-evtstore"),
        }),
      ],
      rounds,
    );
    const ours = found.get("ours");
    const beside = (id, name) =>
      found.has(name) ? row(id, ours, found.get(name)) : notRun(id, peers.why(name));
    return [
      beside("append.limit", "limit"),
      row("append.projections", found.get("projections"), found.get("limit")),
      beside("append.act", "act"),
      beside("append.emmett", "emmett"),
      beside("append.emmett-documented", "emmett-documented"),
      beside("append.evtstore", "evtstore"),
    ];
  },
};
