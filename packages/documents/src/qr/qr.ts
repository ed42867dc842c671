/** @module qr — QR codes. */
import { encode, renderSVG } from "uqr";

/** A text as the SVG element of its QR code, up to about 2,900 bytes. @throws Error when it is longer */
export const qrSvg = (text: string): string => renderSVG(text);

/** Dots of the picture to one square of the code: it stays sharp when printed. */
const dots = 4;

/**
 * A text as a black and white picture of its QR code, a whole BMP file, and how many squares its side has.
 * @throws Error when the text is longer than about 2,900 bytes
 */
export const qrBitmap = (text: string): Readonly<{ bytes: Uint8Array; squares: number }> => {
  const { data, size } = encode(text, { border: 2 });
  const side = size * dots;
  const stride = Math.ceil(side / 32) * 4;
  const start = 62;
  const file = new Uint8Array(start + stride * side);
  const view = new DataView(file.buffer);
  file.set([0x42, 0x4d]);
  const header: readonly (readonly [number, number])[] = [
    [2, file.length],
    [10, start],
    [14, 40],
    [18, side],
    [22, side],
    [34, stride * side],
    [38, 11_811],
    [42, 11_811],
    [46, 2],
    // the two colours: black, white
    [54, 0],
    [58, 0xffffff],
  ];
  for (const [at, value] of header) view.setUint32(at, value, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 1, true);
  for (let y = 0; y < side; y += 1) {
    // the lowest row comes first
    const row = data[size - 1 - Math.floor(y / dots)] ?? [];
    for (let x = 0; x < side; x += 1) {
      if (row[Math.floor(x / dots)] === true) continue;
      const at = start + y * stride + (x >> 3);
      file[at] = (file[at] ?? 0) | (0x80 >> (x & 7));
    }
  }
  return { bytes: file, squares: size };
};
