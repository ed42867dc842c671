/**
 * @module failing-store — a store that fails when a test says so: with an error before a write or after it, or by
 * the end of its process, after which it answers nobody any more.
 */
import { EngineError } from "@wuding/engine";
import type { Store } from "@wuding/store";

/** The process is gone: nobody got an answer, whatever had become of the question. */
export class Crash extends Error {
  constructor() {
    super("the process is gone");
  }
}

export type Strike = "none" | "errorBefore" | "errorAfter" | "crashBefore" | "crashAfter";

export type FailingStore = Readonly<{
  store: Store;
  /** What happens to the next write; without one it passes by. */
  strike(how: Strike): void;
}>;

const unavailable = (outcomeUnknown: boolean): EngineError<"STORE_UNAVAILABLE"> =>
  new EngineError("STORE_UNAVAILABLE", {
    file: "casebook.db",
    why: { zh: "演练故障", en: "a failure of the exercise" },
    ...(outcomeUnknown && { outcomeUnknown: true }),
  });

export const failingStore = (store: Store): FailingStore => {
  let coming: Strike = "none";
  let isGone = false;

  const assertThere = (): void => {
    if (isGone) throw new Crash();
  };
  const crash = (): never => {
    isGone = true;
    throw new Crash();
  };

  const struck = async <Result>(write: () => Promise<Result>): Promise<Result> => {
    assertThere();
    const strike = coming;
    coming = "none";
    if (strike === "errorBefore") throw unavailable(false);
    if (strike === "crashBefore") crash();
    const result = await write();
    if (strike === "errorAfter") throw unavailable(true);
    if (strike === "crashAfter") crash();
    return result;
  };

  return {
    store: {
      ...store,
      append: (request) => struck(() => store.append(request)),
      appendTogether: (requests) => struck(() => store.appendTogether(requests)),
      transaction: (work) => struck(() => store.transaction(work)),
    },
    strike: (how) => {
      coming = how;
    },
  };
};
