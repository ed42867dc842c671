/**
 * @module check — everything that must hold besides the tests: format, lint, types, unused code.
 *
 * All run even when one fails, so that one look shows everything. `npm run fix` repairs what can be
 * repaired by itself.
 */
import { spawnSync } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";

const checks = [
  { name: "format", tool: "node_modules/oxfmt/bin/oxfmt", args: ["--check"] },
  {
    name: "lint",
    tool: "node_modules/oxlint/bin/oxlint",
    args: ["--type-aware", "--deny-warnings"],
  },
  { name: "types", tool: "node_modules/typescript/bin/tsc", args: ["-b"] },
  { name: "unused code", tool: "node_modules/knip/bin/knip.js", args: [] },
];

/** The names of the checks that failed. */
export const failed = [];

for (const { name, tool, args } of checks) {
  console.log(`check: ${name} …`);
  const started = performance.now();
  const { status } = spawnSync(process.execPath, [tool, ...args], {
    cwd: fileURLToPath(new URL("../", import.meta.url)),
    stdio: ["ignore", 1, 2],
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (status !== 0) failed.push(name);
  console.log(`check: ${name} ${status === 0 ? "holds" : "FAILED"} (${seconds} s)`);
}

if (failed.length > 0) {
  console.log(`check: failed: ${failed.join(", ")} (npm run fix repairs format and some of lint)`);
  process.exitCode = 1;
}
