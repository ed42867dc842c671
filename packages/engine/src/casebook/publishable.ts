/**
 * @module publishable — the newest reply of a case as it may stand in public: what the record of 政府信息公开
 * is made of, and the contact data that must not stand in it.
 */
import type { CaseId } from "../case/case-id.ts";
import { lastReply } from "../case/reading.ts";
import type { CaseState } from "../case/state.ts";
import type { Disclosure, Label, Level, ProposerType } from "../case/terms.ts";
import { EngineError } from "../errors.ts";
import { publishingGuards } from "../lifecycle/guards/publishing.ts";
import { replyGuards } from "../lifecycle/guards/reply.ts";
import type { Kind } from "../rulebook/rulebook.ts";
import type { CivilDate } from "../time/civil-date.ts";
import { dateOf } from "../time/occurred-on.ts";
import type { Reader } from "./reader.ts";
import { casesOf, readCase, rulebookOf } from "./reader.ts";
import { viewOf } from "./show.ts";

/** An index number 索引号 that a reply of this casebook was published under, and when. */
export type UsedIndexNumber = Readonly<{ case: CaseId; indexNumber: string; on: CivilDate }>;

export type PublishableReply = Readonly<{
  case: CaseId;
  kind: Pick<Kind, "id" | "label" | "noun" | "proposer">;
  session: string;
  number: string;
  level: Level | null;
  title: string;
  proposers: readonly string[];
  proposerType: ProposerType;
  /** The unit that answers: the office of the casebook, else the lead unit of the case. */
  publisher: string | null;
  disclosure: Disclosure;
  documentNumber: string | null;
  repliedOn: CivilDate;
  /** The text as it was sent; null where only a file, or nothing, was recorded. */
  text: string | null;
  /** Where it stands in public; null while that is not recorded. */
  publication: Readonly<{
    on: CivilDate;
    catalogue: string | null;
    indexNumber: string | null;
    url: string | null;
  }> | null;
  /** Contact data that the casebook keeps of this case: wherever it stands in a text, it goes. */
  personal: readonly string[];
  /** Index numbers of other replies of this casebook. */
  usedNumbers: readonly UsedIndexNumber[];
}>;

/**
 * The newest reply of a case, where rules and the proposer's wish let it be published.
 * @throws EngineError `NOT_FOUND`, `AMBIGUOUS_CASE`; `RULE_REFUSED` with the rule that `publish` asks, too
 */
export const publishableReply = async (
  reader: Reader,
  name: string,
  today: CivilDate,
): Promise<PublishableReply> => {
  const { state } = await readCase(reader, name);
  const rulebook = rulebookOf(reader, state);
  const reply = lastReply(state);
  if (reply === undefined) throw refusal(state, "replyDelivered", replyGuards.replyDelivered);
  if (state.received.consentToPublish === false) {
    throw refusal(state, "proposerConsents", publishingGuards.proposerConsents);
  }
  const { disclosure } = reply;
  if (disclosure !== "full" && disclosure !== "summary") {
    throw refusal(state, "mayBePublished", publishingGuards.mayBePublished);
  }
  const { received, publication } = state;
  const kind = rulebook.kinds.find(({ id }) => id === received.kind);
  const view = await viewOf(state, today, reader.store, rulebook);
  return {
    case: state.case,
    kind: {
      id: received.kind,
      label: kind?.label ?? plain(received.kind),
      noun: kind?.noun ?? plain(received.kind),
      proposer: kind?.proposer ?? plain(""),
    },
    session: received.session,
    number: received.number,
    level: received.level ?? null,
    title: received.title,
    proposers: received.proposers.map((proposer) => proposer.name),
    proposerType: received.proposerType,
    publisher: reader.rules.opening.office ?? received.leadUnit ?? null,
    disclosure,
    documentNumber: reply.documentNumber ?? null,
    repliedOn: dateOf(reply.on),
    text: reply.text ?? null,
    publication: publication && {
      on: dateOf(publication.on),
      catalogue: publication.catalogue ?? null,
      indexNumber: publication.indexNumber ?? null,
      url: publication.url ?? null,
    },
    personal: [
      ...view.proposers.flatMap(({ phone }) => phone ?? []),
      ...view.replies.flatMap(({ contactPerson, contactPhone }) => [
        ...(contactPerson == null ? [] : [contactPerson]),
        ...(contactPhone == null ? [] : [contactPhone]),
      ]),
    ],
    usedNumbers: await usedNumbers(reader, state.case),
  };
};

const plain = (word: string): Label => ({ zh: word, en: word });

const refusal = (
  state: CaseState,
  rule: string,
  { why, source, repair }: Readonly<{ why: Label; source: Label; repair: Label }>,
): EngineError<"RULE_REFUSED"> =>
  new EngineError("RULE_REFUSED", { case: state.case, rule, why, source, repair });

const usedNumbers = async (
  { store }: Reader,
  except: CaseId,
): Promise<readonly UsedIndexNumber[]> => {
  const found: UsedIndexNumber[] = [];
  for await (const { id, events } of casesOf(store)) {
    if (id === except) continue;
    for (const { type, data, on } of events) {
      if (type !== "ReplyPublished") continue;
      const { indexNumber } = data as Readonly<{ indexNumber?: string }>;
      if (indexNumber !== undefined) found.push({ case: id, indexNumber, on: dateOf(on) });
    }
  }
  return found;
};
