/**
 * @module charts — charts as inline SVG that need no colour: bars carry their figures and a hatch of their
 * own, lines a dash and a mark. Each has a title and, for whoever does not see it, the figures in words.
 */
import { escaped } from "../html/markup.ts";

/** A bar: its name, how long it is, and what stands behind it. */
export type Bar = Readonly<{
  name: string;
  value: number;
  /** The figure as it is printed. */
  shown: string;
  /** A part of the bar that is told apart, such as the late ones. */
  part?: Readonly<{ value: number; name: string }>;
}>;

/** One line: a share for each place on the axis, null where there is none. */
export type Line = Readonly<{ name: string; values: readonly (number | null)[] }>;

type Drawing = Readonly<{ title: string; description: string }>;

const width = 340;
const text = `font-size="12" fill="#111"`;
const ink = "#234b73";
const light = "#dfe7ef";

const svg = (height: number, { title, description }: Drawing, inner: string): string =>
  `<svg viewBox="0 0 ${width} ${height}" role="img" font-family="sans-serif"><title>${escaped(title)}</title><desc>${escaped(description)}</desc>${inner}</svg>`;

const rounded = (number: number): string => String(Math.round(number * 10) / 10);

/** Name and figure above each bar, so that long names stay whole on a narrow screen. */
export const barChart = (title: string, bars: readonly Bar[]): string => {
  const most = Math.max(1, ...bars.map(({ value }) => value));
  const step = 34;
  const rows = bars.map(({ name, value, shown, part }, at) => {
    const top = at * step;
    const long = (value / most) * width;
    const late =
      part === undefined || part.value === 0
        ? ""
        : `<rect x="${rounded(long - (part.value / most) * width)}" y="${top + 17}" width="${rounded((part.value / most) * width)}" height="10" fill="url(#hatch)" stroke="#111"/>`;
    return `<text x="0" y="${top + 12}" ${text}>${escaped(shortened(name))}</text><text x="${width}" y="${top + 12}" text-anchor="end" ${text}>${escaped(shown)}</text><rect x="0" y="${top + 17}" width="${width}" height="10" fill="${light}"/><rect x="0" y="${top + 17}" width="${rounded(long)}" height="10" fill="${ink}" stroke="#111" stroke-width=".5"/>${late}`;
  });
  const description = bars
    .map(({ name, shown, part }) =>
      part === undefined || part.value === 0
        ? `${name} ${shown}`
        : `${name} ${shown} (${part.name} ${part.value})`,
    )
    .join("; ");
  const hatch = `<defs><pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="4" height="4" fill="#fff"/><rect width="2" height="4" fill="#111"/></pattern></defs>`;
  return svg(bars.length * step, { title, description }, hatch + rows.join(""));
};

/** As much of a name as fits beside its figure; the whole one stands in the table. */
const nameWidth = 20;
const shortened = (name: string): string =>
  [...name].length > nameWidth ? `${[...name].slice(0, nameWidth - 1).join("")}…` : name;

const dashes = ["", "6 3", "2 3"] as const;

/** Shares from 0 to 100 % over the places of an axis, up to three lines. */
export const lineChart = (
  title: string,
  axis: readonly string[],
  lines: readonly Line[],
  shown: (value: number) => string,
): string => {
  const [left, right, top, bottom] = [38, width - 8, 10, 150];
  const x = (at: number): number => left + ((right - left) * at) / Math.max(1, axis.length - 1);
  const y = (value: number): number => bottom - (bottom - top) * value;
  const grid = [0, 0.5, 1].map(
    (value) =>
      `<line x1="${left}" x2="${right}" y1="${y(value)}" y2="${y(value)}" stroke="#bbb"/><text x="${left - 4}" y="${y(value) + 4}" text-anchor="end" ${text}>${value * 100}%</text>`,
  );
  // names of every second place, the last one among them, so that they do not touch
  const step = axis.length > 7 ? 2 : 1;
  const names = axis.map((name, at) =>
    (axis.length - 1 - at) % step === 0
      ? `<text x="${rounded(x(at))}" y="${bottom + 16}" text-anchor="middle" font-size="10" fill="#111">${escaped(name)}</text>`
      : "",
  );
  const drawn = lines.map(({ values }, line) => {
    const points = values.flatMap((value, at) =>
      value === null ? [] : [[x(at), y(value)] as const],
    );
    const path = points.map(
      ([px, py], at) => `${at === 0 ? "M" : "L"}${rounded(px)} ${rounded(py)}`,
    );
    const dash = dashes[line] ?? "";
    return `<path d="${path.join("")}" fill="none" stroke="#111" stroke-width="1.6"${dash === "" ? "" : ` stroke-dasharray="${dash}"`}/>${points.map(([px, py]) => mark(line, px, py)).join("")}`;
  });
  const legend = lines.map(({ name }, line) => {
    const at = bottom + 34 + line * 17;
    const dash = dashes[line] ?? "";
    return `<line x1="${left}" x2="${left + 30}" y1="${at - 4}" y2="${at - 4}" stroke="#111" stroke-width="1.6"${dash === "" ? "" : ` stroke-dasharray="${dash}"`}/>${mark(line, left + 15, at - 4)}<text x="${left + 38}" y="${at}" ${text}>${escaped(name)}</text>`;
  });
  const description = lines
    .map(
      ({ name, values }) =>
        `${name}: ${values.map((value, at) => `${axis[at]} ${value === null ? "—" : shown(value)}`).join(", ")}`,
    )
    .join("; ");
  return svg(
    bottom + 24 + lines.length * 17,
    { title, description },
    [...grid, ...names, ...drawn, ...legend].join(""),
  );
};

/** A circle, a square, a triangle: told apart without colour. */
const mark = (line: number, x: number, y: number): string => {
  const [px, py] = [rounded(x), rounded(y)];
  if (line === 0) return `<circle cx="${px}" cy="${py}" r="3" fill="${ink}"/>`;
  if (line === 1) {
    return `<rect x="${rounded(x - 3)}" y="${rounded(y - 3)}" width="6" height="6" fill="#fff" stroke="#111"/>`;
  }
  return `<path d="M${px} ${rounded(y - 4)}l4 7h-8z" fill="#111"/>`;
};
