/** @module vitest.config — tests run against `src/` of every package; no build stands in between. */
import { defaultServerConditions } from "vite";
import { defineConfig } from "vitest/config";

const conditions = ["@wuding/source", ...defaultServerConditions];

export default defineConfig({
  // replacing the conditions drops vite's own, and tests in Node.js read those under `ssr`: name both
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ["packages/*/test/**/*.test.ts", "test/**/*.test.ts", "examples/**/*.test.ts"],
    pool: "forks", // native add-ons are safest outside worker threads
    testTimeout: 30_000,
    // the day is counted in Asia/Shanghai whatever the machine thinks; colours only where a test asks
    env: { TZ: "America/Los_Angeles", NO_COLOR: "1" },
    coverage: { provider: "v8", include: ["packages/*/src/**"], reporter: ["text", "lcov"] },
  },
});
