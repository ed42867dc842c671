/** @module sealed-entries — the personal values that the events of a case have sealed, oldest first. */
import type { CaseEventData } from "../case/events.ts";
import type { SealedEntry } from "../decider/roads/forgetting.ts";
import { sealsIn } from "../log/sealed-in.ts";
import type { RecordedEvent } from "../ports/event-store.ts";

/** Every value with the event that sealed it; one that an amendment kept comes once more with that. */
export const sealedEntriesOf = (events: readonly RecordedEvent[]): readonly SealedEntry[] => {
  const forgotten = new Set(events.flatMap(forgottenBy));
  let received = 0;
  let joined = 0;
  const entries: SealedEntry[] = [];
  for (const { type, data, globalPosition: event } of events) {
    const isAmendment = type === "EntryAmended";
    const amended = data as CaseEventData["EntryAmended"];
    const of = isAmendment ? amended.type : type;
    const { proposers = [] } = (isAmendment ? amended.data : data) as Proposing;
    // the proposers of a merged case stand behind those who were there
    const before = of === "ProposersJoined" ? received + joined : 0;
    for (const { seal, path } of sealsIn(isAmendment ? amended.data : data)) {
      const place = Number(/^proposers\[(\d+)\]/.exec(path)?.[1] ?? 0);
      const name = proposers[place - 1]?.name;
      entries.push({
        seal,
        field: path.replace(/^proposers\[\d+\]/, `proposers[${before + place}]`),
        ...(name !== undefined && { name }),
        event,
        isForgotten: forgotten.has(seal),
      });
    }
    if (of === "CaseReceived") received = proposers.length;
    if (type === "ProposersJoined") joined += proposers.length;
  }
  return entries;
};

type Proposing = Readonly<{ proposers?: readonly Readonly<{ name: string }>[] }>;

/** The seals that an event says were forgotten. */
export const forgottenBy = ({
  type,
  data,
}: Pick<RecordedEvent, "type" | "data">): readonly string[] =>
  type === "PersonalDataForgotten"
    ? (data as CaseEventData["PersonalDataForgotten"]).values.map(({ seal }) => seal)
    : [];
