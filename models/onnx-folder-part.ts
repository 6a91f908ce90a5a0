import type { Device, ElementType, Network, Tensor, WeightFile } from '../src/core/device';
import { ProblemError } from '../src/core/problem';
import { type OnnxTensor, readOnnxInterface } from '../src/formats/onnx-interface';
import { describe } from '../src/onnx/shapes';
import type { ModelFolder } from './folder-files';

/** What its inputs may be of, in ONNX's words. */
const TYPES: Readonly<Record<string, Exclude<ElementType, 'bool'>>> = {
  float: 'float32',
  float16: 'float16',
  int32: 'int32',
  int64: 'int64',
};

/** A network of a model that came as a finished ONNX graph, with its weights beside it. */
export interface OnnxPart {
  input(name: string): OnnxTensor;
  /** The first output of these names that there is. */
  output(...names: string[]): OnnxTensor;
  /**
   * Runs it on float32 tensors and gives its outputs as such; whatever else it takes and gives is converted on the way. Feeds
   * for which there is no input are an error, as are inputs without feeds.
   */
  run(device: Device, feeds: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>>;
}

/**
 * Opens `part/model.onnx` of a folder. Its weights are read when a session is made. Throws a sentence where the file is
 * missing, not sound, or wants inputs that are not among `known`.
 */
export async function openOnnxPart(
  folder: ModelFolder & { readonly key: string; readonly title: string },
  part: string,
  known: readonly string[],
): Promise<OnnxPart> {
  const path = `${part}/model.onnx`;
  const source = await folder.open(path);
  if (!source) throw new Error(`The folder "${folder.title}" has no file "${path}".`);
  const { inputs, outputs, files } = readOnnxInterface(source);
  const strange = inputs.find(({ name }) => !known.includes(name));
  if (strange) {
    throw new Error(
      `"${path}" of "${folder.title}" asks for the input "${strange.name.slice(0, 80)}", which Weft does not know. Weft runs what optimum exports of Stable Diffusion 1 and 2.`,
    );
  }
  const untyped = [...inputs, ...outputs].find(({ type }) => TYPES[type] === undefined);
  if (untyped)
    throw new Error(`"${path}" of "${folder.title}": "${untyped.name}" is ${untyped.type}, which Weft does not feed.`);

  const weights = await Promise.all(files.map((file) => openWeightFile(folder, part, file)));
  const network: Network = { key: `onnx ${folder.key}/${part}`, model: () => source.read(0, source.size), weights };
  const find = (list: readonly OnnxTensor[], names: readonly string[], what: string): OnnxTensor => {
    const found = names.flatMap((name) => list.find((tensor) => tensor.name === name) ?? [])[0];
    if (found) return found;
    throw new Error(`"${path}" of "${folder.title}" has no ${what} "${names[0]}", as optimum calls it.`);
  };

  return {
    input: (name) => find(inputs, [name], 'input'),
    output: (...names) => find(outputs, names, 'output'),
    async run(device, feeds) {
      requireHalves(device, [...inputs, ...outputs], folder.title);
      const made: Tensor[] = [];
      try {
        const converted: Record<string, Tensor> = {};
        for (const { name, type, dims } of inputs) {
          const tensor = feeds[name];
          if (!tensor) throw new Error(`Nothing is fed to the input "${name}" of "${path}".`);
          requireShape(tensor, dims, `"${path}" of "${folder.title}"`);
          const wanted = TYPES[type] ?? 'float32';
          if (wanted === tensor.type) converted[name] = tensor;
          else {
            converted[name] = device.tensor(await numbersOf(device, tensor), tensor.dims, wanted);
            made.push(converted[name]);
          }
        }
        const results = await device.run(network, converted);
        for (const [name, tensor] of Object.entries(results)) {
          if (tensor.type === 'float32') continue;
          results[name] = device.tensor(await numbersOf(device, tensor), tensor.dims);
          made.push(tensor);
        }
        return results;
      } finally {
        for (const tensor of made) device.dispose(tensor);
      }
    },
  };
}

async function numbersOf(device: Device, tensor: Tensor): Promise<Float32Array<ArrayBuffer>> {
  return new Float32Array(await device.read(tensor));
}

async function openWeightFile(
  folder: ModelFolder & { readonly title: string },
  part: string,
  location: string,
): Promise<WeightFile> {
  if (/[/\\]|^\.+$/.test(location)) {
    throw new Error(
      `"${part}/model.onnx" of "${folder.title}" asks for the file "${location.slice(0, 80)}", which is not beside it.`,
    );
  }
  const source = await folder.open(`${part}/${location}`);
  if (!source)
    throw new Error(`The folder "${folder.title}" lacks "${part}/${location}", the weights of its model.onnx.`);
  return { path: location, size: source.size, read: (begin, end) => source.read(begin, end) };
}

function requireHalves(device: Device, tensors: readonly OnnxTensor[], title: string): void {
  if (device.kind !== 'webgpu' || device.float16 || !tensors.some(({ type }) => type === 'float16')) return;
  throw new ProblemError({
    what: `"${title}" computes in half precision, which this graphics adapter does not.`,
    cure: 'Choose WebAssembly as the device, or the same model in float32 or as safetensors.',
  });
}

function requireShape({ dims }: Tensor, wanted: OnnxTensor['dims'], what: string): void {
  const fits = dims.length === wanted.length && wanted.every((dim, axis) => dim === undefined || dim === dims[axis]);
  if (fits) return;
  const open = wanted.map((dim) => dim ?? 'any');
  throw new ProblemError({
    what: `${what} was exported for the shape [${open.join(', ')}], but this is ${describe(dims)}.`,
    cure: 'Make a picture of the size that it was exported for, or export it with open sizes.',
  });
}
