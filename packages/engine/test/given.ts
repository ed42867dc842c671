/**
 * @module given — scenarios through the real casebook on the store in memory:
 * `await given(receive(), assign()).when(contact()).then("ContactRecorded")`.
 *
 * The clock and the ids are written. The commands below tell one ordinary year of one proposal; a test
 * changes the fields that it is about.
 */
import type {
  Casebook,
  CaseView,
  ErrorCode,
  EventStore,
  Ids,
  Rulebook,
  Status,
} from "@wuding/engine";
import { createCasebook, isEngineError, shippedRulebook } from "@wuding/engine";
import type { MemoryStore, MemoryStoreOptions } from "@wuding/engine/memory";
import { createMemoryStore } from "@wuding/engine/memory";
import type { SettableClock } from "@wuding/engine/testing";
import { countingIds, settableClock } from "@wuding/engine/testing";
import { expect } from "vitest";

/** A command as a line of `apply` holds it; bad ones are wanted too, so it is not typed. */
export type Given = Readonly<Record<string, unknown>>;
/** A command by somebody else than the clerk. */
export type Step = Given | Readonly<{ by: string; step: Given }>;

export const clerk = "经办人甲";
export const today = "2021-12-31";
export const caseId = "cppcc/15-5/122";

export const by = (actor: string, step: Given): Step => ({ by: actor, step });

export const receive = (fields: Given = {}): Given => ({
  command: "receive",
  kind: "cppcc",
  session: "15-5",
  number: "122",
  title: "关于改进政务信息化建设的建议",
  proposers: ["李楠"],
  on: "2021-04-02",
  ...fields,
});

/** The five names of the 五定. */
export const five = {
  department: "规划科",
  person: "经办人甲",
  due: "2021-06-20",
  task: "答复",
  responsibility: "规划科科长负总责",
} as const;

const about =
  (command: string, on: string, usual: Given = {}) =>
  (fields: Given = {}): Given => ({ command, case: caseId, on, ...usual, ...fields });

export const assign = about("assign", "2021-04-06", five);
export const reassign = about("reassign", "2021-04-20", { ...five, reason: "人员变动" });
export const contact = about("contact", "2021-04-15", { mode: "visit" });
export const waiveContact = about("waive-contact", "2021-04-15", { reason: "委员本人提出" });
export const answer = about("answer", "2021-06-30", { result: "A" });
export const deliver = about("deliver", "2021-07-02", { proposer: "王兰" });
export const disclose = about("disclose", "2021-09-01", {
  disclosure: "full",
  reason: "定期评估后可以公开",
});
export const requestOpinion = about("request-opinion", "2021-04-20", { unit: "财政局" });
export const recordOpinion = about("record-opinion", "2021-05-10", { text: "经费已列入预算" });
export const returnOpinion = about("return-opinion", "2021-05-12", { reason: "没有实质内容" });
export const draft = about("draft", "2021-06-10", { result: "A", text: "答复拟稿" });
export const review = about("review", "2021-06-15", { decision: "approved", by: "办公室主任" });
export const sign = about("sign", "2021-06-20", { by: "局长" });
export const submitOpinion = about("submit-opinion", "2021-04-28", { text: "同意牵头单位意见" });
const satisfied = { attitude: "satisfied", result: "satisfied" };
export const feedback = about("feedback", "2021-07-05", satisfied);
/** The form that opens a new round. */
export const dissatisfied = (fields: Given = {}): Given =>
  feedback({ result: "dissatisfied", ...fields });
export const followUp = about("follow-up", "2021-07-20", { outcome: "已回访" });
export const commit = about("commit", "2021-06-30", { text: "上线二百项", due: "2021-11-30" });
export const fulfil = about("fulfil", "2021-11-20", { commitment: 1 });
export const verify = about("verify", "2021-12-01", { commitment: 1 });
export const changeCommitment = about("change-commitment", "2021-10-08", {
  commitment: 1,
  reason: "需市政府常务会议研究",
});
export const replyAgain = about("reply-again", "2021-12-05", { commitment: 1 });
export const reportStatus = about("report-status", "2021-12-20");
export const progress = about("progress", "2021-05-10", { summary: "已完成初稿" });
export const reclassify = about("reclassify", "2021-12-10", { result: "A", reason: "已经落实" });
export const lookBack = about("look-back", "2021-12-15", { finding: "现场核实" });
export const escalate = about("escalate", "2021-08-20", {
  by: "市人大常委会代表工委",
  outcome: "召开会议研究",
});
export const close = about("close", "2021-07-10");
export const reopen = about("reopen", "2021-09-01", { reason: "委员再次来信" });
export const withdraw = about("withdraw", "2021-05-01", { reason: "提案人申请撤案" });
export const requestReturn = about("request-return", "2021-04-08", { reason: "不属本单位职责" });
export const extend = about("extend", "2021-06-25", {
  due: "2021-09-30",
  approvedBy: "区政协提案委",
  reason: "涉及面广，需多部门会商",
});
export const remindFeedback = about("remind-feedback", "2021-07-20");
export const expireFeedback = about("expire-feedback", "2021-08-02", { reason: "催收后未收回" });
export const publish = about("publish", "2021-07-08", { catalogue: "政协提案办理结果" });
export const unpublish = about("unpublish", "2021-07-12", { reason: "文字有误" });
export const amend = (fields: Given, more: Given = {}): Given =>
  about("amend", "2021-12-10", { reason: "录入有误" })({ fields, ...more });
/** Takes back the event at a place in the log; the first one of a case that is alone there is at 1. */
export const retract = (event: number, more: Given = {}): Given =>
  about("retract", "2021-12-10", { reason: "误记" })({ event, ...more });
export const signReceipt = about("sign-receipt", "2021-04-06", { by: "办公室值班员" });
export const redispatch = about("redispatch", "2021-05-06", {
  unit: "市住建局",
  by: "政府办公室",
  reason: "职责不在本单位",
});
export const markComplex = about("mark-complex", "2021-06-01", {
  by: "区政协提案委",
  reason: "涉及面广、处理难度大",
});
export const withdrawExtension = about("withdraw-extension", "2021-06-28", {
  by: "区政协提案委",
  reason: "会商已经完成",
});
export const urge = about("urge", "2021-05-10", { by: "政府督查室", reason: "请报送进展" });
export const decideReturn = about("decide-return", "2021-04-12", {
  decision: "approved",
  by: "政府办公室",
});

/** From the receipt to a satisfied proposer. */
export const handled = [receive(), assign(), contact(), answer(), feedback()] as const;
/** From the receipt to the second round. */
export const inRoundTwo = [receive(), assign(), contact(), answer(), dissatisfied()] as const;

export type Book = Readonly<{ book: Casebook; store: MemoryStore; clock: SettableClock }>;

/** Makes a new, empty store; one in memory unless a test has its own. */
export type NewStore = (given: MemoryStoreOptions) => MemoryStore | Promise<MemoryStore>;

/** A new casebook on a new store, at noon of `today`; under the national rulebook unless told. */
export const newBook = async (
  day: string = today,
  newStore: NewStore = createMemoryStore,
  rulebook?: Rulebook,
): Promise<Book> => {
  const clock = settableClock(`${day}T04:00:00.000Z`);
  const ids = countingIds();
  const origin = "office.invalid/log";
  const store = await newStore({ clock, ids, origin });
  const actor = { id: clerk };
  const options = { store, clock, ids, actor, origin, ...(rulebook && { rulebook }) };
  return { book: await createCasebook(options), store, clock };
};

/** Records a step, or throws its refusal. */
export const take = ({ book }: Pick<Book, "book">, step: Step) =>
  "step" in step
    ? book.executeGiven(step.step, { actor: { id: String(step.by) } })
    : book.executeGiven(step);

/** A casebook in which these commands have been recorded. */
export const bookWith = async (...steps: readonly Step[]): Promise<Book> =>
  bookUnder(undefined, ...steps);

/** The same under a rulebook, which may be one that comes with the engine, by its name. */
export const bookUnder = async (
  rulebook: Rulebook | string | undefined,
  ...steps: readonly Step[]
): Promise<Book> => {
  const rules = typeof rulebook === "string" ? await shippedRulebook(rulebook) : rulebook;
  const made = await newBook(today, createMemoryStore, rules);
  for (const step of steps) await take(made, step);
  return made;
};

/** Ids for a second casebook on the same store: its commands are not the first one's. */
export const idsNamed = (name: string): Ids => {
  const numbers = countingIds();
  return { next: () => `${name}-${numbers.next()}` };
};

const projections = ["ledger", "deadlines", "rates"];

/** Everything that "nothing was recorded" is about. */
export const contentOf = async (store: MemoryStore): Promise<unknown> => ({
  size: await store.size(),
  events: await store.readAll({ limit: 100_000 }),
  nodes: await store.readNodes(1, { limit: 100_000 }),
  rows: await Promise.all(
    projections.map((projection) => store.rows({ projection, limit: 100_000 })),
  ),
  tallies: await Promise.all(projections.map((name) => store.tallies(name))),
});

/** The refusal of some work, and the proof that it changed nothing. */
export const refusalOf = async (
  store: MemoryStore,
  work: () => Promise<unknown>,
  code: ErrorCode,
  data: object = {},
): Promise<void> => {
  const before = await contentOf(store);
  const thrown: unknown = await work().then(
    (told) => ({ code: "no refusal", told }),
    (error: unknown) => error,
  );
  expect(thrown).toMatchObject({ code, data });
  if (!isEngineError(thrown)) throw thrown;
  for (const label of [thrown.sentence, thrown.hint]) {
    expect(label.zh).not.toBe("");
    expect(label.en).not.toBe("");
  }
  expect(await contentOf(store)).toEqual(before);
};

/** What became of the command after the given ones. */
export type Outcome = Readonly<{
  /** It recorded exactly these facts; gives the case afterwards. */
  then(...types: readonly string[]): Promise<CaseView>;
  /** It was recorded and the case stands there now. */
  thenStatus(status: Status): Promise<CaseView>;
  /** It asked for what is already so. */
  thenUnchanged(): Promise<void>;
  /** It was refused, by this guard or with at least these facts, and nothing was recorded. */
  thenRefused(code: ErrorCode, guardOrData?: string | object): Promise<void>;
}>;

const stepOf = (step: Step): Given => ("step" in step ? (step.step as Given) : step);

const nameOf = (step: Step): string => {
  const { case: one, cases, kind, session, number } = stepOf(step);
  if (Array.isArray(cases)) return String(cases[0]);
  return typeof one === "string" ? one : `${String(kind)}/${String(session)}/${String(number)}`;
};

type Scenario = Readonly<{ when(step: Step): Outcome }>;

/** A case as its commands leave it, and the command that the test is about. */
export const given = (...steps: readonly Step[]): Scenario => givenUnder(undefined, ...steps);

/** The same under a rulebook, which may be one that comes with the engine, by its name. */
export const givenUnder = (
  rulebook: Rulebook | string | undefined,
  ...steps: readonly Step[]
): Scenario => ({
  when: (step) => {
    const recorded = async () => {
      const made = await bookUnder(rulebook, ...steps);
      const told = await take(made, step);
      // whatever happened, the case replays through the machine and the projections follow it
      const replayed = await made.book.replayAll();
      expect(replayed).toMatchObject({ firstFault: null, faults: 0 });
      expect(await made.book.certify()).toMatchObject({ differences: [], uncounted: [] });
      return { told, view: await made.book.show(nameOf(step)) };
    };
    return {
      // oxlint-disable-next-line unicorn/no-thenable -- given, when, then; nobody awaits an outcome
      then: async (...types) => {
        const { told, view } = await recorded();
        expect(told).toMatchObject({ events: types, unchanged: false, version: view.version });
        return view;
      },
      thenStatus: async (status) => {
        const { view } = await recorded();
        expect(view.status).toBe(status);
        return view;
      },
      thenUnchanged: async () => {
        const { told, view } = await recorded();
        expect(told).toMatchObject({ events: [], unchanged: true, version: view.version });
      },
      thenRefused: async (code, guardOrData = {}) => {
        const made = await bookUnder(rulebook, ...steps);
        const data = typeof guardOrData === "string" ? { rule: guardOrData } : guardOrData;
        await refusalOf(made.store, () => take(made, step), code, data);
      },
    };
  },
});

/** The types of a case's events, in order. */
export const typesOf = async (store: EventStore, id: string = caseId): Promise<string[]> =>
  (await store.readStream(id)).map(({ type }) => type);

/** A rulebook that answers one of its questions this way for proposals, by a rule of its own. */
export const choosing = <Name extends "coOpinions" | "replySteps" | "deliveredWhen">(
  base: Rulebook,
  name: Name,
  value: Rulebook[Name][number]["value"],
): Rulebook => ({
  ...base,
  id: "chosen",
  [name]: [
    { kinds: ["cppcc"], value, source: { title: chosenRule }, confidence: "page" },
    ...base[name],
  ],
});

/** Where the choices of `choosing` stand. */
export const chosenRule = { zh: "某区提案办理办法", en: "a district's rules" } as const;
