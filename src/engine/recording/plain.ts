import type { Tensor } from '../../core/device';
import type { Kind, KindValues } from '../../core/kinds';
import type { PredictionType, Schedule } from '../../core/sampler-table';
import type { Conditioning, Embedding, Generator, StepContext, TokenStrip } from '../../core/values';

/** A tensor without a device, row-major. */
export interface PlainTensor {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

interface PlainControl<T> {
  /** The network's title. */
  readonly net: string;
  readonly image: T;
  readonly strength: number;
  readonly start: number;
  readonly end: number;
  readonly guess: boolean;
}

interface PlainEntry<T> {
  /** `[1, 77k, d]`. */
  readonly tokens: T;
  readonly strip: TokenStrip;
  readonly during?: { readonly count: number; readonly at: readonly number[] };
  readonly control?: readonly PlainControl<T>[];
}

/** A value of each kind without its device, with `T` for its tensors. */
interface PlainValues<T> {
  text: { readonly value: string };
  number: { readonly value: number };
  integer: { readonly value: number };
  boolean: { readonly value: boolean };
  image: { readonly tensor: T };
  mask: { readonly tensor: T };
  latent: { readonly tensor: T; readonly generator?: Generator };
  conditioning: { readonly entries: readonly PlainEntry<T>[] };
  prediction: { readonly tensor: T; readonly type: PredictionType };
  schedule: { readonly schedule: Schedule };
  step: { readonly context: StepContext };
  trajectory: { readonly latents: readonly T[] };
  'text-encoder': { readonly title: string };
  unet: { readonly title: string };
  vae: { readonly title: string };
  controlnet: { readonly title: string };
  embedding: { readonly embedding: Embedding };
  lora: { readonly title: string; readonly layers: readonly string[]; readonly notes: readonly string[] };
}

export type PlainOf<K extends Kind, T = PlainTensor> = { readonly kind: K } & PlainValues<T>[K];

/** A value without its device, which can be sent to another thread and kept. Of models there is only the title. */
export type PlainValue<T = PlainTensor> = { readonly [K in Kind]: PlainOf<K, T> }[Kind];

const title = (value: { readonly title: string }) => ({ title: value.title });

const plainers: { readonly [K in Kind]: (value: KindValues[K]) => PlainValues<Tensor>[K] } = {
  text: (value) => ({ value }),
  number: (value) => ({ value }),
  integer: (value) => ({ value }),
  boolean: (value) => ({ value }),
  image: ({ tensor }) => ({ tensor }),
  mask: ({ tensor }) => ({ tensor }),
  latent: ({ tensor, generator }) => ({ tensor, ...(generator && { generator }) }),
  conditioning: (value) => ({ entries: value.map(plainEntry) }),
  prediction: ({ tensor, type }) => ({ tensor, type }),
  schedule: (schedule) => ({ schedule }),
  step: (context) => ({ context }),
  trajectory: ({ latents }) => ({ latents: latents.map(({ tensor }) => tensor) }),
  'text-encoder': title,
  unet: title,
  vae: title,
  controlnet: title,
  embedding: (embedding) => ({ embedding }),
  lora: (lora) => ({ title: lora.title, layers: lora.layers.map(({ name }) => name), notes: lora.notes }),
};

const plainEntry = ({ tokens, strip, during, control }: Conditioning[number]): PlainEntry<Tensor> => ({
  tokens,
  strip,
  ...(during && { during }),
  ...(control && {
    control: control.map(({ net, image, strength, start, end, guess }) => {
      return { net: net.title, image, strength, start, end, guess };
    }),
  }),
});

/** A value as it is on a wire of this kind, with its tensors where they are. */
export function plainOf(kind: Kind, value: unknown): PlainValue<Tensor> {
  const plain = plainers[kind] as (value: unknown) => object;
  return { kind, ...plain(value) } as PlainValue<Tensor>;
}
