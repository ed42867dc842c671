/**
 * @module read — a case of ten events, read and folded, at random over a log that is warm. The limit reads
 * the same bodies from the same file, parses them, and folds them with a switch written by hand.
 */
import { evolve } from "../../packages/engine/dist/index.js";
import { notRun, row } from "../frame/rows.mjs";
import { turns } from "../frame/turns.mjs";
import { readBare } from "../work/bare.mjs";
import { newCasebook, openLog } from "../work/casebooks.mjs";
import { caseOf, numberOf, requestMaker } from "../work/cases.mjs";

/** Places in no order, the same for everybody. */
const shuffled = (count) => {
  let state = 12_345;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return caseOf(numberOf(state % count));
  });
};

/** What a fold by hand gathers of such a case. */
const foldByHand = (state, { type, to, data }) => {
  switch (type) {
    case "CaseReceived":
      return { ...data, status: to, version: 1, reports: 0 };
    case "ProgressReported":
      return { ...state, status: to, version: state.version + 1, reports: state.reports + 1 };
    default:
      return { ...state, status: to, version: state.version + 1, last: data };
  }
};

const timeReads = async (names, read) => {
  const started = performance.now();
  for (const name of names) await read(name);
  return ((performance.now() - started) * 1000) / names.length;
};

export const contenders = {
  ours: async ({ file, cases }) => {
    const store = await openLog(file, { readOnly: true });
    const names = shuffled(cases);
    const read = async (name) => {
      let state = null;
      for (const event of await store.readStream(name)) state = evolve(name, state, event);
      if (state?.version !== 10) throw new Error(`${name} has not ten events`);
    };
    return { round: () => timeReads(names, read), end: () => store.close() };
  },
  limit: async ({ file, cases }) => {
    const database = readBare(file);
    const select = database
      .prepare("select body from event where case_id = ? order by case_seq")
      .pluck();
    const names = shuffled(cases);
    const read = (name) => {
      let state = null;
      for (const body of select.all(name)) {
        const event = JSON.parse(body);
        state = foldByHand(state, event);
      }
      if (state?.version !== 10) throw new Error(`${name} has not ten events`);
    };
    return {
      round: () => {
        const started = performance.now();
        for (const name of names) read(name);
        return ((performance.now() - started) * 1000) / names.length;
      },
      end: () => database.close(),
    };
  },
};

/** Cases with two more reports of progress than the usual eight steps. */
const makeLog = async (file, cases) => {
  const { store, book } = await newCasebook(file);
  const requestsOf = await requestMaker({ more: 2 });
  for (let index = 0; index < cases; index += 200) {
    const some = Array.from({ length: Math.min(200, cases - index) }, (_none, one) =>
      requestsOf(numberOf(index + one)),
    );
    await store.appendTogether(some.flat());
  }
  await book.close();
};

export const group = {
  name: "read",
  measure: async ({ rounds, quick, casebooks, peers }) => {
    const module = new URL(import.meta.url);
    const cases = quick ? 20 : 5000;
    const file = casebooks.newFile("read");
    await makeLog(file, cases);
    const peerGiven = (name) => ({ file: casebooks.newFile(name), cases: quick ? 20 : 1000 });
    const found = await turns(
      [
        { module, name: "limit", given: { file, cases } },
        { module, name: "ours", given: { file, cases } },
        ...peers.contenders("read", {
          act: peerGiven("read-act"),
          emmett: peerGiven("read-emmett"),
          evtstore: peerGiven("read-evtstore"),
        }),
      ],
      rounds,
    );
    const ours = found.get("ours");
    const beside = (id, name) =>
      found.has(name) ? row(id, ours, found.get(name)) : notRun(id, peers.why(name));
    return [
      beside("read.limit", "limit"),
      beside("read.act", "act"),
      beside("read.emmett", "emmett"),
      beside("read.evtstore", "evtstore"),
    ];
  },
};
