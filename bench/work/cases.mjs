/**
 * @module cases — the work that is measured: one ordinary case of eight commands, about 400 bytes of
 * Chinese text in each event, and the requests to a store that come of it.
 */
import process from "node:process";
import { createCasebook } from "../../packages/engine/dist/index.js";
import { createMemoryStore } from "../../packages/engine/dist/memory/index.js";

export const origin = "bench.invalid/log";
export const actor = { id: "经办人甲", org: "某区发展改革局", role: "clerk" };

/** When the casebook's day begins; every process of a run goes on from there. */
const noon = Date.parse("2021-12-31T04:00:00.000Z");
const startedAt = Number((process.env.WUDING_BENCH_STARTED ??= String(Date.now())));
export const clock = { now: () => noon + Date.now() - startedAt };

/** Ids as unique as a run needs: of this process, counted. */
let counted = 0;
const processMark = process.pid.toString(36).padStart(5, "0");
export const ids = {
  next: () => `${processMark}${String((counted += 1)).padStart(17, "0")}`,
};

const sentence =
  "就加快推进老旧小区改造提出意见，建议统筹安排资金、明确时限和责任人，并按季度报送进展情况；";
const prose = sentence.repeat(2);

export const steps = 8;

/** Names sort by number and have one length, so that a template fits all of them. */
export const numberOf = (index) => String(100_000_000 + index);
export const caseOf = (number) => `cppcc/15-5/${number}`;

const five = {
  department: "规划科",
  person: "经办人甲",
  task: "答复",
  responsibility: "规划科科长负总责",
};

/** The eight commands of a case, from the receipt to the archive; `more` reports of progress among them. */
export const commandsOf = (number, { due = "2021-06-20", more = 0 } = {}) => {
  const about = (command, on, fields) => ({ command, case: caseOf(number), on, ...fields });
  const reports = Array.from({ length: 1 + more }, (_none, index) =>
    about("progress", `2021-05-1${index}`, { summary: prose }),
  );
  return [
    {
      command: "receive",
      kind: "cppcc",
      session: "15-5",
      number,
      title: `关于改进第${number}号社区养老服务的建议`,
      proposers: ["李楠"],
      text: sentence,
      on: "2021-04-02",
    },
    about("sign-receipt", "2021-04-06", { by: "办公室值班员" }),
    about("assign", "2021-04-06", { ...five, due }),
    about("contact", "2021-04-15", {
      mode: "visit",
      participants: ["李楠:proposer"],
      summary: prose,
    }),
    ...reports,
    about("answer", "2021-06-18", { result: "A", text: prose }),
    about("feedback", "2021-07-05", { attitude: "satisfied", result: "satisfied", comment: prose }),
    about("close", "2021-07-10", {}),
  ];
};

const sample = numberOf(899_999_999);

/** What the casebook asks of its store for each command of a case, as text with the case's number in it. */
const templateOf = async (shape) => {
  const store = createMemoryStore({ clock, ids, origin });
  const requests = [];
  const listening = {
    ...store,
    append: (request) => {
      requests.push(request);
      return store.append(request);
    },
  };
  const book = await createCasebook({ store: listening, clock, ids, actor, origin });
  requests.length = 0;
  for (const command of commandsOf(sample, shape)) await book.executeGiven(command);
  return requests.map((request, step) =>
    JSON.stringify({ ...request, commandId: `${sample}-${step}-0000000000` }),
  );
};

/**
 * Makes the requests of many cases from those of one: the casebook has decided them, and every case's
 * events and rows differ in nothing but its number.
 */
export const requestMaker = async (shape = {}) => {
  const template = await templateOf(shape);
  return (number, length = template.length) =>
    template.slice(0, length).map((text) => JSON.parse(text.replaceAll(sample, number)));
};

/** The events of a case as a bare program would write them: the same data, place, time and actor. */
export const eventsOf = (requests) =>
  requests.flatMap(({ commandId, actor: by, streams }) =>
    streams.flatMap(({ stream, rulebookHash, events }) =>
      events.map((event) => ({ stream, rulebookHash, cmd: commandId, actor: by, ...event })),
    ),
  );
