import type { ByteSource } from '../core/device';
import { readNpy } from './npy';
import { openTensorFile } from './tensor-file';

/** Numbers that a file holds, row-major. */
export interface FileArray {
  readonly dims: readonly number[];
  readonly data: Float32Array<ArrayBuffer>;
}

/** The arrays of a file, by name, in the order of their names, and what it says of itself. */
export interface ArrayFile {
  readonly names: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
  /** Undefined where there is none of this name. */
  shape(name: string): readonly number[] | undefined;
  read(name: string): FileArray;
}

/** The name of the only array of a .npy file, which has none of its own. */
const only = 'array';

/**
 * Opens a .npy file, a safetensors file (ComfyUI's `.latent` is one) or what torch.save wrote; its bytes say which. Throws a
 * sentence where it is none of them or damaged.
 */
export function openArrayFile(source: ByteSource): ArrayFile {
  if (source.size >= 6 && source.read(0, 1)[0] === 0x93) {
    const { dims, data } = readNpy(source.read(0, source.size));
    const array: FileArray = { dims, data: data instanceof Float32Array ? data : Float32Array.from(data, Number) };
    return {
      names: [only],
      metadata: {},
      shape: (name) => (name === only ? dims : undefined),
      read: () => array,
    };
  }
  const file = openTensorFile(source);
  return {
    names: [...file.tensors.keys()].sort(),
    metadata: file.metadata,
    shape: (name) => file.tensors.get(name)?.shape,
    read(name) {
      const shape = file.tensors.get(name)?.shape;
      if (!shape) throw new Error(`The file has no tensor "${name}".`);
      return { dims: shape, data: Float32Array.from(file.read(name)) };
    },
  };
}
