/**
 * @module kinds.test — edge cases 2, 3, 12, 13, 35 and 36: numbers between sessions and of several hands, people who are two things at
 * once, midnight in Beijing, and rates over nothing or nearly all.
 */
import { annualText, shippedRulebook } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import type { Given } from "../../packages/engine/test/given.ts";
import {
  answer,
  assign,
  caseId,
  contact,
  feedback,
  reassign,
  receive,
  refusalOf,
  submitOpinion,
  take,
} from "../../packages/engine/test/given.ts";
import { versionOf } from "../../packages/engine/test/given-adoption.ts";
import { bookInFile, dueIn, npc, rateIn, recordTogether } from "./given-file.ts";

const chizhou = await shippedRulebook("chizhou");

describe("编号与提案人", () => {
  it("2. 闭会期间的编号另起、加前缀或者尚未编号；会间会后不能只凭日期判断 (numbers between sessions restart, are prefixed or missing, and the phase does not follow from the date)", async () => {
    const made = await bookInFile({ rulebook: await shippedRulebook("shandong") });
    const dated = { submittedOn: "2021-03-30", dispatchedOn: "2021-04-02" };
    const between = { ...dated, submissionPhase: "intersession" };
    await recordTogether(
      made,
      npc({ number: "12", ...dated, submissionPhase: "inSession" }),
      npc({ number: "平12", ...between }),
      npc({ number: "13", ...dated }),
    );
    expect(await made.book.list()).toHaveLength(3);
    // one that begins again with a number that is taken needs the prefix
    await refusalOf(
      made.store,
      () => take(made, npc({ number: "12", ...between })),
      "DUPLICATE_CASE",
    );
    const { number: _number, ...unnumbered } = npc({ ...between });
    await refusalOf(made.store, () => take(made, unnumbered), "INVALID_INPUT");

    // on the same days: what is written down decides, and where nothing is, no rule of either applies
    const dispatchOf = (number: string) => dueIn(made, `npc/18-4/${number}`, "dispatch");
    expect(await dispatchOf("平12")).toMatchObject({ dueOn: "2021-04-06", rule: "npc-dispatch" });
    expect([await dispatchOf("12"), await dispatchOf("13")]).toEqual([undefined, undefined]);
  });

  it("3. 一件有台账号、平台号、纸质件号，凭任何一个都能找到 (an internal number, a platform's and the paper's: found by each of the three)", async () => {
    const made = await bookInFile();
    const otherNumbers = ["2021-台账-017", "PT20210402000317"];
    await recordTogether(
      made,
      receive({ otherNumbers }),
      receive({ number: 123, otherNumbers: ["2021-台账-018", "PT-8"] }),
      receive({ number: 124, otherNumbers: ["PT-8"] }),
    );
    for (const number of ["122", ...otherNumbers, "ＰＴ20210402000317"]) {
      const view = await made.book.show(number);
      expect([number, view.case, view.otherNumbers]).toEqual([number, caseId, otherNumbers]);
      expect((await made.book.history(number))[0]?.type).toBe("CaseReceived");
    }
    expect((await made.book.list()).map((row) => row.otherNumbers[0])).toEqual([
      "2021-台账-017",
      "2021-台账-018",
      "PT-8",
    ]);
    await expect(made.book.show("PT-8")).rejects.toMatchObject({
      code: "AMBIGUOUS_CASE",
      data: { candidates: ["cppcc/15-5/123", "cppcc/15-5/124"] },
    });
    await expect(made.book.show("PT-9")).rejects.toMatchObject({ code: "NOT_FOUND" });
    // what is recorded names the case itself
    await refusalOf(
      made.store,
      () => take(made, assign({ case: "PT20210402000317" })),
      "NOT_FOUND",
    );
  });

  it("12. 提案人在承办单位工作：如实记录，改由他人承办，前后均可见 (a proposer who works in the handling unit: written down, handed to somebody else, both stay visible)", async () => {
    const made = await bookInFile();
    const unit = "市大数据局规划科";
    await recordTogether(
      made,
      receive({ proposers: [{ name: "李楠", unit }] }),
      // no text forbids it, so nothing is refused
      assign({ person: "李楠" }),
      reassign({ person: "经办人乙", reason: "承办人即提案人，依申请回避" }),
      contact({ on: "2021-04-22", participants: ["李楠"] }),
    );
    const view = await made.book.show(caseId);
    expect(view).toMatchObject({
      proposers: [{ name: "李楠", unit }],
      assignment: { person: "经办人乙" },
      // a name that is a proposer's is a proposer's, whoever he works for
      contacts: [{ participants: [{ name: "李楠", role: "proposer" }] }],
    });
    const events = await made.store.readStream(caseId);
    const persons = events.flatMap(({ type, data }) =>
      type === "CaseAssigned" || type === "CaseReassigned" ? [JSON.stringify(data)] : [],
    );
    expect(persons[0]).toContain('"person":"李楠"');
    expect(persons[1]).toContain("承办人即提案人，依申请回避");
    expect(await rateIn(made, "meeting")).toBe("1/1");
  });

  it("13. 一人先后为委员和代表：称谓随件别，不随人 (one person is a member in one year and a deputy in another: the title is that of the kind)", async () => {
    const made = await bookInFile();
    const handled = (taken: Given, name: string, year: string): readonly Given[] => [
      taken,
      ...[assign({ due: `${year}-06-20` }), contact(), answer(), feedback()].map((step) => ({
        ...step,
        case: name,
        on: String(step["on"]).replace("2021", year),
      })),
    ];
    const asMember = receive({ session: "15-4", number: 1, on: "2020-04-02" });
    const asDeputy = npc({ number: 1, on: "2021-04-02" });
    await recordTogether(
      made,
      ...handled(asMember, "cppcc/15-4/1", "2020"),
      ...handled(asDeputy, "npc/18-4/1", "2021"),
    );
    const textOf = async (year: number) => annualText(await made.book.annual(year), "zh");
    expect(await textOf(2020)).toContain("与委员见面率、办结率和办理满意率三个100%");
    expect(await textOf(2021)).toContain("与代表见面率、办结率和办理满意率三个100%");
    expect(await textOf(2021)).not.toContain("委员");
    const people = (await made.book.list()).map(({ proposers }) => proposers);
    expect(people).toEqual([["李楠"], ["李楠"]]);
  });
});

describe("时区与比率", () => {
  it("35. 到期日至北京时间当日二十四时，不按世界时的日期 (due at the end of the day in Beijing, never by dates of UTC)", async () => {
    const cases = [
      // the same evening in Beijing, told with two offsets
      ["1", "2021-07-02T23:59:00+08:00", "2021-07-02", "met"],
      ["2", "2021-07-02T15:59:00Z", "2021-07-02", "met"],
      // half past midnight in Beijing, when it is still the day before in UTC
      ["3", "2021-07-03T00:30:00+08:00", "2021-07-03", "late"],
      ["4", "2021-07-02T16:30:00Z", "2021-07-03", "late"],
    ] as const;
    const made = await bookInFile();
    for (const [number, on, metOn, state] of cases) {
      const name = `cppcc/15-5/${number}`;
      const steps = [assign(), contact(), answer({ on })].map((step) => ({ ...step, case: name }));
      await recordTogether(made, receive({ number }), ...steps);
      const { deadlines } = await made.book.show(name);
      const reply = deadlines.find(({ id }) => id === "reply");
      expect([number, reply?.dueOn, reply?.metOn, reply?.state]).toEqual([
        number,
        "2021-07-02",
        metOn,
        state,
      ]);
    }
    expect(await rateIn(made, "on-time")).toBe("2/4");

    // and today itself ends with the day in Beijing
    const waiting = await bookInFile({ day: "2021-07-02" });
    await take(waiting, receive());
    const stateAt = async (instant: string) => {
      waiting.clock.set(instant);
      const { deadlines } = await waiting.book.show(caseId);
      return deadlines.find(({ id }) => id === "reply")?.state;
    };
    expect(await stateAt("2021-07-02T15:59:59.999Z")).toBe("open");
    expect(await stateAt("2021-07-02T16:00:00.000Z")).toBe("overdue");
  });

  it("36. 分母为零、只有一件协办、取整不得凑成100%、各类占比之和99.99% (nothing to divide by, one assisted case only, no rounding up to 100%, shares that add up to 99.99%)", async () => {
    const empty = await bookInFile();
    const none = (await empty.book.rates()).rates;
    expect(none.map(({ value, display }) => [value, display])).toEqual(none.map(() => [null, "—"]));

    const assisted = await bookInFile();
    await recordTogether(assisted, receive({ role: "assist" }), assign(), submitOpinion());
    expect(await rateIn(assisted, "completion")).toBe("1/1");
    expect(await rateIn(assisted, "satisfaction")).toBe("0/0");
    const report = await assisted.book.annual(2021);
    expect(report.claims).toMatchObject({ allOnTime: true, threeHundred: false });

    // 199 of 200 is 99.5%, which is no 100% even without decimals
    const whole = versionOf(chizhou, "2021.1", {
      rates: chizhou.rates.map((rate) => ({
        ...rate,
        rounding: { decimals: 0, mode: "halfUp" } as const,
      })),
    });
    const many = await bookInFile({ rulebook: whole });
    const letters = Array.from({ length: 200 }, (_one, at) => String(at + 1));
    await recordTogether(
      many,
      ...letters.map((number) => receive({ kind: "letter", session: "2021", number })),
      ...letters.slice(1).map((number) => answer({ case: `letter/2021/${number}` })),
    );
    const rate = (await many.book.rates()).rates.find(({ id }) => id === "letter-completion");
    expect(rate).toMatchObject({ numerator: 199, denominator: 200 });
    expect(rate?.display).not.toBe("100%");
    expect(rate?.missing).toEqual(["letter/2021/1"]);

    const shared = await bookInFile();
    for (const [at, result] of ["A", "B", "C"].entries()) {
      const name = `cppcc/15-5/${at + 1}`;
      const steps = [assign(), contact(), answer({ result })];
      await recordTogether(
        shared,
        receive({ number: at + 1 }),
        ...steps.map((step) => ({ ...step, case: name })),
      );
    }
    const { results } = await shared.book.rates();
    expect(results.slice(0, 3).map(({ display }) => display)).toEqual(
      Array.from({ length: 3 }, () => "33.33%"),
    );
  });
});
