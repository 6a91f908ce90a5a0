import type { LayerChange, Lora, LoraLayer } from '../../src/core/lora';
import { ProblemError } from '../../src/core/problem';
import { describe, elements } from '../../src/onnx/shapes';
import type { Weights } from '../../src/onnx/weights';
import { asMatrix } from './products';

/** A layer of a network that a LoRA may change. */
export interface Place {
  /** Its name in the weights: `mid_block.attentions.0.proj_in`. */
  readonly full: string;
  /** Of its weight. */
  readonly shape: readonly number[];
  readonly hasBias: boolean;
}

/** The layers of a network by every name that files have for them, with underscores for dots. */
export type Places = ReadonlyMap<string, Place>;

/** transformers 4 put this before the names of the text encoder, version 5 does not. */
const TEXT_ROOT = /^text_model[._]/;

/**
 * The layers of a network by name. Names with underscores cannot be taken apart again (`to_q`, `proj_in`), so every one is looked
 * up whole. Embedding tables are none: they are not layers of the graph.
 */
export function placesOf(
  weights: Weights,
  others: (modules: ReadonlySet<string>) => Iterable<[string, string]> = () => [],
): Places {
  const places = new Map<string, Place>();
  const modules = new Set<string>();
  for (const name of weights.names) {
    const full = name.endsWith('.weight') ? name.slice(0, -'.weight'.length) : undefined;
    const shape = weights.shape(name);
    if (full === undefined || !shape || /(?:^|\.)embeddings\./.test(full)) continue;
    modules.add(full);
    const hasBias = weights.shape(`${full}.bias`) !== undefined;
    places.set(underscored(full), { full, shape, hasBias });
  }
  for (const [name, full] of others(modules)) {
    const place = places.get(underscored(full));
    if (place) places.set(underscored(name), place);
  }
  return places;
}

const underscored = (name: string): string => name.replace(TEXT_ROOT, '').replaceAll('.', '_');

/** What is done to the layers of a network, by the names of its weights. */
export type PlacedChanges = ReadonlyMap<string, readonly LayerChange[]>;

/** What of a LoRA belongs to a network. Throws a sentence where a layer of that name has another shape here. */
export function placeLora(
  lora: Lora,
  part: NonNullable<LoraLayer['part']>,
  places: Places,
  title: string,
): { changes: PlacedChanges; names: ReadonlySet<string> } {
  const changes = new Map<string, readonly LayerChange[]>();
  const names = new Set<string>();
  for (const layer of lora.layers) {
    if (layer.part !== undefined && layer.part !== part) continue;
    const place = places.get(layer.module.replace(TEXT_ROOT, ''));
    if (!place) continue;
    for (const change of layer.changes) if (!fitsPlace(change, place)) throw misfit(lora, layer, change, place, title);
    changes.set(place.full, [...(changes.get(place.full) ?? []), ...layer.changes]);
    names.add(layer.name);
  }
  return { changes, names };
}

/** Rows and columns of the weight that a change is made for. */
function sizeOf(change: LayerChange): readonly [number, number] {
  switch (change.kind) {
    case 'low-rank': {
      const [, columns] = asMatrix(change.down.shape);
      const kernel = change.core ? elements(change.core.shape.slice(2)) : 1;
      return [change.up.shape[0] ?? 0, columns * kernel];
    }
    case 'hadamard':
      return [change.first[0].shape[0] ?? 0, asMatrix(change.first[1].shape)[1]];
    case 'kronecker': {
      const [first, second] = [asMatrix(change.first.shape), asMatrix(change.second.shape)];
      return [first[0] * second[0], first[1] * second[1]];
    }
    case 'difference':
      return asMatrix(change.tensor.shape);
  }
}

function fitsPlace(change: LayerChange, { shape, hasBias }: Place): boolean {
  const [rows, columns] = sizeOf(change);
  if (change.kind === 'difference' && change.of === 'bias') return hasBias && rows === shape[0] && columns === 1;
  if (change.kind === 'hadamard') {
    const [second] = [[change.second[0].shape[0] ?? 0, asMatrix(change.second[1].shape)[1]]];
    if (second?.[0] !== rows || second[1] !== columns) return false;
    if (change.first[0].shape[1] !== change.second[0].shape[1]) return false;
  }
  const [outputs, inputs] = asMatrix(shape);
  // A core stands between convolutions; what it would be in a layer without kernel nobody has defined.
  const core = change.kind === 'low-rank' ? change.core?.shape.slice(2) : undefined;
  if (core && core.join() !== shape.slice(2).join()) return false;
  return rows === outputs && columns === inputs && (change.kind === 'difference' || shape.length > 1);
}

/** Models by the width of their conditioning. */
const FAMILIES: Readonly<Record<number, string>> = {
  768: 'Stable Diffusion 1',
  1024: 'Stable Diffusion 2',
  2048: 'SDXL',
};

/** The width of the conditioning that a LoRA's layers were trained for, where one of them looks at it. */
export function contextWidthOfLora(lora: Lora): number | undefined {
  for (const { module, changes } of lora.layers) {
    const [change] = changes;
    if (change && /attn2_to_[kv]$/.test(module)) return sizeOf(change)[1];
  }
  return undefined;
}

/** `1024 (Stable Diffusion 2)` */
export const widthInWords = (width: number): string => {
  const family = FAMILIES[width];
  return family === undefined ? String(width) : `${width} (${family})`;
};

function misfit(lora: Lora, layer: LoraLayer, change: LayerChange, place: Place, title: string): ProblemError {
  const width = contextWidthOfLora(lora);
  const bias = change.kind === 'difference' && change.of === 'bias';
  const here = bias
    ? place.hasBias
      ? `a bias of ${place.shape[0]}`
      : 'no bias'
    : `a weight of ${describe(place.shape)}`;
  const there = bias ? `a bias of ${sizeOf(change)[0]}` : `a weight of ${describe(sizeOf(change))}`;
  const expects = width === undefined ? '' : ` It expects conditioning of width ${widthInWords(width)}.`;
  return new ProblemError({
    port: 'lora',
    what: `The LoRA "${lora.title}" does not fit "${title}": its layer "${layer.name}" changes ${there}, and here it has ${here}.${expects}`,
    cure: 'It was trained for another family of models: choose a LoRA for this one, or its own base model.',
  });
}
