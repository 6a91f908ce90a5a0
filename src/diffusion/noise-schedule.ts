import type { NoiseSchedule } from '../core/sampler-table';

const round = Math.fround;

/** `torch.linspace` in float32, which counts from both ends towards the middle. */
function linspace(start: number, end: number, count: number): Float32Array {
  const [first, last] = [round(start), round(end)];
  const step = round(round(last - first) / (count - 1));
  return Float32Array.from({ length: count }, (_, index) =>
    index < Math.floor(count / 2) ? step * index + first : last - step * (count - 1 - index),
  );
}

/** Nichol and Dhariwal 2102.09672, equation 17. */
function cosineSignal(time: number): number {
  return Math.cos((((time + 0.008) / 1.008) * Math.PI) / 2) ** 2;
}

const betas: Record<NoiseSchedule['betaSchedule'], (schedule: NoiseSchedule) => Float32Array> = {
  linear: ({ betaStart, betaEnd, trainTimesteps }) => linspace(betaStart, betaEnd, trainTimesteps),
  scaled_linear: ({ betaStart, betaEnd, trainTimesteps }) =>
    linspace(Math.sqrt(betaStart), Math.sqrt(betaEnd), trainTimesteps).map((root) => root * root),
  squaredcos_cap_v2: ({ trainTimesteps: count }) =>
    Float32Array.from({ length: count }, (_, index) =>
      Math.min(1 - cosineSignal((index + 1) / count) / cosineSignal(index / count), 0.999),
    ),
};

/** `torch.cumprod` of float32, which multiplies in double and rounds each output. */
function cumulativeProduct(alphas: Float32Array): Float32Array {
  let product = 1;
  return alphas.map((alpha) => {
    product *= alpha;
    return product;
  });
}

/** Lin et al. 2305.08891, algorithm 1: the betas of a schedule whose last timestep has no signal left. */
function rescaleToZeroTerminalSnr(original: Float32Array): Float32Array {
  const roots = cumulativeProduct(original.map((beta) => 1 - beta)).map(Math.sqrt);
  const first = roots[0] as number;
  const last = roots[roots.length - 1] as number;
  const scale = round(first / round(first - last));
  const signals = roots.map((root) => round(root - last) * scale).map((root) => root * root);
  return signals.map((signal, index) => {
    const alpha = index === 0 ? signal : round(signal / (signals[index - 1] as number));
    return 1 - alpha;
  });
}

/**
 * What is left of the signal's variance at each training timestep, `alphas_cumprod` of diffusers to the last bit:
 * float32, `trainTimesteps` values that fall from nearly 1 to nearly 0. Ho et al. 2006.11239, section 2.
 */
export function alphasCumprod(schedule: NoiseSchedule): Float32Array {
  const { trainTimesteps, rescaleBetasZeroSnr } = schedule;
  if (!Number.isInteger(trainTimesteps) || trainTimesteps < 2) {
    throw new Error(`A noise schedule needs at least 2 training timesteps, but this one has ${trainTimesteps}.`);
  }
  const plain = betas[schedule.betaSchedule](schedule);
  const used = rescaleBetasZeroSnr ? rescaleToZeroTerminalSnr(plain) : plain;
  return cumulativeProduct(used.map((beta) => 1 - beta));
}

/**
 * The same in double precision throughout, as ComfyUI computes it. Zero terminal SNR rescales the square roots: the last value
 * is then 0.
 */
export function alphasCumprodInDouble({
  betaSchedule,
  betaStart,
  betaEnd,
  trainTimesteps: count,
  rescaleBetasZeroSnr,
}: NoiseSchedule): Float64Array {
  const along = (start: number, end: number, index: number) => start + ((end - start) * index) / (count - 1);
  const betaAt: Record<NoiseSchedule['betaSchedule'], (index: number) => number> = {
    linear: (index) => along(betaStart, betaEnd, index),
    scaled_linear: (index) => along(Math.sqrt(betaStart), Math.sqrt(betaEnd), index) ** 2,
    squaredcos_cap_v2: (index) => Math.min(1 - cosineSignal((index + 1) / count) / cosineSignal(index / count), 0.999),
  };
  let product = 1;
  const alphas = Float64Array.from({ length: count }, (_, index) => {
    product *= 1 - betaAt[betaSchedule](index);
    return product;
  });
  if (!rescaleBetasZeroSnr) return alphas;
  const [first, last] = [Math.sqrt(alphas[0] as number), Math.sqrt(alphas[count - 1] as number)];
  return alphas.map((alpha) => (((Math.sqrt(alpha) - last) * first) / (first - last)) ** 2);
}
