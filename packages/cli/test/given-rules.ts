/** @module given-rules — the rulebook, calendar and table of a made-up county, as files to check and adopt. */

type Json = Readonly<Record<string, unknown>>;

const source = {
  title: { zh: "《某县建议提案办理规则》", en: "Rules of a made-up county" },
  article: { zh: "第三条", en: "art. 3" },
};

/** Five working days to send a case back, instead of the ten of the national default. */
export const returnRule: Json = {
  id: "county-return",
  deadline: "return-request",
  appliesTo: { kinds: ["cppcc"] },
  trigger: "dispatched",
  amount: 5,
  unit: "workingDay",
  count: "dayZero",
  rollOver: "none",
  extension: null,
  onMiss: "lockRight",
  source,
  confidence: "document",
  validFrom: "2021-01-01",
  validTo: null,
};

/** The county's rulebook, with changes. */
export const county = (changes: Json = {}): Json => ({
  format: 2,
  id: "county",
  version: "2021",
  label: { zh: "某县规则集", en: "County rulebook" },
  extends: "national@2025",
  validFrom: "2021-01-01",
  deadlines: [returnRule],
  ...changes,
});

/** Two contacts before a reply. */
export const twoContacts: Json = {
  contactBeforeReply: [{ value: { required: true, minTimes: 2 }, source, confidence: "document" }],
};

/** A contact rate of its own: two contacts, and a waiver counts. */
export const ownContactRate: Json = {
  rates: [
    {
      id: "contact",
      version: 2,
      label: { zh: "沟通率", en: "contact rate" },
      definition: { zh: "至少沟通两次的件数", en: "cases with two contacts" },
      population: "answering",
      exclusions: ["returned", "withdrawn", "merged"],
      numerator: "contacted",
      contact: {
        modes: ["phone", "visit"],
        withProposer: false,
        minTimes: 2,
        phases: [],
        waiver: "met",
      },
      rounding: { decimals: 1, mode: "halfUp" },
      source,
      confidence: "document",
    },
  ],
};

/** A notice of 2027 as it might be: New Year from Friday to Sunday, the Saturday after it worked. */
export const year2027 = (changes: Json = {}): Json => ({
  format: 1,
  edition: "cn-2027.1",
  notice: "示例一号",
  from: "2027-01-01",
  to: "2027-12-31",
  holidays: [{ name: "元旦", nameEn: "New Year", from: "2027-01-01", to: "2027-01-03" }],
  makeUpDays: ["2027-01-09"],
  ...changes,
});

/** A table of known answers for the county's one rule. */
export const table = (changes: Json = {}): Json => ({
  table: "county",
  kind: "rule",
  label: { zh: "某县", en: "county" },
  source: { zh: "逐日推算", en: "counted by hand" },
  rulebook: "county@2021",
  calendar: "state-council",
  failsUnder: [{ unit: "calendarDay" }],
  // 3 to 5 April are off, Monday the 5th among them
  rows: [{ rule: "county-return", from: "2021-04-02", dueOn: "2021-04-12" }],
  ...changes,
});
