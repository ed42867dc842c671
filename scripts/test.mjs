/**
 * @module test — all that `npm test` does: set up, bundle, check, test, and count.
 *
 * Everything runs even when something fails, so that one run shows all of it. Arguments go to vitest
 * (`npm test -- --coverage`). The last line, `N passed, N failed, N skipped`, is for people and
 * machines alike; a failed check and a test file that could not be loaded count as one failed each.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";

process.chdir(fileURLToPath(new URL("../", import.meta.url)));

const report = ".cache/vitest.json";

const run = (...args) => spawnSync(process.execPath, args, { stdio: ["ignore", 1, 2] }).status ?? 1;

const finish = ({ passed, failed, skipped }) => {
  console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exit(failed > 0 || passed === 0 ? 1 : 0);
};

/** What vitest counted. It knows more than its totals say: a file that cannot be loaded has no tests. */
const readReport = (status) => {
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const result = JSON.parse(readFileSync(report, "utf8"));
  const unloaded = result.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((t) => t.status === "failed"),
  ).length;
  const failed = result.numFailedTests + unloaded;
  return {
    passed: result.numPassedTests,
    // an error outside any test, or too little coverage, fails the run as well
    failed: status !== 0 && failed === 0 ? 1 : failed,
    skipped: result.numPendingTests + result.numTodoTests,
  };
};

if (run("scripts/setup.mjs") !== 0) finish({ passed: 0, failed: 1, skipped: 0 });

console.log("test: bundling the command line …");
const bundled = run("scripts/build.mjs", "--bundle") === 0;

const { failed: failedChecks } = await import("./check.mjs");

console.log("test: running the tests …");
rmSync(report, { force: true });
const status = run(
  "node_modules/vitest/vitest.mjs",
  "run",
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
);
const counts = readReport(status);

const broken = [...(bundled ? [] : ["bundle"]), ...failedChecks];
if (broken.length > 0) console.log(`\ntest: also failed: ${broken.join(", ")} (see above)`);
finish({ ...counts, failed: counts.failed + broken.length });
