/** @module departments-named — every department that a case or the office itself ever named. */
import type { Assignment } from "../case/events.ts";
import type { OfficeFacts } from "../case/office.ts";
import type { LogReader } from "../ports/event-store.ts";
import { foldCase } from "./history-of-case.ts";
import { casesOf } from "./reader.ts";

/** The departments that one entry charges with a case or a promise. */
const departmentsIn = (data: object): readonly string[] => {
  const { assignment, department } = data as { assignment?: Assignment; department?: string };
  return [...departmentsOf(assignment), ...(department === undefined ? [] : [department])];
};

const departmentsOf = (assignment: Assignment | null | undefined): readonly string[] =>
  assignment ? [assignment.department, ...(assignment.coDepartments ?? [])] : [];

/** The names as they were written, those of departments that no longer are among them. */
export const departmentsNamed = async (
  store: Pick<LogReader, "listStreams" | "readStream">,
  { renamings }: OfficeFacts,
): Promise<ReadonlySet<string>> => {
  const names = new Set(renamings.flatMap(({ from, to }) => [from, to]));
  for await (const { id, events } of casesOf(store)) {
    // what a correction put right stands in the state alone
    const named = [
      ...events.flatMap(({ data }) => departmentsIn(data)),
      ...departmentsOf(foldCase(id, events)?.assignment),
    ];
    for (const name of named) names.add(name);
  }
  return names;
};
