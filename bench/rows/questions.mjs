/**
 * @module questions — `rates`, `due` and `show` in process, in a small casebook and in a large one. What is
 * due costs what it shows: in the week that is asked about as much falls due in every casebook.
 */
import { row } from "../frame/rows.mjs";
import { turns } from "../frame/turns.mjs";
import { openBook } from "../work/casebooks.mjs";
import { caseOf, numberOf } from "../work/cases.mjs";

const today = "2021-05-10";

const asking = {
  rates: (book) => book.rates({ today }),
  due: (book) => book.due({ today, withinDays: 7 }),
  show: (book, cases) => book.show(caseOf(numberOf(Math.floor(cases * 0.77)))),
};

const contender =
  (ask) =>
  async ({ file, cases, times }) => {
    const { book } = await openBook(file);
    return {
      round: async () => {
        const started = performance.now();
        for (let time = 0; time < times; time += 1) await ask(book, cases);
        return (performance.now() - started) / times;
      },
      end: () => book.close(),
    };
  };

export const contenders = {
  rates: contender(asking.rates),
  due: contender(asking.due),
  show: contender(asking.show),
};

export const group = {
  name: "questions",
  measure: async ({ rounds, quick, sizes, casebooks }) => {
    const module = new URL(import.meta.url);
    const files = await Promise.all(sizes.map((cases) => casebooks.ofCases(cases)));
    const [small, large] = [
      { file: files[0], cases: sizes[0] },
      { file: files.at(-1), cases: sizes.at(-1) },
    ];
    const said = `${sizes.at(-1).toLocaleString("en-US")} cases`;
    const rows = [];
    for (const name of Object.keys(asking)) {
      const times = quick ? 2 : 10;
      const found = await turns(
        [
          { module, name, label: "small", given: { ...small, times } },
          { module, name, label: "large", given: { ...large, times } },
        ],
        rounds,
      );
      rows.push(
        row(`questions.${name}`, found.get("large"), null, said),
        row(`questions.${name}-growth`, found.get("large"), found.get("small"), said),
      );
    }
    return rows;
  },
};
