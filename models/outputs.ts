import type { Tensor } from '../src/core/device';

/** One of a run's results. */
export function outputOf(results: Readonly<Record<string, Tensor>>, name: string): Tensor {
  const tensor = results[name];
  if (!tensor) throw new Error(`The network gave no output called "${name}".`);
  return tensor;
}
