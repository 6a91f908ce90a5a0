import type { ByteSource } from '../core/device';
import type { TensorFile } from './tensor-file';

/** Whether the bytes begin as torch.save begins: with a zip, or with a pickle of protocol 2 to 5. */
export function isTorchFile(source: ByteSource): boolean {
  if (source.size < 8) return false;
  const head = source.read(0, 8);
  // A safetensors file begins with the length of its header, which is less than 2^32.
  if (head.subarray(4).every((byte) => byte === 0)) return false;
  const [first, second = 0, third, fourth] = head;
  const zip = first === 0x50 && second === 0x4b && third === 0x03 && fourth === 0x04;
  return zip || (first === 0x80 && second >= 2 && second <= 5);
}

/** The tensors of a file that torch.save wrote. Nothing in it is executed. */
export function openTorchFile(_source: ByteSource): TensorFile {
  throw new Error('Files that end in .ckpt, .pt or .bin are not read yet; use a .safetensors file.');
}
