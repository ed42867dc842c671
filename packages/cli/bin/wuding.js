#!/usr/bin/env node
/**
 * @module wuding — starts the bundled command line.
 *
 * A file of its own, because package managers link only programs that exist when they install, and the
 * bundle is built afterwards. It loads the files of the bundle itself, with the machine code that the
 * build kept beside each of them (`<file>.compiled`): compiling them anew would be a fifth of every start.
 * Code that another Node.js kept, or that is damaged, is not taken: then the source is compiled.
 * CommonJS, and so is the bundle, because Node.js needs 5 ms longer to begin with an ES module.
 */
const { existsSync, readFileSync } = require("node:fs");
const { wrap } = require("node:module");
const { Script } = require("node:vm");

const bundle = `${__dirname}/../bundle/`;
/** What has been loaded, by file name: `module` and `script`. */
const loaded = new Map();

/** The exports of one file of the bundle. */
const load = (name) => {
  const known = loaded.get(name);
  if (known !== undefined) return known.module.exports;
  const filename = bundle + name;
  const script = new Script(wrap(readFileSync(filename, "utf8")), {
    filename,
    columnOffset: -wrap("").indexOf("\n"),
    cachedData: readKept(filename),
  });
  const module = { exports: {} };
  loaded.set(name, { module, script });
  const requireFrom = (id) => (id.startsWith("./") ? load(id.slice(2)) : require(id));
  script.runInThisContext()(module.exports, requireFrom, module, filename, bundle);
  return module.exports;
};

/** The code kept for a file: the SHA-256 of it, then itself. V8 refuses what is not for it, but trusts the rest. */
const readKept = (filename) => {
  const kept = `${filename}.compiled`;
  if (!existsSync(kept)) return undefined;
  let bytes;
  try {
    bytes = readFileSync(kept);
  } catch {
    return undefined; // somebody else's, and not for everybody's eyes
  }
  const code = bytes.subarray(32);
  const digest = require("node:crypto").createHash("sha256").update(code).digest();
  return digest.equals(bytes.subarray(0, 32)) ? code : undefined;
};

exports.loaded = loaded;
if (existsSync(`${bundle}main.cjs`)) {
  load("main.cjs");
} else {
  console.error("wuding is not built yet: run npm run build (or npm start) in its folder.");
  process.exitCode = 1;
}
