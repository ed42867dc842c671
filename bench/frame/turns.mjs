/**
 * @module turns — contenders in processes of their own take turns, A B A B, so that whatever else the
 * machine does falls on all of them. The round before the first is thrown away: caches fill in it.
 */
import { fork, spawnSync } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { fileURLToPath } from "node:url";

/**
 * @typedef {Readonly<{ module: URL, name: string, given?: object, label?: string }>} Contender
 *   `contenders[name]` of the module makes it; `label` names its figures, `name` unless told
 * @typedef {Readonly<{ values: readonly number[], peakMb: number }>} Figures
 *   one value a round, in whatever unit the contender measures; the most memory its process had so far
 * @typedef {Readonly<{ reason: string }>} NotRun
 */

const childProgram = fileURLToPath(new URL("child.mjs", import.meta.url));

/** Where it is set, Node.js 20 reads those certificates at every start: 30 ms that are nobody's work. */
const environment = () => {
  const { NODE_EXTRA_CA_CERTS: _certificates, ...env } = process.env;
  return env;
};

const replyOf = async (child) => {
  const ended = new AbortController();
  try {
    return await Promise.race([
      once(child, "message", { signal: ended.signal }).then(([told]) => told),
      once(child, "exit", { signal: ended.signal }).then(([code, signal]) => ({
        reason: `ended with ${code ?? signal}`,
      })),
    ]);
  } finally {
    ended.abort();
  }
};

const begin = async ({ module, name, given = {}, label = name }) => {
  const child = fork(childProgram, [module.href, name, JSON.stringify(given)], {
    env: environment(),
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let said = "";
  child.stderr.on("data", (chunk) => {
    said = `${said}${chunk}`.slice(-2000);
  });
  const told = await replyOf(child);
  const reason = told.reason === undefined ? undefined : firstLine(told.reason, said);
  return { child, label, reason, values: [], peakMb: 0 };
};

const firstLine = (reason, said) => {
  const [line = ""] = reason.split("\n");
  const error = said.split("\n").find((one) => one.includes("Error")) ?? "";
  return line.startsWith("ended with") && error !== "" ? `${line}: ${error.trim()}` : line;
};

const takeTurn = async (running, round) => {
  running.child.send(round);
  const { value, peakMb, reason } = await replyOf(running.child);
  if (reason !== undefined) {
    running.reason = reason.split("\n")[0];
    return;
  }
  if (round >= 0) running.values.push(value);
  running.peakMb = peakMb;
};

/**
 * @param {readonly Contender[]} contenders
 * @param {number} rounds
 * @returns {Promise<ReadonlyMap<string, Figures | NotRun>>} by label
 */
export const turns = async (contenders, rounds) => {
  const running = [];
  for (const contender of contenders) running.push(await begin(contender));
  try {
    for (let round = -1; round < rounds; round += 1) {
      for (const one of running) if (one.reason === undefined) await takeTurn(one, round);
    }
  } finally {
    for (const { child } of running) {
      if (!child.connected) continue;
      child.send("end");
      if (child.exitCode === null) await once(child, "exit");
    }
  }
  return new Map(
    running.map(({ label, reason, values, peakMb }) => [
      label,
      reason === undefined ? { values, peakMb } : { reason },
    ]),
  );
};

/** Runs a command to its end. @returns {number} milliseconds */
export const timeOf = (args) => {
  const started = performance.now();
  const { status, stderr, error } = spawnSync(process.execPath, args, {
    env: environment(),
    encoding: "utf8",
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ms = performance.now() - started;
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}: ${stderr}`);
  return ms;
};
