/** @module at-a-terminal — the built program on a pseudo-terminal, typed at by python3; without python3 there is none. */
import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../bin/wuding.js", import.meta.url));
const driver = fileURLToPath(new URL("at-a-terminal.py", import.meta.url));

/** Whether python3 is here and knows pseudo-terminals. */
export const hasTerminal =
  spawnSync("python3", ["-c", "import sys, pty, fcntl; sys.exit(sys.version_info < (3, 9))"])
    .status === 0;

/** Text that must have appeared since the last thing typed, and what is then typed. */
export type Typing = readonly (readonly [wait: string, send: string])[];

/** What stood on the terminal, without carriage returns, and the exit status. */
export type Screen = Readonly<{ screen: string; status: number }>;

/** Runs the program on a terminal and types. @throws Error with the screen, where what is awaited does not come */
export const atTerminal = async (
  argv: readonly string[],
  script: Typing,
  options: Readonly<{ env?: Readonly<Record<string, string>>; columns?: number }> = {},
): Promise<Screen> => {
  const { env = {}, columns = 80 } = options;
  const child = spawn("python3", [driver], { stdio: ["pipe", "pipe", "pipe"] });
  child.stdin.end(
    JSON.stringify({ argv: [process.execPath, program, ...argv], env, columns, script }),
  );
  const [out, err] = await Promise.all([textOf(child.stdout), textOf(child.stderr)]);
  if (out === "") throw new Error(err);
  return JSON.parse(out) as Screen;
};

const textOf = async (stream: AsyncIterable<Buffer>): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
};
