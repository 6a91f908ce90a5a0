import type { Weights } from '../../src/onnx/weights';

/** Where a tensor comes from: a tensor of another name, or rows `[begin, end)` of one. */
export interface TensorSource {
  readonly name: string;
  readonly rows?: readonly [number, number];
}

/** The key a network asks for, and where its tensor lies. */
export type KeyMap = ReadonlyMap<string, TensorSource>;

/** The tensors of `weights` under other names. Nothing is read or copied before it is asked for. */
export function renamed(weights: Weights, map: KeyMap): Weights {
  const source = (name: string): TensorSource => {
    const found = map.get(name);
    if (!found) throw new Error(`The weights have no tensor called "${name}".`);
    return found;
  };
  const readBytes = (name: string): Uint8Array => {
    const { name: stored, rows } = source(name);
    const bytes = weights.readBytes?.(stored) ?? new Uint8Array();
    const row = bytes.length / (weights.shape(stored)?.[0] || 1);
    return rows ? bytes.subarray(rows[0] * row, rows[1] * row) : bytes;
  };
  return {
    names: [...map.keys()],
    shape(name) {
      const found = map.get(name);
      const shape = found && weights.shape(found.name);
      return found?.rows && shape ? shape.with(0, found.rows[1] - found.rows[0]) : shape;
    },
    dtype(name) {
      const found = map.get(name);
      return found && weights.dtype(found.name);
    },
    read(name) {
      const { name: stored, rows } = source(name);
      return rows ? weights.readRows(stored, ...rows) : weights.read(stored);
    },
    ...(weights.readBytes && { readBytes }),
    readRows(name, begin, end) {
      const { name: stored, rows = [0, Number.POSITIVE_INFINITY] } = source(name);
      if (begin < 0 || end > rows[1] - rows[0])
        throw new RangeError(`The tensor "${name}" has no rows ${begin} to ${end}.`);
      return weights.readRows(stored, rows[0] + begin, rows[0] + end);
    },
  };
}
