/**
 * @module lines — reads commands as JSON lines from a stream, in bounded memory.
 *
 * UTF-8; a byte order mark before the first line is dropped; lines end in LF or CRLF; blank lines are
 * skipped but counted. A line that cannot be read is given as a refusal in its place, so that the
 * following ones keep their numbers. What one chunk of the stream completes is given together: a
 * program on the other end of a pipe gets its answers without having to close it.
 */
import type { CommandLine, JsonFault, Label } from "@wuding/engine";
import { invalidInput, parseStrict } from "@wuding/engine";

/** Bytes in one line, before anything is parsed. */
export const lineBytesMax = 256 * 1024;

const newline = 0x0a;
const carriageReturn = 0x0d;

/** The lines of a stream, in order, in as many portions as the stream has chunks. */
export async function* readLines(
  stream: AsyncIterable<Uint8Array | string>,
): AsyncGenerator<readonly CommandLine[]> {
  const line = lineBuffer();
  for await (const chunk of stream) {
    const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
    const complete: CommandLine[] = [];
    let start = 0;
    for (;;) {
      const end = bytes.indexOf(newline, start);
      if (end < 0) break;
      line.add(bytes.subarray(start, end));
      complete.push(...line.take());
      start = end + 1;
    }
    line.add(bytes.subarray(start));
    if (complete.length > 0) yield complete;
  }
  const last = line.take();
  if (last.length > 0) yield last;
}

/** Collects the bytes of a line; of one that is too long only the length is kept. */
const lineBuffer = () => {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let parts: Uint8Array[] = [];
  let length = 0;
  let number = 0;
  return {
    add: (part: Uint8Array): void => {
      length += part.length;
      if (length > lineBytesMax + 1) parts = [];
      // the chunk may be overwritten by the next one
      else if (part.length > 0) parts.push(part.slice());
    },
    /** The line, or nothing when it is blank. */
    take: (): readonly CommandLine[] => {
      number += 1;
      let bytes: Uint8Array = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
      const size = length;
      parts = [];
      length = 0;
      if (number === 1) bytes = withoutByteOrderMark(bytes);
      if (bytes.at(-1) === carriageReturn) bytes = bytes.subarray(0, -1);
      if (size > lineBytesMax + 1 || bytes.length > lineBytesMax) {
        return [refused(number, tooLong(size))];
      }
      let text: string;
      try {
        text = decoder.decode(bytes);
      } catch {
        return [refused(number, notUtf8)];
      }
      if (/^[ \t\r]*$/.test(text)) return [];
      const read = parseStrict(text);
      return [
        read.ok ? { line: number, given: read.value } : refused(number, described(read.fault)),
      ];
    },
  };
};

const withoutByteOrderMark = (bytes: Uint8Array): Uint8Array =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;

const refused = (line: number, expected: Label): CommandLine => ({
  line,
  refusal: invalidInput({ field: `line ${line}`, kind: "malformed", expected, line }),
});

const tooLong = (size: number): Label => ({
  zh: `不超过 ${lineBytesMax} 字节的内容（实际 ${size} 字节）`,
  en: `at most ${lineBytesMax} bytes long (it has ${size})`,
});

const notUtf8: Label = { zh: "以 UTF-8 编码的文字", en: "UTF-8 text" };

const described = (fault: JsonFault): Label => {
  const at = fault.at + 1;
  switch (fault.kind) {
    case "syntax":
      return {
        zh: `格式正确的 JSON（第 ${at} 个字符处有误）`,
        en: `well-formed JSON (character ${at} is wrong)`,
      };
    case "unfinished":
      return {
        zh: "完整的 JSON（内容在结尾处中断）",
        en: "complete JSON (it breaks off at its end)",
      };
    case "tooDeep":
      return { zh: "嵌套较浅的 JSON", en: "JSON that is nested less deeply" };
    case "tooManyValues":
      return { zh: "数值较少的 JSON", en: "JSON with fewer values" };
    case "duplicateName":
      return {
        zh: `名称不重复的 JSON（“${fault.name}”出现两次）`,
        en: `JSON without repeated names ("${fault.name}" is there twice)`,
      };
    case "forbiddenName":
      return {
        zh: `不含名称“${fault.name}”的 JSON`,
        en: `JSON without the name "${fault.name}"`,
      };
    case "inexactNumber":
      return {
        zh: `数字可精确表示的 JSON（${fault.written} 不能，请写成文字）`,
        en: `JSON with exact numbers (${fault.written} is none; write it as a string)`,
      };
  }
};
