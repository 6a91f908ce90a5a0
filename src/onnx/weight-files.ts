import type { WeightFile } from '../core/device';
import type { Parameter, Value } from './graph';
import { bytesOf, describe } from './shapes';

/**
 * ONNX Runtime keeps external-data offsets in 32 bits, and on WebGPU an offset of 4 GiB wraps to the wrong bytes without
 * an error. Windows of 2 GiB stay clear of that, and of signed 32-bit sizes.
 */
const WINDOW = 2 ** 31;
const ALIGNMENT = 16;

/** Where a parameter lies: in a virtual file that no disk holds. */
export interface PlacedParameter {
  readonly path: string;
  readonly offset: number;
  readonly bytes: number;
  readonly dims: readonly number[];
  readonly parameter: Parameter;
}

/** Lays the parameters among `values` one after another into windows. */
export function layWeights(values: Iterable<Value>, window: number = WINDOW): ReadonlyMap<Value, PlacedParameter> {
  const placed = new Map<Value, PlacedParameter>();
  let file = 0;
  let end = 0;
  for (const value of values) {
    if (value.origin.kind !== 'parameter') continue;
    const bytes = bytesOf(value);
    if (end > 0 && end + bytes > window) {
      file += 1;
      end = 0;
    }
    placed.set(value, { path: `weights-${file}`, offset: end, bytes, dims: value.dims, parameter: value.origin });
    end = Math.ceil((end + bytes) / ALIGNMENT) * ALIGNMENT;
  }
  return placed;
}

/** The virtual files. A parameter is read and converted when its bytes are asked for, and nothing is kept. */
export function weightFiles(placed: Iterable<PlacedParameter>): WeightFile[] {
  const files = new Map<string, PlacedParameter[]>();
  for (const place of placed) {
    const file = files.get(place.path);
    if (file) file.push(place);
    else files.set(place.path, [place]);
  }
  return [...files].map(([path, places]) => weightFile(path, places));
}

function weightFile(path: string, places: readonly PlacedParameter[]): WeightFile {
  const byOffset = new Map(places.map((place) => [place.offset, place]));
  const last = places.at(-1);
  const size = last ? last.offset + last.bytes : 0;
  return {
    path,
    size,
    read(begin, end) {
      if (begin < 0 || end > size || begin > end) {
        throw new Error(`Bytes ${begin} to ${end} lie outside the weight file "${path}" of ${size} bytes.`);
      }
      const exact = byOffset.get(begin);
      if (exact?.bytes === end - begin) return parameterBytes(exact);
      const bytes = new Uint8Array(end - begin);
      for (const place of places) {
        const from = Math.max(begin, place.offset);
        const to = Math.min(end, place.offset + place.bytes);
        if (from < to) bytes.set(parameterBytes(place).subarray(from - place.offset, to - place.offset), from - begin);
      }
      return bytes;
    },
  };
}

/** Its elements, little-endian. */
export function parameterBytes({ parameter, bytes, dims }: PlacedParameter): Uint8Array {
  const data = parameter.read();
  if (data.byteLength !== bytes) {
    throw new Error(`The weight "${parameter.name}" has ${data.length} numbers, but ${describe(dims)} was declared.`);
  }
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
