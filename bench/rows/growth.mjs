/** @module growth — what grows with the log though it need not: the cost of one append, and of `rates`. */
import { row } from "../frame/rows.mjs";
import { turns } from "../frame/turns.mjs";
import { openBook } from "../work/casebooks.mjs";
import { numberOf, requestMaker } from "../work/cases.mjs";

/** Numbers that none of the casebooks has. */
const beyondAll = 2_000_000;

export const contenders = {
  append: async ({ file, cases }) => {
    const { store, book } = await openBook(file);
    const requestsOf = await requestMaker();
    let used = beyondAll;
    return {
      round: async () => {
        const requests = Array.from({ length: cases }, () =>
          requestsOf(numberOf((used += 1))),
        ).flat();
        const started = performance.now();
        for (const request of requests) await store.append(request);
        return ((performance.now() - started) * 1000) / requests.length;
      },
      end: () => book.close(),
    };
  },
  rates: async ({ file, times }) => {
    const { book } = await openBook(file);
    return {
      round: async () => {
        const started = performance.now();
        for (let time = 0; time < times; time += 1) await book.rates();
        return (performance.now() - started) / times;
      },
      end: () => book.close(),
    };
  },
};

export const group = {
  name: "growth",
  measure: async ({ rounds, quick, sizes, casebooks }) => {
    const module = new URL(import.meta.url);
    const [small, large] = [
      await casebooks.ofEvents(sizes[0]),
      await casebooks.ofEvents(sizes.at(-1)),
    ];
    const both = (name, given) =>
      turns(
        [
          { module, name, label: "small", given: { ...given, file: casebooks.copyOf(small) } },
          { module, name, label: "large", given: { ...given, file: casebooks.copyOf(large) } },
        ],
        rounds,
      );
    const append = await both("append", { cases: quick ? 1 : 60 });
    const rates = await both("rates", { times: quick ? 2 : 20 });
    const times = `${sizes.at(-1) / sizes[0]} times the events`;
    return [
      row("growth.append", append.get("large"), append.get("small"), times),
      row("growth.rates", rates.get("large"), rates.get("small"), times),
    ];
  },
};
