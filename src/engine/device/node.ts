import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Device } from '../../core/device';
import { OnnxDevice } from './onnx-device';
import { Turns } from './turns';

const turns = new Turns();

/** The processor, by way of onnxruntime-node. `capacity`: bytes of weights that sessions may hold together. */
export async function createNodeDevice({ capacity = 8 * 2 ** 30 } = {}): Promise<Device> {
  return new OnnxDevice({
    kind: 'cpu',
    name: 'CPU',
    turns,
    capacity,
    slowFirstRun: false,
    createSession(model, weights) {
      return InferenceSession.create(model, {
        executionProviders: ['cpu'],
        // The native binding takes a pointer, so the virtual files must exist as bytes until the session is made.
        externalData: weights.map((file) => ({ path: file.path, data: file.read(0, file.size) })),
        logSeverityLevel: 3,
      });
    },
    run: (session, feeds) => session.run(feeds),
    upload: (data, dims) => new Tensor('float32', data, dims),
    download: () => Promise.reject(new Error('Tensors of the processor are in host memory already.')),
  });
}
