/** @module case-office — what the page of a case says of the office: who acts, and earlier names of a department. */
import type { CaseView } from "@wuding/engine";
import type { Language } from "../shell.ts";
import { listed, withAside } from "./words.ts";

/** The 责任人, with the one who acts for him on that day. */
export const personOf = ({ assignment, delegate }: CaseView, language: Language): string => {
  const acting =
    delegate === null
      ? ""
      : {
          zh: `${delegate.name} 代理至 ${delegate.until}`,
          en: `${delegate.name} acts until ${delegate.until}`,
        }[language];
  return withAside(assignment?.person ?? "", acting, language);
};

/** A department with the names that it had before. */
export const departmentOf = (
  name: string,
  { formerDepartments }: CaseView,
  language: Language,
): string => {
  const former: string[] = [];
  let now = name;
  for (const { from, to } of formerDepartments.toReversed()) {
    if (to !== now) continue;
    former.push(from);
    now = from;
  }
  const names = listed(former, language);
  return withAside(
    name,
    names && { zh: `原${names}`, en: `formerly ${names}` }[language],
    language,
  );
};
