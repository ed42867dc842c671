/** @module case-corrections — the corrections of a case, as `show` prints them. */
import type { CaseEventType, CaseView, Label } from "@wuding/engine";
import { caseEvents, commands, commonFields, dateOf } from "@wuding/engine";
import type { Language, Shell } from "../shell.ts";
import { heading, paragraph } from "./page.ts";
import { listed, withAside } from "./words.ts";

const said = {
  corrections: { zh: "更正和撤销", en: "Corrections" },
  amended: { zh: "更正", en: "amended" },
  retracted: { zh: "撤销", en: "taken back" },
} as const satisfies Record<string, Label>;

/** Writes what was corrected, and why; nothing where nothing was. */
export const printCorrections = ({ corrections }: CaseView, shell: Shell): void => {
  const { language } = shell;
  if (corrections.length === 0) return;
  heading(said.corrections[language], shell);
  for (const { on, type, fields, reason } of corrections) {
    const how = fields === undefined ? said.retracted : said.amended;
    const what = withAside(
      nameOf(type, language),
      listed(
        (fields ?? []).map((field) => fieldName(field, language)),
        language,
      ),
      language,
    );
    paragraph(`${dateOf(on)}  ${how[language]}  ${what}  ${reason}`, shell);
  }
};

const everyField: Readonly<Record<string, Readonly<{ label: Label }>>> = Object.assign(
  {},
  // of two commands with a field of one name, the earlier one is about the case itself
  ...Object.values(commands)
    .map(({ fields }): object => fields)
    .toReversed(),
  commonFields,
) as Readonly<Record<string, Readonly<{ label: Label }>>>;

/** What a field is called, without what its label says beyond the name. */
const fieldName = (field: string, language: Language): string => {
  const label = Object.hasOwn(everyField, field) ? everyField[field]?.label[language] : undefined;
  return label?.split(/[（：(:]/u, 1)[0]?.trim() ?? field;
};

const nameOf = (type: string, language: Language): string =>
  Object.hasOwn(caseEvents, type) ? caseEvents[type as CaseEventType][language] : type;
