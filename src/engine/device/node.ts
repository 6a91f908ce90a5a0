import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Device, UnboundNetwork, WeightInput } from '../../core/device';
import { OnnxDevice } from './onnx-device';
import { Turns } from './turns';

const turns = new Turns();

const MIB = 2 ** 20;

/**
 * The processor, by way of onnxruntime-node.
 * `capacity`: bytes of weights that sessions may hold together.
 * `memory`: bytes that there are for everything; where it is left out no network is refused for its size.
 * `bindUpTo`: networks with more bytes of weights take them as inputs. The native binding asks for all initializers at
 * once, as bytes in memory, and copies them; inputs it uses where they are. Both compute at the same speed.
 * `threads`: how many compute, all cores where it is left out; WEFT_THREADS says it from outside. Threads that wait for
 * the next operator keep their core busy, which is a third of all time where another program wants it too.
 */
export async function createNodeDevice({
  capacity = 8192 * MIB,
  bindUpTo = 64 * MIB,
  memory,
  threads = Number(process.env.WEFT_THREADS) || undefined,
}: {
  capacity?: number;
  bindUpTo?: number;
  memory?: number;
  threads?: number | undefined;
} = {}): Promise<Device> {
  const held = new WeakMap<InferenceSession, Record<string, Tensor>>();
  return new OnnxDevice({
    kind: 'cpu',
    name: 'CPU',
    float16: false,
    turns,
    capacity,
    limits: {
      ...(memory !== undefined && { all: memory }),
      convolutionsTwice: false,
      name: 'The memory of this computer',
    },
    slowFirstRun: false,
    async createSession({ model, weights, unbound, optimization }) {
      const options: InferenceSession.SessionOptions = {
        executionProviders: ['cpu'],
        logSeverityLevel: 3,
        ...(threads !== undefined && { intraOpNumThreads: threads }),
        ...(optimization === 'none' && { graphOptimizationLevel: 'disabled' }),
      };
      const bytes = weights.reduce((sum, file) => sum + file.size, 0);
      if (!unbound || bytes <= bindUpTo) {
        const externalData = weights.map((file) => ({ path: file.path, data: file.read(0, file.size) }));
        return InferenceSession.create(model(), { ...options, externalData });
      }
      // The runtime's own pools grow by doubling, which is more than there is room for beside large weights.
      const pools = { enableCpuMemArena: false, enableMemPattern: false };
      const session = await InferenceSession.create(unbound.model(), { ...options, ...pools });
      held.set(session, weightTensors(unbound));
      return session;
    },
    run: (session, feeds) => session.run({ ...held.get(session), ...feeds }),
    upload: (data, dims) => new Tensor('float32', data, dims),
    hold: (type, data, dims) => new Tensor(type, data, dims),
    download: () => Promise.reject(new Error('Tensors of the processor are in host memory already.')),
  });
}

function weightTensors({ weights }: UnboundNetwork): Record<string, Tensor> {
  return Object.fromEntries(weights.map((weight) => [weight.name, weightTensor(weight)]));
}

function weightTensor({ type, dims, read }: WeightInput): Tensor {
  const bytes = read();
  // The runtime computes from it in place, so it must lie on a boundary of its element type.
  const { buffer, byteOffset, byteLength } = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  return type === 'float16'
    ? new Tensor('float16', new Uint16Array(buffer, byteOffset, byteLength / 2), dims)
    : new Tensor('float32', new Float32Array(buffer, byteOffset, byteLength / 4), dims);
}
