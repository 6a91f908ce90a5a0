/** Red, green and blue from 0 to 255. */
export type Rgb = readonly [number, number, number];

type Lab = readonly [number, number, number];

const toLinear = (byte: number) => (byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4);
const toByte = (linear: number) =>
  Math.round(
    255 * Math.min(1, Math.max(0, linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055)),
  );

/** sRGB to OKLab, https://bottosson.github.io/posts/oklab/ */
export function toOklab([red, green, blue]: Rgb): Lab {
  const [r, g, b] = [toLinear(red), toLinear(green), toLinear(blue)];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromOklab([lightness, a, b]: Lab): Rgb {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    toByte(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    toByte(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    toByte(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

const distance = (a: Lab, b: Lab) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

/** A way through colours at even steps in OKLab: equal differences of numbers look equally large. */
function evenly(stops: readonly Rgb[], count: number): readonly Rgb[] {
  const points = stops.map(toOklab);
  const lengths = points.slice(1).map((point, i) => distance(point, points[i] as Lab));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  return Array.from({ length: count }, (_, i) => {
    let rest = (total * i) / (count - 1);
    let part = 0;
    while (part < lengths.length - 1 && rest > (lengths[part] as number)) rest -= lengths[part++] as number;
    const t = rest / (lengths[part] as number);
    const [from, to] = [points[part] as Lab, points[part + 1] as Lab];
    return fromOklab([
      from[0] + t * (to[0] - from[0]),
      from[1] + t * (to[1] - from[1]),
      from[2] + t * (to[2] - from[2]),
    ]);
  });
}

const steps = 256;

/** For numbers from 0 up: dark violet over red to pale yellow, always lighter. */
export const rising = evenly(
  [
    [18, 14, 32],
    [86, 34, 112],
    [196, 62, 92],
    [243, 152, 66],
    [252, 240, 196],
  ],
  steps,
);

const neutral: Rgb = [236, 237, 238];

/** For signed numbers: blue below zero, orange above, and a light grey at zero, which is the middle. */
export const signed = [
  ...evenly([[14, 70, 150], neutral], steps / 2 + 1).slice(0, -1),
  ...evenly([neutral, [156, 66, 4]], steps / 2),
];

/** What a number that is not finite looks like in a map. */
const notFinite: Rgb = [255, 0, 255];

/** The colour of `value` on a map whose ends are `low` and `high`; what lies beyond has the colour of the end. */
function colorOf(map: readonly Rgb[], value: number, low: number, high: number): Rgb {
  if (!Number.isFinite(value)) return notFinite;
  const t = (value - low) / (high - low || 1);
  return map[Math.min(map.length - 1, Math.max(0, Math.round(t * (map.length - 1))))] as Rgb;
}

/** RGBA pixels of numbers on a map. */
export function paintMap(
  data: ArrayLike<number>,
  map: readonly Rgb[],
  low: number,
  high: number,
  from = 0,
  to = data.length,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * (to - from)).fill(255);
  for (let i = from; i < to; i++) pixels.set(colorOf(map, data[i] as number, low, high), 4 * (i - from));
  return pixels;
}

/** The map as a gradient of CSS, from its low end to the right. */
export const gradientOf = (map: readonly Rgb[]): string =>
  `linear-gradient(90deg, ${Array.from({ length: 33 }, (_, i) => `rgb(${(map[Math.round((i * (map.length - 1)) / 32)] as Rgb).join(' ')})`).join(', ')})`;
