import type { Device, DeviceTrace, Tensor } from '../../core/device';
import type { NodeMemory, Profile, Span } from './profile';

/** Above this many spans a run says nothing more that a person could see. */
const most = 200_000;

/** Changes of memory closer than this, in milliseconds, are one. */
const finest = 0.2;

interface Spent {
  made: number;
  now: number;
  peak: number;
}

/** Where a node ran. */
export interface Place {
  readonly item: number;
  readonly zone?: string;
  readonly evaluation?: number;
}

/** Watches one run: the executor tells it of nodes and the device of what it does. */
export class Profiler implements DeviceTrace {
  readonly #device: Device;
  readonly #from = performance.now();
  readonly #at = Date.now();
  readonly #spans: Span[] = [];
  readonly #memory: { at: number; bytes: number }[] = [];
  readonly #owners = new Map<Tensor, string>();
  readonly #nodes = new Map<string, Spent>();
  #leftOut = 0;
  /** The node that runs, or the first of several that run together. */
  #node = '';
  /** When it began. */
  #begun = 0;

  constructor(device: Device) {
    this.#device = device;
    this.#remember();
    device.trace = this;
  }

  /** A node begins; several that run together begin one after the other. */
  begins(node: string): void {
    if (this.#node !== '') return;
    this.#node = node;
    this.#begun = performance.now();
  }

  /** A node has run for so long; each of several that ran together for its share. */
  ended(node: string, milliseconds: number, { item, zone, evaluation }: Place): void {
    this.#add({
      kind: 'node',
      name: node,
      node,
      begin: this.#begun - this.#from,
      milliseconds,
      item,
      ...(zone !== undefined && { zone }),
      ...(evaluation !== undefined && { evaluation }),
    });
    this.#begun += milliseconds;
    this.#node = '';
  }

  /** A node failed, or the run was stopped in it. */
  broken(): void {
    this.#node = '';
  }

  took(kind: Exclude<Span['kind'], 'node'>, name: string, from: number, bytes?: number): void {
    const begin = from - this.#from;
    const milliseconds = performance.now() - from;
    this.#add({ kind, name, node: this.#node, begin, milliseconds, ...(bytes !== undefined && { bytes }) });
  }

  made(tensor: Tensor): void {
    const spent = this.#nodes.get(this.#node) ?? { made: 0, now: 0, peak: 0 };
    this.#nodes.set(this.#node, spent);
    this.#owners.set(tensor, this.#node);
    spent.made += tensor.bytes;
    spent.now += tensor.bytes;
    spent.peak = Math.max(spent.peak, spent.now);
    this.#remember();
  }

  freed(tensor: Tensor): void {
    const spent = this.#nodes.get(this.#owners.get(tensor) ?? '');
    if (spent && this.#owners.delete(tensor)) spent.now -= tensor.bytes;
    this.#remember();
  }

  /** What was seen since it was made. The device is watched no longer. */
  end(): Profile {
    if (this.#device.trace === this) this.#device.trace = undefined;
    this.#remember();
    return {
      device: this.#device.name,
      at: this.#at,
      milliseconds: performance.now() - this.#from,
      spans: this.#spans,
      nodes: [...this.#nodes].map(([node, { made, now, peak }]): NodeMemory => ({ node, made, peak, left: now })),
      memory: this.#memory,
      weights: this.#device.owned.weights,
      leftOut: this.#leftOut,
    };
  }

  #add(span: Span): void {
    if (this.#spans.length < most) this.#spans.push(span);
    else this.#leftOut += 1;
  }

  #remember(): void {
    const at = performance.now() - this.#from;
    const { bytes } = this.#device.owned;
    const last = this.#memory.at(-1);
    if (last && at - last.at < finest) last.bytes = Math.max(last.bytes, bytes);
    else if (this.#memory.length < most) this.#memory.push({ at, bytes });
  }
}
