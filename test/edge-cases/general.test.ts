/** @module general.test — edge cases 4, 5, 11 and 41: numbers and titles as they are written, the proposer's wishes, a return. */
import { describe, expect, it } from "vitest";
import type { Given } from "../../packages/engine/test/given.ts";
import {
  answer,
  assign,
  caseId,
  contact,
  decideReturn,
  publish,
  receive,
  refusalOf,
  requestReturn,
  take,
  waiveContact,
} from "../../packages/engine/test/given.ts";
import { isSound } from "../../packages/engine/test/given-adoption.ts";
import { bodiesIn, bookInFile, rateIn, recordTogether } from "./given-file.ts";

const idOf = (number: string): string => `cppcc/15-5/${number}`;
/** The same steps about another case. */
const about = (number: string, ...steps: readonly Given[]): readonly Given[] => [
  receive({ number }),
  ...steps.map((step) => ({ ...step, case: idOf(number) })),
];

describe("编号与案由", () => {
  it("4. 文号的〔2022〕、[2018]、(2020)与全角半角写法，文号不补零而索引号补零 (variants of numbers: brackets, full and half width, padding)", async () => {
    const made = await bookInFile();
    await take(made, receive());
    // a case has one name, however its session and number are typed
    const spellings = [
      ["十五届五次", "第122号"],
      ["第十五届五次会议", "１２２"],
      ["１５－５", "0122"],
      ["15届5次会议", " 第１２２号 "],
    ] as const;
    for (const [session, number] of spellings) {
      const told = await take(made, receive({ session, number }));
      expect([session, number, told.unchanged]).toEqual([session, number, true]);
      const found = await made.book.show(`${session}/${number}`);
      expect(found).toMatchObject({ case: caseId, session: "15-5", number: "122" });
    }
    expect(await made.book.list()).toHaveLength(1);

    // a document number and an index number are quotations: two spellings are two texts
    const written = [
      "临数字〔2022〕17号",
      "临数字[2018]17号",
      "临数字(2020)17号",
      "临数字（2020）017号",
      "临数字〔２０２２〕１７号",
    ];
    const indexNumber = "11341800MB1623840P/202202-0000014";
    const numbers = written.map((_one, at) => String(201 + at));
    await recordTogether(
      made,
      ...written.flatMap((documentNumber, at) =>
        about(
          numbers[at] ?? "",
          assign(),
          contact(),
          answer({ documentNumber, disclosure: "full" }),
          publish({ indexNumber }),
        ),
      ),
    );
    const views = await Promise.all(numbers.map((number) => made.book.show(idOf(number))));
    expect(views.map(({ reply }) => reply?.documentNumber)).toEqual(written);
    expect(views.map(({ publication }) => publication?.indexNumber)).toEqual(
      written.map(() => indexNumber),
    );
    const bodies = bodiesIn(made.file);
    for (const one of written) {
      expect(bodies.filter((body) => body.includes(`"documentNumber":"${one}"`))).toHaveLength(1);
    }
  });

  it("5. 《》中套《》、缺半边书名号、混入的广告和“关闭”“打印”：案由照录 (titles with 《》 inside 《》, missing marks, injected spam: kept as written)", async () => {
    const made = await bookInFile();
    const titles = [
      "关于贯彻《临沂市推进《山东省大数据发展促进条例》实施方案》的建议",
      "关于修订《〈数据条例〉实施细则》的提案",
      "关于推进《数字政府建设规划的建议",
      "关于推进数字政府建设规划》的建议",
      "关于加快公共数据共享的建议【打印】【关闭】",
      "关于加快公共数据共享的建议 点击领取 http://spam.invalid/?a=1&b=<2>",
      "　关于首尾空格的建议 ",
      "关於異體字「臺」與㐂、𠮷、豈的建議",
    ];
    await recordTogether(
      made,
      ...titles.map((title, at) => receive({ number: String(301 + at), title })),
    );
    const listed = await made.book.list();
    expect(listed.map(({ title }) => title)).toEqual(titles);
    const [, ...bodies] = bodiesIn(made.file);
    const logged = bodies.map(
      (body) => (JSON.parse(body) as { data: { title: string } }).data.title,
    );
    expect(logged).toEqual(titles);

    // nothing is repaired, so the same text is the same case, and a tidied one is another text
    const again = (title: string | undefined) => receive({ number: "305", title });
    expect(await take(made, again(titles[4]))).toMatchObject({ unchanged: true });
    await refusalOf(
      made.store,
      () => take(made, again("关于加快公共数据共享的建议")),
      "DUPLICATE_CASE",
      { differs: ["title"] },
    );
    // what would hide in a line is refused, with its place, and not cut out
    for (const [title, codePoint, at] of [
      ["关于共享\n的建议", "U+000A", 5],
      ["关于\u202e共享的建议", "U+202E", 3],
    ] as const) {
      await refusalOf(
        made.store,
        () => take(made, receive({ number: "399", title })),
        "INVALID_INPUT",
        { problems: [{ field: "title", kind: "forbiddenCharacter", codePoint, at }] },
      );
    }
  });
});

describe("提案人的意愿与退办", () => {
  it("11. 提案人提出不需要走访、要求保密、不同意公开 (the proposer waives the visit, asks for secrecy, refuses publication)", async () => {
    const made = await bookInFile();
    const secret = { disclosure: "withheld", disclosureReason: "提案人要求保密" };
    await recordTogether(
      made,
      ...about("1", assign(), contact(), answer({ disclosure: "full" })),
      receive({ number: "2", consentToPublish: false }),
      ...about("2", assign(), waiveContact({ reason: "委员本人提出" }), answer(secret)).slice(1),
      ...about("3", assign(), contact({ mode: "phone" })),
    );
    // met, waived, and not met: three states
    const [passport] = await made.book.passports({}, "meeting");
    expect(passport).toMatchObject({ numerator: 1, denominator: 2 });
    expect(passport?.counted.map((one) => one.case)).toEqual([idOf("1")]);
    expect(passport?.excluded).toMatchObject([{ case: idOf("2"), by: "waived", on: "2021-04-15" }]);
    expect(passport?.missing.map((one) => one.case)).toEqual([idOf("3")]);
    expect(await rateIn(made, "contact")).toBe("2/3");
    // the waiver stands in for the contact that the reply needs; a mere telephone rate does not forgive it
    const waived = await made.book.show(idOf("2"));
    expect(waived).toMatchObject({ status: "answered", contactWaived: true, contacts: [] });

    // the wish is kept with the case: it cannot be received again without it
    const [received] = await made.book.history(idOf("2"));
    expect(received?.data).toMatchObject({ consentToPublish: false });
    await refusalOf(
      made.store,
      () => take(made, receive({ number: "2", consentToPublish: true })),
      "DUPLICATE_CASE",
      { differs: ["consentToPublish"] },
    );
    // and a withheld reply is neither published nor owed to the public
    expect(waived.reply).toMatchObject(secret);
    expect(waived.deadlines.map(({ id }) => id)).not.toContain("publication");
    await refusalOf(
      made.store,
      () => take(made, { ...publish(), case: idOf("2") }),
      "RULE_REFUSED",
      { rule: "mayBePublished" },
    );
    expect(await rateIn(made, "publication")).toBe("0/1");
    expect((await made.book.passports({}, "publication"))[0]?.missing).toMatchObject([
      { case: idOf("1") },
    ]);
  });

  it("41. 沟通之后才退办的件：已做的沟通不再计入本单位见面率 (returned after the contact was made: the effort disappears from the meeting rate)", async () => {
    const made = await bookInFile();
    await recordTogether(
      made,
      ...about("1", assign(), contact({ on: "2021-04-08" }), requestReturn({ on: "2021-04-09" })),
      ...about("2", assign(), contact()),
      ...about("3", assign()),
    );
    // asked for and not decided: still ours
    expect(await rateIn(made, "meeting")).toBe("2/3");
    await take(made, { ...decideReturn(), case: idOf("1") });
    expect(await rateIn(made, "meeting")).toBe("1/2");
    const [passport] = await made.book.passports({}, "meeting");
    expect(passport?.excluded).toMatchObject([
      { case: idOf("1"), by: "returned", on: "2021-04-12" },
    ]);
    expect(passport?.counted.map((one) => one.case)).toEqual([idOf("2")]);
    // the day before the decision it counted, and the contact itself is not forgotten
    expect(await rateIn(made, "meeting", { asOf: "2021-04-11" })).toBe("1/3");
    expect((await made.book.show(idOf("1"))).contacts).toMatchObject([
      { on: "2021-04-08", mode: "visit" },
    ]);
    const { rates } = await made.book.reportDiff({
      from: "2021-04-11",
      to: "2021-04-12",
      scope: {},
    });
    expect(rates.find(({ id }) => id === "meeting")?.changes).toMatchObject([
      { case: idOf("1"), kind: "left", events: [{ type: "ReturnApproved" }] },
    ]);
    await isSound(made);
  });
});
