import { caseEvents, drawLifecycle, guards, mermaidOf } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import { command as machine } from "../src/commands/machine.ts";
import { jsonOf, shellOn, textOf } from "./given-year.ts";

describe("machine 流程图", () => {
  it("draws every arrow of the machine, and names only rules that exist", () => {
    const { arrows, phases } = drawLifecycle();
    expect(new Set(arrows.map(({ event }) => event))).toEqual(new Set(Object.keys(caseEvents)));
    for (const { guards: names } of arrows) {
      for (const name of names) expect(guards).toHaveProperty(name);
    }
    const ends = phases.filter((one) => one.final).map(({ phase }) => phase);
    const leaving = arrows.filter(({ from }) => ends.includes(from)).map(({ event }) => event);
    // nothing but a correction of the ending itself, and the erasure of personal data
    expect(new Set(leaving)).toEqual(
      new Set(["EntryAmended", "EntryRetracted", "PersonalDataForgotten"]),
    );
    expect(arrows).toContainEqual({
      from: "received",
      to: "assigned",
      event: "CaseAssigned",
      label: { zh: "落实五定", en: "五定 fixed" },
      guards: expect.arrayContaining(["notBeforeDispatch"]),
    });
  });

  it("is a mermaid diagram in the shell's language by default", async () => {
    const text = await textOf(machine, {}, shellOn("unused.db"));
    expect(text).toBe(mermaidOf(drawLifecycle(), "zh"));
    expect(text).toMatch(/^stateDiagram-v2\n/);
    expect(text).toContain("  [*] --> received: 接收交办");
    expect(text).toContain("  received --> assigned: 落实五定");
    expect(text).toContain("  withdrawn --> [*]");
  });

  it("is data with --format json and with --json", async () => {
    const given = { values: { format: "json" } };
    const typedFormat = await textOf(machine, given, shellOn("unused.db"));
    const asked = await jsonOf<{ arrows: readonly object[] }>(machine, {}, shellOn("unused.db"));
    expect(JSON.parse(typedFormat)).toEqual(asked);
    expect(asked.arrows).toContainEqual(
      expect.objectContaining({ from: "received", to: "assigned", label: "落实五定" }),
    );
  });
});
