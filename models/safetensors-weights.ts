import type { TensorFile } from '../src/formats/tensor-file';
import type { Weights } from '../src/onnx/weights';

/** The tensors of one file, or of the shards of one model. */
export function weightsOf(files: readonly TensorFile[]): Weights {
  const owners = new Map<string, TensorFile>();
  for (const file of files) for (const name of file.tensors.keys()) owners.set(name, file);
  const owner = (name: string): TensorFile => {
    const file = owners.get(name);
    if (!file) throw new Error(`The weights have no tensor called "${name}".`);
    return file;
  };
  return {
    names: [...owners.keys()],
    shape: (name) => owners.get(name)?.tensors.get(name)?.shape,
    dtype: (name) => owners.get(name)?.tensors.get(name)?.dtype,
    read: (name) => owner(name).read(name),
    readBytes: (name) => owner(name).readBytes(name),
    readRows: (name, begin, end) => owner(name).readRows(name, begin, end),
  };
}
