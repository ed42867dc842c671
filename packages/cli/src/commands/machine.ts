/** @module machine — the lifecycle, drawn from the machine that runs. */
import type { Drawing, GuardName, Label } from "@wuding/engine";
import { drawLifecycle, guards, mermaidOf } from "@wuding/engine";
import type { Command } from "../command.ts";
import { jsonLine } from "../visible.ts";

export const command: Command = {
  name: "machine",
  label: { zh: "办理流程图", en: "the lifecycle as a diagram" },
  positionals: [],
  options: [
    {
      name: "format",
      label: { zh: "格式", en: "format" },
      typed: "value",
      form: "mermaid|json",
      words: ["mermaid", "json"],
    },
  ],
  example: "wuding machine --format mermaid",
  run: async ({ values }, { json, language, out }) => {
    const drawing = drawLifecycle();
    const isJson = json || values["format"] === "json";
    out(isJson ? jsonLine(described(drawing, language)) : mermaidOf(drawing, language));
  },
};

/** The phases and arrows with their words, and why each guard forbids what it forbids. */
const described = ({ phases, arrows }: Drawing, language: keyof Label) => ({
  phases: phases.map((one) => ({ ...one, label: one.label[language] })),
  arrows: arrows.map((one) => ({ ...one, label: one.label[language] })),
  guards: Object.fromEntries(
    (Object.keys(guards) as GuardName[]).map((name) => [
      name,
      { why: guards[name].why[language], repair: guards[name].repair[language] },
    ]),
  ),
});
