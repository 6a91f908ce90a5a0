import type { Tensor as OrtTensor } from 'onnxruntime-web';
import type { ElementType } from '../../core/device';
import { convertToFloat32 } from '../../formats/bytes-to-float32';
import { toFloat16 } from '../../onnx/float16';

/** What networks that others wrote may take beside float32. */
export type OtherType = Exclude<ElementType, 'float32' | 'bool'>;

const DTYPES = { float16: 'F16', int64: 'I64', int32: 'I32' } as const;

/** Numbers as elements of another type, as ONNX Runtime takes them: float16 as bits. Fractions of whole numbers are rounded. */
export function elementsOf(type: OtherType, numbers: Float32Array): Uint16Array | BigInt64Array | Int32Array {
  if (type === 'float16') return toFloat16(numbers);
  if (type === 'int32') return Int32Array.from(numbers, Math.round);
  return BigInt64Array.from(numbers, (number) => BigInt(Math.round(number)));
}

/** The elements of a tensor in host memory as numbers. */
export function numbersOf({ data, type, size }: OrtTensor): Float32Array {
  if (data instanceof Float32Array) return data;
  const dtype = DTYPES[type as OtherType];
  if (dtype === undefined || !ArrayBuffer.isView(data)) throw new Error(`Tensors of the type ${type} cannot be read.`);
  const numbers = new Float32Array(size);
  convertToFloat32(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), dtype, numbers);
  return numbers;
}
