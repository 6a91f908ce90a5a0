import type { Notebook } from '../core/define-node';
import type { Device, Tensor } from '../core/device';
import type { NodeOutputs } from './cache';
import { hashOf } from './content-key';

/** What the cells of sweeps came to, by content key, beyond the life of the engine: a sweep goes on after a restart. */
export interface KeptCells {
  /** Values of these ports; their tensors belong to whoever asked. */
  get(key: string, ports: readonly string[]): Promise<NodeOutputs | undefined>;
  /** Returns when the values were read; nothing waits until they are written. */
  set(key: string, outputs: NodeOutputs, ports: readonly string[]): Promise<void>;
}

/** A value larger than this is not kept: a latent has some 100 kB, what a whole loop went through much more. */
const most = 16 * 2 ** 20;

/**
 * Cells in a notebook. `program` says in a line what computes, beside the graph: the same graph may come to other numbers on
 * another device, or with another version of this program.
 */
export function keptCells(device: Device, notebook: Notebook, program: () => Promise<string>): KeptCells {
  const name = async (key: string, ports: readonly string[]) => hashOf(await program(), key, ports.toSorted());
  return {
    async get(key, ports) {
      const bytes = await notebook.read(await name(key, ports));
      return bytes && readOutputs(device, bytes);
    },
    async set(key, outputs, ports) {
      const bytes = await writeOutputs(device, Object.fromEntries(ports.map((port) => [port, outputs[port]])));
      if (bytes && bytes.byteLength <= most) void notebook.write(await name(key, ports), bytes);
    },
  };
}

const isTensor = (value: object): value is Tensor => 'place' in value && 'dims' in value && 'bytes' in value;

/** Stands in the text where a tensor was. */
interface TensorMark {
  readonly $tensor: readonly number[];
}

/** Plain data as JSON behind its length, then the elements of its float32 tensors. Undefined where something else is in it. */
async function writeOutputs(device: Device, outputs: NodeOutputs): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const tensors: Tensor[] = [];
  let whole = true;
  const marked = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(marked);
    if (typeof value !== 'object' || value === null) return value;
    if (isTensor(value)) {
      whole &&= value.type === 'float32';
      tensors.push(value);
      return { $tensor: value.dims } satisfies TensorMark;
    }
    whole &&= Object.getPrototypeOf(value) === Object.prototype;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, marked(part)]));
  };
  const text = new TextEncoder().encode(JSON.stringify(marked(outputs)));
  if (!whole) return undefined;
  const data = await Promise.all(tensors.map((tensor) => device.read(tensor)));
  const start = 4 + text.length;
  const bytes = new Uint8Array(data.reduce((sum, { byteLength }) => sum + byteLength, start));
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 4);
  let at = start;
  for (const { buffer, byteOffset, byteLength } of data) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  return bytes;
}

/** What `writeOutputs` wrote; undefined for bytes that are damaged or cut off. */
function readOutputs(device: Device, bytes: Uint8Array<ArrayBuffer>): NodeOutputs | undefined {
  const waiting: { readonly dims: readonly number[]; readonly put: (tensor: Tensor) => void }[] = [];
  const length = bytes.length < 4 ? 0 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  let outputs: NodeOutputs;
  try {
    outputs = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  } catch {
    return undefined;
  }
  const find = (value: unknown, put: (tensor: Tensor) => void) => {
    if (typeof value !== 'object' || value === null) return;
    if ('$tensor' in value) waiting.push({ dims: (value as TensorMark).$tensor, put });
    else
      for (const [name, part] of Object.entries(value))
        find(part, (tensor) => {
          (value as Record<string, unknown>)[name] = tensor;
        });
  };
  find(outputs, () => {});
  const sizes = waiting.map(({ dims }) => dims.reduce((size, dim) => size * dim, 4));
  let at = 4 + length;
  if (at + sizes.reduce((sum, size) => sum + size, 0) !== bytes.length) return undefined;
  for (const [i, { dims, put }] of waiting.entries()) {
    const end = at + (sizes[i] ?? 0);
    put(device.tensor(new Float32Array(bytes.slice(at, end).buffer), dims));
    at = end;
  }
  return outputs;
}
