/**
 * @module occurred-on — when a fact was true: a civil date, or an instant with a written offset.
 *
 * The precision is kept as given; for every rule that counts days, an instant is the day it falls on
 * in Asia/Shanghai (+08:00, the offset of every instant this system can record).
 */
import type { CivilDate } from "./civil-date.ts";
import { isCivilDate } from "./civil-date.ts";

/** `2026-11-21`, or `2026-11-21T15:30+08:00` where the hour matters. */
export type OccurredOn = string;

const instantForm =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;
const shanghaiMs = 8 * 3_600_000;

/** Whether the text is a date that exists or an instant with an offset. */
export const isOccurredOn = (text: string): boolean => {
  if (isCivilDate(text)) return true;
  const match = instantForm.exec(text);
  // at the ends of the calendar the day in Asia/Shanghai may fall out of it
  return (
    match !== null && isCivilDate(match[1] ?? "") && isCivilDate(shanghaiDate(Date.parse(text)))
  );
};

const recordedForm = /^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/** Whether the text is an instant as stores write it: `2026-11-22T01:02:03.456Z`, and one that exists. */
export const isRecordedAt = (text: string): boolean =>
  recordedForm.test(text) && isCivilDate(text.slice(0, 10));

/** The civil date in Asia/Shanghai on which a fact was true. */
export const dateOf = (on: OccurredOn): CivilDate =>
  on.length === 10 ? on : shanghaiDate(Date.parse(on));

/** The civil date in Asia/Shanghai of an instant in milliseconds since 1970. */
export const shanghaiDate = (ms: number): CivilDate =>
  new Date(ms + shanghaiMs).toISOString().slice(0, 10);

/** The civil date in Asia/Shanghai on which an event was recorded. */
export const recordedOn = ({ recordedAt }: Readonly<{ recordedAt: string }>): CivilDate =>
  shanghaiDate(Date.parse(recordedAt));

/** An instant as people in China read it: `2021-03-26T09:00:00.000+08:00`. */
export const shanghaiInstant = (utc: string): string =>
  `${new Date(Date.parse(utc) + shanghaiMs).toISOString().slice(0, -1)}+08:00`;
