/** @module letters — the letters and forms of a case as Word files, looked through before they are written. */
import type { Casebook, CaseView, Kind, Label } from "@wuding/engine";
import {
  EngineError,
  dateProblem,
  forbiddenCharacter,
  invalidInput,
  isCivilDate,
  kindOf,
} from "@wuding/engine";
import type { Finding, GivenForLetter, LetterKind } from "@wuding/documents";
import type { Option, Typed } from "../command.ts";
import type { BuiltDocument, DocumentKind } from "../commands/document.ts";
import { logAnchorOf } from "../log-anchor.ts";
import { labelled } from "../print/words.ts";
import type { Shell } from "../shell.ts";
import { noteOf } from "./note.ts";
import { readTextFile, textOption } from "./text-file.ts";

const strict: Option = {
  name: "strict",
  label: {
    zh: "公文：有需核对之处即不出具",
    en: "letters: write nothing while there is something to look at",
  },
  typed: "flag",
  form: "",
};
const office: Option = {
  name: "office",
  label: {
    zh: "公文：署名单位（默认办件库的单位）",
    en: "letters: who issues it (default: the casebook's office)",
  },
  typed: "value",
  form: "TEXT",
};
const copyTo: Option = {
  name: "copy-to",
  label: {
    zh: "reply：抄送（默认交办单位和会办单位）",
    en: "reply: who gets a copy (default: dispatching body and co-handlers)",
  },
  typed: "list",
  form: "TEXT",
};
const reason: Option = {
  name: "reason",
  label: { zh: "return-request、extension：申请的理由", en: "return-request, extension: why" },
  typed: "value",
  form: "TEXT",
};
const suggestedUnit: Option = {
  name: "suggested-unit",
  label: {
    zh: "return-request：建议改由哪个单位办理",
    en: "return-request: who should handle it instead",
  },
  typed: "value",
  form: "TEXT",
};
const due: Option = {
  name: "due",
  label: { zh: "extension：申请延至的日期", en: "extension: until when" },
  typed: "value",
  form: "DATE",
};

const letter = (name: LetterKind, label: Label, options: readonly Option[]): DocumentKind => ({
  name,
  label,
  endings: [".docx"],
  options: [...options, office, strict],
  build: async ({ casebook, name: given, typed, shell }) => {
    const view = await casebook.show(given, { today: shell.today });
    const { letterKinds, wordFile } = await import("@wuding/documents");
    const { document, findings } = letterKinds[name].build({
      language: shell.reportLanguage,
      case: view,
      kind: kindOfCase(casebook, view),
      office: typed.values["office"] ?? casebook.rules.opening.office,
      draftText: name === "reply" ? await draftTextOf(casebook, view) : null,
      log: await logAnchorOf(casebook),
      given: await givenFor(typed, shell),
    });
    refuseWhere(findings, { isStrict: typed.flags["strict"] === true, view, shell });
    return {
      contents: await wordFile(document),
      warnings: findings.map(warningOf),
      json: { case: view.case, findings: findings.map((one) => told(one, shell)) },
    } satisfies BuiltDocument;
  },
});

/** Every letter and form. */
export const letterDocuments: readonly DocumentKind[] = [
  letter("reply", { zh: "答复函", en: "the reply" }, [textOption, copyTo]),
  letter("opinion", { zh: "会办意见", en: "our opinion to the lead unit" }, [textOption]),
  letter(
    "feedback-form",
    { zh: "征询意见表，每位提案人一份", en: "feedback forms, one for each proposer" },
    [],
  ),
  letter("assignment", { zh: "五定责任分解表", en: "the table of the 五定" }, []),
  letter("return-request", { zh: "退办申请", en: "the request to send it back" }, [
    reason,
    suggestedUnit,
  ]),
  letter("extension", { zh: "延期申请", en: "the request to put it off" }, [reason, due]),
];

/** @throws EngineError `NOT_FOUND` when the case's rulebook does not know its kind */
const kindOfCase = (casebook: Casebook, view: CaseView): Kind => {
  const rulebook = casebook.rules.byName.get(view.rulebook)?.rulebook;
  const kind = rulebook && kindOf(rulebook, view.kind);
  if (kind !== undefined) return kind;
  throw new EngineError("NOT_FOUND", { what: "rulebook", name: view.rulebook });
};

/** The text of the round's newest draft; a case as it is shown does not carry it. */
const draftTextOf = async (casebook: Casebook, view: CaseView): Promise<string | null> => {
  const draft = view.drafts.findLast(({ round }) => round === view.round);
  if (draft === undefined) return null;
  const texts = (await casebook.history(view.case)).flatMap(({ type, data }) => {
    const { draft: number, text } = data as Readonly<{ draft?: unknown; text?: unknown }>;
    const isOfDraft = type === "DraftSubmitted" && number === draft.draft;
    return isOfDraft && typeof text === "string" ? [text] : [];
  });
  return texts.at(-1) ?? null;
};

const givenFor = async ({ values, lists }: Typed, shell: Shell): Promise<GivenForLetter> => {
  const { text, reason: why, due: until } = values;
  const unit = values["suggested-unit"];
  const copies = lists["copy-to"] ?? [];
  if (until !== undefined && !isCivilDate(until)) {
    throw invalidInput({ field: "--due", ...dateProblem(until) });
  }
  const body = text === undefined ? undefined : await readTextFile(text, shell);
  refuseHidden({
    "--text": [body],
    "--reason": [why],
    "--suggested-unit": [unit],
    "--copy-to": copies,
    "--office": [values["office"]],
  });
  return {
    ...(body !== undefined && { text: body }),
    ...(why !== undefined && { reason: why }),
    ...(until !== undefined && { due: until }),
    ...(unit !== undefined && { suggestedUnit: unit }),
    ...(copies.length > 0 && { copyTo: copies }),
  };
};

/**
 * What may not enter the log does not enter a letter either; Word would not open it.
 * @throws EngineError `INVALID_INPUT`
 */
const refuseHidden = (given: Readonly<Record<string, readonly (string | undefined)[]>>): void => {
  const problems = Object.entries(given).flatMap(([field, texts]) =>
    texts.flatMap((text) => {
      const found = forbiddenCharacter(text ?? "", { breaks: true });
      return found === undefined ? [] : [{ field, kind: "forbiddenCharacter" as const, ...found }];
    }),
  );
  if (problems.length > 0) throw invalidInput(...problems);
};

const sourceOfChecks: Label = {
  zh: "《党政机关公文格式》（GB/T 9704—2012）和答复函的出具要求",
  en: "GB/T 9704—2012 and what a letter must have",
};

/** The name under which `--strict` refuses. */
const strictRule = "strict";

/**
 * Nothing is written where a letter cannot be right; with `--strict` also where there is anything to look at.
 * All that was found is told first, so that the refusal itself stays short.
 * @throws EngineError `RULE_REFUSED` with the findings as data
 */
const refuseWhere = (
  findings: readonly Finding[],
  { isStrict, view, shell }: Readonly<{ isStrict: boolean; view: CaseView; shell: Shell }>,
): void => {
  const wrong = findings.filter(({ gravity }) => gravity === "refused");
  const [first] = wrong;
  if (first === undefined && !(isStrict && findings.length > 0)) return;
  // a script reads them in the refusal itself; what cannot be right stands in its sentence
  const others = shell.json ? [] : findings.filter(({ gravity }) => gravity !== "refused");
  for (const finding of others) shell.talk(noteOf(warningOf(finding), shell));
  const count = findings.length;
  const counted: Label = {
    zh: `有 ${count} 处须核对，没有出具`,
    en: `${count} ${count === 1 ? "finding" : "findings"}; nothing was written`,
  };
  const lookAtThem: Label = {
    zh: "请逐处核对并改正；核对无误的，去掉 --strict 再出具。",
    en: "Look at each and set it right; where all is well, write it again without --strict.",
  };
  throw new EngineError("RULE_REFUSED", {
    case: view.case,
    rule: first?.check ?? strictRule,
    why:
      first === undefined
        ? counted
        : {
            zh: wrong.map(({ what }) => what.zh).join("；"),
            en: wrong.map(({ what }) => what.en).join("; "),
          },
    source: sourceOfChecks,
    repair: first?.repair ?? lookAtThem,
    findings: findings.map(({ check, what, repair, sentence }) => ({
      check,
      what,
      repair,
      sentence: sentence ?? null,
    })),
  });
};

const withSentence = (what: string, sentence: string | undefined, language: keyof Label): string =>
  sentence === undefined ? what : labelled(what, `“${sentence}”`, language);

const warningOf = ({ what, repair, sentence }: Finding): Label => ({
  // a sentence that is quoted whole brings its own full stop
  zh: `${withSentence(what.zh, sentence, "zh")}${/[。！？；]$/.test(sentence ?? "") ? "" : "。"}${repair.zh}`,
  en: `${withSentence(what.en, sentence, "en")}. ${repair.en}`,
});

const told = ({ check, what, repair, sentence }: Finding, { language }: Shell) => ({
  check,
  what: what[language],
  repair: repair[language],
  sentence: sentence ?? null,
});
