/**
 * Canny's edge detector (A Computational Approach to Edge Detection, 1986) as OpenCV computes it, in its integers, so that
 * ControlNets see the lines that they were trained with: `cv2.Canny` with a 3x3 Sobel operator and `|dx| + |dy|` as the
 * strength of a gradient (modules/imgproc/src/canny.cpp), and `cv2.GaussianBlur` before it.
 */

/** Bytes of a picture, pixel by pixel, three for each. */
export interface Pixels {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

export interface CannySettings {
  /** A line goes on where its gradient is above this ... */
  readonly low: number;
  /** ... as long as somewhere it is above this. Of a black and white edge it is 1020. */
  readonly high: number;
  /** Standard deviation of a blur before it, in pixels; 0 is none. */
  readonly blur: number;
}

const CHANNELS = 3;

/** 1 where there is an edge, row-major. */
export function findEdges(picture: Pixels, { low, high, blur }: CannySettings): Uint8Array {
  const gradients = strongest(blur > 0 ? gaussianBlur(picture, blur) : picture);
  return follow(gradients, Math.floor(Math.min(low, high)), Math.floor(Math.max(low, high)));
}

interface Gradients {
  readonly dx: Int16Array;
  readonly dy: Int16Array;
  /** `|dx| + |dy|`, with a border of zeros: `width + 2` by `height + 2`. */
  readonly strength: Int32Array;
  readonly width: number;
  readonly height: number;
}

/** Sobel's gradient of each pixel, of the channel in which it is strongest; beyond the border the last pixel goes on. */
function strongest({ data, width, height }: Pixels): Gradients {
  const dx = new Int16Array(width * height);
  const dy = new Int16Array(width * height);
  const strength = new Int32Array((width + 2) * (height + 2));
  for (let y = 0; y < height; y += 1) {
    const above = Math.max(y - 1, 0) * width;
    const here = y * width;
    const below = Math.min(y + 1, height - 1) * width;
    for (let x = 0; x < width; x += 1) {
      const left = Math.max(x - 1, 0);
      const right = Math.min(x + 1, width - 1);
      let most = -1;
      for (let channel = 0; channel < CHANNELS; channel += 1) {
        const at = (row: number, column: number) => data[(row + column) * CHANNELS + channel] as number;
        const across =
          at(above, right) -
          at(above, left) +
          2 * (at(here, right) - at(here, left)) +
          at(below, right) -
          at(below, left);
        const down =
          at(below, left) - at(above, left) + 2 * (at(below, x) - at(above, x)) + at(below, right) - at(above, right);
        const sum = Math.abs(across) + Math.abs(down);
        if (sum <= most) continue;
        most = sum;
        dx[here + x] = across;
        dy[here + x] = down;
      }
      strength[(y + 1) * (width + 2) + x + 1] = most;
    }
  }
  return { dx, dy, strength, width, height };
}

/** tan 22.5 degrees, times 2^15. */
const TANGENT = 13573;

/** Keeps what is a maximum across the line and above `low`, and is joined to something above `high`. */
function follow({ dx, dy, strength, width, height }: Gradients, low: number, high: number): Uint8Array {
  const stride = width + 2;
  const NONE = 0;
  const MAYBE = 1;
  const EDGE = 2;
  const found = new Uint8Array(strength.length);
  const open: number[] = [];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y + 1) * stride + x + 1;
      const here = strength[at] as number;
      if (here <= low) continue;
      const across = dx[y * width + x] as number;
      const down = dy[y * width + x] as number;
      if (!isMaximum(strength, at, stride, across, down)) continue;
      found[at] = here > high ? EDGE : MAYBE;
      if (here > high) open.push(at);
    }
  }
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const row of [at - stride, at, at + stride]) {
      for (let near = row - 1; near <= row + 1; near += 1) {
        if (found[near] !== MAYBE) continue;
        found[near] = EDGE;
        open.push(near);
      }
    }
  }
  const edges = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      edges[y * width + x] = found[(y + 1) * stride + x + 1] === EDGE ? 1 : NONE;
    }
  }
  return edges;
}

/** Whether no neighbour along the gradient is stronger, the gradient's direction being one of four. */
function isMaximum(strength: Int32Array, at: number, stride: number, across: number, down: number): boolean {
  const here = strength[at] as number;
  const x = Math.abs(across);
  const y = Math.abs(down) * 2 ** 15;
  const flat = x * TANGENT;
  if (y < flat) return here > (strength[at - 1] as number) && here >= (strength[at + 1] as number);
  // tan 67.5 degrees is 2 + tan 22.5 degrees.
  if (y > flat + x * 2 ** 16)
    return here > (strength[at - stride] as number) && here >= (strength[at + stride] as number);
  const side = across < 0 !== down < 0 ? -1 : 1;
  return here > (strength[at - stride - side] as number) && here > (strength[at + stride + side] as number);
}

/**
 * `cv2.GaussianBlur` of bytes with the size of the kernel left to it: weights in 256ths that add up to one, sums rounded
 * once. Beyond the border the picture is mirrored at its last pixel.
 */
function gaussianBlur(picture: Pixels, sigma: number): Pixels {
  const { width, height } = picture;
  const weights = gaussianWeights(sigma);
  const rows = new Float64Array(picture.data.length);
  const data = new Uint8Array(picture.data.length);
  convolve(picture.data, rows, weights, { lines: height, line: width * CHANNELS, length: width, step: CHANNELS });
  const columns = new Float64Array(rows.length);
  convolve(rows, columns, weights, { lines: width, line: CHANNELS, length: height, step: width * CHANNELS });
  for (let i = 0; i < data.length; i += 1) data[i] = Math.floor((columns[i] as number) / 2 ** 16 + 0.5);
  return { data, width, height };
}

/** Rounding errors are carried from the ends of the kernel to its middle (`getGaussianKernelFixedPoint_ED`). */
function gaussianWeights(sigma: number): number[] {
  const size = roundHalfEven(sigma * 6 + 1) | 1;
  const half = (size - 1) / 2;
  const exact = Array.from({ length: size }, (_, i) => Math.exp((-0.5 * (i - half) ** 2) / sigma ** 2));
  const sum = exact.reduce((total, weight) => total + weight, 0);
  const weights = new Array<number>(size).fill(0);
  let error = 0;
  let total = 0;
  for (let i = 0; i < half; i += 1) {
    const wanted = ((exact[i] as number) / sum) * 256 + error;
    const weight = roundHalfEven(wanted);
    error = wanted - weight;
    weights[i] = weight;
    weights[size - 1 - i] = weight;
    total += 2 * weight;
  }
  weights[half] = 256 - total;
  return weights;
}

function roundHalfEven(x: number): number {
  const down = Math.floor(x);
  const rest = x - down;
  return rest > 0.5 || (rest === 0.5 && down % 2 !== 0) ? down + 1 : down;
}

interface Walk {
  readonly lines: number;
  /** From the start of one line to that of the next. */
  readonly line: number;
  readonly length: number;
  /** From one pixel of a line to the next. */
  readonly step: number;
}

function convolve(
  from: Uint8Array | Float64Array,
  to: Float64Array,
  weights: readonly number[],
  { lines, line, length, step }: Walk,
): void {
  const half = (weights.length - 1) / 2;
  for (let row = 0; row < lines; row += 1) {
    for (let x = 0; x < length; x += 1) {
      for (let channel = 0; channel < CHANNELS; channel += 1) {
        const start = row * line + channel;
        let sum = 0;
        for (const [k, weight] of weights.entries()) {
          sum += weight * (from[start + mirrored(x + k - half, length) * step] as number);
        }
        to[start + x * step] = sum;
      }
    }
  }
}

/** An index beyond the ends, mirrored without repeating the last pixel, as often as it takes. */
function mirrored(index: number, length: number): number {
  if (length === 1) return 0;
  let at = index;
  while (at < 0 || at >= length) at = at < 0 ? -at : 2 * (length - 1) - at;
  return at;
}
