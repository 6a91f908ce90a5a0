import { textParts, unetParts } from '../../../models/training/parts';
import type { ControlNet, Embedding, TextEncoder, UNet, Vae } from '../../core/values';
import type { Weights } from '../../onnx/weights';
import type { ValueAddress } from './address';
import { modelAfter } from './model-after';
import type { Colors } from './projection';
import type { Recording } from './recording';

/** A word of a vocabulary, and the cosine between its vector and another. */
export interface NearWord {
  readonly word: string;
  readonly cosine: number;
}

/** What there is to tell of a value that only its model, or the model itself, knows. */
export interface About {
  /** For each vector of an embedding the words that are nearest to it, nearest first. */
  readonly nearest?: readonly (readonly NearWord[])[];
  /** Of a model: names with values. */
  readonly facts?: readonly (readonly [name: string, value: string])[];
  /** Of what lies in the space of latents: the colours of its channels, as far as pictures were decoded. */
  readonly colors?: Colors;
}

/** How many words are told for each vector. */
const most = 8;

export function about(recording: Recording, address: ValueAddress): About | undefined {
  const part = recording.part(address);
  if (!part) return undefined;
  switch (part.kind) {
    case 'latent':
    case 'prediction':
    case 'trajectory':
      return { ...(recording.colors && { colors: recording.colors }) };
    case 'embedding': {
      if (part.plain?.kind !== 'embedding') return undefined;
      const encoder = modelAfter(recording, address, 'text-encoder');
      const nearest = encoder && nearestWords(encoder, part.plain.embedding);
      return nearest && { nearest };
    }
    case 'unet':
      return { facts: unetFacts(part.model as UNet) };
    case 'text-encoder':
      return { facts: textFacts(part.model as TextEncoder) };
    case 'vae': {
      const { latentChannels, factor } = part.model as Vae;
      return {
        facts: [
          ['latent channels', String(latentChannels)],
          ['pixels per latent cell', `${factor} × ${factor}`],
        ],
      };
    }
    case 'controlnet': {
      const { latentChannels, contextWidth, factor, pooled } = part.model as ControlNet;
      return {
        facts: [
          ['latent channels', String(latentChannels)],
          ['width of the conditioning', String(contextWidth)],
          ['pixels per latent cell', `${factor} × ${factor}`],
          ...(pooled ? ([['acts', 'the same everywhere in the picture']] as const) : []),
        ],
      };
    }
    default:
      return undefined;
  }
}

const predicted = { epsilon: 'the noise', v_prediction: 'the velocity', sample: 'the picture' } as const;

function unetFacts(unet: UNet): NonNullable<About['facts']> {
  const parts = unetParts.get(unet);
  return [
    ['input channels', String(unet.inputChannels)],
    ['latent channels', String(unet.latentChannels)],
    ['width of the conditioning', String(unet.contextWidth)],
    ['predicts', predicted[unet.predictionType]],
    ['noise schedule', `${unet.noiseSchedule.betaSchedule}, ${unet.noiseSchedule.trainTimesteps} steps`],
    ...weightFacts(parts?.weights),
    ...(parts?.changed ? ([['LoRA', 'applied']] as const) : []),
  ];
}

function textFacts(encoder: TextEncoder): NonNullable<About['facts']> {
  const parts = textParts.get(encoder);
  const { network } = parts ?? {};
  return [
    ['width', String(encoder.width)],
    ...(network
      ? ([
          ['layers', String(network.layers)],
          ['tokens in a chunk', String(network.length)],
          ['vocabulary', network.vocabulary.toLocaleString('en')],
        ] as const)
      : []),
    ...weightFacts(network?.parts?.weights),
    ...(network?.parts?.changed ? ([['LoRA', 'applied']] as const) : []),
  ];
}

/** How many weights a network has, and as what its file holds most of them. */
function weightFacts(weights: Weights | undefined): readonly (readonly [string, string])[] {
  if (!weights) return [];
  let [tensors, all] = [0, 0];
  const byType = new Map<string, number>();
  for (const name of weights.names) {
    const count = weights.shape(name)?.reduce((product, dim) => product * dim, 1) ?? 0;
    const type = weights.dtype(name) ?? '?';
    tensors += 1;
    all += count;
    byType.set(type, (byType.get(type) ?? 0) + count);
  }
  const [first] = [...byType].toSorted(([, a], [, b]) => b - a);
  return [
    ['parameters', `${all.toLocaleString('en')} in ${tensors.toLocaleString('en')} tensors`],
    ['stored as', first?.[0] ?? '?'],
  ];
}

/** Rows of the vocabulary that are read at once. */
const piece = 4096;

/** The words whose vectors have the largest cosine with each vector of an embedding; without the vectors, nothing. */
export function nearestWords(
  encoder: TextEncoder,
  { vectors, width }: Pick<Embedding, 'vectors' | 'width'>,
): NearWord[][] | undefined {
  const parts = textParts.get(encoder);
  const rowsOf = parts?.network.tokenRows;
  if (!parts || !rowsOf || width !== encoder.width) return undefined;
  const count = vectors.length / width;
  const best = Array.from({ length: count }, (): { id: number; cosine: number }[] => []);
  const norms = Array.from({ length: count }, (_, v) => normOf(vectors, v * width, width));
  const { vocabulary } = parts.network;
  for (let begin = 0; begin < vocabulary; begin += piece) {
    const end = Math.min(vocabulary, begin + piece);
    const rows = rowsOf(begin, end);
    for (let id = begin; id < end; id++) {
      const at = (id - begin) * width;
      const norm = normOf(rows, at, width);
      for (let v = 0; v < count; v++) {
        let dot = 0;
        for (let i = 0; i < width; i++) dot += (rows[at + i] as number) * (vectors[v * width + i] as number);
        take(best[v] as { id: number; cosine: number }[], { id, cosine: dot / (norm * (norms[v] as number) || 1) });
      }
    }
  }
  return best.map((list) =>
    list.map(({ id, cosine }) => ({ word: (parts.tokenizer.spelled(id) ?? String(id)).replace('</w>', ''), cosine })),
  );
}

/** Puts one among the best, which stay sorted. */
function take(best: { id: number; cosine: number }[], one: { id: number; cosine: number }) {
  if (best.length === most && one.cosine <= (best[most - 1]?.cosine ?? 0)) return;
  const place = best.findIndex(({ cosine }) => one.cosine > cosine);
  best.splice(place < 0 ? best.length : place, 0, one);
  best.length = Math.min(best.length, most);
}

function normOf(data: Float32Array, from: number, width: number): number {
  let sum = 0;
  for (let i = from; i < from + width; i++) sum += (data[i] as number) ** 2;
  return Math.sqrt(sum);
}
