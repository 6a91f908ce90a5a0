import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-web';
import type {
  Device,
  DeviceLimits,
  DeviceTrace,
  ElementType,
  MemoryNeed,
  Network,
  Tensor,
  Tensors,
} from '../../core/device';
import { DeviceTensor } from './device-tensor';
import { elementsOf, numbersOf } from './element-types';
import { misfit, shortage, weightsHeld } from './fit';
import type { Runtime, StaticTensor } from './runtime';

/** ONNX Runtime's own graph, kernels and pipelines, roughly: what a session without weights counts for. */
const SESSION_OVERHEAD = 2 ** 20;

interface LoadedSession {
  readonly session: InferenceSession;
  /** Undefined where the network decides their shapes, or their type is not float32. */
  readonly outputs: readonly StaticTensor[] | undefined;
  /** What it counts for in `Runtime.capacity`. */
  readonly bytes: number;
}

/** A device on any of the runtimes. Sessions are made at first use and shared by `Network.key`. */
export class OnnxDevice implements Device {
  readonly kind: Device['kind'];
  readonly name: string;
  readonly reason?: string;
  readonly float16: boolean;
  readonly remarks: string[] = [];
  readonly lost?: Promise<string>;
  readonly spent = { runs: 0, milliseconds: 0 };
  readonly owned = { tensors: 0, bytes: 0, weights: 0 };
  trace: DeviceTrace | undefined;
  readonly #runtime: Runtime;
  /** In the order of their last use. */
  readonly #sessions = new Map<string, LoadedSession>();
  /** Calls that wait for the runtime, to be refused when the device is lost. */
  readonly #waiting = new Set<(reason: Error) => void>();
  readonly #watchers = new Set<(key: string) => void>();
  /** The sentence of `lost`, once it is. */
  #loss: string | undefined;

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
    this.kind = runtime.kind;
    this.name = runtime.name;
    this.float16 = runtime.float16;
    if (runtime.reason !== undefined) this.reason = runtime.reason;
    if (runtime.lost) this.lost = runtime.lost.then((sentence) => this.#lose(sentence));
  }

  get limits(): DeviceLimits {
    return this.#runtime.limits;
  }

  misfit({ footprint }: Network): string | undefined {
    return footprint && misfit(footprint, this.#runtime.limits);
  }

  need({ footprint }: Network): MemoryNeed | undefined {
    const { limits } = this.#runtime;
    return (
      footprint && {
        weights: weightsHeld(footprint, limits),
        activations: footprint.activations,
        limit: limits.all,
        misfit: shortage(footprint, limits)?.what,
      }
    );
  }

  load(network: Network): Promise<void> {
    return this.#take(async () => {
      const known = this.#sessions.has(network.key);
      const loaded = await this.#session(network);
      if (!known && this.#runtime.slowFirstRun) await this.#warmUp(loaded, network.key);
    });
  }

  async run(network: Network, feeds: Tensors): Promise<Record<string, Tensor>> {
    const tensors: DeviceTensor[] = [];
    const inputs: Record<string, OrtTensor> = {};
    try {
      for (const name in feeds) {
        const tensor = this.#own(feeds[name], `fed to the input "${name}"`);
        inputs[name] = tensor.beginRun(this.#runtime.upload);
        tensors.push(tensor);
      }
      return await this.#take(async () => {
        const loaded = await this.#session(network);
        const begin = performance.now();
        const results = await this.#runSession(loaded, inputs, network.key);
        this.spent.milliseconds += performance.now() - begin;
        this.spent.runs++;
        this.trace?.took('session', network.key, begin);
        const outputs: Record<string, Tensor> = {};
        for (const name in results) outputs[name] = this.#made(new DeviceTensor(results[name] as OrtTensor));
        return outputs;
      });
    } finally {
      for (const tensor of tensors) tensor.endRun();
    }
  }

  tensor(
    data: Float32Array<ArrayBuffer>,
    dims: readonly number[],
    type: Exclude<ElementType, 'bool'> = 'float32',
  ): Tensor {
    if (dims.reduce((product, dim) => product * dim, 1) !== data.length) {
      throw new Error(`${data.length} numbers do not fill a tensor of the shape [${dims}].`);
    }
    if (type === 'float32') return this.#made(new DeviceTensor({ host: data, dims: [...dims] }));
    return this.#made(new DeviceTensor(this.#runtime.hold(type, elementsOf(type, data), dims)));
  }

  async read(tensor: Tensor): Promise<Float32Array> {
    const contents = this.#own(tensor, 'read').contents();
    if (contents instanceof Float32Array) return contents;
    const from = performance.now();
    const numbers =
      contents.location === 'gpu-buffer'
        ? await this.#unlessLost(this.#runtime.download(contents))
        : numbersOf(contents);
    this.trace?.took('read', tensor.dims.join(' × '), from, tensor.bytes);
    return numbers;
  }

  remark(sentence: string): void {
    this.remarks.push(sentence);
  }

  dispose(tensor: Tensor): void {
    if (!this.#ownAtAll(tensor).dispose()) return;
    this.owned.tensors -= 1;
    this.owned.bytes -= tensor.bytes;
    this.trace?.freed(tensor);
  }

  #made(tensor: DeviceTensor): DeviceTensor {
    this.owned.tensors += 1;
    this.owned.bytes += tensor.bytes;
    this.trace?.made(tensor);
    return tensor;
  }

  release(keep: (key: string) => boolean = () => false): Promise<void> {
    return this.#take(async () => {
      for (const key of [...this.#sessions.keys()]) if (!keep(key)) await this.#releaseSession(key);
    });
  }

  watch(used: (key: string) => void): () => void {
    this.#watchers.add(used);
    return () => this.#watchers.delete(used);
  }

  async #session(network: Network): Promise<LoadedSession> {
    for (const used of this.#watchers) used(network.key);
    const found = this.#sessions.get(network.key);
    if (found) {
      this.#sessions.delete(network.key);
      this.#sessions.set(network.key, found);
      return found;
    }
    const { footprint } = network;
    const problem = this.misfit(network);
    if (problem !== undefined) throw new Error(problem);
    try {
      const held = footprint
        ? weightsHeld(footprint, this.#runtime.limits)
        : network.weights.reduce((sum, file) => sum + file.size, 0);
      const bytes = held + SESSION_OVERHEAD;
      await this.#makeRoom(bytes, footprint?.activations ?? 0);
      const from = performance.now();
      const session = await this.#runtime.createSession(network);
      try {
        const loaded = { session, bytes, outputs: allStatic(session.outputMetadata) };
        this.#sessions.set(network.key, loaded);
        this.owned.weights += bytes;
        this.trace?.took('load', network.key, from, bytes);
        return loaded;
      } catch (error) {
        await session.release();
        throw error;
      }
    } catch (error) {
      throw failure(`ONNX Runtime could not load the network "${network.key}"`, error);
    }
  }

  #runSession({ session, outputs }: LoadedSession, inputs: Record<string, OrtTensor>, key: string) {
    return this.#runtime.run(session, inputs, outputs).catch((error) => {
      throw failure(`ONNX Runtime could not run the network "${key}"`, error);
    });
  }

  /** Runs a session once on zeros, so that its shaders are compiled. */
  async #warmUp(loaded: LoadedSession, key: string): Promise<void> {
    const inputs = allStatic(loaded.session.inputMetadata);
    if (!inputs) return;
    const from = performance.now();
    const zeros: Record<string, OrtTensor> = {};
    for (const { name, dims } of inputs) {
      zeros[name] = this.#runtime.upload(new Float32Array(dims.reduce((product, dim) => product * dim, 1)), dims);
    }
    const results = await this.#runSession(loaded, zeros, key);
    for (const tensor of [...Object.values(zeros), ...Object.values(results)]) tensor.dispose();
    this.trace?.took('warm-up', key, from);
  }

  /** Releases sessions for one with so many bytes of weights, and for what its runs need beside them. */
  async #makeRoom(bytes: number, activations: number): Promise<void> {
    const { capacity, limits } = this.#runtime;
    const most = Math.min(capacity, (limits.all ?? Number.POSITIVE_INFINITY) - activations);
    let held = bytes;
    for (const loaded of this.#sessions.values()) held += loaded.bytes;
    for (const [key, loaded] of [...this.#sessions]) {
      if (held <= most) return;
      await this.#releaseSession(key);
      held -= loaded.bytes;
    }
  }

  async #releaseSession(key: string): Promise<void> {
    const loaded = this.#sessions.get(key);
    if (!loaded) return;
    this.#sessions.delete(key);
    this.owned.weights -= loaded.bytes;
    await loaded.session.release();
  }

  #lose(sentence: string): string {
    this.#loss = sentence;
    for (const refuse of this.#waiting) refuse(new Error(sentence));
    // What the sessions hold in host memory is of use to nobody any more.
    this.#runtime.turns.take(() =>
      Promise.allSettled([...this.#sessions.keys()].map((key) => this.#releaseSession(key))),
    );
    return sentence;
  }

  #ownAtAll(tensor: Tensor | undefined): DeviceTensor {
    if (!(tensor instanceof DeviceTensor)) throw new Error('This is not a tensor that a device made.');
    return tensor;
  }

  #own(tensor: Tensor | undefined, use: string): DeviceTensor {
    const own = this.#ownAtAll(tensor);
    own.requireAlive(use);
    return own;
  }

  #take<T>(job: () => Promise<T>): Promise<T> {
    return this.#unlessLost(
      this.#runtime.turns.take(() => (this.#loss === undefined ? job() : Promise.reject(new Error(this.#loss)))),
    );
  }

  #unlessLost<T>(work: Promise<T>): Promise<T> {
    if (this.#loss !== undefined) {
      work.catch(() => {});
      return Promise.reject(new Error(this.#loss));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.add(reject);
      work.then(
        (value) => {
          this.#waiting.delete(reject);
          resolve(value);
        },
        (error) => {
          this.#waiting.delete(reject);
          reject(error);
        },
      );
    });
  }
}

/** Inputs or outputs of a network whose sizes are fixed and whose elements are float32, as those of all of ours; else undefined. */
function allStatic(values: readonly InferenceSession.ValueMetadata[]): StaticTensor[] | undefined {
  const tensors: StaticTensor[] = [];
  for (const value of values) {
    if (!value.isTensor) throw new Error(`"${value.name}" is not a tensor.`);
    const dims = value.shape.filter((dim) => typeof dim === 'number' && dim >= 0) as number[];
    if (dims.length < value.shape.length || value.type !== 'float32') return undefined;
    tensors.push({ name: value.name, type: value.type, dims });
  }
  return tensors;
}

function failure(what: string, error: unknown): Error {
  const detail = error instanceof Error ? error.message : String(error);
  return new Error(`${what}: ${detail}`, { cause: error });
}
