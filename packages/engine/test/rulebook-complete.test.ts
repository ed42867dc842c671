/** @module rulebook-complete.test — a rulebook that extends another: what wins, what is replaced, what stays. */
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../src/log/canonical-json.ts";
import { completeRulebook } from "../src/rulebook/complete.ts";
import type { Rulebook, RulebookFile } from "../src/rulebook/rulebook.ts";
import { replyRule, sample } from "./sample-rulebook.ts";

const parent: Rulebook = {
  ...completeRulebook(sample, undefined),
  appliesToOpenCases: true,
  validTo: "2030-12-31",
  unregulated: [
    { deadline: "publication", note: { zh: "未规定公开期限", en: "no term to publish" } },
    { deadline: "first-contact", note: { zh: "未规定首次沟通期限", en: "no term to call" } },
  ],
};
const header: RulebookFile = {
  format: 2,
  id: "town",
  version: "2026",
  label: { zh: "某镇", en: "a town" },
  extends: "county@2025",
  validFrom: "2026-01-01",
};
const completed = (own: Partial<RulebookFile>): Rulebook =>
  completeRulebook({ ...header, ...own }, parent);
const ids = (items: readonly Readonly<{ id: string }>[]) => items.map(({ id }) => id);

describe("a complete rulebook", () => {
  it("has every member, empty where nothing is said, and no $schema", () => {
    const bare = completeRulebook(
      {
        $schema: "rulebook.schema.json",
        format: 2,
        id: "bare",
        version: "1",
        label: header.label,
        validFrom: "2026-01-01",
      },
      undefined,
    );
    expect(bare).toEqual({
      format: 2,
      id: "bare",
      version: "1",
      label: header.label,
      validFrom: "2026-01-01",
      validTo: null,
      appliesToOpenCases: false,
      kinds: [],
      deadlines: [],
      unregulated: [],
      contactBeforeReply: [],
      rehandlingOn: [],
      closingNeedsFeedback: [],
      expiryNeedsReminder: [],
      verifierDiffers: [],
      redispatchClock: [],
      silentReturn: [],
      assignmentBeforeReply: [],
      coOpinions: [],
      replySteps: [],
      deliveredWhen: [],
      formsCounted: [],
      rounds: [],
      promises: [],
      workingHours: [],
      results: [],
      lamps: [],
      rates: [],
      duties: [],
    });
  });

  it("takes everything but its own name, span and bond from the other", () => {
    expect(completed({})).toEqual({
      ...parent,
      id: "town",
      version: "2026",
      label: header.label,
      extends: "county@2025",
      validFrom: "2026-01-01",
      validTo: null,
      appliesToOpenCases: false,
    });
  });

  it("is the same bytes each time", () => {
    const own = { deadlines: [replyRule({ id: "town-reply" })] };
    expect(canonicalJson(completed(own))).toBe(canonicalJson(completed(own)));
  });
});

describe("what the file says", () => {
  it("terms stand before the other's, and replace those of the same id", () => {
    const deadlines = [replyRule({ id: "town-reply" }), replyRule({ id: "co-opinion", amount: 1 })];
    const found = completed({ deadlines }).deadlines;
    expect(ids(found)).toEqual([
      "town-reply",
      "co-opinion",
      "npc-reply",
      "cppcc-reply",
      "feedback",
    ]);
    expect(found[1]).toMatchObject({ deadline: "reply", amount: 1 });
  });

  it("choices and lamps stand before the other's", () => {
    const base = sample.verifierDiffers?.[0];
    const light = sample.lamps?.[0];
    if (base === undefined || light === undefined) throw new Error("the sample has choices");
    const own = completed({
      verifierDiffers: [{ ...base, value: false }],
      lamps: [{ ...light, value: { yellowWithinWorkingDays: 9 } }],
    });
    expect(own.verifierDiffers.map(({ value }) => value)).toEqual([false, true]);
    expect(own.lamps.map(({ value }) => value.yellowWithinWorkingDays)).toEqual([9, 5]);
  });

  it("letters stand before the other's, and replace a scheme of the same name", () => {
    const [scheme] = parent.results;
    if (scheme === undefined) throw new Error("the sample has letters");
    const own = completed({ results: [{ ...scheme, scheme: "town" }] });
    expect(own.results.map((one) => one.scheme)).toEqual(["town", "county"]);
    const same = completed({ results: [{ ...scheme, codes: scheme.codes.slice(0, 1) }] });
    expect(same.results.map(({ codes }) => codes.length)).toEqual([1]);
  });

  it("kinds, rates and duties are replaced where they stood, new ones come last", () => {
    const [kind] = parent.kinds;
    const [meeting, satisfaction] = parent.rates;
    const [duty] = parent.duties;
    if (!kind || !meeting || !satisfaction || !duty) throw new Error("the sample has them all");
    const own = completed({
      kinds: [
        { ...kind, id: "letter" },
        { ...kind, id: "cppcc", measure: "份" },
      ],
      rates: [
        { ...meeting, id: "visits" },
        { ...satisfaction, version: 2 },
      ],
      duties: [{ ...duty, monthDay: null }],
    });
    expect(own.kinds.map(({ id, measure }) => [id, measure])).toEqual([
      ["npc", "件"],
      ["cppcc", "份"],
      ["letter", "件"],
    ]);
    expect(own.rates.map(({ id, version }) => `${id} ${version}`)).toEqual([
      "meeting 1",
      "satisfaction 2",
      "on-time 1",
      "adoption 1",
      "commitment 1",
      "upgraded 1",
      "visits 1",
    ]);
    expect(own.duties.map(({ monthDay }) => monthDay)).toEqual([null]);
  });

  it("a note that a term is not set falls away where the file sets it", () => {
    const rule = replyRule({ id: "publication", deadline: "publication", appliesTo: {} });
    const notes = (own: Partial<RulebookFile>) =>
      completed(own).unregulated.map(({ deadline, note }) => `${deadline}: ${note.en}`);
    expect(notes({})).toEqual([
      "publication: no term to publish",
      "first-contact: no term to call",
    ]);
    expect(notes({ deadlines: [rule] })).toEqual(["first-contact: no term to call"]);
    expect(
      notes({ deadlines: [{ ...rule, notApplied: { zh: "供参考", en: "for information" } }] }),
    ).toEqual(["publication: no term to publish", "first-contact: no term to call"]);
    expect(
      notes({ unregulated: [{ deadline: "first-contact", note: { zh: "不另定", en: "none" } }] }),
    ).toEqual(["first-contact: none", "publication: no term to publish"]);
  });

  it("the note stays for the kinds for which nothing is said", () => {
    const notes = (own: Partial<RulebookFile>) =>
      completed(own)
        .unregulated.filter(({ deadline }) => deadline === "publication")
        .map(({ kinds, note }) => [kinds, note.en]);
    const forDeputies = replyRule({ id: "publication", deadline: "publication" });
    expect(notes({ deadlines: [forDeputies] })).toEqual([[["cppcc"], "no term to publish"]]);
    const own = { zh: "不另定", en: "none here" };
    expect(
      notes({ unregulated: [{ deadline: "publication", kinds: ["cppcc"], note: own }] }),
    ).toEqual([
      [["cppcc"], "none here"],
      [["npc"], "no term to publish"],
    ]);
  });

  it("cases without a level are of its own level, else of the other's", () => {
    const county: Rulebook = { ...parent, ownLevel: "county" };
    expect(completeRulebook(header, county).ownLevel).toBe("county");
    expect(completeRulebook({ ...header, ownLevel: "township" }, county).ownLevel).toBe("township");
    expect(completed({})).not.toHaveProperty("ownLevel");
  });

  it("a collection to copy from makes nothing that extends it one", () => {
    expect(completed({ isCollection: true }).isCollection).toBe(true);
    expect(completeRulebook(header, { ...parent, isCollection: true })).not.toHaveProperty(
      "isCollection",
    );
  });

  it("binds open cases only when it says so itself", () => {
    expect(completed({}).appliesToOpenCases).toBe(false);
    expect(completed({ appliesToOpenCases: true }).appliesToOpenCases).toBe(true);
  });
});
