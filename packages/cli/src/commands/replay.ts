/** @module replay — the past run again through the machine: one case, or the whole casebook, as it stood. */
import type {
  CaseCertificate,
  Label,
  Replayed,
  ReplayCertificate,
  ReplayedCasebook,
  ReplayFault,
  Status,
} from "@wuding/engine";
import { EngineError, invalidInput, terms } from "@wuding/engine";
import type { Command, Typed } from "../command.ts";
import { inLanguage } from "../print/in-language.ts";
import { printCaseCertificate, printCertificate } from "../print/certificate.ts";
import { facts, heading } from "../print/page.ts";
import { progressOn } from "../print/progress.ts";
import { plural, words } from "../print/words.ts";
import { momentOptions, readMoment } from "../scope.ts";
import type { Shell } from "../shell.ts";
import { jsonLine, visible } from "../visible.ts";
import { printCase } from "./show.ts";

const said = {
  cases: { zh: "办件数", en: "cases" },
  sound: { zh: "每条记录都符合办理流程。", en: "The lifecycle allows every one of them." },
  first: { zh: "第一条不应存在的记录", en: "The first event that should not be there" },
  position: { zh: "位置", en: "position" },
  type: { zh: "类型", en: "type" },
  what: { zh: "问题", en: "what" },
  replaying: { zh: "重放", en: "replaying" },
  faults: { zh: "有问题的办件", en: "cases with a fault" },
} as const satisfies Record<string, Label>;

export const command: Command = {
  name: "replay",
  label: { zh: "按办理流程重放记录", en: "run the events again through the machine" },
  positionals: ["[CASE]"],
  options: [
    ...momentOptions,
    {
      name: "out",
      label: { zh: "将重放证明写入文件", en: "write the certificate to a file" },
      typed: "value",
      form: "FILE",
    },
    {
      name: "at",
      label: { zh: "只重放到该位置的记录", en: "only events up to this position" },
      typed: "value",
      form: "POSITION",
    },
  ],
  example: "wuding replay 122 --as-of 2021-06-25",
  run: async (typed, shell) => {
    const moment = { ...readMoment(typed, shell), ...readAt(typed) };
    const options = { today: shell.today, ...moment };
    const [name] = typed.positionals;
    const isWhole = name === undefined && Object.keys(moment).length === 0;
    const { out } = typed.values;
    if (out !== undefined && !isWhole) throw partlyCertified();
    if (isWhole) return replayNow(out, shell);
    const isNow = Object.keys(moment).length === 0;
    const fault =
      name === undefined
        ? await replayAll(options, shell)
        : await replayOne(name, options, isNow, shell);
    if (fault !== null) throw illegal(fault);
  },
};

/** Refuses what a certificate found, the first of it; what could not be counted is no soundness. */
const refuseUnlessSound = ({ differences, uncounted }: Replayed, shell: Shell): void => {
  const [first] = differences;
  if (first !== undefined) {
    const { thing, position, case: id, what } = first;
    const fault = thing === "events" ? "ILLEGAL" : "PROJECTION";
    throw new EngineError("INTEGRITY", { fault, position, case: id, what });
  }
  const { length } = uncounted;
  if (length === 0) return;
  const why = {
    zh: `有 ${length} 项时限无法重新计算`,
    en: `${plural(length, "due date")} could not be counted again`,
  };
  throw new EngineError("STORE_UNAVAILABLE", { file: shell.file, why });
};

const illegal = ({ position, case: id, what }: ReplayFault): EngineError<"INTEGRITY"> =>
  new EngineError("INTEGRITY", { fault: "ILLEGAL", position, case: id, what });

const partlyCertified = (): EngineError<"USAGE"> =>
  new EngineError("USAGE", {
    problem: {
      zh: "重放证明针对整个办件库的现状，不能与件号或者时点同用。",
      en: "The certificate is of the whole casebook as it stands, not of a case or a moment.",
    },
    suggestion: "wuding replay --out FILE",
  });

/** The casebook as it stands, with the certificate of what was computed anew. */
const replayNow = async (out: string | undefined, shell: Shell): Promise<void> => {
  const { language } = shell;
  const casebook = await shell.open({ forAudit: true });
  const replayed = await casebook.replayAll({ today: shell.today });
  const progress = progressOn(shell, said.replaying[language]);
  let certificate: ReplayCertificate;
  try {
    certificate = await casebook.certify({ today: shell.today, onProgress: progress.at });
  } finally {
    progress.end();
  }
  if (out !== undefined) {
    const lines: string[] = [];
    printCertificate(certificate, { ...shell, out: (line) => lines.push(visible(line)) });
    await shell.writeFile(out, `${lines.join("\n")}\n`);
  }
  const { firstFault } = replayed;
  if (shell.json) {
    const told = { ...replayed, firstFault: inLanguage(firstFault, language) };
    shell.out(jsonLine({ ...told, certificate: inLanguage(certificate, language) }));
  } else {
    printCounts(replayed, shell);
    printOutcome(replayed.events, firstFault, shell);
    shell.out("");
    printCertificate(certificate, shell);
  }
  if (firstFault !== null) throw illegal(firstFault);
  refuseUnlessSound(certificate, shell);
};

const readAt = ({ values }: Typed): Readonly<{ at?: number }> => {
  const given = values["at"];
  if (given === undefined) return {};
  if (/^\d{1,15}$/.test(given)) return { at: Number(given) };
  const expected = { zh: "不小于 0 的整数", en: "a whole number from 0" };
  throw invalidInput({ field: "--at", kind: "wrongType", expected });
};

type Options = Readonly<{ today: string; asOf?: string; at?: number }>;

const replayOne = async (
  name: string,
  options: Options,
  isNow: boolean,
  shell: Shell,
): Promise<ReplayFault | null> => {
  const { language } = shell;
  const casebook = await shell.open({ forAudit: true });
  const replayed = await casebook.replay(name, options);
  if (replayed === null) throw new EngineError("NOT_FOUND", { what: "case", name });
  // of a moment there is nothing stored to compare with
  const certificate: CaseCertificate | null = isNow ? await casebook.certifyCase(name) : null;
  const { firstFault } = replayed;
  if (shell.json) {
    const told = { ...replayed, firstFault: inLanguage(firstFault, language) };
    shell.out(
      jsonLine(
        certificate === null ? told : { ...told, certificate: inLanguage(certificate, language) },
      ),
    );
  } else {
    printCase(replayed, casebook, shell);
    printOutcome(replayed.events, firstFault, shell);
    if (certificate !== null) printCaseCertificate(certificate, shell);
  }
  if (firstFault === null && certificate !== null) refuseUnlessSound(certificate, shell);
  return firstFault;
};

const replayAll = async (options: Options, shell: Shell): Promise<ReplayFault | null> => {
  const casebook = await shell.open({ forAudit: true });
  const { language } = shell;
  const replayed = await casebook.replayAll(options);
  const { firstFault } = replayed;
  if (shell.json) {
    shell.out(jsonLine({ ...replayed, firstFault: inLanguage(firstFault, language) }));
    return firstFault;
  }
  printCounts(replayed, shell);
  printOutcome(replayed.events, firstFault, shell);
  return firstFault;
};

const printCounts = ({ cases, statuses, faults }: ReplayedCasebook, shell: Shell): void => {
  const { language } = shell;
  const counted = Object.keys(terms.statuses) as Status[];
  facts(
    [
      [said.cases[language], String(cases)],
      ...counted
        .filter((status) => statuses[status] !== undefined)
        .map(
          (status) => [`  ${terms.statuses[status][language]}`, String(statuses[status])] as const,
        ),
      [said.faults[language], faults === 0 ? null : String(faults)],
    ],
    shell,
  );
};

const printOutcome = (events: number, fault: ReplayFault | null, shell: Shell): void => {
  const { language } = shell;
  shell.out("");
  const replayed = {
    zh: `重放记录 ${events} 条。`,
    en: `${plural(events, "event")} replayed.`,
  };
  shell.out(replayed[language]);
  if (fault === null) {
    shell.out(said.sound[language]);
    return;
  }
  heading(said.first[language], shell);
  facts(
    [
      [said.position[language], String(fault.position)],
      [words.case[language], `${fault.case} #${fault.version}`],
      [said.type[language], fault.type],
      [said.what[language], fault.what[language]],
    ],
    shell,
  );
};
