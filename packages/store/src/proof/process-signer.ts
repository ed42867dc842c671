/**
 * @module process-signer — signs through another program, which talks to a cipher machine 密码机 or a card.
 *
 *     PROGRAM … key      prints the public key, `<name>+<id>+<base64(type ‖ key)>`
 *     PROGRAM … sign     reads the message on stdin, prints base64 of the 64 bytes of the signature
 *
 * The private key never comes here. What is printed is checked against the public key before it is used.
 */
import { spawn } from "node:child_process";
import type { Label } from "@wuding/engine";
import type { Signer } from "@wuding/engine/proof";
import { fromBase64, isSignedBy, readVerifierKey } from "@wuding/engine/proof";
import { unavailable } from "../faults.ts";

/** Somebody may have to press a button. */
const timeoutMs = 120_000;
const outputMax = 10_000;

/**
 * The signer behind a program.
 * @param command the program and its first arguments; no shell reads them
 * @throws EngineError `STORE_UNAVAILABLE` when it cannot be started, fails, or prints something else
 */
export const processSigner = async (command: readonly string[]): Promise<Signer> => {
  const [program = ""] = command;
  const key = readVerifierKey((await answerOf(command, "key", "")).trim());
  if (key === undefined) throw unavailable(program, words.noKey);
  return {
    key,
    sign: async (message) => {
      const signature = fromBase64((await answerOf(command, "sign", message)).trim());
      if (signature === undefined || !isSignedBy(key, message, signature)) {
        throw unavailable(program, words.noSignature);
      }
      return signature;
    },
  };
};

const answerOf = (
  [program = "", ...given]: readonly string[],
  action: "key" | "sign",
  input: string | Uint8Array,
): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, [...given, action], {
      stdio: ["pipe", "pipe", "inherit"],
      timeout: timeoutMs,
    });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (output.length > outputMax) child.kill();
    });
    // a program that does not read its message fails by what it prints
    child.stdin.on("error", () => undefined);
    child.on("error", (error) => reject(unavailable(program, words.notStarted, error)));
    child.on("close", (code) => {
      if (code === 0) resolve(output);
      else reject(unavailable(program, words.failed));
    });
    child.stdin.end(input);
  });

const words = {
  notStarted: { zh: "签名程序无法启动", en: "the signing program cannot be started" },
  failed: { zh: "签名程序执行失败", en: "the signing program failed" },
  noKey: { zh: "签名程序没有给出公钥", en: "the signing program printed no public key" },
  noSignature: {
    zh: "签名程序没有给出成立的签名",
    en: "the signing program printed no signature by its key",
  },
} as const satisfies Record<string, Label>;
