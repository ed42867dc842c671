/** @module casebooks — casebooks of a given size, made once a run, and the stores to work on them. */
import { copyFileSync } from "node:fs";
import path from "node:path";
import { createCasebook, openCasebookOn } from "../../packages/engine/dist/index.js";
import { openStore } from "../../packages/store/dist/index.js";
import { actor, clock, ids, numberOf, origin, requestMaker, steps } from "./cases.mjs";

export const openLog = (file, options = {}) => openStore(file, { clock, ids, origin, ...options });

/** A new casebook, every safeguard on. */
export const newCasebook = async (file) => {
  const store = await openLog(file, { create: true });
  return { store, book: await createCasebook({ store, clock, ids, actor, origin }) };
};

export const openBook = async (file, options = {}) => {
  const store = await openLog(file, options);
  return { store, book: await openCasebookOn({ store, clock, ids, actor, ...options }) };
};

const requestsTogether = 4000;

/** Cases that are being handled, in every casebook as many; all before them are closed, as in an office's archive. */
const inHand = 1000;
/** How far those have come, in turns. */
const stages = [1, 8, 3, 1];
/** Cases that fall due in the week that is asked about: as many in every casebook. */
const dueSoon = 20;

const makeCasebook = async (file, cases, lengthOf) => {
  const { store, book } = await newCasebook(file);
  const requestsOf = await requestMaker();
  const dueRequestsOf = await requestMaker({ due: "2021-05-12" });
  let batch = [];
  for (let index = 0; index < cases; index += 1) {
    const length = lengthOf(index);
    batch.push(
      ...(length === null
        ? dueRequestsOf(numberOf(index), 3)
        : requestsOf(numberOf(index), length)),
    );
    if (batch.length < requestsTogether) continue;
    await store.appendTogether(batch);
    batch = [];
  }
  await store.appendTogether(batch);
  await book.close();
};

/**
 * Files of this run, by what is in them; each is made when it is first asked for.
 * @param {string} folder
 */
export const casebooksIn = (folder) => {
  const made = new Map();
  let copies = 0;
  const once = async (name, make) => {
    const file = path.join(folder, `${name}.db`);
    if (!made.has(file)) made.set(file, make(file));
    await made.get(file);
    return file;
  };
  return {
    folder,
    /** About so many events, in cases of eight. */
    ofEvents: (events) =>
      once(`events-${events}`, (file) =>
        makeCasebook(file, Math.ceil(events / steps), () => steps),
      ),
    /** So many cases: those in hand at every stage, the others closed. */
    ofCases: (cases) =>
      once(`cases-${cases}`, (file) =>
        makeCasebook(file, cases, (index) =>
          index < dueSoon ? null : index < inHand ? stages[index % stages.length] : steps,
        ),
      ),
    /** A copy that may be written to. */
    copyOf: (file) => {
      const copy = path.join(folder, `copy-${(copies += 1)}.db`);
      copyFileSync(file, copy);
      return copy;
    },
    /** A name for a file that a contender makes. */
    newFile: (name) => path.join(folder, `${name}-${(copies += 1)}.db`),
  };
};
