/**
 * Box and Muller's transform in single precision with the very roundings of torch's AVX2 kernel (`normal_fill_AVX2` and
 * avx_mathfun.h, the Cephes polynomials contracted to fused multiply-adds). Math.log and Math.cos would differ from torch
 * in the last bits of every sixth value.
 */

const round = Math.fround;

/** A fused multiply-add: the product of two float32 is exact in a double. */
const fma = (a: number, b: number, c: number): number => round(a * b + c);

const floats = (...values: number[]): readonly number[] => values.map(round);

const LOG = floats(
  7.0376836292e-2,
  -1.151461031e-1,
  1.167699874e-1,
  -1.2420140846e-1,
  1.4249322787e-1,
  -1.6668057665e-1,
  2.0000714765e-1,
  -2.4999993993e-1,
  3.3333331174e-1,
);
const LN2_LOW = round(-2.1219444e-4);
const LN2_HIGH = round(0.693359375);
const SQRT_HALF = round(Math.SQRT1_2);
const SMALLEST_NORMAL = round(1.17549435e-38);

const word = new Uint32Array(1);
const float = new Float32Array(word.buffer);

/** ln x for x in (0, 1]. */
function log(x: number): number {
  float[0] = Math.max(x, SMALLEST_NORMAL);
  const bits = word[0] as number;
  let exponent = (bits >>> 23) - 126;
  word[0] = (bits & 0x007fffff) | 0x3f000000;
  const mantissa = float[0] as number;
  let m = round(mantissa - 1);
  if (mantissa < SQRT_HALF) {
    exponent -= 1;
    m = round(m + mantissa);
  }
  const square = round(m * m);
  let y = LOG[0] as number;
  for (let index = 1; index < LOG.length; index++) y = fma(y, m, LOG[index] as number);
  y = round(y * m);
  y = fma(y, square, round(exponent * LN2_LOW));
  y = fma(-square, 0.5, y);
  return fma(exponent, LN2_HIGH, round(m + y));
}

const FOUR_OVER_PI = round(1.27323954473516);
const [PI4_A, PI4_B, PI4_C] = floats(-0.78515625, -2.4187564849853515625e-4, -3.77489497744594108e-8) as [
  number,
  number,
  number,
];
const [COS_A, COS_B, COS_C] = floats(2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2) as [
  number,
  number,
  number,
];
const [SIN_A, SIN_B, SIN_C] = floats(-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1) as [number, number, number];

/** Cosine and sine of x >= 0, with the octant's polynomials swapped and signed. */
function cosineAndSine(x: number): [number, number] {
  const octant = (Math.trunc(round(x * FOUR_OVER_PI)) + 1) & ~1;
  const r = fma(octant, PI4_C, fma(octant, PI4_B, fma(octant, PI4_A, x)));
  const z = round(r * r);
  let p = fma(fma(COS_A, z, COS_B), z, COS_C);
  p = round(fma(round(p * z), z, -round(z * 0.5)) + 1);
  let q = fma(fma(SIN_A, z, SIN_B), z, SIN_C);
  q = fma(round(q * z), r, r);
  const swap = (octant & 2) !== 0;
  const sine = swap ? p : q;
  const cosine = swap ? q : p;
  return [(~(octant - 2) & 4) !== 0 ? -cosine : cosine, (octant & 4) !== 0 ? -sine : sine];
}

const TWO_PI = round(2 * Math.PI);

/**
 * Turns 16 uniforms at `data[start]`, each in [0, 1), into 16 normals in place: the first eight are the radii and become
 * the cosines, the last eight are the angles and become the sines.
 */
export function transformBlock(data: Float32Array, start: number): void {
  for (let lane = start; lane < start + 8; lane++) {
    const radius = round(Math.sqrt(round(-2 * log(round(1 - (data[lane] as number))))));
    const [cosine, sine] = cosineAndSine(round(TWO_PI * (data[lane + 8] as number)));
    data[lane] = radius * cosine;
    data[lane + 8] = radius * sine;
  }
}
