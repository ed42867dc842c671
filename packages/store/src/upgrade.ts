/** @module upgrade — what opening a file of an older format for writing will do to it; only looks. */
import type { Label } from "@wuding/engine";
import { openCasebookFile } from "./casebook-file.ts";
import { migrations } from "./migrations.ts";

export type UpgradePlan = Readonly<{
  /** The file's format, `PRAGMA user_version`. */
  from: number;
  /** The newest one that this program knows. */
  to: number;
  /** What is between them, in order; `format` is what the step makes. */
  steps: readonly Readonly<{ format: number; label: Label }>[];
}>;

/**
 * The steps between a file's format and the newest one.
 * @throws EngineError as opening it does, `STORE_NEWER` for a format that this program does not know
 */
export const upgradePlan = async (file: string): Promise<UpgradePlan> => {
  const connection = openCasebookFile(file, { readOnly: true, busyTimeoutMs: 15_000 });
  try {
    const from = Number(connection.pragma("user_version"));
    const steps = migrations
      .map(({ label }, index) => ({ format: index + 1, label }))
      .filter(({ format }) => format > from);
    return { from, to: migrations.length, steps };
  } finally {
    connection.close();
  }
};
