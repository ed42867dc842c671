/**
 * @module main — starts the program: arguments in, exit code out.
 *
 * Nothing heavy is imported here. `wuding --version` is answered before the rest is loaded, because
 * scripts and shells ask it at every start of theirs.
 */
import { writeSync } from "node:fs";
import { readVersion } from "./version.ts";

// casebooks hold personal data: no file that is made here is readable by others
process.umask(0o077);

const argv = process.argv.slice(2);
if (argv.length === 1 && (argv[0] === "--version" || argv[0] === "-V")) {
  // opening the stream that `process.stdout` is would take longer than all the rest
  writeSync(1, `wuding ${readVersion()}\n`);
} else {
  void start();
}

async function start(): Promise<void> {
  const module = process.getBuiltinModule("node:module");
  // there from Node.js 22 on
  (module as { enableCompileCache?: () => unknown }).enableCompileCache?.();
  const { run } = await import("./program.ts");
  const exitCode = await run(argv, {
    env: process.env,
    // most commands never touch these two, and opening them takes time
    get stdin() {
      return process.stdin;
    },
    get stderr() {
      return process.stderr;
    },
    stdout: process.stdout,
    now: () => Date.now(),
    monotonic: () => performance.now(),
  });
  // Everything has been written; Node.js would now take its heap apart, which costs more than most commands.
  process.exit(exitCode);
}
