/** @module scan — the least that anybody must do who reads a whole log: each body read and parsed once. */
import { createHash } from "node:crypto";
import { readBare } from "./bare.mjs";

/** Microseconds an event, in pages of a thousand. */
const timeScan = (database, look) => {
  const page = database
    .prepare("select seq, body from event where seq > ? order by seq limit 1000")
    .raw();
  const started = performance.now();
  let events = 0;
  for (let after = -1; ;) {
    const rows = page.all(after);
    if (rows.length === 0) break;
    for (const [, body] of rows) look(body);
    events += rows.length;
    after = rows.at(-1)[0];
  }
  return ((performance.now() - started) * 1000) / events;
};

/** Reads and parses. */
export const scanning = ({ file }) => {
  const database = readBare(file);
  return {
    round: () => timeScan(database, (body) => JSON.parse(body)),
    end: () => database.close(),
  };
};

/** Reads, parses and hashes the same bytes, with nothing compared. */
export const hashing = ({ file }) => {
  const database = readBare(file);
  const look = (body) => {
    JSON.parse(body);
    createHash("sha256").update(body, "utf8").digest();
  };
  return { round: () => timeScan(database, look), end: () => database.close() };
};
