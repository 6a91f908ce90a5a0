import type { ByteSource } from '../src/core/device';
import { ProblemError } from '../src/core/problem';
import { type FileArray, openArrayFile } from '../src/formats/array-file';

/** A .npy file begins with a byte that no text has, a safetensors file with the length of its JSON. */
const isArrayFile = (source: ByteSource): boolean =>
  source.size > 9 &&
  (source.read(0, 1)[0] === 0x93 || (source.read(8, 9)[0] === 0x7b && source.read(0, 1)[0] !== 0x7b));

/**
 * The numbers `[n, channels, h, w]` of a picture or mask that was saved as a value, without the rounding of a picture file.
 * Undefined where the file is no .npy or safetensors file.
 */
export function arrayPicture(source: ByteSource, channels: 1 | 3): FileArray | undefined {
  if (!isArrayFile(source)) return undefined;
  const arrays = openArrayFile(source);
  const fits = (name: string) => {
    const shape = arrays.shape(name) ?? [];
    return [3, 4].includes(shape.length) && shape.at(-3) === channels;
  };
  const fitting = arrays.names.filter(fits);
  const [name] = fitting;
  if (name === undefined || fitting.length > 1)
    throw new ProblemError({
      port: 'file',
      what:
        name === undefined
          ? `The file has no array [n, ${channels}, h, w].`
          : `The file has ${fitting.length} arrays that could be the picture.`,
      cure: 'Save the picture alone.',
    });
  const { dims, data } = arrays.read(name);
  return { dims: dims.length === 3 ? [1, ...dims] : dims, data };
}
