import glueUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import { env, InferenceSession, Tensor } from 'onnxruntime-web/webgpu';
import type { Device, ElementType, Network, WeightFile } from '../../core/device';
import type { Precision } from '../../onnx/graph';
import {
  attentionTest,
  attentionTestDims,
  attentionTestError,
  attentionTestFeeds,
  attentionTestTolerance,
} from './attention-test';
import { bytesOf } from './device-tensor';
import { OnnxDevice } from './onnx-device';
import type { Runtime } from './runtime';
import { Turns } from './turns';
import { openGpu } from './webgpu';

/** One runtime, and so one queue, for all devices of this page or worker. */
const turns = new Turns();

const GIB = 2 ** 30;

/** The browser does not say how much memory the adapter has. This holds an SD 1.5 checkpoint in float32. */
const GPU_CAPACITY = 6 * GIB;

/** Half the logical processors, which is the number of cores on most machines: threads that share a core gain nothing. */
function threads(): number {
  const processors = navigator.hardwareConcurrency;
  return crossOriginIsolated ? Math.min(processors, Math.max(2, Math.ceil(processors / 2)), 8) : 1;
}

env.wasm.wasmPaths = { mjs: new URL(glueUrl, location.href).href, wasm: new URL(wasmUrl, location.href).href };
env.wasm.numThreads = threads();
env.logLevel = 'error';

/**
 * A weight file as ONNX Runtime sees external data: it asks a Uint8Array for one `subarray` per initializer, so nothing
 * of the file is read before, and nothing is kept after.
 */
class VirtualBytes extends Uint8Array {
  readonly #file: WeightFile;
  /** What `read` threw: ONNX Runtime says only that something did. */
  failure: unknown;

  constructor(file: WeightFile) {
    super(0);
    this.#file = file;
  }

  override get byteLength(): number {
    return this.#file.size;
  }

  override subarray(begin = 0, end = this.#file.size): Uint8Array<ArrayBuffer> {
    try {
      return this.#file.read(begin, end) as Uint8Array<ArrayBuffer>;
    } catch (error) {
      this.failure ??= error;
      throw error;
    }
  }
}

async function createSession(
  network: Network,
  provider: InferenceSession.ExecutionProviderConfig,
): Promise<InferenceSession> {
  for (const { path, size } of network.weights) {
    if (size >= 4 * GIB) throw new Error(`The weight file "${path}" has ${size} bytes; offsets end at 4 GiB.`);
  }
  // The runtime's own pools grow by doubling, which is more than there is room for beside large weights.
  const pools = network.weights.reduce((sum, file) => sum + file.size, 0) < GIB;
  const files = network.weights.map((file) => ({ path: file.path, data: new VirtualBytes(file) }));
  try {
    return await InferenceSession.create(network.model(), {
      executionProviders: [provider],
      externalData: files,
      enableCpuMemArena: pools,
      enableMemPattern: pools,
      ...(network.optimization === 'none' && { graphOptimizationLevel: 'disabled' }),
      logSeverityLevel: 3,
    });
  } catch (error) {
    throw files.find(({ data }) => data.failure !== undefined)?.data.failure ?? error;
  }
}

const hold: Runtime['hold'] = (type, data, dims) => new Tensor(type, data, dims);

function wasmRuntime(reason: string | undefined): Runtime {
  const count = threads();
  return {
    kind: 'wasm',
    name: `WebAssembly, ${count} ${count === 1 ? 'thread' : 'threads'}`,
    ...(reason !== undefined && { reason }),
    float16: false,
    turns,
    // WebAssembly has 4 GiB for weights, activations and the code's own data.
    capacity: 2.5 * GIB,
    limits: {
      all: 3.75 * GIB,
      convolutionsTwice: false,
      name: 'WebAssembly',
      cure: 'Take a version of the model with weights in half precision (fp16), or a browser with WebGPU.',
    },
    slowFirstRun: false,
    createSession: (network) => createSession(network, 'wasm'),
    run: (session, feeds) => session.run(feeds),
    upload: (data, dims) => new Tensor('float32', data, dims),
    hold,
    download: () => Promise.reject(new Error('Tensors of WebAssembly are in host memory already.')),
  };
}

interface GpuSettings {
  readonly title: string;
  readonly float16: boolean;
  readonly capacity: number | undefined;
}

function webgpuRuntime(device: GPUDevice, { title, float16, capacity }: GpuSettings): Runtime {
  const allocate = (dataType: ElementType, dims: readonly number[]): Tensor => {
    const buffer = device.createBuffer({
      // ONNX Runtime binds buffers in units of four elements.
      size: Math.max(Math.ceil(bytesOf(dataType, dims) / 16), 1) * 16,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
    });
    return Tensor.fromGpuBuffer(buffer, { dataType, dims, dispose: () => buffer.destroy() });
  };
  let submitted: Promise<unknown> | undefined;
  /**
   * What the adapter had no memory for since the last download: such work seems to end well and leaves wrong numbers. All
   * other errors of the adapter are reported by ONNX Runtime.
   */
  let shortage: Promise<GPUError | null> = Promise.resolve(null);
  async function requireMemory(): Promise<void> {
    const error = await shortage;
    if (!error) return;
    shortage = Promise.resolve(null);
    const detail = error.message && ` (${error.message})`;
    throw new Error(`The graphics adapter ran out of memory. Try a smaller picture, or fewer at once.${detail}`);
  }
  async function watchMemory<T>(work: () => Promise<T>): Promise<T> {
    device.pushErrorScope('out-of-memory');
    const result = await work().then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    const both = Promise.all([shortage, device.popErrorScope().catch(() => null)]);
    shortage = both.then(([earlier, now]) => earlier ?? now);
    if ('value' in result) return result.value;
    await requireMemory();
    throw result.error;
  }
  return {
    kind: 'webgpu',
    name: `WebGPU · ${title}`,
    float16,
    turns,
    capacity: capacity ?? GPU_CAPACITY,
    limits: {
      tensor: Math.min(device.limits.maxBufferSize, device.limits.maxStorageBufferBindingSize),
      // ONNX Runtime keeps what it rearranges for its kernels beside the original.
      convolutionsTwice: true,
      name: 'This graphics adapter',
      ...(capacity !== undefined && { all: capacity }),
    },
    slowFirstRun: true,
    async createSession(network) {
      const provider = { name: 'webgpu', device, preferredLayout: 'NCHW' } as const;
      const session = await watchMemory(() => createSession(network, provider));
      await requireMemory().catch(async (error) => {
        await session.release();
        throw error;
      });
      return session;
    },
    upload(data, dims) {
      const tensor = allocate('float32', dims);
      device.queue.writeBuffer(tensor.gpuBuffer, 0, data);
      return tensor;
    },
    hold,
    async download({ gpuBuffer, size }) {
      const data = await download(device, gpuBuffer, size * 4).catch((error: Error) => error);
      await requireMemory();
      if (data instanceof Error) throw data;
      return data;
    },
    /** One run is queued while another computes: the adapter never idles, and cancelling waits for two runs at most. */
    async run(session, feeds, outputs) {
      const earlier = submitted;
      submitted = device.queue.onSubmittedWorkDone();
      await earlier;
      if (!outputs) return watchMemory(() => session.run(feeds));
      return watchMemory(async () => {
        // Outputs that ONNX Runtime makes would not outlive its pools, which go with the last session: disposing of one
        // then is an access out of bounds.
        const fetches = Object.fromEntries(outputs.map(({ name, type, dims }) => [name, allocate(type, dims)]));
        return session.run(feeds, fetches).catch((error) => {
          for (const tensor of Object.values(fetches)) tensor.dispose();
          throw error;
        });
      });
    },
    lost: device.lost.then(
      ({ message }) => `The graphics device was lost (${message || 'no reason given'}). Run again, or reload the page.`,
    ),
  };
}

/** Not ONNX Runtime's own download: that turns the tensor into one in host memory, which the next run would upload again. */
async function download(device: GPUDevice, buffer: GPUBuffer, bytes: number): Promise<Float32Array> {
  const staging = device.createBuffer({ size: bytes, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
  try {
    const commands = device.createCommandEncoder();
    commands.copyBufferToBuffer(buffer, 0, staging, 0, bytes);
    device.queue.submit([commands.finish()]);
    await staging.mapAsync(GPUMapMode.READ);
    return new Float32Array(staging.getMappedRange().slice(0));
  } catch (error) {
    throw new Error('The graphics device did not hand back a tensor. It may have been lost; run again.', {
      cause: error,
    });
  } finally {
    staging.destroy();
  }
}

/** Why a device must not be used, or nothing when it computes attention right. */
async function attentionFault(device: Device, precision: Precision): Promise<string | undefined> {
  try {
    const feeds = Object.entries(attentionTestFeeds).map(([name, data]) => {
      return [name, device.tensor(data, attentionTestDims)] as const;
    });
    const { mixed } = await device.run(attentionTest(precision), Object.fromEntries(feeds));
    const error = mixed ? attentionTestError(await device.read(mixed)) : Number.NaN;
    for (const [, tensor] of feeds) device.dispose(tensor);
    if (mixed) device.dispose(mixed);
    await device.release();
    if (error < attentionTestTolerance[precision]) return undefined;
    return `WebGPU computes attention wrongly on this graphics adapter (off by ${error.toPrecision(2)}).`;
  } catch (error) {
    return `WebGPU failed its test: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/**
 * The fastest device of this browser that computes right: WebGPU, else WebAssembly with the reason in words. A software
 * adapter counts as none, being slower than WebAssembly, unless WebGPU is asked for by name.
 * `capacity`: bytes that WebGPU has for models, where that is known. Without it no network is refused for its size alone.
 */
export async function createWebDevice({
  prefer,
  capacity,
}: {
  prefer?: 'webgpu' | 'wasm';
  capacity?: number;
} = {}): Promise<Device> {
  if (prefer === 'wasm') return new OnnxDevice(wasmRuntime(undefined));
  const gpu = await openGpu();
  if ('reason' in gpu) return new OnnxDevice(wasmRuntime(gpu.reason));
  if (gpu.software && prefer !== 'webgpu') {
    gpu.device.destroy();
    return new OnnxDevice(wasmRuntime(`The only graphics adapter is software (${gpu.title}), slower than this.`));
  }
  const open = (float16: boolean) => new OnnxDevice(webgpuRuntime(gpu.device, { title: gpu.title, float16, capacity }));
  const device = open(gpu.float16);
  const fault = await attentionFault(device, 'float32');
  if (fault !== undefined) {
    gpu.device.destroy();
    return new OnnxDevice(wasmRuntime(fault));
  }
  const fault16 = gpu.float16 ? await attentionFault(device, 'float16') : undefined;
  if (fault16 === undefined) return device;
  const exact = open(false);
  exact.remark(`Half precision is not used. ${fault16}`);
  return exact;
}
