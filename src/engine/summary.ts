import type { AnyNode, PortSpec } from '../core/define-node';
import type { Tensor } from '../core/device';
import { outputSpec } from '../core/graph';
import type { Kind, KindValues } from '../core/kinds';
import type { Conditioning } from '../core/values';
import type { Summary } from './events';
import type { Values } from './run-node';

const shape = ({ tensor }: { readonly tensor: Tensor }): string => tensor.dims.join(' × ');

const pixels = ({ tensor }: { readonly tensor: Tensor }): string => {
  const [count = 1, , height = 0, width = 0] = tensor.dims;
  return count > 1 ? `${count} of ${width} × ${height} px` : `${width} × ${height} px`;
};

/** A value in a few words, for whoever points at its wire. */
const summaries: { readonly [K in Kind]: (value: KindValues[K]) => string } = {
  text: (value) => (value.length > 80 ? `“${value.slice(0, 79)}…”` : `“${value}”`),
  number: (value) => String(Number(value.toPrecision(6))),
  integer: String,
  boolean: (value) => (value ? 'yes' : 'no'),
  image: pixels,
  mask: pixels,
  latent: shape,
  conditioning: (entries) =>
    entries.length === 0
      ? 'none'
      : `${entries.map(({ tokens }) => tokens.dims[1]).join(' + ')} tokens × ${entries[0]?.tokens.dims[2]}`,
  prediction: (value) => `${shape(value)}, ${value.type}`,
  schedule: ({ title }) => title,
  step: ({ index, count, step }) => `step ${index + 1} of ${count}, σ ${step.sigma.toPrecision(3)}`,
  trajectory: ({ latents }) => `${latents.length} latents`,
  'text-encoder': ({ title }) => title,
  unet: ({ title }) => title,
  vae: ({ title }) => title,
  controlnet: ({ title }) => title,
  embedding: ({ word, vectors, width }) => `“${word}”, ${vectors.length / width} × ${width}`,
  lora: ({ title, layers }) => `${title}, ${layers.length} layers`,
};

/** Summaries of what a node put out, by port. */
export function summarize(node: AnyNode, outputs: Values): Record<string, Summary> {
  const summaryOf = (spec: PortSpec, value: unknown): Summary => {
    if (spec.lists) return { text: `${(value as readonly unknown[]).length} values` };
    // Of an output with several kinds the value tells what it is, as far as words go.
    const kind = spec.also && typeof value === 'object' ? 'latent' : spec.kind;
    const text = (summaries[kind] as (value: unknown) => string)(value);
    if (spec.kind === 'conditioning') return { text, strips: (value as Conditioning).map(({ strip }) => strip) };
    const { notes } = Object(value) as { readonly notes?: readonly string[] };
    return notes?.length ? { text, notes } : { text };
  };
  return Object.fromEntries(
    Object.entries(outputs).flatMap(([port, value]) => {
      const spec = outputSpec(node, port);
      return spec ? [[port, summaryOf(spec, value)]] : [];
    }),
  );
}
