/** @module given-letters — what stands in a Word file, read without the library that wrote it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { expect } from "vitest";
import type { GivenProgram, Ran } from "../../cli/test/given-program.ts";

/** The files inside a zip file, by name, each with the time in its header. */
export const unzipped = (
  zip: Buffer,
): ReadonlyMap<string, Readonly<{ bytes: Buffer; time: number }>> => {
  const end = zip.lastIndexOf(Buffer.from("PK\u0005\u0006"));
  const files = new Map<string, Readonly<{ bytes: Buffer; time: number }>>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [name, extra, comment] = [28, 30, 32].map((place) => zip.readUInt16LE(at + place));
    const local = zip.readUInt32LE(at + 42);
    const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(begin, begin + zip.readUInt32LE(at + 20));
    files.set(zip.toString("utf8", at + 46, at + 46 + (name ?? 0)), {
      bytes: zip.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed),
      time: zip.readUInt32LE(at + 12),
    });
    at += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return files;
};

const plain = (xml: string): string =>
  xml
    .replaceAll(/<[^>]+>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&");

/** The paragraphs of a Word file's body, and all its XML. */
export const wordText = (
  file: string,
): Readonly<{ paragraphs: readonly string[]; xml: string; header: string; bytes: Buffer }> => {
  const bytes = readFileSync(file);
  const files = unzipped(bytes);
  const xml = files.get("word/document.xml")?.bytes.toString("utf8") ?? "";
  const paragraphs = [...xml.matchAll(/<w:p>.*?<\/w:p>|<w:p [^>]*>.*?<\/w:p>/gs)].map(([one]) =>
    plain(one),
  );
  const header = [...files]
    .filter(([name]) => /^word\/header\d+\.xml$/.test(name))
    .map(([, one]) => plain(one.bytes.toString("utf8")))
    .join("");
  return { paragraphs: paragraphs.filter((one) => one !== ""), xml, header, bytes };
};

/** Applies commands as JSON lines; all must go in. */
export const recorded = async (
  { wuding }: Pick<GivenProgram, "wuding">,
  commands: readonly Readonly<Record<string, unknown>>[],
): Promise<void> => {
  const lines = commands.map((one) => JSON.stringify(one)).join("\n");
  const ran = await wuding(["apply", "-"], { stdin: lines });
  expect([ran.exitCode, ran.exitCode === 0 ? "" : ran.out]).toEqual([0, ""]);
};

/** Writes a document with `--json`; what the program says of it, and where the file is. */
export const documentOf = async (
  { wuding, folder }: GivenProgram,
  name: string,
  kind: string,
  ...more: readonly string[]
): Promise<
  Ran &
    Readonly<{
      file: string;
      findings: readonly Readonly<{ check: string; sentence: string | null }>[];
    }>
> => {
  const file = join(folder, `${kind}.docx`);
  const ran = await wuding(["document", name, kind, file, "--json", ...more]);
  const answer = ran.exitCode === 0 ? (JSON.parse(ran.out) as { findings: [] }) : { findings: [] };
  return { ...ran, file, findings: answer.findings };
};
