import type { PlainValue } from '../../engine/recording/plain';
import { inspect as words } from '../text/inspect';

/** The shape of a value, in a few words: "1 × 4 × 64 × 64 · float32". */
export function dimsOf(value: PlainValue): string | undefined {
  const tensor = (dims: readonly number[]) => `${dims.join(' × ')} · float32`;
  switch (value.kind) {
    case 'latent':
    case 'prediction':
    case 'image':
    case 'mask':
      return tensor(value.tensor.dims);
    case 'conditioning':
      return value.entries.map(({ tokens }) => tensor(tokens.dims)).join(', ') || undefined;
    case 'embedding':
      return words.vectors(value.embedding.vectors.length / value.embedding.width, value.embedding.width);
    case 'trajectory':
      return words.latents(value.latents.length);
    default:
      return undefined;
  }
}
