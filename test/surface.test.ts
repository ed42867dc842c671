/**
 * @module surface.test — every name a package exports, compared with the list in `surface.txt`.
 *
 * The list changes only on purpose: `npm run surface` writes it anew, and the difference is reviewed.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "vite";
import { describe, expect, it } from "vitest";

const packages = fileURLToPath(new URL("../packages/", import.meta.url));

interface EntryPoint {
  /** As an embedder imports it: `@wuding/engine/memory`. */
  name: string;
  file: string;
}

const entryPoints: EntryPoint[] = readdirSync(packages)
  .toSorted()
  .flatMap((folder) => {
    const manifest = JSON.parse(
      readFileSync(path.join(packages, folder, "package.json"), "utf8"),
    ) as { name: string; exports?: Record<string, string | Record<string, string>> };
    return Object.entries(manifest.exports ?? {}).flatMap(([subpath, target]) => {
      if (typeof target === "string") return [];
      const file = path.join(packages, folder, target["@wuding/source"] ?? "");
      return [{ name: manifest.name + subpath.slice(1), file }];
    });
  });

const exportsOf = ({ file }: EntryPoint): { name: string; isType: boolean }[] =>
  parseSync(file, readFileSync(file, "utf8")).module.staticExports.flatMap((statement) =>
    statement.entries.map((entry) => ({
      name: entry.exportName.name ?? (entry.exportName.kind === "Default" ? "default" : "*"),
      isType: entry.isType,
    })),
  );

describe("the public surface", () => {
  it("is what surface.txt says", async () => {
    const lines = entryPoints.flatMap((entryPoint) => [
      entryPoint.name,
      ...exportsOf(entryPoint)
        .map(({ name, isType }) => (isType ? `  type ${name}` : `  ${name}`))
        .toSorted(),
      "",
    ]);
    await expect(lines.join("\n")).toMatchFileSnapshot("surface.txt");
  });

  it("has named exports only, so that nothing becomes public by accident", () => {
    const unnamed = entryPoints.flatMap((entryPoint) =>
      exportsOf(entryPoint)
        .filter(({ name }) => name === "*" || name === "default")
        .map(({ name }) => `${entryPoint.name} exports ${name}`),
    );
    expect(unnamed).toEqual([]);
  });
});
