/**
 * @module peers — the other programs: which are installed here, and how to install them. They are a
 * package of their own, so that no ordinary set-up fetches or compiles them.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("./", import.meta.url));

/** Which file makes a contender of a peer, and the package that must be there. */
const known = {
  act: { file: "act.mjs", needs: "@rotorsoft/act-sqlite" },
  emmett: { file: "emmett.mjs", needs: "@event-driven-io/emmett-sqlite" },
  "emmett-documented": { file: "emmett.mjs", needs: "@event-driven-io/emmett-sqlite" },
  evtstore: { file: "evtstore.mjs", needs: "evtstore" },
  "bpmn-engine": { file: "bpmn-engine.mjs", needs: "bpmn-engine" },
  dbos: { file: "dbos.mjs", needs: "@dbos-inc/dbos-sdk" },
};

/** Fetches and compiles them into bench/peers/node_modules. */
export const installPeers = () => {
  console.error("bench: installing the peers in bench/peers (compiling takes a minute or two) …");
  // emmett-sqlite asks for an emmett that the registry has not, act for a newer Node.js
  const { status } = spawnSync(
    "npm",
    [
      "install",
      "--prefer-offline",
      "--legacy-peer-deps",
      "--no-audit",
      "--no-fund",
      "--no-package-lock",
    ],
    { cwd: folder, stdio: ["ignore", 2, 2], shell: process.platform === "win32" },
  );
  if (status !== 0)
    console.error("bench: the peers could not be installed; their rows will say so");
};

const whyNot = (name) => {
  if (name === "dbos" && process.env.PGHOST === undefined)
    return "not run here: needs a PostgreSQL server (PGHOST)";
  const { needs } = known[name];
  return existsSync(`${folder}node_modules/${needs}`)
    ? undefined
    : "not installed: npm run bench -- --peers";
};

export const findPeers = () => ({
  /**
   * Contenders for those of the named peers that are there.
   * @param {string} work which of the file's contenders, `eightSteps`
   * @param {Readonly<Record<string, object>>} given what each of them gets
   */
  contenders: (work, given) =>
    Object.entries(given)
      .filter(([name]) => whyNot(name) === undefined)
      .map(([name, told]) => ({
        module: new URL(known[name].file, import.meta.url),
        name: work,
        label: name,
        given: { ...told, peer: name },
      })),
  /** Why a peer has no turn. */
  why: (name) => whyNot(name) ?? "not run",
});
