/** @module version — the version of this program, from its manifest, which lies beside `src/` and `bundle/`. */
import { readFileSync } from "node:fs";

/** For example `0.1.0`. */
export const readVersion = (): string => {
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
};
