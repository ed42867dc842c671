/** @module counted-notes — what a reader of a figure should know of a case that it counts. */
import type { CaseState } from "../case/state.ts";
import type { Label } from "../case/terms.ts";
import { formsRead } from "../projections/form-rating.ts";
import type { RateDefinition } from "../rulebook/rate-definition.ts";

/** Forms that we entered for the proposer, and promises that were changed; undefined where there is nothing to say. */
export const noteOf = (rate: RateDefinition, state: CaseState): Label | undefined => {
  switch (rate.numerator) {
    case "satisfied":
      return enteredForThem(rate, state);
    case "fulfilledOnTime":
      return changedPromises(state);
    default:
      return undefined;
  }
};

const enteredForThem = (rate: RateDefinition, state: CaseState): Label | undefined => {
  const entered = formsRead(rate, state).filter(({ enteredOnBehalf }) => enteredOnBehalf).length;
  return entered === 0
    ? undefined
    : {
        zh: `征询意见表 ${entered} 份系代为录入`,
        en: `forms entered on the proposer's behalf: ${entered}`,
      };
};

const changedPromises = ({ commitments }: CaseState): Label | undefined => {
  const said = commitments.flatMap(({ commitment, due, changes }) => {
    const [first] = changes;
    if (first === undefined) return [];
    const [from, to] = [first.due, due].map((date) => ({
      zh: date ?? "长期",
      en: date ?? "long-term",
    }));
    return from?.zh === to?.zh
      ? [{ zh: `承诺事项 ${commitment} 的内容已变更`, en: `commitment ${commitment} was changed` }]
      : [
          {
            zh: `承诺事项 ${commitment} 的时限由 ${from?.zh} 变更为 ${to?.zh}`,
            en: `commitment ${commitment} was moved from ${from?.en} to ${to?.en}`,
          },
        ];
  });
  return said.length === 0
    ? undefined
    : {
        zh: said.map(({ zh }) => zh).join("；"),
        en: said.map(({ en }) => en).join("; "),
      };
};
