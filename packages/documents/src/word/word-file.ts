/**
 * @module word-file — a document of ours as a Word file (.docx) after GB/T 9704—2012. The library that
 * writes it is loaded when the first one is asked for.
 */
import type { WordDocument } from "./document.ts";

/** The bytes of the .docx file. The same document gives the same bytes, in every time zone. */
export const wordFile = async (document: WordDocument): Promise<Uint8Array> => {
  const { packed } = await import("./pack.ts");
  return packed(document);
};
