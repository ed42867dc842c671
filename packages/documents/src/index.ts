/** @module index — documents about a case: each builder takes what the casebook answers and gives a file's text. */
export type { Evidence, EvidenceLanguage } from "./evidence/page.ts";
export { evidencePage } from "./evidence/page.ts";
