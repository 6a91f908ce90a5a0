import type { PlainTensor, PlainValue } from '../../engine/recording/plain';
import { type SafetensorsTensor, writeSafetensors } from '../../formats/safetensors';

export type Format = 'npy' | 'safetensors' | 'png' | 'txt' | 'json';

/** What a value can be saved as, the most useful first. */
export function formatsOf(value: PlainValue): readonly Format[] {
  switch (value.kind) {
    case 'latent':
    case 'prediction':
    case 'trajectory':
      return ['safetensors', 'npy'];
    case 'conditioning':
    case 'embedding':
      return value.kind === 'embedding' || value.entries.length === 1 ? ['safetensors', 'npy'] : ['safetensors'];
    case 'image':
    case 'mask':
      return ['png', 'npy', 'safetensors'];
    case 'number':
    case 'integer':
      return ['npy', 'txt'];
    case 'text':
    case 'boolean':
      return ['txt'];
    case 'schedule':
    case 'step':
      return ['json'];
    default:
      return [];
  }
}

const types: Readonly<Record<Format, string>> = {
  npy: 'application/octet-stream',
  safetensors: 'application/octet-stream',
  png: 'image/png',
  txt: 'text/plain',
  json: 'application/json',
};

/** A value as a file. Of several pictures, PNG takes `image`; the others take all. */
export async function fileOf(value: PlainValue, format: Format, image = 0): Promise<Blob> {
  return new Blob([await bytesOf(value, format, image)], { type: types[format] });
}

async function bytesOf(value: PlainValue, format: Format, image: number): Promise<Uint8Array<ArrayBuffer> | string> {
  if (format === 'npy') {
    const { writeNpy } = await import('../../formats/npy');
    const { data, dims } = arrayOf(value);
    return writeNpy({ data: Float32Array.from(data), dims });
  }
  if (format === 'safetensors') return safetensorsOf(value);
  if (format === 'png') {
    const { encodePng } = await import('../../formats/png');
    return encodePng(pictureOf(value, image));
  }
  if (format === 'json') return `${JSON.stringify(plainData(value), null, 2)}\n`;
  return 'value' in value ? String(value.value) : '';
}

/** All numbers of a value as one array. */
function arrayOf(value: PlainValue): PlainTensor {
  switch (value.kind) {
    case 'latent':
    case 'prediction':
    case 'image':
    case 'mask':
      return value.tensor;
    case 'number':
    case 'integer':
      return { dims: [], data: Float32Array.of(value.value) };
    case 'embedding': {
      const { vectors, width } = value.embedding;
      return { dims: [vectors.length / width, width], data: vectors };
    }
    case 'conditioning': {
      const [entry] = value.entries;
      if (entry) return entry.tokens;
      break;
    }
    case 'trajectory': {
      const [first] = value.latents;
      if (!first) break;
      const data = new Float32Array(value.latents.length * first.data.length);
      for (const [i, latent] of value.latents.entries()) data.set(latent.data, i * first.data.length);
      return { dims: [value.latents.length, ...first.dims], data };
    }
  }
  throw new Error('This value has no numbers that a .npy file could hold.');
}

const tensor = ({ dims, data }: PlainTensor): SafetensorsTensor => ({ shape: dims, data });

/**
 * Latents are called `latent_tensor` and have no `latent_format_version_0`: ComfyUI then takes them for scaled ones, which
 * they are. What other programs do not know goes into the metadata.
 */
function safetensorsOf(value: PlainValue): Uint8Array<ArrayBuffer> {
  const about = { format: 'weft', kind: value.kind };
  switch (value.kind) {
    case 'latent':
      return writeSafetensors(
        { latent_tensor: tensor(value.tensor) },
        { ...about, ...(value.generator && { generator: JSON.stringify(value.generator) }) },
      );
    case 'prediction':
      return writeSafetensors({ prediction: tensor(value.tensor) }, { ...about, type: value.type });
    case 'image':
    case 'mask':
      return writeSafetensors({ [value.kind]: tensor(value.tensor) }, about);
    case 'trajectory':
      return writeSafetensors(numbered('latent', value.latents), about);
    case 'conditioning':
      return writeSafetensors(
        numbered(
          'conditioning',
          value.entries.map(({ tokens }) => tokens),
        ),
        { ...about, entries: JSON.stringify(value.entries.map(({ strip, during }) => ({ strip, during }))) },
      );
    case 'embedding': {
      const { word, vectors, width } = value.embedding;
      return writeSafetensors({ [word]: { shape: [vectors.length / width, width], data: vectors } }, about);
    }
    default:
      throw new Error('This value has no numbers that a safetensors file could hold.');
  }
}

/** Zeros in front keep the order where names are sorted. */
const numbered = (name: string, tensors: readonly PlainTensor[]): Record<string, SafetensorsTensor> =>
  Object.fromEntries(tensors.map((one, i) => [`${name}.${String(i).padStart(4, '0')}`, tensor(one)]));

function pictureOf(value: PlainValue, image: number) {
  if (value.kind !== 'image' && value.kind !== 'mask') throw new Error('This value is no picture.');
  const { dims, data } = value.tensor;
  const [, channels = 1, height = 1, width = 1] = dims;
  const plane = width * height;
  const planes = new Float32Array(3 * plane);
  for (let c = 0; c < 3; c++) {
    const from = (image * channels + Math.min(c, channels - 1)) * plane;
    planes.set(data.subarray(from, from + plane), c * plane);
  }
  return { width, height, data: planes };
}

const plainData = (value: PlainValue): unknown =>
  value.kind === 'schedule' ? value.schedule : value.kind === 'step' ? value.context : undefined;
