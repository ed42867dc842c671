/**
 * @module beside-clauses — what is said of each fault beside the log. As in `fault-clauses.ts`, a clause
 * follows "Event 17 (case): " or 第 17 条记录 and has no full stop; of what is no event it says so itself.
 */
import type { Label } from "../case/terms.ts";
import type { StoredCommand } from "../ports/event-store.ts";

type Extent = Readonly<Pick<StoredCommand, "first" | "last">>;

/** A hash as people compare it. */
const short = (sha256: string): string => sha256.slice(0, 12);

export const besideClauses = {
  noRow: (commandId: string) => ({
    zh: `的命令 ${commandId} 不在命令表中`,
    en: `its command ${commandId} is not in the table of commands`,
  }),
  otherRow: (commandId: string, found: string) => ({
    zh: `由命令 ${commandId} 产生，命令表写的是 ${found}`,
    en: `it came from command ${commandId}, and the table of commands says ${found}`,
  }),
  otherExtent: ({ last }: Extent, due: Extent) => ({
    zh: `的命令在命令表中到第 ${last} 条为止，应到第 ${due.last} 条`,
    en: `the table of commands ends its command at event ${last}, and it ends at event ${due.last}`,
  }),
  foreign: ({ commandId, first, last }: StoredCommand) => ({
    zh: `被命令表记在命令 ${commandId} 名下（第 ${first} 至 ${last} 条），记录中并非如此`,
    en: `the table of commands gives events ${first} to ${last} to command ${commandId}, and they do not name it so`,
  }),
  beyond: ({ commandId, first, last }: StoredCommand) => ({
    zh: `及其后的记录已被截去：命令表中还有命令 ${commandId}（第 ${first} 至 ${last} 条）`,
    en: `it and what followed it have been cut off: the table of commands still has ${commandId} with events ${first} to ${last}`,
  }),
  otherValue: {
    zh: "所封存的个人信息已被改动",
    en: "a personal value that it sealed has been changed",
  },
  unnamedValue: {
    zh: "个人信息表中有一项，任何记录都没有封存过",
    en: "There is a personal value that no event has sealed",
  },
  noValue: {
    zh: "所封存的个人信息不在，也没有删除的记录",
    en: "a personal value that it sealed is not there, and no event says that it was erased",
  },
  notErased: {
    zh: "记载已经删除的个人信息仍在",
    en: "a personal value that it says was erased is still there",
  },
  otherFile: (sha256: string) => ({
    zh: `所附文件 ${short(sha256)} 的内容已被改动`,
    en: `the document ${short(sha256)} is not what its hash says`,
  }),
  noFile: (sha256: string) => ({
    zh: `所附文件 ${short(sha256)} 不在`,
    en: `the document ${short(sha256)} that it names is not there`,
  }),
} satisfies Record<string, Label | ((...facts: never[]) => Label)>;
