/** @module same-bytes — a zip file without the time at which it was made, so that the same content gives the same bytes. */

/** 1980-01-01, the first day that a zip file can name. */
const firstDay = 0x21;
const entry = { signature: 0x02014b50, size: 46, time: 12, date: 14, local: 42 } as const;
const lengths = [28, 30, 32] as const;
const end = { signature: 0x06054b50, size: 22, count: 10, directory: 16 } as const;

/**
 * The same file with every entry dated 1980-01-01.
 * @throws RangeError when it is no plain zip file
 */
export const withoutTimes = (zip: Uint8Array): Uint8Array => {
  const bytes = Uint8Array.from(zip);
  const view = new DataView(bytes.buffer);
  let at = bytes.length - end.size;
  while (at >= 0 && view.getUint32(at, true) !== end.signature) at -= 1;
  if (at < 0) throw new RangeError("no end of a zip file");
  const count = view.getUint16(at + end.count, true);
  let next = view.getUint32(at + end.directory, true);
  for (let done = 0; done < count; done += 1) {
    if (view.getUint32(next, true) !== entry.signature) throw new RangeError("no zip directory");
    view.setUint16(next + entry.time, 0, true);
    view.setUint16(next + entry.date, firstDay, true);
    // the local header has them two bytes earlier
    const local = view.getUint32(next + entry.local, true);
    view.setUint16(local + entry.time - 2, 0, true);
    view.setUint16(local + entry.date - 2, firstDay, true);
    let length: number = entry.size;
    for (const place of lengths) length += view.getUint16(next + place, true);
    next += length;
  }
  return bytes;
};
