#!/usr/bin/env node
/**
 * @module wuding — starts the bundled command line.
 *
 * A file of its own, because package managers link only programs that exist when they install, and
 * the bundle is built afterwards. It imports nothing else: each import is felt at every start.
 */
try {
  await import("../bundle/main.js");
} catch (error) {
  const { existsSync } = await import("node:fs");
  if (existsSync(new URL("../bundle/main.js", import.meta.url))) throw error;
  console.error("wuding is not built yet: run npm run build (or npm start) in its folder.");
  process.exitCode = 1;
}
