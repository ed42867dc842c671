/**
 * @module restoring-process — a program of its own that puts two backups in the place of a casebook by turns.
 *
 * Arguments: file, then the backups. A line is written after each restore, until somebody kills it.
 */
import { restoreCasebook } from "../src/restore.ts";

const [file = "", ...backups] = process.argv.slice(2);

for (let turn = 0; ; turn += 1) {
  const backup = backups[turn % backups.length] ?? "";
  await restoreCasebook(backup, file, { replace: true, verify: async () => undefined });
  process.stdout.write(`${turn}\n`);
}
