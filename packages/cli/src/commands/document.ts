/** @module document — `document CASE KIND FILE`: what leaves the office about one case, one row a kind. */
import type { Casebook, Label } from "@wuding/engine";
import { EngineError, invalidInput, nearest } from "@wuding/engine";
import type { Command, Option, Typed } from "../command.ts";
import { letterDocuments } from "../documents/letters.ts";
import { noteOf } from "../documents/note.ts";
import { publicationDocument } from "../documents/publication.ts";
import { facts } from "../print/page.ts";
import type { Shell } from "../shell.ts";
import { jsonLine } from "../visible.ts";

/** A document that was built and not yet written. */
export type BuiltDocument = Readonly<{
  contents: string | Uint8Array;
  /** What its clerk should know before it goes out. */
  warnings: readonly Label[];
  /** What a script reads beside the file's name. */
  json: object;
}>;

/** A kind of document. */
export type DocumentKind = Readonly<{
  name: string;
  label: Label;
  /** Endings of its files, with the dot. */
  endings: readonly string[];
  options: readonly Option[];
  /** @throws EngineError what forbids it; nothing is written then */
  build(
    asked: Readonly<{ casebook: Casebook; name: string; file: string; typed: Typed; shell: Shell }>,
  ): Promise<BuiltDocument>;
}>;

const kinds: readonly DocumentKind[] = [...letterDocuments, publicationDocument];

const said = {
  file: { zh: "文件", en: "file" },
} as const satisfies Record<string, Label>;

export const command: Command = {
  name: "document",
  label: { zh: "生成一件的文书", en: "write a document about a case" },
  positionals: ["CASE", kinds.map(({ name }) => name).join("|"), "FILE"],
  // several kinds may take the same option
  options: [...new Set(kinds.flatMap(({ options }) => options))],
  example: "wuding document 122 reply 122.docx",
  run: async (typed, shell) => {
    const [name = "", word = "", file = ""] = typed.positionals;
    const kind = kindNamed(word);
    if (!kind.endings.some((ending) => file.toLowerCase().endsWith(ending))) {
      const endings = kind.endings.join("、");
      const expected = { zh: `以 ${endings} 结尾`, en: `a name ending in ${endings}` };
      throw invalidInput({ field: "FILE", kind: "malformed", expected });
    }
    checkOptions(typed, kind);
    const casebook = await shell.open();
    const { contents, warnings, json } = await kind.build({ casebook, name, file, typed, shell });
    await shell.writeFile(file, contents);
    for (const warning of warnings) shell.talk(noteOf(warning, shell));
    if (shell.json) {
      const told = warnings.map((one) => one[shell.language]);
      return shell.out(jsonLine({ ...json, kind: kind.name, file, warnings: told }));
    }
    facts([[said.file[shell.language], file]], shell);
  },
};

/**
 * An option of another kind would be passed over in silence.
 * @throws EngineError `USAGE`
 */
const checkOptions = ({ values, flags, lists }: Typed, kind: DocumentKind): void => {
  const given = [values, flags, lists].flatMap((one) => Object.keys(one));
  const surplus = given
    .filter((name) => command.options.some((option) => option.name === name))
    .filter((name) => !kind.options.some((option) => option.name === name))
    .map((name) => `--${name}`);
  if (surplus.length === 0) return;
  const names = { zh: surplus.join("、"), en: surplus.join(", ") };
  throw new EngineError("USAGE", {
    problem: {
      zh: `${kind.label.zh}不用 ${names.zh}。`,
      en: `${kind.name} does not take ${names.en}.`,
    },
    command: "document",
  });
};

/** @throws EngineError `USAGE` with the kind that was probably meant */
const kindNamed = (word: string): DocumentKind => {
  const found = kinds.find(({ name }) => name === word);
  if (found !== undefined) return found;
  const names = kinds.map(({ name }) => name);
  const suggestion = nearest(word, names) ?? names.join("|");
  throw new EngineError("USAGE", {
    problem: { zh: `没有文书“${word}”。`, en: `There is no document "${word}".` },
    suggestion: `wuding document CASE ${suggestion} FILE`,
  });
};
