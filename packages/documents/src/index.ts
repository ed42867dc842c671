/** @module index — documents about a case: each builder takes what the casebook answers and gives a file's text. */
export { annualMarkdown } from "./annual/markdown.ts";
export { annualPage } from "./annual/page.ts";
export type { AnnualSummary } from "./annual/summary.ts";
export { annualDocument } from "./annual/word.ts";
export type { Evidence, EvidenceLanguage } from "./evidence/page.ts";
export { evidencePage } from "./evidence/page.ts";
export type { LogAnchor } from "./html/log-anchor.ts";
export { readIndexPattern } from "./publication/index-number.ts";
export { publicationJson, publicationPage } from "./publication/page.ts";
export type { Publication, PublicationGiven, PublicationRecord } from "./publication/record.ts";
export { publicationOf } from "./publication/record.ts";

// import: lists of cases as commands
export type { ReadingContext } from "./intake/columns.ts";
export type { Difference } from "./intake/compare.ts";
export type { List } from "./intake/list.ts";
export { readList } from "./intake/list.ts";
export type { NameParts } from "./intake/names.ts";
export { readKind, readSession } from "./intake/names.ts";
export { oursOf } from "./intake/ours.ts";
export type { PlanOptions, RowPlan } from "./intake/plan.ts";
export { commandIdOf, planRow } from "./intake/plan.ts";
export type { CellPlace, ListRow } from "./intake/rows.ts";
export { readSheets } from "./intake/sheets.ts";
export type { TitleSuggestion } from "./intake/titles.ts";
export type { Finding, GivenForLetter, Letter, LetterFacts } from "./letters/letter.ts";
export type { LetterKind } from "./letters/kinds.ts";
export { letterKinds } from "./letters/kinds.ts";
export type { Block, Cell, Picture, WordDocument, WordPage, WordTable } from "./word/document.ts";
export { wordFile } from "./word/word-file.ts";

export type { LedgerLanguage } from "./ledger/columns.ts";
export { ledgerColumns } from "./ledger/columns.ts";
export type { LedgerOptions } from "./ledger/ledger.ts";
export { ledgerCsv, ledgerWorkbook } from "./ledger/ledger.ts";
export type { Table, TableCell, TableSheet } from "./spreadsheet/read-table.ts";
export { readTable } from "./spreadsheet/read-table.ts";
// the week
export { dayWords } from "./html/day-words.ts";
export { weekPage } from "./week/page.ts";
export { delegateWords, nobody, totalsOfWeek, weekTitle } from "./week/words.ts";

// calendars
export type { DueCalendar } from "./calendar/due-dates.ts";
export { dueCalendar } from "./calendar/due-dates.ts";

// the dashboard
export type { Dashboard } from "./dashboard/page.ts";
export { dashboardPage } from "./dashboard/page.ts";
