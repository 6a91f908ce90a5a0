import type { Device, Tensor } from '../src/core/device';
import { ProblemError } from '../src/core/problem';
import type { Control, UNet } from '../src/core/values';
import { resample } from '../src/formats/resample';
import type { Graph, Value } from '../src/onnx/graph';
import { defineNetwork } from '../src/onnx/network';
import { add } from '../src/onnx/ops/add';
import { concatenate } from '../src/onnx/ops/concatenate';
import { expand } from '../src/onnx/ops/expand';
import { slice } from '../src/onnx/ops/slice';
import { dimension, elements } from '../src/onnx/shapes';
import { outputOf } from './outputs';

/** What ControlNets need to know of an evaluation, beside what the UNet does. */
export interface Controlled {
  /** Of each context the ControlNets that were applied to it. */
  readonly controls: readonly (readonly Control[])[];
  /** The latent without what inpainting models see beside it, `[n, c, h, w]`. */
  readonly noisy: Tensor;
  /** Which evaluation of how many. */
  readonly index: number;
  readonly count: number;
}

interface Evaluation {
  readonly inputScale: number;
  readonly timestep: number;
  readonly contexts: readonly Tensor[];
}

/** One run of a ControlNet: for which of the contexts. */
interface Use {
  readonly control: Control;
  readonly contexts: number[];
}

/** As diffusers' `control_guidance_start` and `control_guidance_end` are read. */
export function isActive({ start, end, strength }: Control, index: number, count: number): boolean {
  return strength !== 0 && index / count >= start && (index + 1) / count <= end;
}

/**
 * The sum of what all ControlNets add to the UNet in one evaluation. A ControlNet runs once for all contexts that share it.
 * Where none counts at this step the sum is zeros, so that one session of the UNet serves all steps. The caller disposes of
 * the tensors.
 */
export async function controlResiduals(
  device: Device,
  unet: UNet,
  evaluation: Evaluation,
  { controls, noisy, index, count }: Controlled,
): Promise<readonly Tensor[]> {
  const shapes = unet.residualShapes?.(noisy.dims, controls.length);
  if (!shapes) {
    throw new ProblemError({
      port: 'unet',
      what: `The UNet "${unet.title}" is a ready-made ONNX network, into which no ControlNet can reach.`,
      cure: 'Take the same model as safetensors, or wire the prompt without Apply ControlNet.',
    });
  }
  const uses = usesOf(controls, index, count);
  if (uses.length === 0) return shapes.map((dims) => device.tensor(new Float32Array(elements(dims)), dims));

  const results: (readonly Tensor[])[] = [];
  try {
    for (const use of uses) results.push(await runControl(device, unet, evaluation, noisy, use));
  } catch (error) {
    for (const tensor of results.flat()) device.dispose(tensor);
    throw error;
  }
  const [only] = uses;
  const [result] = results;
  if (only && result && uses.length === 1 && only.contexts.length === controls.length) return result;
  try {
    return await sumOf(device, uses, results, shapes, noisy.dims[0] ?? 1);
  } finally {
    for (const tensor of results.flat()) device.dispose(tensor);
  }
}

/** What counts at this evaluation; contexts that share net, picture and strength share a run. */
function usesOf(controls: readonly (readonly Control[])[], index: number, count: number): Use[] {
  const uses: Use[] = [];
  for (const [context, list] of controls.entries()) {
    for (const control of list) {
      if (!isActive(control, index, count)) continue;
      const { net, image, strength, guess } = control;
      const shared = uses.find(
        ({ control: other, contexts }) =>
          other.net.key === net.key &&
          other.image === image &&
          other.strength === strength &&
          other.guess === guess &&
          // The same net twice on one prompt counts twice.
          !contexts.includes(context),
      );
      if (shared) shared.contexts.push(context);
      else uses.push({ control, contexts: [context] });
    }
  }
  return uses;
}

async function runControl(
  device: Device,
  unet: UNet,
  { contexts, inputScale, timestep }: Evaluation,
  noisy: Tensor,
  use: Use,
): Promise<Tensor[]> {
  const { control } = use;
  const { net, strength, guess } = control;
  const asked = use.contexts.map((context) => contexts[context] as Tensor);
  const seen = await seenAt(device, control, noisy.dims);
  try {
    const input = { latent: noisy, inputScale, timestep, contexts: asked, seen, strength, guess };
    const residuals = await net.predict(device, input);
    const wanted = unet.residualShapes?.(noisy.dims, asked.length) ?? [];
    if (residuals.map(({ dims }) => dims.join()).join(';') === wanted.map((dims) => dims.join()).join(';')) {
      return residuals;
    }
    for (const tensor of residuals) device.dispose(tensor);
    throw new ProblemError({
      port: 'conditioning',
      what: `The ControlNet "${net.title}" was made for a UNet of another structure than "${unet.title}".`,
      cure: 'Take a ControlNet for the family of this model.',
    });
  } finally {
    if (seen !== control.seen) device.dispose(seen);
  }
}

/** What the network sees of its picture for a latent: `control.seen` where that fits, else of the picture brought to size. */
async function seenAt(device: Device, { net, image, seen }: Control, latent: readonly number[]): Promise<Tensor> {
  const [n = 1, , rows = 0, columns = 0] = latent;
  const [count = 1, channels = 3, height = 0, width = 0] = image.dims;
  if (count !== 1 && count !== n) {
    throw new ProblemError({
      port: 'conditioning',
      what: `The ControlNet "${net.title}" looks at ${count} pictures, but ${n} are made.`,
      cure: 'Give it one picture, or as many as are made.',
    });
  }
  if (seen && seen.dims[2] === rows && seen.dims[3] === columns) return seen;
  const target = { width: columns * net.factor, height: rows * net.factor };
  if (Math.abs((height * target.width) / width - target.height) >= net.factor) {
    throw new ProblemError({
      port: 'conditioning',
      what: `The ControlNet "${net.title}" looks at a picture of ${width} × ${height}, but one of ${target.width} × ${target.height} is made.`,
      cure: `Put a Resize image of ${target.width} × ${target.height} before Apply ControlNet.`,
    });
  }
  const data = resample(await device.read(image), { width, height }, target);
  const sized = device.tensor(data, [count, channels, target.height, target.width]);
  try {
    return await net.look(device, sized);
  } finally {
    device.dispose(sized);
  }
}

/** Sums at each place, zeros standing for contexts that a run left out. */
async function sumOf(
  device: Device,
  uses: readonly Use[],
  results: readonly (readonly Tensor[])[],
  shapes: readonly (readonly number[])[],
  pictures: number,
): Promise<Tensor[]> {
  const layout = uses.map(({ contexts }) => contexts.join('+')).join(' ');
  const network = defineNetwork(
    `control-sum ${layout} ${pictures} ${shapes.map((dims) => dims.join('x'))}`,
    (graph) => {
      for (const [place, dims] of shapes.entries()) {
        const terms = uses.map(({ contexts }, use) => {
          const name = `residual_${use}_${place}`;
          return spread(graph, graph.input(name, dims.with(0, contexts.length * pictures)), contexts, dims, pictures);
        });
        const [first, ...others] = terms as [Value, ...Value[]];
        graph.output(`sum_${place}`, others.reduce(add, first));
      }
    },
  );
  const feeds = Object.fromEntries(
    results.flatMap((result, use) => result.map((tensor, place) => [`residual_${use}_${place}`, tensor])),
  );
  const sums = await device.run(network, feeds);
  return shapes.map((_, place) => outputOf(sums, `sum_${place}`));
}

/** A residual of some contexts as one of all. */
function spread(
  graph: Graph,
  residual: Value,
  contexts: readonly number[],
  dims: readonly number[],
  pictures: number,
): Value {
  const all = Array.from({ length: dimension(dims, 0) / pictures }, (_, context) => contexts.indexOf(context));
  if (all.every((at) => at >= 0)) return residual;
  const parts = all.map((at) =>
    at < 0
      ? expand(graph.constant([0], [1, 1, 1, 1]), dims.with(0, pictures))
      : slice(residual, 0, at * pictures, (at + 1) * pictures),
  );
  return concatenate(parts as [Value, ...Value[]], 0);
}
