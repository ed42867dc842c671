/** @module qr — QR codes. */
import { renderSVG } from "uqr";

/** A text as the SVG element of its QR code, up to about 2,900 bytes. @throws Error when it is longer */
export const qrSvg = (text: string): string => renderSVG(text);
