import { LRUCache } from 'lru-cache';
import { type TensorUse, tensorsIn } from './tensor-use';

/** Bytes that cached values may hold, apart for tensors on the GPU and everything else. */
export interface CacheBudget {
  readonly gpu: number;
  readonly host: number;
}

export type NodeOutputs = Readonly<Record<string, unknown>>;

/** What nodes made, by content key, across runs. The least recently used values go first when a budget is full. */
export class OutputCache {
  readonly #use: TensorUse;
  readonly #gpu: LRUCache<string, NodeOutputs>;
  readonly #host: LRUCache<string, NodeOutputs>;

  constructor(use: TensorUse, budget: CacheBudget) {
    this.#use = use;
    // The library takes no size of 0; nothing fits into one byte.
    const store = (budgeted: number) =>
      new LRUCache<string, NodeOutputs>({
        maxSize: Math.max(1, budgeted),
        dispose: (outputs) => this.#use.drop(outputs),
      });
    this.#gpu = store(budget.gpu);
    this.#host = store(budget.host);
  }

  get(key: string): NodeOutputs | undefined {
    return this.#host.get(key) ?? this.#gpu.get(key);
  }

  has(key: string): boolean {
    return this.#host.has(key) || this.#gpu.has(key);
  }

  /** A value that is larger than the whole budget is not kept. */
  set(key: string, outputs: NodeOutputs): void {
    if (this.has(key)) return;
    const bytes = { gpu: 0, host: overhead };
    for (const tensor of tensorsIn(outputs)) bytes[tensor.place] += tensor.bytes;
    const store = bytes.gpu > 0 ? this.#gpu : this.#host;
    const size = bytes.gpu > 0 ? bytes.gpu : bytes.host;
    if (size > store.maxSize) return;
    store.set(key, this.#use.hold(outputs), { size });
  }

  clear(): void {
    this.#gpu.clear();
    this.#host.clear();
  }
}

/** Bytes charged for an entry besides its tensors, so that many small values are bounded too. */
const overhead = 512;
