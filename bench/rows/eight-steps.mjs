/**
 * @module eight-steps — a case of eight steps, each on the disk before the next is asked for: through the
 * public API, by hand on bare better-sqlite3, and by the peers that advance cases durably.
 */
import { notRun, row } from "../frame/rows.mjs";
import { turns } from "../frame/turns.mjs";
import { newBareLog } from "../work/bare.mjs";
import { newCasebook } from "../work/casebooks.mjs";
import { caseOf, commandsOf, eventsOf, numberOf, requestMaker } from "../work/cases.mjs";

/** Microseconds a case, with so many callers taking cases from one pile. */
const timeCases = async (cases, callers, handle) => {
  const waiting = cases.values();
  const caller = async () => {
    for (const one of waiting) await handle(one);
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: callers }, caller));
  return ((performance.now() - started) * 1000) / cases.length;
};

/** Numbers that no earlier round has used. */
const freshNumbers = () => {
  let used = 0;
  return (count) => Array.from({ length: count }, () => numberOf((used += 1)));
};

/** The hand-written lifecycle: phase → type of event → next phase. */
const handTable = {
  unreceived: { CaseReceived: "received" },
  received: { ReceiptSigned: "received", CaseAssigned: "assigned" },
  assigned: { ContactRecorded: "contacted" },
  contacted: { ProgressReported: "contacted", ReplyDelivered: "answered" },
  answered: { FeedbackReceived: "followUp" },
  followUp: { CaseClosed: "closed" },
};

export const contenders = {
  ours: async ({ file, cases, callers }) => {
    const { book } = await newCasebook(file);
    const numbers = freshNumbers();
    return {
      round: () =>
        timeCases(
          numbers(cases).map((number) => commandsOf(number)),
          callers,
          async (commands) => {
            for (const command of commands) await book.executeGiven(command);
          },
        ),
      end: () => book.close(),
    };
  },
  byHand: async ({ file, cases }) => {
    const { database, append } = newBareLog(file);
    const read = database
      .prepare("select body from event where case_id = ? order by case_seq")
      .pluck();
    const requestsOf = await requestMaker();
    const numbers = freshNumbers();
    const step = (stream, event) => {
      let phase = "unreceived";
      let version = 0;
      for (const body of read.all(stream)) {
        phase = handTable[phase][JSON.parse(body).type];
        version += 1;
      }
      if (handTable[phase]?.[event.type] === undefined) throw new Error(`no ${event.type} here`);
      append(event, version + 1);
    };
    return {
      round: () =>
        timeCases(
          numbers(cases).map((number) => ({
            stream: caseOf(number),
            events: eventsOf(requestsOf(number)),
          })),
          1,
          ({ stream, events }) => {
            for (const event of events) step(stream, event);
          },
        ),
      end: () => database.close(),
    };
  },
};

export const group = {
  name: "eight-steps",
  measure: async ({ rounds, quick, casebooks, peers }) => {
    const module = new URL(import.meta.url);
    const cases = quick ? 3 : 60;
    const given = (name, more = {}) => ({
      file: casebooks.newFile(name),
      cases,
      callers: 1,
      ...more,
    });
    const found = await turns(
      [
        { module, name: "ours", given: given("eight-ours") },
        { module, name: "byHand", given: given("eight-hand") },
        {
          module,
          name: "ours",
          label: "together",
          given: given("eight-together", { cases: quick ? 8 : 512, callers: quick ? 8 : 128 }),
        },
        ...peers.contenders("eightSteps", {
          act: given("eight-act"),
          emmett: given("eight-emmett"),
          "emmett-documented": given("eight-emmett-documented", { cases: quick ? 1 : 20 }),
          "bpmn-engine": given("eight-bpmn", { cases: quick ? 1 : 10 }),
          dbos: given("eight-dbos", { cases: quick ? 1 : 10 }),
        }),
      ],
      rounds,
    );
    const ours = found.get("ours");
    const beside = (id, name) =>
      found.has(name) ? row(id, ours, found.get(name)) : notRun(id, peers.why(name));
    return [
      beside("eight-steps.by-hand", "byHand"),
      beside("eight-steps.act", "act"),
      beside("eight-steps.emmett", "emmett"),
      beside("eight-steps.emmett-documented", "emmett-documented"),
      beside("eight-steps.dbos", "dbos"),
      beside("eight-steps.bpmn-engine", "bpmn-engine"),
      row("eight-steps.128-callers", found.get("together"), ours),
    ];
  },
};
