/**
 * @module page — the evidence of one case in one HTML file: particulars, history, due dates, files, and the
 * proof that the history stands in the signed log. It opens without a network, prints, and checks itself.
 *
 * The embedded proof is JSON in a script element, `<` and the line separators of JavaScript escaped.
 */
import type { CaseBundle, CaseView, DueDateCertificate, HistoryEntry, Label } from "@wuding/engine";
import { caseEvents, terms } from "@wuding/engine";
import type { CheckStep, Embedded } from "./check.ts";
import { checkEvidence } from "./check.ts";
import { cells, escaped, factRows, scriptJson, table } from "../html/markup.ts";
import { htmlPage } from "../html/page.ts";
import { qrSvg } from "../qr/qr.ts";
import type { CheckWords } from "./show-check.ts";
import { showCheck } from "./show-check.ts";
import type { ShownRow, ShownWords } from "./shown.ts";
import { writeShown } from "./shown.ts";
import { style } from "./style.ts";

export type EvidenceLanguage = keyof Label;

export type Evidence = Readonly<{
  language: EvidenceLanguage;
  case: CaseView;
  history: readonly HistoryEntry[];
  certificates: readonly DueDateCertificate[];
  bundle: CaseBundle;
  /** The verifier's keys, as `audit keys` writes them. */
  pin: string;
}>;

const said = {
  title: { zh: "办件证明", en: "Evidence of a case" },
  checking: { zh: "本页尚未自检。", en: "This page has not checked itself yet." },
  noScript: {
    zh: "浏览器未运行脚本，本页没有自检；请用核验程序核验。",
    en: "Scripts are off, so this page has not checked itself; use a verifier.",
  },
  particulars: { zh: "基本情况", en: "Particulars" },
  case: { zh: "件号", en: "case" },
  subject: { zh: "标题", en: "title" },
  proposers: { zh: "提出人", en: "proposers" },
  status: { zh: "办理状态", en: "status" },
  dispatchedOn: { zh: "交办日期", en: "dispatched on" },
  department: { zh: "承办部门", en: "department" },
  rulebook: { zh: "规则集", en: "rulebook" },
  history: { zh: "办理记录", en: "History" },
  position: { zh: "位置", en: "position" },
  event: { zh: "记录", en: "event" },
  on: { zh: "发生日期", en: "on" },
  recordedAt: { zh: "记录时间（协调世界时）", en: "recorded at (UTC)" },
  actor: { zh: "记录人", en: "actor" },
  hash: { zh: "叶哈希（前 12 位）", en: "leaf hash (first 12)" },
  dueDates: { zh: "时限", en: "Due dates" },
  deadline: { zh: "时限", en: "due date" },
  due: { zh: "届满日", en: "due on" },
  state: { zh: "现状", en: "state" },
  from: { zh: "起算日", en: "counted from" },
  source: { zh: "依据", en: "basis" },
  files: { zh: "附件与复函", en: "Files and letters" },
  name: { zh: "名称", en: "name" },
  size: { zh: "字节", en: "bytes" },
  checkpoint: { zh: "检查点", en: "Checkpoint" },
  keys: { zh: "核验所用公钥", en: "Keys that it is verified with" },
  keysHint: {
    zh: "请与您自己保存的公钥文件逐字核对；不一致的，本页的自检结果不作数。",
    en: "Compare them with the pin file that you kept; where they differ, this page's own check is worth nothing.",
  },
  limits: {
    zh: "自检范围是办理记录、附件清单与签名；基本情况、时限两部分由记录算出，不在签名之内。改动本页的人也能改动自检程序，有争议时请取件的存证证明用 docs/verify/verify.py 核验。检查点之后有无新的记录，本页不说明。",
    en: "The check covers the history, the list of files and the signatures; particulars and due dates are computed from it and not signed themselves. Whoever alters this page can alter its check: in a dispute verify the proof of the case with docs/verify/verify.py. Whether more was recorded after the checkpoint this page does not say.",
  },
  check: { zh: "本页自检", en: "What this page checked" },
} as const satisfies Record<string, Label>;

const steps: Readonly<Record<CheckStep, Label>> = {
  form: { zh: "记录为规范形式", en: "the events are in canonical form" },
  chain: { zh: "记录首尾相接，没有缺漏", en: "each event follows the one before it" },
  shown: { zh: "所示与所存一致", en: "what is shown is what is embedded" },
  inclusion: { zh: "末条记录在检查点之内", en: "the last event lies in the checkpoint" },
  signature: { zh: "检查点的签名成立", en: "the checkpoint's signatures hold" },
};

const checkWords: Readonly<Record<EvidenceLanguage, Omit<CheckWords, "shown">>> = {
  zh: {
    holds: "成立",
    fails: "不成立",
    unknown: "本浏览器无法核验",
    all: {
      holds: "自检成立：办理记录与签名的检查点相符。",
      fails: "自检不成立：本页内容被改动。",
      unknown: "自检不完整：本浏览器不能核验其中的步骤，请用核验程序核验。",
    },
  },
  en: {
    holds: "holds",
    fails: "does not hold",
    unknown: "not checked by this browser",
    all: {
      holds: "The check holds: the history agrees with the signed checkpoint.",
      fails: "The check does not hold: this page was altered.",
      unknown: "The check is not complete: this browser cannot take every step; use a verifier.",
    },
  },
};

/** The events as they are shown. */
const shownRows = ({ bundle, history }: Evidence): readonly ShownRow[] =>
  bundle.events
    .trimEnd()
    .split("\n")
    .map((body, at) => {
      const event = JSON.parse(body) as Readonly<
        Record<"seq" | "type" | "on" | "at", string | number> & { by: Readonly<{ id: string }> }
      >;
      const [seq, type, on, recordedAt] = [event.seq, event.type, event.on, event.at].map(String);
      return [
        seq ?? "",
        type ?? "",
        on ?? "",
        recordedAt ?? "",
        event.by.id,
        history[at]?.hash.slice(0, 12) ?? "",
      ];
    });

const shownWords = (language: EvidenceLanguage): ShownWords => ({
  history: said.history[language],
  historyHeadings: (["position", "event", "on", "recordedAt", "actor", "hash"] as const).map(
    (name) => said[name][language],
  ),
  events: Object.fromEntries(
    Object.entries(caseEvents).map(([type, label]) => [type, label[language]]),
  ),
  files: said.files[language],
  fileHeadings: [said.name[language], said.size[language], "SHA-256"],
});

const dueDatesTable = ({ certificates, language }: Evidence): string => {
  if (certificates.length === 0) return "";
  const rows = certificates.map((one) =>
    cells([
      one.label[language],
      one.dueAt ?? one.dueOn,
      terms.deadlineStates[one.state][language],
      one.countedFrom,
      one.rule?.source[language] ?? one.source,
    ]),
  );
  const headings = (["deadline", "due", "state", "from", "source"] as const).map(
    (name) => said[name][language],
  );
  return `<section><h2>${said.dueDates[language]}</h2>${table(headings, rows)}</section>`;
};

const particulars = ({ case: view, language }: Evidence): string =>
  factRows([
    [said.case[language], view.case],
    [said.subject[language], view.title],
    [
      said.proposers[language],
      view.proposers.map(({ name }) => name).join(language === "zh" ? "、" : ", "),
    ],
    [said.status[language], terms.statuses[view.status][language]],
    [said.dispatchedOn[language], view.dispatchedOn],
    [said.department[language], view.assignment?.department ?? ""],
    [said.rulebook[language], view.rulebook],
  ]);

/** The page. The same evidence gives the same bytes. */
export const evidencePage = (evidence: Evidence): string => {
  const { language, bundle, pin } = evidence;
  const embedded: Embedded = { events: bundle.events, proof: bundle.proof, pin };
  const note = bundle.proof.slice(bundle.proof.indexOf("\n\n") + 2);
  const shown = shownWords(language);
  const sections = writeShown(shownRows(evidence), bundle.events, shown);
  const words = scriptJson({ ...checkWords[language], shown });
  const script = `"use strict";
const checkEvidence = ${checkEvidence.toString()};
const writeShown = ${writeShown.toString()};
const showCheck = ${showCheck.toString()};
showCheck(document, checkEvidence, writeShown, globalThis.crypto?.subtle, ${words});`;
  const title = `${said.title[language]} ${evidence.case.case}`;
  const checks = Object.entries(steps).map(
    ([step, label]) =>
      `<li>${escaped(label[language])} <b id="check-${step}" class="unknown">–</b></li>`,
  );
  const body = `<p id="check" class="unknown" role="status">${said.checking[language]}</p>
<noscript><p class="unknown">${said.noScript[language]}</p></noscript>
<section><h2>${said.particulars[language]}</h2>${particulars(evidence)}</section>
<section id="history">${sections.history}</section>
${dueDatesTable(evidence)}
<section id="files">${sections.files}</section>
<section><h2>${said.check[language]}</h2><ul>${checks.join("")}</ul><p>${said.limits[language]}</p></section>
<section><h2>${said.checkpoint[language]}</h2><pre id="shown-note">${escaped(note)}</pre><div class="code">${qrSvg(note)}</div></section>
<section><h2>${said.keys[language]}</h2><pre id="shown-pin">${escaped(pin)}</pre><p>${said.keysHint[language]}</p></section>
<script type="application/json" id="evidence">${scriptJson(embedded)}</script>`;
  return htmlPage({ language, title, style, body, script });
};
