import path from 'node:path';
import { openFileBytes } from '../../../src/formats/bytes.node';
import { openSafetensors } from '../../../src/formats/safetensors';

/** The largest difference between a prediction and the numbers of it that the fixture kept of diffusers', as a part of their range. */
export function differenceFromDiffusers(root: string, prediction: ArrayLike<number>): number {
  const fixture = openSafetensors(openFileBytes(path.join(root, 'test/reference/full-size.safetensors')));
  const every = Number(fixture.metadata.every);
  let [worst, least, most] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  fixture.read('prediction').forEach((value, i) => {
    worst = Math.max(worst, Math.abs(value - (prediction[i * every] ?? Number.NaN)));
    [least, most] = [Math.min(least, value), Math.max(most, value)];
  });
  return worst / (most - least);
}
