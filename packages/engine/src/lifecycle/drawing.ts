/**
 * @module drawing — the lifecycle as a picture, taken from the machine that runs and from nothing else.
 *
 * An arrow that is changed in the machine changes the picture; nobody draws it by hand.
 */
import type { CaseEventType } from "../case/events.ts";
import { caseEvents } from "../case/events.ts";
import type { Label } from "../case/terms.ts";
import { statuses } from "../case/terms.ts";
import type { Phase } from "./arrows.ts";
import type { GuardName } from "./guards.ts";
import { lifecycle } from "./machine.ts";

/** A phase of the lifecycle; from a final one nothing but a correction leads on. */
export type DrawnPhase = Readonly<{ phase: Phase; label: Label; final: boolean }>;

/** One arrow: what leads from one phase to another, and the rules that may forbid it. */
export type DrawnArrow = Readonly<{
  from: Phase;
  to: Phase;
  event: CaseEventType;
  label: Label;
  guards: readonly GuardName[];
}>;

export type Drawing = Readonly<{
  phases: readonly DrawnPhase[];
  arrows: readonly DrawnArrow[];
}>;

/** What may lead from anywhere to anywhere, or happen anywhere, so that a picture of it would show nothing. */
const isCorrection = (type: string): boolean =>
  type === "EntryAmended" || type === "EntryRetracted" || type === "PersonalDataForgotten";

const unreceived: Label = { zh: "未接收", en: "unreceived" };

/** A phase's name for people. */
const labelOf = (phase: Phase): Label => (phase === "unreceived" ? unreceived : statuses[phase]);

/** The machine's own phases and arrows, in its order. */
export const drawLifecycle = (): Drawing => {
  const nodes = Object.values(lifecycle.states);
  return {
    phases: nodes.map((node) => {
      const phase = node.key as Phase;
      const { zh, en } = labelOf(phase);
      const final = [...node.transitions.keys()].every((type) => isCorrection(type));
      return { phase, label: { zh, en }, final };
    }),
    arrows: nodes.flatMap((node) =>
      [...node.transitions].flatMap(([type, transitions]) =>
        transitions.flatMap(({ target = [], guard }) => {
          const event = type as CaseEventType;
          const { zh, en } = caseEvents[event];
          const guards = (guard as { params: readonly GuardName[] } | undefined)?.params ?? [];
          return target.map(({ key }) => ({
            from: node.key as Phase,
            to: key as Phase,
            event,
            label: { zh, en },
            guards,
          }));
        }),
      ),
    ),
  };
};

/**
 * A drawing as a mermaid `stateDiagram-v2`, without corrections; arrows between the same two phases share
 * one line.
 */
export const mermaidOf = ({ phases, arrows }: Drawing, language: keyof Label): string => {
  const lines = new Map<string, string[]>();
  for (const { from, to, event, label } of arrows) {
    if (isCorrection(event)) continue;
    const line = `${from === "unreceived" ? "[*]" : from} --> ${to}`;
    const labels = lines.get(line) ?? [];
    if (!labels.includes(label[language])) labels.push(label[language]);
    lines.set(line, labels);
  }
  return [
    "stateDiagram-v2",
    ...phases
      .filter(({ phase }) => phase !== "unreceived")
      .map(({ phase, label }) => `  state "${label[language]}" as ${phase}`),
    ...[...lines].map(([line, labels]) => `  ${line}: ${labels.join(" / ")}`),
    ...phases.filter((one) => one.final).map(({ phase }) => `  ${phase} --> [*]`),
  ].join("\n");
};
