import type { Device, Tensor } from '../../src/core/device';
import type { Lora, LoraLayer } from '../../src/core/lora';
import type { Graph } from '../../src/onnx/graph';
import type { Additions } from '../../src/onnx/weights';
import { additionsOf } from './additions';
import { type PlacedChanges, type Places, placeLora } from './places';

interface Applied {
  readonly key: string;
  readonly strength: number;
  readonly changes: PlacedChanges;
}

/** The LoRAs on one network. */
export interface LoraStack {
  /** Which LoRAs there are, for the key of a session: not how strong they are, which is fed. Empty where there are none. */
  readonly key: string;
  /** What they add to the network's layers, with an input for each strength; undefined where there are none. */
  add(graph: Graph): Additions | undefined;
  /** The strengths as the inputs of that graph. Whoever asks disposes them. */
  strengths(device: Device): Record<string, Tensor>;
  /** One more, or one of them more strongly; and the names of its layers that belong to this network. */
  with(lora: Lora, strength: number): { readonly stack: LoraStack; readonly placed: ReadonlySet<string> };
}

/** No LoRAs yet, on the network whose layers are `places`. */
export function emptyStack(part: NonNullable<LoraLayer['part']>, title: string, places: () => Places): LoraStack {
  const stackOf = (applied: readonly Applied[]): LoraStack => ({
    key: applied.map(({ key }) => ` + lora ${key}`).join(''),
    add: (graph) =>
      applied.length > 0
        ? additionsOf(
            graph,
            applied.map(({ changes }) => changes),
          )
        : undefined,
    strengths: (device) =>
      Object.fromEntries(
        applied.map(({ strength }, i) => [`lora_${i}`, device.tensor(Float32Array.of(strength), [1])]),
      ),
    with(lora, strength) {
      const { changes, names } = placeLora(lora, part, places(), title);
      if (names.size === 0) return { stack: this, placed: names };
      const before = applied.find(({ key }) => key === lora.key)?.strength ?? 0;
      const others = applied.filter(({ key }) => key !== lora.key);
      // In the order of keys, so that the same LoRAs in another order are the same session.
      const all = [...others, { key: lora.key, strength: before + strength, changes }];
      return { stack: stackOf(all.sort((a, b) => (a.key < b.key ? -1 : 1))), placed: names };
    },
  });
  return stackOf([]);
}
