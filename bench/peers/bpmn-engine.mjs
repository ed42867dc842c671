/**
 * @module bpmn-engine — eight user tasks in a line. The state is saved after each step (better-sqlite3,
 * FULL) and recovered before the next, as a program does that ends in between or serves many cases.
 */
import { EventEmitter } from "node:events";
import Database from "better-sqlite3";
import { Engine } from "bpmn-engine";
import { freshCases, timeWork } from "./peer-work.mjs";

const tasks = Array.from({ length: 8 }, (_none, index) => `step${index + 1}`);

const source = `<?xml version="1.0" encoding="UTF-8"?>
<definitions id="case" xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
  <process id="handling" isExecutable="true">
    <startEvent id="start" />
    ${tasks.map((task) => `<userTask id="${task}" />`).join("")}
    <endEvent id="end" />
    ${["start", ...tasks]
      .map((from, index) => {
        const to = tasks[index] ?? "end";
        return `<sequenceFlow id="flow${index}" sourceRef="${from}" targetRef="${to}" />`;
      })
      .join("")}
  </process>
</definitions>`;

/** Resolves when the case waits for its next step, or is over. */
const nextStop = (engine, listener) =>
  new Promise((resolve, reject) => {
    listener.once("activity.wait", resolve);
    engine.once("end", () => resolve(null));
    engine.once("error", reject);
  });

export const contenders = {
  eightSteps: async ({ file, cases }) => {
    const database = new Database(file);
    database.pragma("journal_mode = WAL");
    database.pragma("synchronous = FULL");
    database.exec("create table saved(name text primary key, state text not null)");
    const save = database.prepare(
      "insert into saved values (?, ?) on conflict(name) do update set state = excluded.state",
    );
    const load = database.prepare("select state from saved where name = ?").pluck();
    const fresh = await freshCases();
    const begin = async (name) => {
      const engine = new Engine({ name, source });
      const listener = new EventEmitter();
      const waiting = nextStop(engine, listener);
      await engine.execute({ listener });
      await waiting;
      save.run(name, JSON.stringify(await engine.getState()));
      await engine.stop();
    };
    const step = async (name, task, data) => {
      const engine = new Engine().recover(JSON.parse(load.get(name)));
      const listener = new EventEmitter();
      const recovered = nextStop(engine, listener);
      const execution = await engine.resume({ listener });
      await recovered;
      const [waiting] = execution.getPostponed();
      if (waiting?.id !== task) throw new Error(`${name} waits for ${waiting?.id}`);
      const stopped = nextStop(engine, listener);
      waiting.signal(data);
      await stopped;
      save.run(name, JSON.stringify(await engine.getState()));
      if (execution.state === "running") await engine.stop();
    };
    return {
      round: () => {
        const some = fresh(cases);
        return timeWork(cases, async () => {
          for (const { stream, events } of some) {
            await begin(stream);
            for (const [index, event] of events.entries()) await step(stream, tasks[index], event);
          }
        });
      },
      end: () => database.close(),
    };
  },
};
