/**
 * Sinusoidal embedding of a timestep, https://arxiv.org/abs/1706.03762 section 3.5 as diffusers' `get_timestep_embedding`
 * computes it: every operation rounded to float32, or late timesteps would differ in the fourth digit. Computed here and not
 * in the network, because GPUs are inaccurate at the sine of large numbers.
 */
export function embedTimestep(
  timestep: number,
  width: number,
  { flipSinToCos, freqShift }: { flipSinToCos: boolean; freqShift: number },
): Float32Array<ArrayBuffer> {
  const half = Math.floor(width / 2);
  const step = Math.fround(timestep);
  const embedding = new Float32Array(width);
  for (let k = 0; k < half; k += 1) {
    const exponent = Math.fround(Math.fround(-Math.log(10000) * k) / Math.fround(half - freqShift));
    const angle = Math.fround(step * Math.fround(Math.exp(exponent)));
    embedding[flipSinToCos ? half + k : k] = Math.sin(angle);
    embedding[flipSinToCos ? k : half + k] = Math.cos(angle);
  }
  return embedding;
}
