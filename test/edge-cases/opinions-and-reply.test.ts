/**
 * @module opinions-and-reply.test — cases that break a naive implementation (edge cases of the field notes):
 * co-handlers, joint and collective proposers, delivery, and the reply in public.
 */
import { readFileSync } from "node:fs";
import type { Rulebook } from "@wuding/engine";
import { shippedRulebook } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import type { Line } from "./office-file.ts";
import { answered, assigned, content, officeWith, visited } from "./office-file.ts";

const npc = { kind: "npc", session: "18-4", number: "9" } as const;
const joint = { proposers: ["李楠", "王兰", "赵六"], proposerType: "joint" } as const;
const deliver = (proposer: string, on: string): Line => ({ command: "deliver", proposer, on });
const ask = (unit: string, fields: object = {}): Line => ({
  command: "request-opinion",
  unit,
  on: "2021-04-16",
  ...fields,
});
const hear = (unit: string, on: string, text = "同意"): Line => ({
  command: "record-opinion",
  unit,
  text,
  on,
});

describe("提案人 proposers", () => {
  it("6. 联名：答复送达每位联名人，或者经领衔人同意由其转复 (joint: a reply to each, or through the lead)", async () => {
    const each = await officeWith("zhejiang", { ...npc, ...joint });
    await each.does(assigned, visited, answered({ deliveredTo: ["李楠"] }));
    expect((await each.shows()).deadlines).toContainEqual(
      expect.objectContaining({ id: "reply", metOn: null }),
    );
    expect(await each.rate("completion")).toEqual([0, 1]);
    await each.does(deliver("王兰", "2021-06-16"), deliver("赵六", "2021-06-18"));
    expect((await each.shows()).deadlines).toContainEqual(
      expect.objectContaining({ id: "reply", metOn: "2021-06-18" }),
    );
    expect(await each.rate("completion")).toEqual([1, 1]);

    const lead = await officeWith("shandong", { ...npc, ...joint });
    await lead.does(assigned, visited, answered({ deliveredTo: ["李楠"] }));
    expect(await lead.rate("completion")).toEqual([1, 1]);
    expect((await lead.shows()).reply).toMatchObject({ deliveredTo: [1] });
  });

  it("8. 集体提案：对象是组织，联系人不是提案人 (collective: the organisation, not its contact person)", async () => {
    const phone = "0537-1234567";
    const office = await officeWith("national", {
      proposers: [{ name: "民进市委会", phone }],
      proposerType: "collective",
    });
    await office.does(assigned);
    // a meeting with the contact person alone is none with the proposer
    await office.does({ ...visited, participants: ["联系人某:other"] });
    expect(await office.mayNot(answered())).toMatchObject({ rule: "contactMade" });
    expect(await office.rate("meeting")).toEqual([0, 1]);
    await office.does({ ...visited, participants: ["民进市委会:proposer", "联系人某:other"] });
    expect(await office.rate("meeting")).toEqual([1, 1]);
    expect(await office.mayNot(answered({ deliveredTo: ["联系人某"] }))).toMatchObject({
      code: "INVALID_INPUT",
    });
    await office.does(answered({ deliveredTo: ["民进市委会"] }), { ...content, on: "2021-07-01" });
    expect((await office.shows()).feedback).toMatchObject([{ proposer: "民进市委会" }]);
    expect(JSON.stringify(await office.book.history("122"))).not.toContain(phone);
  });

  it("9. 代表团建议：答复代表团，由代表团反馈 (delegation: replied to and rated as one)", async () => {
    const office = await officeWith("chongqing", {
      ...npc,
      proposers: [{ name: "某区代表团", unit: "代表团联络组" }],
      proposerType: "delegation",
    });
    await office.does(assigned, visited, answered({ result: "1", deliveredTo: ["某区代表团"] }));
    expect(await office.rate("completion")).toEqual([1, 1]);
    // a deputy of the delegation is not who proposed
    expect(await office.mayNot({ ...content, proposer: "代表某", on: "2021-07-01" })).toMatchObject(
      {
        code: "INVALID_INPUT",
      },
    );
    await office.does({ ...content, proposer: "某区代表团", on: "2021-07-01" });
    expect(await office.rate("satisfaction")).toEqual([1, 1]);
    expect((await office.shows()).proposers).toEqual([
      { name: "某区代表团", unit: "代表团联络组" },
    ]);
  });
});

describe("承办角色 roles and routing", () => {
  it("14. 分办：各单位分别答复、分别定类、分别评价 (separate units: each its own reply, letter and rating)", async () => {
    const parts = [
      ["规划局", "A", "satisfied"],
      ["财政局", "B", "mostly"],
      ["公安局", "C", "dissatisfied"],
    ] as const;
    const told: unknown[] = [];
    for (const [name, result, rating] of parts) {
      const office = await officeWith("national", { role: "separate" }, name);
      await office.does(assigned, visited, answered({ result }), {
        ...content,
        result: rating,
        on: "2021-07-01",
      });
      const { reply } = await office.shows();
      told.push([reply?.result, await office.rate("satisfaction"), await office.rate("resolved")]);
    }
    // one proposal, three results: nobody's rate speaks for another's
    expect(told).toEqual([
      ["A", [1, 1], [1, 1]],
      ["B", [1, 1], [0, 1]],
      ["C", [0, 1], [0, 1]],
    ]);
  });

  it("15. 协办单位不得直接答复提案人 (a co-handler that answers the proposer is blocked)", async () => {
    const office = await officeWith("national", { role: "assist", leadUnit: "某局" });
    await office.does(assigned, visited);
    expect(await office.mayNot(answered())).toMatchObject({
      code: "RULE_REFUSED",
      rule: "answersProposer",
      source: "承办角色的分工",
    });
    expect(await office.mayNot({ command: "draft", result: "A", on: "2021-05-01" })).toMatchObject({
      rule: "answersProposer",
    });
    await office.does({ command: "submit-opinion", text: "同意", on: "2021-04-28" });
  });

  it("16. 协办意见晚到、空泛、相互矛盾 (an opinion comes late, empty, or against another)", async () => {
    const office = await officeWith("national", {
      role: "lead",
      coUnits: ["财政局", "公安局", "住建局"],
    });
    await office.does(
      assigned,
      visited,
      ask("财政局", { due: "2021-05-16" }),
      ask("公安局", { due: "2021-05-16" }),
      ask("住建局", { due: "2021-05-16" }),
      hear("财政局", "2021-05-10", "无"),
      {
        command: "return-opinion",
        unit: "财政局",
        defect: "empty",
        reason: "没有内容",
        on: "2021-05-11",
      },
      hear("财政局", "2021-05-14", "同意安排经费"),
      hear("公安局", "2021-05-12", "不宜安排"),
      {
        command: "return-opinion",
        unit: "公安局",
        defect: "contradicting",
        reason: "与财政局意见不一致，请会商",
        on: "2021-05-15",
      },
      hear("公安局", "2021-05-16", "经会商同意"),
      answered(),
      hear("住建局", "2021-06-20"),
    );
    const { coOpinions, deadlines } = await office.shows();
    expect(
      coOpinions.map(({ state, returns }) => [state, returns.map(({ defect }) => defect)]),
    ).toEqual([
      ["met", ["empty"]],
      ["met", ["contradicting"]],
      ["late", []],
    ]);
    expect(deadlines).toContainEqual(
      expect.objectContaining({ id: "co-opinion:3", metOn: "2021-06-20", state: "late" }),
    );
    expect(await office.rate("on-time")).toEqual([1, 1]);
  });

  it("17. 两个主办单位协商一致后才能答复 (two lead units agree before either answers)", async () => {
    const office = await officeWith("shanghai", { ...npc, role: "lead", coUnits: ["共同主办局"] });
    const reply = answered({ result: "1", toldOpinions: ["共同主办局"] });
    await office.does(assigned, visited, ask("共同主办局", { text: "请就答复意见会商一致" }));
    expect(await office.mayNot(answered({ result: "1" }))).toMatchObject({
      rule: "opinionsIn",
      why: "协办意见尚未收到：共同主办局",
      source: "《上海市人民代表大会关于代表建议、批评和意见的规定》第十七条",
    });
    await office.does(hear("共同主办局", "2021-05-10", "不同意第二条"), {
      command: "return-opinion",
      defect: "contradicting",
      reason: "继续会商",
      on: "2021-05-11",
    });
    expect(await office.mayNot(answered({ result: "1" }))).toMatchObject({ rule: "opinionsIn" });
    await office.does(hear("共同主办局", "2021-05-20", "一致同意"), reply);
  });

  it("18. 协办意见的时限晚于答复时限时提醒 (an opinion due after the reply is warned of)", async () => {
    const office = await officeWith("national", { role: "lead", coUnits: ["财政局"] });
    await office.does(assigned, visited, ask("财政局", { due: "2021-07-20" }));
    expect((await office.book.next("122")).warnings.map(({ why }) => why.zh)).toEqual([
      "财政局的协办意见时限 2021-07-20 晚于本件答复时限 2021-07-02",
    ]);
    expect((await office.shows()).coOpinions).toMatchObject([{ isDueAfterReply: true }]);
  });

  it("25. 上级交办、本单位只报送意见的件，评价属于答复单位 (we only send an opinion upward: the rating is not ours)", async () => {
    const office = await officeWith("national", {
      role: "assist",
      level: "provincial",
      leadUnit: "市政府办公室",
    });
    await office.does(assigned, { command: "submit-opinion", text: "意见", on: "2021-04-28" });
    expect(await office.mayNot({ ...content, on: "2021-07-01" })).toMatchObject({
      rule: "answersProposer",
    });
    expect(await office.rate("completion")).toEqual([1, 1]);
    expect(await office.rate("satisfaction")).toEqual([0, 0]);
    expect(await office.rate("meeting")).toEqual([0, 0]);
  });
});

describe("答复与公开 the reply in public", () => {
  const disclosed = answered({
    disclosure: "full",
    contactPerson: "联系人某某",
    contactPhone: "0539-7654321",
  });
  const publish = (on: string, fields: object = {}): Line => ({
    command: "publish",
    catalogue: "政协提案办理结果",
    on,
    ...fields,
  });

  it("43. 公开的文本与送达的文本不同；公开后可以撤回、更正 (what is public is not what was sent; it can be corrected)", async () => {
    const office = await officeWith("national", {});
    await office.does(assigned, visited, disclosed, publish("2021-06-20", { indexNumber: "旧" }));
    expect((await office.shows()).reply).toMatchObject({
      contactPerson: "联系人某某",
      result: "A",
    });
    // neither the person nor the letter goes out with the publication, and the log holds no person at all
    const history = await office.book.history("122");
    expect(history.at(-1)?.data).toEqual({ catalogue: "政协提案办理结果", indexNumber: "旧" });
    expect(JSON.stringify(history)).not.toMatch(/联系人某某|7654321/);
    await office.does(
      { command: "unpublish", reason: "漏删联系方式", on: "2021-06-21" },
      publish("2021-06-22", { indexNumber: "新" }),
    );
    const view = await office.shows();
    expect(view.publication).toEqual({
      catalogue: "政协提案办理结果",
      indexNumber: "新",
      on: "2021-06-22",
    });
    expect(view.deadlines).toContainEqual(
      expect.objectContaining({ id: "publication", metOn: "2021-06-22", state: "met" }),
    );
  });

  it("44. 整体不宜公开的，以后可以重新确定 (what could not be public may be later, and the other way round)", async () => {
    const office = await officeWith("national", {});
    await office.does(
      assigned,
      visited,
      answered({ disclosure: "withheld", disclosureReason: "涉及商业秘密" }),
    );
    expect(await office.mayNot(publish("2021-06-20"))).toMatchObject({ rule: "mayBePublished" });
    expect(await office.rate("publication")).toEqual([0, 0]);
    await office.does({
      command: "disclose",
      disclosure: "summary",
      reason: "定期评估：区分处理后可以摘要公开",
      on: "2021-10-08",
    });
    expect(await office.rate("publication")).toEqual([0, 1]);
    // twenty working days from the decision, not from the reply
    expect((await office.shows()).deadlines).toContainEqual(
      expect.objectContaining({ id: "publication", dueOn: "2021-11-04" }),
    );
    await office.does(publish("2021-10-20"));
    expect(await office.rate("publication")).toEqual([1, 1]);
    await office.does(
      { command: "unpublish", reason: "情况变化", on: "2021-11-01" },
      { command: "disclose", disclosure: "withheld", reason: "涉及国家秘密", on: "2021-11-01" },
    );
    expect(await office.rate("publication")).toEqual([0, 0]);
    expect((await office.shows()).reply?.disclosureDecisions).toHaveLength(2);
  });

  it("45. 公开的答复没有落款；谁签发仍有据可查 (published without a signature block: who signed is on record)", async () => {
    const national = await shippedRulebook("national");
    const rules: Rulebook = {
      ...national,
      id: "signing",
      replySteps: [
        {
          value: { reviews: 1, signature: true, checkerDiffers: false },
          source: { title: { zh: "某局公文办理规定", en: "a bureau's rules on letters" } },
          confidence: "page",
        },
      ],
    };
    const office = await officeWith(rules, {});
    await office.does(assigned, visited);
    const refused = await office.mayNot(disclosed);
    expect(refused).toMatchObject({ rule: "draftReviewed", source: "某局公文办理规定" });
    await office.does(
      { command: "draft", result: "A", text: "拟稿", on: "2021-06-01" },
      { command: "review", decision: "approved", by: "办公室主任", on: "2021-06-02" },
      { command: "sign", by: "局长", on: "2021-06-03" },
      { ...disclosed, text: "全文，没有落款" },
      publish("2021-06-20"),
    );
    const { reply, publication } = await office.shows();
    expect(reply).toMatchObject({ signedBy: "局长", text: "全文，没有落款" });
    expect(publication).not.toHaveProperty("signedBy");
    // it is one file with everything in it
    expect(readFileSync(office.file).subarray(0, 15).toString()).toBe("SQLite format 3");
  });
});
