/** @module given-sqlite — the file as another program sees it: SQLite with none of our settings. */
import { onTestFinished } from "vitest";
import type { DriverHandle } from "../src/driver.ts";
import { loadDriver } from "../src/driver.ts";

/** A connection of another program, closed when the test is over. */
export const otherProgram = (file: string): DriverHandle => {
  const Driver = loadDriver();
  const handle = new Driver(file, { timeout: 0 });
  onTestFinished(() => {
    handle.close();
  });
  return handle;
};
