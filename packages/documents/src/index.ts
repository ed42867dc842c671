/** @module index — documents about a case: each builder takes what the casebook answers and gives a file's text. */
export type { Evidence, EvidenceLanguage } from "./evidence/page.ts";
export { evidencePage } from "./evidence/page.ts";
export type { LogAnchor } from "./html/log-anchor.ts";
export { readIndexPattern } from "./publication/index-number.ts";
export { publicationJson, publicationPage } from "./publication/page.ts";
export type { Publication, PublicationGiven, PublicationRecord } from "./publication/record.ts";
export { publicationOf } from "./publication/record.ts";
