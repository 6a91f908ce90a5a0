import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';
import { ProblemError } from '../../src/core/problem';
import type { Generator } from '../../src/core/values';
import type { ArrayFile, FileArray } from '../../src/formats/array-file';

const unchosen = {
  port: 'file',
  what: 'No file is chosen.',
  cure: 'Choose a .npy, .safetensors or .latent file: a saved value.',
};

/** By what Stable Diffusion's autoencoders scale latents: ComfyUI saves them as they are without that. */
const comfyScale = 0.18215;

export default defineNode({
  type: 'latent/load-latent',
  version: 1,
  title: 'Load latent',
  help: 'A latent from a file: one that was saved from a wire, of numpy or torch, or of ComfyUI’s Save Latent.',
  alsoCalled: 'LoadLatent, .latent, .npy',
  icon: 'file-database',
  params: z.object({
    file: z.string().max(1000).default('').meta({
      widget: 'file',
      accept: '.npy,.safetensors,.latent,.pt',
      description: 'A .npy, .safetensors or .latent file.',
    }),
    scaled: z
      .enum(['auto', 'yes', 'no'])
      .default('auto')
      .meta({
        advanced: true,
        labels: { auto: 'as the file says', yes: 'already scaled', no: 'not yet scaled' },
        description: 'Whether the numbers are those that the UNet works with, or still to be multiplied by 0.18215.',
      }),
  }),
  in: {},
  out: {
    latent: {
      kind: 'latent',
      help: 'The latent of the file, with its generator if it was saved by Weft; of a trajectory its steps as a batch.',
    },
  },
  foresee: ({ params }) => (params.file === '' ? { problems: [unchosen] } : {}),
  async run({ params: { file, scaled }, device, host }) {
    if (!file) throw new ProblemError(unchosen);
    const { openArrayFile } = await import('../../src/formats/array-file');
    const arrays = openArrayFile(await host.open(file));
    const { dims, data } = trajectoryIn(arrays) ?? arrays.read(latentIn(arrays));
    const unscaled = scaled === 'auto' ? arrays.shape('latent_format_version_0') !== undefined : scaled === 'no';
    const numbers = unscaled ? data.map((value) => value * comfyScale) : data;
    const generator = generatorIn(arrays);
    return {
      latent: {
        tensor: device.tensor(numbers, dims.length === 3 ? [1, ...dims] : dims),
        ...(generator && { generator }),
      },
    };
  },
});

/** The steps of a trajectory that Weft saved, one image after the other. */
function trajectoryIn(file: ArrayFile): FileArray | undefined {
  const steps = file.names.filter((name) => /^latent\.\d{4}$/.test(name)).map((name) => file.read(name));
  const [first] = steps;
  if (first?.dims.length !== 4 || steps.some(({ data }) => data.length !== first.data.length)) return undefined;
  const data = new Float32Array(steps.length * first.data.length);
  for (const [i, step] of steps.entries()) data.set(step.data, i * first.data.length);
  const [count = 1, ...dims] = first.dims;
  return { dims: [steps.length * count, ...dims], data };
}

/** The tensor that is the latent: by its name, or as the only one that has its shape. */
function latentIn(file: ArrayFile): string {
  const fits = (name: string) => [3, 4].includes(file.shape(name)?.length ?? 0);
  if (fits('latent_tensor')) return 'latent_tensor';
  const fitting = file.names.filter(fits);
  const [only, another] = fitting;
  if (only !== undefined && another === undefined) return only;
  const shapes = file.names.slice(0, 4).map((name) => `"${name}" [${file.shape(name)?.join(', ')}]`);
  throw new ProblemError({
    port: 'file',
    what: only
      ? `The file has ${fitting.length} tensors that could be the latent: ${shapes.join(', ')}.`
      : `The file has no latent [n, c, h, w], but ${shapes.join(', ') || 'nothing'}.`,
    cure: 'Save the latent alone, or call it "latent_tensor".',
  });
}

const stored = z.object({
  seed: z.string().regex(/^\d{1,20}$/),
  seeds: z.array(z.string().regex(/^\d{1,20}$/)).optional(),
  before: z.array(z.int().min(0)).optional(),
  draws: z.int().min(0),
});

/** Where the stream of random numbers stood when Weft saved the latent. */
function generatorIn({ metadata }: ArrayFile): Generator | undefined {
  try {
    const { seed, draws, seeds, before } = stored.parse(JSON.parse(metadata.generator ?? ''));
    return { seed, draws, ...(seeds && { seeds }), ...(before && { before }) };
  } catch {
    return undefined; // Not saved by Weft, or without one.
  }
}
