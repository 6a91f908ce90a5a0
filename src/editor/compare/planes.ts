import type { Picture } from '../../engine/events';
import type { PlainTensor } from '../../engine/recording/plain';
import { type Colors, pictured, projected } from '../../engine/recording/projection';
import type { Side } from './open';

/** What is seen and what is counted of one of the two. */
export interface Planes {
  readonly picture: Picture;
  /** Channel after channel: `[channels, height, width]` of the numbers. */
  readonly numbers: ArrayLike<number>;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  /** The numbers are colours in 0..1. */
  readonly colors: boolean;
}

/** Red, green and blue of a picture for the screen, in 0..1. */
function colorsOf({ width, height, pixels }: Picture): Float32Array {
  const plane = width * height;
  const numbers = new Float32Array(3 * plane);
  for (let c = 0; c < 3; c++) for (let i = 0; i < plane; i++) numbers[c * plane + i] = (pixels[4 * i + c] ?? 0) / 255;
  return numbers;
}

function ofTensor(tensor: PlainTensor, image: number, colors: boolean, shades?: Colors): Planes {
  const { dims, data } = tensor;
  const [count = 1, channels = 1, height = 1, width = 1] = dims;
  const at = Math.min(image, count - 1);
  const each = channels * height * width;
  return {
    picture: colors ? pictured(tensor, at) : projected(tensor, at, shades),
    numbers: data.subarray(at * each, (at + 1) * each),
    channels,
    height,
    width,
    colors,
  };
}

/** Undefined for values that are no picture of any kind. */
export function planesOf(side: Side, image = 0): Planes | undefined {
  if ('picture' in side) {
    const { width, height } = side.picture;
    return { picture: side.picture, numbers: colorsOf(side.picture), channels: 3, height, width, colors: true };
  }
  const { value } = side;
  switch (value.kind) {
    case 'image':
    case 'mask':
      return ofTensor(value.tensor, image, true);
    case 'latent':
    case 'prediction':
      return ofTensor(value.tensor, image, false, side.colors);
    case 'trajectory': {
      const last = value.latents.at(-1);
      return last && ofTensor(last, image, false, side.colors);
    }
    default:
      return undefined;
  }
}

/** Other numbers of two values that can be compared one by one. */
export function numbersOf(side: Side): ArrayLike<number> | undefined {
  if ('picture' in side) return undefined;
  const { value } = side;
  if (value.kind === 'conditioning') return value.entries[0]?.tokens.data;
  if (value.kind === 'embedding') return value.embedding.vectors;
  if (value.kind === 'number' || value.kind === 'integer') return [value.value];
  if (value.kind === 'schedule') return value.schedule.steps.map(({ sigma }) => sigma);
  return undefined;
}
