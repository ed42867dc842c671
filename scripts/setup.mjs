/**
 * @module setup — brings a fresh clone to a runnable state; does nothing when it is already there.
 *
 * Installs what the lock file says, with the pnpm that package.json pins (npx fetches it, nothing is
 * installed globally), and only when the manifests, the lock file or Node.js itself changed.
 * `--build` then builds.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import process from "node:process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

process.chdir(fileURLToPath(new URL("../", import.meta.url)));

const stamp = "node_modules/.setup-stamp";
const manifest = JSON.parse(readFileSync("package.json", "utf8"));

const refuseOldNode = () => {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Wuding needs Node.js 20.19 or newer; this is ${process.version}.`);
  process.exit(1);
};

/** What an installed tree depends on: this Node.js (native add-ons) and the manifests. */
const currentKey = () => {
  const runtime = [process.platform, process.arch, process.versions.modules].join(" ");
  const hash = createHash("sha256");
  const manifests = readdirSync("packages")
    .toSorted()
    .map((name) => `packages/${name}/package.json`)
    .filter((file) => existsSync(file));
  for (const file of ["package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml", ...manifests]) {
    hash.update(`${file}\n`).update(readFileSync(file));
  }
  return { runtime, key: `${runtime}\n${hash.digest("hex")}\n` };
};

/** Runs the pinned pnpm, and shows what it says but for the compiler's chatter, kept for a failure. */
const runPnpm = async (...options) => {
  // what the npm around us was told is not meant for pnpm: `--silent` would hide why an install
  // fails, and an `npx -c` around all this would confuse the npx below
  const notForPnpm = ["npm_config_loglevel", "npm_config_call", "npm_config_package"];
  const inherited = Object.entries(process.env).filter(([name]) => !notForPnpm.includes(name));
  const child = spawn("npx", ["--yes", manifest.packageManager, ...options], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...Object.fromEntries(inherited), CI: "true" }, // CI: pnpm must never stop to ask
    shell: process.platform === "win32",
  });
  const chatter = [];
  const show = (line) => {
    // npm's own settings of this user are none of our business
    if (/^npm warn Unknown .*config/.test(line)) return;
    if (!/^\S+ (pre|post)?install(:|\$)/.test(line)) console.error(line);
    else if (chatter.push(line) === 1) {
      console.error("setup: preparing the SQLite driver (compiling it takes about a minute) …");
    }
  };
  createInterface(child.stdout).on("line", show);
  createInterface(child.stderr).on("line", show);
  return new Promise((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("close", (code) => {
      if (code !== 0) for (const line of chatter) console.error(line);
      resolve(code === 0 ? undefined : "see above");
    });
  });
};

const install = async () => {
  const { runtime, key } = currentKey();
  const previous = existsSync(stamp) ? readFileSync(stamp, "utf8") : "";
  if (previous === key) return;
  // pnpm calls node_modules up to date after a change of Node.js, yet its native add-ons no longer
  // load: start afresh (an add-on once built for this Node.js comes back from pnpm's store)
  if (previous !== "" && !previous.startsWith(`${runtime}\n`)) {
    rmSync("node_modules", { recursive: true, force: true });
  }
  rmSync(stamp, { force: true });
  const why = previous === "" ? "a first run takes a minute or two" : "something changed";
  console.error(`setup: installing dependencies with ${manifest.packageManager} (${why}) …`);
  const started = performance.now();
  const problem = await runPnpm(
    "install",
    "--frozen-lockfile",
    "--prefer-offline",
    "--reporter=append-only",
  );
  if (problem !== undefined) {
    console.error(`setup: the dependencies could not be installed (${problem}).`);
    process.exit(1);
  }
  writeFileSync(stamp, key);
  console.error(`setup: installed in ${((performance.now() - started) / 1000).toFixed(1)} s`);
};

refuseOldNode();
await install();
if (process.argv.includes("--build")) await import("./build.mjs");
