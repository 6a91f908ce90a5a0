import type { Device, Tensor } from '../src/core/device';
import type { Reading } from '../src/core/sampler-table';
import type { Conditioning, UNet } from '../src/core/values';
import { crop } from './layout';
import { predictTogether } from './predict-together';
import { type Cells, resolveAreas } from './prompt-areas';

type Entry = Conditioning[number];

interface Rectangle extends Cells {
  readonly left: number;
  readonly top: number;
}

interface Part {
  /** Which of the conditionings it belongs to. */
  readonly of: number;
  readonly entry: Entry;
  readonly place: Rectangle;
  /** How much it counts at each place of each picture of the batch, within its rectangle: `[n, h, w]`. */
  readonly weights: Float32Array;
}

interface Evaluation {
  /** What the UNet sees, `[n, c, h, w]`, not yet multiplied by `inputScale`. */
  readonly latent: Tensor;
  /** The latent without what inpainting models see beside it. */
  readonly noisy: Tensor;
  readonly inputScale: number;
  readonly timestep: number;
  readonly index: number;
  readonly count: number;
  /** How the denoised picture is read from a prediction. */
  readonly reading: Reading;
}

/** Cells over which an area fades out; fewer where it is small. */
const FADE = 8;

/** The factor of a place `at` of `length` cells on a side that begins at `start` of `whole` cells. */
function fade(at: number, start: number, length: number, whole: number): number {
  const cells = Math.min(FADE, Math.floor(length / 4));
  let factor = 1;
  if (start !== 0 && at < cells) factor *= (at + 1) / cells;
  if (start + length < whole && length - 1 - at < cells) factor *= (length - at) / cells;
  return factor;
}

/** ComfyUI's `get_area_and_mult` (comfy/samplers.py): where an entry counts and how much. */
async function partOf(device: Device, entry: Entry, of: number, dims: readonly number[]): Promise<Part> {
  const [images = 1, , height = 0, width = 0] = dims;
  const { area, mask, strength = 1 } = entry;
  const left = Math.min(area?.left ?? 0, width - 1);
  const top = Math.min(area?.top ?? 0, height - 1);
  const place = {
    left,
    top,
    width: Math.max(1, Math.min(area?.width ?? width, width - left)),
    height: Math.max(1, Math.min(area?.height ?? height, height - top)),
  };
  const data = mask && (await device.read(mask.tensor));
  const masks = mask?.tensor.dims[0] ?? 1;
  const weights = new Float32Array(images * place.width * place.height);
  for (let at = 0; at < weights.length; at++) {
    const x = at % place.width;
    const y = Math.floor(at / place.width) % place.height;
    const image = Math.floor(at / (place.width * place.height)) % masks;
    const faded = fade(y, top, place.height, height) * fade(x, left, place.width, width);
    const there = data
      ? (data[(image * height + top + y) * width + left + x] ?? 0) * (mask?.strength ?? 1)
      : area
        ? faded
        : 1;
    weights[at] = there * strength;
  }
  return { of, entry, place, weights };
}

/**
 * The answer of a UNet to several prompts at once, for each of `conditionings`: every entry is asked about its rectangle, and
 * where several count, their answers are mixed by how much each does (`calc_cond_batch` in ComfyUI's comfy/samplers.py). Where
 * none counts the denoised picture is 0. Entries of one rectangle run together.
 */
export async function predictAreas(
  device: Device,
  unet: UNet,
  conditionings: readonly Conditioning[],
  evaluation: Evaluation,
): Promise<Tensor[]> {
  const { latent, noisy, inputScale, timestep, index, count, reading } = evaluation;
  const { dims } = noisy;
  const [images = 1, channels = 0, height = 0, width = 0] = dims;
  const parts: Part[] = [];
  const made: Tensor[] = [];
  try {
    for (const [of, conditioning] of conditionings.entries()) {
      const resolved = await resolveAreas(device, conditioning, { width, height });
      made.push(...resolved.made);
      for (const entry of resolved.conditioning) parts.push(await partOf(device, entry, of, dims));
    }
    const sums = conditionings.map(() => ({
      answer: new Float64Array(images * channels * height * width),
      weight: new Float64Array(images * height * width),
    }));
    const groups = new Map<string, Part[]>();
    for (const part of parts) {
      const { left, top, width: across, height: down } = part.place;
      const key = [left, top, across, down].join();
      groups.set(key, [...(groups.get(key) ?? []), part]);
    }
    for (const group of groups.values()) {
      const place = group[0]?.place as Rectangle;
      const whole = place.width === width && place.height === height;
      const seen = whole ? latent : await crop(device, latent, place);
      const own = whole ? noisy : latent === noisy ? seen : await crop(device, noisy, place);
      if (!whole) made.push(seen, ...(own === seen ? [] : [own]));
      const answers = await predictTogether(device, unet, {
        latent: seen,
        inputScale,
        timestep,
        contexts: group.map(({ entry }) => entry.tokens),
        controlled: { controls: group.map(({ entry: { control = [] } }) => control), noisy: own, index, count },
      });
      made.push(...answers);
      for (const [i, part] of group.entries()) {
        const sum = sums[part.of];
        const answer = answers[i];
        if (sum && answer) addPart(sum, part, await device.read(answer), dims);
      }
    }
    const x = await device.read(noisy);
    return sums.map(({ answer, weight }) => {
      const data = new Float32Array(answer.length);
      const plane = height * width;
      for (let at = 0; at < data.length; at++) {
        const counted = weight[Math.floor(at / (channels * plane)) * plane + (at % plane)] ?? 0;
        data[at] =
          counted > 0 ? (answer[at] as number) / counted : (-reading.x / reading.prediction) * (x[at] as number);
      }
      return device.tensor(data, dims);
    });
  } finally {
    for (const tensor of made) device.dispose(tensor);
  }
}

function addPart(
  { answer, weight }: { readonly answer: Float64Array; readonly weight: Float64Array },
  { place, weights }: Part,
  data: Float32Array,
  [images = 1, channels = 0, height = 0, width = 0]: readonly number[],
): void {
  const cells = place.width * place.height;
  for (let image = 0; image < images; image++)
    for (let cell = 0; cell < cells; cell++) {
      const w = weights[image * cells + cell] as number;
      const there = (place.top + Math.floor(cell / place.width)) * width + place.left + (cell % place.width);
      const plane = height * width;
      (weight[image * plane + there] as number) += w;
      for (let channel = 0; channel < channels; channel++) {
        const from = (image * channels + channel) * cells + cell;
        (answer[(image * channels + channel) * plane + there] as number) += w * (data[from] as number);
      }
    }
}
