#!/usr/bin/env node
/**
 * @module wuding — starts the bundled command line.
 *
 * A file of its own, because package managers link only programs that exist when they install, and
 * the bundle is built afterwards. It loads nothing else: each file is felt at every start. It is
 * CommonJS, and so is the bundle, because Node.js needs 5 ms longer to begin with an ES module.
 */
try {
  require("../bundle/main.cjs");
} catch (error) {
  const { existsSync } = require("node:fs");
  if (existsSync(`${__dirname}/../bundle/main.cjs`)) throw error;
  console.error("wuding is not built yet: run npm run build (or npm start) in its folder.");
  process.exitCode = 1;
}
