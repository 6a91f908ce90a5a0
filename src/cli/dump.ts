import { writeFileSync } from 'node:fs';
import type { Device } from '../core/device';
import type { Document } from '../core/document';
import { ProblemError } from '../core/problem';
import type { Observed } from '../engine/run-node';
import { tensorsIn } from '../engine/tensor-use';
import { writeNpy } from '../formats/npy';
import { splitAssignment } from './graph-file';

interface Array32 {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

/** Collects the values that `--dump NODE.PORT=FILE.npy` names, and writes them when the run is over. */
export class Dump {
  readonly #files: readonly { node: string; name: string; rest: string }[];
  readonly #collected = new Map<string, Array32[]>();

  constructor(options: readonly string[], document: Document) {
    this.#files = options.map((option) => splitAssignment('dump', option));
    for (const { node } of this.#files)
      if (!document.nodes.some((n) => n.id === node))
        throw new ProblemError({ what: `--dump: the graph has no node "${node}".` });
  }

  get nodes(): string[] {
    return this.#files.map(({ node }) => node);
  }

  async observe(device: Device, { node, port, value }: Observed): Promise<void> {
    if (!this.#files.some((file) => file.node === node && file.name === port)) return;
    const key = `${node}.${port}`;
    const list = this.#collected.get(key) ?? [];
    this.#collected.set(key, list);
    list.push(...(await arraysOf(device, value)));
  }

  /** Several values (of a zone's evaluations or a list's items) are stacked along a new first axis. */
  write(): string[] {
    return this.#files.map(({ node, name, rest }) => {
      const arrays = this.#collected.get(`${node}.${name}`);
      const [first] = arrays ?? [];
      if (!arrays || !first)
        throw new ProblemError({ what: `--dump: nothing with numbers came out of ${node}.${name}.` });
      const alike = arrays.every((array) => array.dims.join() === first.dims.join());
      if (!alike) throw new ProblemError({ what: `--dump: the values of ${node}.${name} differ in shape.` });
      const data = new Float32Array(arrays.length * first.data.length);
      for (const [i, array] of arrays.entries()) data.set(array.data, i * first.data.length);
      writeFileSync(rest, writeNpy({ data, dims: arrays.length > 1 ? [arrays.length, ...first.dims] : first.dims }));
      return rest;
    });
  }
}

async function arraysOf(device: Device, value: unknown): Promise<Array32[]> {
  if (typeof value === 'number') return [{ data: Float32Array.of(value), dims: [] }];
  if (
    typeof value === 'object' &&
    value !== null &&
    'vectors' in value &&
    value.vectors instanceof Float32Array &&
    'width' in value
  )
    return [{ data: value.vectors, dims: [value.vectors.length / Number(value.width), Number(value.width)] }];
  const tensors = [...tensorsIn(value)];
  return Promise.all(
    tensors.map(async (tensor) => ({ data: Float32Array.from(await device.read(tensor)), dims: tensor.dims })),
  );
}
