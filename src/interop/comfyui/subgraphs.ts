import type { DocumentNode, Subgraph, Wire } from '../../core/document';
import { subgraphType } from '../../core/subgraph';

type Params = DocumentNode['params'];

const node = (id: string, type: string, at: [number, number], params: Params = {}, title?: string): DocumentNode => ({
  id,
  type,
  version: 1,
  at,
  params,
  ...(title && { title }),
});

/** `from.port to.port`, a wire each. */
const wires = (...lines: readonly string[]): Wire[] =>
  lines.map((line) => {
    const [from = '', to = ''] = line.split(' ');
    const end = (text: string) => text.split('.') as [string, string];
    return { from: end(from), to: end(to) };
  });

const conditioningOut: Subgraph['outputs'] = [
  { name: 'conditioning', kind: 'conditioning', help: 'The words as vectors, for a KSampler.' },
];

const text: Subgraph = {
  id: 'comfyui-text',
  title: 'CLIP Text Encode',
  help: 'ComfyUI’s node of that name: a prompt and the text encoder, with (weights:1.2) as ComfyUI reads them.',
  inputs: [{ name: 'clip', kind: 'text-encoder', help: 'The model that reads the words.' }],
  outputs: conditioningOut,
  params: [{ name: 'text', of: ['prompt', 'text'] }],
  nodes: [
    node('inputs', 'subgraph/inputs', [0, 0]),
    node('prompt', 'text/prompt', [0, 120]),
    node('encode', 'text/text-encoder', [240, 0], { syntax: 'comfyui' }),
    node('outputs', 'subgraph/outputs', [480, 0]),
  ],
  wires: wires('inputs.clip encode.encoder', 'prompt.text encode.text', 'encode.conditioning outputs.conditioning'),
  zones: [],
  frames: [],
};

const lora: Subgraph = {
  id: 'comfyui-lora',
  title: 'Load LoRA',
  help: 'ComfyUI’s node of that name: a LoRA from a file, put on a model.',
  inputs: [
    { name: 'model', kind: 'unet', help: 'The UNet to change.' },
    { name: 'clip', kind: 'text-encoder', help: 'The text encoder to change; without it that part is left out.' },
  ],
  outputs: [
    { name: 'model', kind: 'unet', help: 'The UNet with the LoRA on it.' },
    { name: 'clip', kind: 'text-encoder', help: 'The text encoder with the LoRA on it.' },
  ],
  params: [
    { name: 'lora', of: ['file', 'model'] },
    { name: 'strength', of: ['apply', 'strength'] },
    { name: 'textStrength', of: ['apply', 'textStrength'] },
  ],
  nodes: [
    node('inputs', 'subgraph/inputs', [0, 0]),
    node('file', 'models/lora', [0, 160]),
    node('apply', 'models/apply-lora', [240, 0]),
    node('outputs', 'subgraph/outputs', [480, 0]),
  ],
  wires: wires(
    'inputs.model apply.unet',
    'inputs.clip apply.encoder',
    'file.lora apply.lora',
    'apply.unet outputs.model',
    'apply.encoder outputs.clip',
  ),
  zones: [],
  frames: [],
};

/** What both samplers of ComfyUI do: the same as the Sampler, with its areas and its noise mask. */
const inside: Pick<Subgraph, 'inputs' | 'outputs' | 'nodes' | 'wires' | 'zones' | 'frames' | 'notes'> = {
  inputs: [
    { name: 'model', kind: 'unet', help: 'The network that finds the noise in a latent.' },
    { name: 'positive', kind: 'conditioning', help: 'What the picture is to show.' },
    { name: 'negative', kind: 'conditioning', help: 'What it is to keep away from.' },
    {
      name: 'latent',
      kind: 'latent',
      help: 'An empty latent, or an encoded picture to start from, with its noise mask.',
    },
  ],
  outputs: [{ name: 'latent', kind: 'latent', help: 'For VAE decode, or for another sampler.' }],
  nodes: [
    node('inputs', 'subgraph/inputs', [-236, 360]),
    node('match', 'conditioning/match', [0, 300]),
    node('noise', 'latent/noise', [0, 448], { seed: 0 }),
    node('scheduler', 'sampling/scheduler', [0, 676], { sampler: 'euler', sigmas: 'comfyui-normal', steps: 20 }),
    node('start', 'sampling/denoise-start', [244, 620]),
    node('seen', 'sampling/masked-latent', [424, 820]),
    node('unet-positive', 'sampling/unet-step', [624, 420], {}, 'UNet step, positive'),
    node('unet-negative', 'sampling/unet-step', [624, 632], {}, 'UNet step, negative'),
    node('cfg', 'sampling/cfg-combine', [832, 456], { scale: 8 }),
    node('masked', 'sampling/masked-prediction', [1040, 456]),
    node('step', 'sampling/sampler-step', [1040, 700]),
    node('end', 'sampling/denoise-end', [1240, 620]),
    node('mask', 'latent/set-noise-mask', [1420, 620]),
    node('outputs', 'subgraph/outputs', [1620, 620]),
  ],
  wires: wires(
    'inputs.positive match.positive',
    'inputs.negative match.negative',
    'inputs.latent match.latent',
    'inputs.latent noise.after',
    'inputs.latent start.picture',
    'inputs.latent seen.picture',
    'inputs.latent masked.picture',
    'inputs.latent mask.like',
    'inputs.model scheduler.unet',
    'inputs.model unet-positive.unet',
    'inputs.model unet-negative.unet',
    'match.positive unet-positive.conditioning',
    'match.negative unet-negative.conditioning',
    'noise.latent start.noise',
    'noise.latent seen.noise',
    'scheduler.schedule start.schedule',
    'start.latent seen.latent',
    'start.step seen.step',
    'seen.latent unet-positive.latent',
    'seen.latent unet-negative.latent',
    'start.step unet-positive.step',
    'start.step unet-negative.step',
    'unet-positive.prediction cfg.conditional',
    'unet-negative.prediction cfg.unconditional',
    'cfg.prediction masked.prediction',
    'seen.latent masked.seen',
    'start.latent masked.latent',
    'start.step masked.step',
    'start.latent step.latent',
    'start.step step.step',
    'masked.prediction step.prediction',
    'unet-negative.prediction step.unguided',
    'inputs.latent unet-positive.picture',
    'inputs.latent unet-negative.picture',
    'step.latent end.latent',
    'end.latent mask.latent',
    'mask.latent outputs.latent',
  ),
  zones: [{ id: 'denoise', start: 'start', end: 'end' }],
  frames: [],
  notes: [
    {
      id: 'note',
      at: [0, 80],
      size: [420, 150],
      text: '**ComfyUI’s sampler, opened.** The same zone as Weft’s Sampler. Three nodes are here for ComfyUI alone: *Match prompts* for areas, *Masked latent* and *Masked prediction* for noise masks; they let everything pass where there are none.',
    },
  ],
};

const sampler: Subgraph['params'] = [
  { name: 'steps', of: ['scheduler', 'steps'] },
  { name: 'cfg', of: ['cfg', 'scale'] },
  { name: 'sampler', of: ['scheduler', 'sampler'] },
  { name: 'scheduler', of: ['scheduler', 'sigmas'] },
];
const more: Subgraph['params'] = [
  { name: 'order', of: ['scheduler', 'order'] },
  { name: 'variant', of: ['scheduler', 'variant'] },
  { name: 'lowerOrderFinal', of: ['scheduler', 'lowerOrderFinal'] },
  { name: 'solver', of: ['scheduler', 'solver'] },
  { name: 'eta', of: ['scheduler', 'eta'] },
  { name: 'cfgPlusPlus', of: ['scheduler', 'cfgPlusPlus'] },
];

const ksampler: Subgraph = {
  id: 'comfyui-ksampler',
  title: 'KSampler',
  help: 'ComfyUI’s sampler, with its noise, its noise levels and its meaning of denoise.',
  params: [
    { name: 'seed', of: ['noise', 'seed'] },
    ...sampler,
    { name: 'denoise', of: ['scheduler', 'strength'] },
    ...more,
  ],
  ...inside,
};

const advanced: Subgraph = {
  id: 'comfyui-ksampler-advanced',
  title: 'KSampler (Advanced)',
  help: 'ComfyUI’s sampler for a part of the steps: it may begin late, stop early and leave noise to the next one.',
  params: [
    { name: 'addNoise', of: ['noise', 'draw'] },
    { name: 'seed', of: ['noise', 'seed'] },
    ...sampler,
    { name: 'start', of: ['scheduler', 'firstStep'] },
    { name: 'end', of: ['scheduler', 'lastStep'] },
    { name: 'leftover', of: ['scheduler', 'leftover'] },
    ...more,
  ],
  ...inside,
};

/** Subgraphs that stand for nodes of ComfyUI, by their types. A graph that was imported brings along those that it has. */
export const ownSubgraphs: ReadonlyMap<string, Subgraph> = new Map(
  [text, lora, ksampler, advanced].map((subgraph) => [subgraphType(subgraph.id), subgraph]),
);
