/**
 * @module fault-clauses — what is said of each fault that the walk over the bytes can find. A clause
 * follows "Event 17 (case): " or 第 17 条记录 and has no full stop; of what is no event it says so itself.
 */
import type { Label } from "../case/terms.ts";
import type { NodePlace } from "../proof/tree.ts";

export const clauses = {
  malformed: {
    zh: "内容不是规范形式的记录",
    en: "its bytes are not an event in canonical form",
  },
  otherHash: { zh: "内容与哈希不符", en: "its bytes do not match its hash" },
  otherLog: { zh: "属于另一个办件库", en: "it belongs to another log" },
  absent: { zh: "不存在", en: "it is not there" },
  again: { zh: "重复或次序颠倒", en: "it stands there twice or too late" },
  stands: (seq: number) => ({
    zh: `的位置上是第 ${seq} 条`,
    en: `event ${seq} stands in its place`,
  }),
  otherColumn: (column: string) => ({
    zh: `的索引列 ${column} 与内容不符`,
    en: `its column ${column} differs from its body`,
  }),
  unnumbered: {
    zh: "的件内序号不合格式",
    en: "its case and its number in the case do not fit each other",
  },
  numbered: (found: number, due: number) => ({
    zh: `是该件第 ${found} 条，应为第 ${due} 条`,
    en: `it is event ${found} of its case where ${due} is due`,
  }),
  unchained: {
    zh: "与该件上一条不相衔接，二者之一被改动",
    en: "it does not follow from the previous event of its case; one of the two was changed",
  },
  backwards: (at: string, last: string) => ({
    zh: `的记录时间 ${at} 早于上一条的 ${last}`,
    en: `it was recorded at ${at}, before the event in front of it at ${last}`,
  }),
  ahead: (on: string, at: string) => ({
    zh: `的发生日期 ${on} 晚于记录时间 ${at}`,
    en: `it is dated ${on}, after it was recorded at ${at}`,
  }),
  cutOff: {
    zh: "及其后的记录已被截去",
    en: "it and what followed it have been cut off",
  },
  rewritten: (size: number) => ({
    zh: `前 ${size} 条记录与检查点的根哈希不符`,
    en: `The first ${size} events are not those that a checkpoint stands for`,
  }),
  otherNode: ({ level, idx }: NodePlace) => ({
    zh: `第 ${level} 层第 ${idx} 个树节点与记录不符`,
    en: `Tree node ${idx} of level ${level} does not stand for the events below it`,
  }),
  uncovered: {
    zh: "及其后的记录不在导出时的检查点之内",
    en: "it and what follows it are not covered by the checkpoint of the export",
  },
  absentNode: ({ level, idx }: NodePlace) => ({
    zh: `缺少第 ${level} 层第 ${idx} 个树节点`,
    en: `tree node ${idx} of level ${level} is not there`,
  }),
} satisfies Record<string, Label | ((...facts: never[]) => Label)>;
