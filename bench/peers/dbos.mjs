/**
 * @module dbos — DBOS on the PostgreSQL server that PGHOST and its companions name: a workflow of eight
 * steps, run through at once. It waits for no people, so it does less than a case needs.
 */
import process from "node:process";
import { DBOS } from "@dbos-inc/dbos-sdk";
import { freshCases, nextPhase, timeWork } from "./peer-work.mjs";

const databaseUrl = () => {
  const {
    PGHOST = "localhost",
    PGPORT = "5432",
    PGUSER = "postgres",
    PGPASSWORD = "",
  } = process.env;
  const who = `${encodeURIComponent(PGUSER)}:${encodeURIComponent(PGPASSWORD)}`;
  return `postgresql://${who}@${PGHOST}:${PGPORT}/wuding_bench_dbos`;
};

const handleCase = async (events) => {
  let phase = "unreceived";
  for (const event of events) {
    // what a step gives back is what is on the disk before the next one begins
    const done = await DBOS.runStep(
      async () => ({ ...event, phase: nextPhase(phase, event.type) }),
      {
        name: event.type,
      },
    );
    ({ phase } = done);
  }
  return phase;
};

export const contenders = {
  eightSteps: async ({ cases }) => {
    DBOS.setConfig({
      name: "bench",
      systemDatabaseUrl: databaseUrl(),
      logLevel: "error",
      runAdminServer: false,
    });
    const workflow = DBOS.registerWorkflow(handleCase, { name: "handleCase" });
    await DBOS.launch();
    const fresh = await freshCases();
    return {
      round: () => {
        const some = fresh(cases);
        return timeWork(cases, async () => {
          for (const { events } of some) {
            if ((await workflow(events)) !== "closed") throw new Error("the case is not closed");
          }
        });
      },
      end: () => DBOS.shutdown(),
    };
  },
};
