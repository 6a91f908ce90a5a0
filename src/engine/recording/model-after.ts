import type { Kind, KindValues } from '../../core/kinds';
import type { ValueAddress } from './address';
import type { Recording } from './recording';

/** The model of a kind that the next node behind an output works with, else that of any node of the graph. */
export function modelAfter<K extends Kind>(
  recording: Recording,
  { node, item }: ValueAddress,
  kind: K,
): KindValues[K] | undefined {
  const readers = new Map<string, string[]>();
  const models = new Map<string, KindValues[K]>();
  for (const [id, { node: planned }] of recording.places)
    for (const { spec, from } of planned.inputs) {
      readers.set(from[0], [...(readers.get(from[0]) ?? []), id]);
      const [source, port] = from;
      const part =
        spec.kind === kind
          ? (recording.part({ node: source, port, item }) ?? recording.part({ node: source, port, item: 0 }))
          : undefined;
      if (part?.model) models.set(id, part.model as KindValues[K]);
    }
  const reached = new Set([node]);
  for (const id of reached) {
    const model = id === node ? undefined : models.get(id);
    if (model) return model;
    for (const reader of readers.get(id) ?? []) reached.add(reader);
  }
  return [...models.values()][0];
}
