/**
 * @module keep-compiled — runs `wuding` with the arguments given, then keeps the machine code of what ran.
 *
 * `node scripts/keep-compiled.cjs ARGUMENTS…`, called by the build. V8 compiles a function when it is
 * first called, so what is kept grows from run to run. It goes beside each file of the bundle, where
 * `packages/cli/bin/wuding.js` finds it. Only files whose name tells their contents have it kept (V8
 * compares no more than the length of a source), and only those that take longer to compile than to read.
 */
const { Buffer } = require("node:buffer");
const { createHash } = require("node:crypto");
const { chmodSync, renameSync, statSync, writeFileSync } = require("node:fs");
const path = require("node:path");
const process = require("node:process");
const { loaded } = require("../packages/cli/bin/wuding.js");

/** Bytes of source. */
const worthKeeping = 2000;

const bundle = path.join(__dirname, "../packages/cli/bundle");

process.on("exit", () => {
  for (const [name, { script }] of loaded) {
    if (name === "main.cjs" || statSync(path.join(bundle, name)).size < worthKeeping) continue;
    const kept = path.join(bundle, `${name}.compiled`);
    const code = script.createCachedData();
    const fresh = `${kept}.${process.pid}.tmp`;
    writeFileSync(fresh, Buffer.concat([createHash("sha256").update(code).digest(), code]));
    // whoever may run the program may read it: the program's own mask keeps files from others
    chmodSync(fresh, 0o644);
    renameSync(fresh, kept);
  }
});
