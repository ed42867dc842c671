/** @module office — guards: departments that no longer are. */
import { dissolvedBy, dissolvedWords, plainOffice } from "../../case/office.ts";
import type { Assignment } from "../../case/events.ts";
import type { Label } from "../../case/terms.ts";
import type { Guard, GuardInput } from "./guard.ts";
import { bySense, dataOf, day } from "./guard.ts";

const reorganised: Label = { zh: "机构调整", en: "a reorganisation" };

/** The departments that a fact charges with something. */
const departmentsIn = ({ fact: { data } }: GuardInput): readonly string[] => {
  const { assignment, department, unit } = data as Readonly<{
    assignment?: Assignment;
    department?: string;
    unit?: string;
  }>;
  const named = [assignment?.department, ...(assignment?.coDepartments ?? []), department, unit];
  return named.filter((name) => name !== undefined);
};

/** What is said of the first such department that no longer is; null while all stand. */
const dissolution = (input: GuardInput): ReturnType<typeof dissolvedWords> | null => {
  const { office = plainOffice } = input;
  for (const department of departmentsIn(input)) {
    const renaming = dissolvedBy(office, department, day(input));
    if (renaming !== undefined) return dissolvedWords(office, renaming, day(input));
  }
  return null;
};

export const officeGuards = {
  departmentStands: {
    holds: (input) => dissolution(input) === null,
    why: { zh: "该科室已经更名或者撤并", en: "the department was renamed or dissolved" },
    told: (input) => dissolution(input)?.why ?? null,
    source: (input) => dissolution(input)?.source ?? reorganised,
    repair: { zh: "请写现在的科室名称。", en: "Name the department that is there now." },
    advised: (input) => dissolution(input)?.repair ?? null,
  },
  ofDepartment: {
    holds: (input) => {
      const { assignment } = input.state;
      const { from } = dataOf(input, "AssignmentRenamed");
      return assignment?.department === from || assignment?.coDepartments?.includes(from) === true;
    },
    why: { zh: "本件不由该科室承办", en: "the case is not with that department" },
    source: bySense,
    repair: { zh: "用 show 查看承办科室。", en: "See its department with show." },
  },
} as const satisfies Record<string, Guard>;
