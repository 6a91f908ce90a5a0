import type { Device, Tensor } from '../src/core/device';
import { ProblemError } from '../src/core/problem';
import { add } from '../src/onnx/ops/add';
import { concatenate } from '../src/onnx/ops/concatenate';
import { multiply } from '../src/onnx/ops/multiply';
import { slice } from '../src/onnx/ops/slice';
import { subtract } from '../src/onnx/ops/subtract';
import { dimension } from '../src/onnx/shapes';
import { compute } from './arithmetic';

function refuseOtherWidth(to: Tensor, from: Tensor): void {
  if (to.dims[2] === from.dims[2]) return;
  throw new ProblemError({
    port: 'from',
    what: `One prompt has vectors of width ${to.dims[2]}, the other of ${from.dims[2]}.`,
    cure: 'Take both from one text encoder.',
  });
}

/** `share * to + (1 - share) * from` of prompts `[1, k, d]`; `from` is cut or filled up with zeros to the length of `to`. */
export async function averageTokens(device: Device, to: Tensor, from: Tensor, share: number): Promise<Tensor> {
  refuseOtherWidth(to, from);
  const weight = device.tensor(Float32Array.of(share), [1]);
  try {
    return await compute(device, 'average of prompts', { to, from, weight }, (inputs, graph) => {
      const [wanted, given] = [dimension(inputs.to.dims, 1), dimension(inputs.from.dims, 1)];
      const width = dimension(inputs.to.dims, 2);
      const missing = Math.max(0, wanted - given);
      const other =
        missing > 0
          ? concatenate(
              [inputs.from, graph.constant(new Array<number>(missing * width).fill(0), [1, missing, width])],
              1,
            )
          : given > wanted
            ? slice(inputs.from, 1, 0, wanted)
            : inputs.from;
      const rest = subtract(graph.constant([1]), inputs.weight);
      return add(multiply(inputs.to, inputs.weight), multiply(other, rest));
    });
  } finally {
    device.dispose(weight);
  }
}

/** Prompts `[1, k, d]` one behind the other, `[1, k + l, d]`. */
export function joinTokens(device: Device, to: Tensor, from: Tensor): Promise<Tensor> {
  refuseOtherWidth(to, from);
  return compute(device, 'prompts joined', { to, from }, (inputs) => concatenate([inputs.to, inputs.from], 1));
}
