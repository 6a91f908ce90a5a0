import samplerFile from '../../../subgraphs/sampler.weft.json?raw';
import { checkDocument, type Document, type DocumentNode, parseDocument, type WireEnd } from '../../core/document';
import { parseSeed } from '../../diffusion/random';
import type { Imported, ImportOptions } from '../comfyui/import';
import { Reporter } from '../comfyui/report';
import type { Parameters } from './parameters';

/** Its samplers, by name without the schedule; the last two keep to the timesteps of the training. */
const samplers: Readonly<Record<string, string>> = {
  Euler: 'euler',
  'Euler a': 'euler-ancestral',
  LMS: 'lms',
  Heun: 'heun',
  DPM2: 'dpm2',
  'DPM2 a': 'dpm2-ancestral',
  'DPM++ 2S a': 'dpmpp-2s-ancestral',
  'DPM++ 2M': 'dpmpp-2m',
  'DPM++ SDE': 'dpmpp-sde',
  'DPM++ 2M SDE': 'dpmpp-2m-sde',
  'DPM++ 3M SDE': 'dpmpp-3m-sde',
  UniPC: 'unipc',
  DDIM: 'ddim',
  PLMS: 'pndm',
  LCM: 'lcm',
};

const ownLevels = new Set(['ddim', 'pndm', 'lcm']);

const schedules: Readonly<Record<string, string>> = {
  Automatic: 'comfyui-normal',
  Uniform: 'comfyui-normal',
  Normal: 'comfyui-normal',
  Karras: 'comfyui-karras',
  Exponential: 'comfyui-exponential',
  'SGM Uniform': 'comfyui-sgm_uniform',
  Simple: 'comfyui-simple',
  DDIM: 'comfyui-ddim_uniform',
  Beta: 'comfyui-beta',
  'KL Optimal': 'comfyui-kl_optimal',
};

interface Sampling {
  readonly sampler: string;
  readonly scheduler: string;
}

function samplingOf(settings: Parameters['settings'], reporter: Reporter): Sampling {
  const written = settings.get('Sampler') ?? 'Euler a';
  const [, name = written, suffix] = /^(.*?)(?: (Karras|Exponential))?$/.exec(written) ?? [];
  const sampler = Object.hasOwn(samplers, name) ? samplers[name] : undefined;
  if (!sampler) reporter.remark(`Weft has no sampler ${name}; it is DPM++ 2M here until you choose another.`);
  const asked = settings.get('Schedule type') ?? suffix ?? 'Automatic';
  const scheduler = Object.hasOwn(schedules, asked) ? schedules[asked] : undefined;
  if (!scheduler) reporter.remark(`Weft has no schedule ${asked}; the noise levels are those of Automatic.`);
  const chosen = sampler ?? 'dpmpp-2m';
  return { sampler: chosen, scheduler: ownLevels.has(chosen) ? 'default' : (scheduler ?? 'comfyui-normal') };
}

const within = (text: string | undefined, least: number, most: number, fallback: number): number => {
  const value = Number(text);
  return text !== undefined && Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : fallback;
};

function seedOf(text: string | undefined): number | string {
  try {
    const seed = parseSeed(text ?? '');
    return seed <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(seed) : String(seed);
  } catch {
    return 42;
  }
}

/** `<lora:name:weight>` in a prompt; what is left is the prompt. */
function lorasIn(prompt: string): {
  readonly text: string;
  readonly loras: readonly { name: string; weight: number }[];
} {
  const loras: { name: string; weight: number }[] = [];
  const text = prompt.replace(
    /<(?:lora|lyco):([^:<>]+)(?::(-?[\d.]+))?[^<>]*>/g,
    (_, name: string, weight?: string) => {
      if (loras.length < 32) loras.push({ name, weight: within(weight, -10, 10, 1) });
      return '';
    },
  );
  return { text: text.trim(), loras };
}

/** Adds nodes and wires, from left to right. */
class Draft {
  readonly nodes: DocumentNode[] = [];
  readonly wires: { from: WireEnd; to: WireEnd }[] = [];

  add(
    id: string,
    type: string,
    at: [number, number],
    params: Record<string, string | number | boolean>,
    title?: string,
  ): string {
    this.nodes.push({ id, type, version: 1, at, params, ...(title && { title }) });
    return id;
  }

  wire(from: WireEnd, to: WireEnd): void {
    this.wires.push({ from, to });
  }
}

/** A graph that makes what a picture of AUTOMATIC1111 says it was made with. */
export function importParameters({ prompt, negative, settings }: Parameters, options: ImportOptions): Imported {
  const reporter = new Reporter();
  const draft = new Draft();
  const named = (file: string, kinds: readonly ['checkpoint'] | readonly ['lora'] | readonly ['vae']) => {
    const found = options.model?.(file, kinds);
    reporter.model({ file, kinds, ...(found !== undefined && { found }) });
    return (found ?? file) as string;
  };
  const model = settings.get('Model');
  draft.add('checkpoint', 'models/checkpoint', [0, 0], model ? { model: named(model, ['checkpoint']) } : {});
  let unet: WireEnd = ['checkpoint', 'unet'];
  let encoder: WireEnd = ['checkpoint', 'encoder'];
  let vae: WireEnd = ['checkpoint', 'vae'];
  const vaeName = settings.get('VAE');
  if (vaeName && vaeName !== 'Automatic' && vaeName !== 'None') {
    draft.add('vae', 'models/vae', [0, 240], { model: named(vaeName, ['vae']) });
    vae = ['vae', 'vae'];
  }
  const { text, loras } = lorasIn(prompt);
  for (const [i, { name, weight }] of loras.entries()) {
    const file = draft.add(`lora-${i + 1}`, 'models/lora', [260, -200 * (i + 1)], { model: named(name, ['lora']) });
    const apply = draft.add(`apply-${i + 1}`, 'models/apply-lora', [480, -200 * (i + 1)], {
      strength: weight,
      textStrength: weight,
    });
    draft.wire(unet, [apply, 'unet']);
    draft.wire(encoder, [apply, 'encoder']);
    draft.wire([file, 'lora'], [apply, 'lora']);
    [unet, encoder] = [
      [apply, 'unet'],
      [apply, 'encoder'],
    ];
  }
  const clipSkip = Math.round(within(settings.get('Clip skip'), 1, 12, 1));
  for (const [id, words, title, y] of [
    ['prompt', text, 'Prompt', 0],
    ['negative', negative, 'Negative prompt', 260],
  ] as const) {
    draft.add(id, 'text/prompt', [260, y], { text: words.slice(0, 20_000) }, title);
    draft.add(`${id}-text`, 'text/text-encoder', [500, y], { syntax: 'a1111', clipSkip });
    draft.wire(encoder, [`${id}-text`, 'encoder']);
    draft.wire([id, 'text'], [`${id}-text`, 'text']);
  }
  const [, across = '512', down = '512'] = /^(\d+)\s*x\s*(\d+)$/.exec(settings.get('Size') ?? '') ?? [];
  const pixels = (value: string) => 8 * Math.round(within(value, 64, 4096, 512) / 8);
  const common = {
    ...samplingOf(settings, reporter),
    seed: seedOf(settings.get('Seed')),
    steps: Math.round(within(settings.get('Steps'), 1, 1000, 20)),
    cfg: within(settings.get('CFG scale'), 0, 100, 7),
  };
  const sample = (id: string, x: number, params: Record<string, string | number>) => {
    draft.add(id, 'subgraph/sampler', [x, 0], params);
    draft.wire(unet, [id, 'model']);
    draft.wire(['prompt-text', 'conditioning'], [id, 'positive']);
    draft.wire(['negative-text', 'conditioning'], [id, 'negative']);
  };
  sample('sampler', 760, { ...common, width: pixels(across), height: pixels(down) });
  let latent: WireEnd = ['sampler', 'latent'];
  const scale = within(settings.get('Hires upscale'), 1, 8, 1);
  const denoise = within(settings.get('Denoising strength'), 0.01, 1, 1);
  if (scale > 1) {
    draft.add('upscale', 'latent/upscale', [1020, 0], { scale, method: 'bilinear' });
    draft.wire(latent, ['upscale', 'latent']);
    const steps = Math.round(within(settings.get('Hires steps'), 0, 1000, 0)) || common.steps;
    sample('second', 1260, { ...common, steps, denoise });
    draft.wire(['upscale', 'latent'], ['second', 'latent']);
    latent = ['second', 'latent'];
    const upscaler = settings.get('Hires upscaler') ?? '';
    if (!upscaler.startsWith('Latent'))
      reporter.remark(
        `Its upscaler ${upscaler || 'of the second pass'} is not in Weft: the latent is stretched instead.`,
      );
  } else if (settings.has('Denoising strength'))
    reporter.remark(
      `It started from a picture, which it does not carry: load it, wire it through VAE encode into the sampler, and set denoise to ${denoise}.`,
    );
  const x = scale > 1 ? 1520 : 1020;
  draft.add('decode', 'image/vae-decode', [x, 0], {});
  draft.wire(vae, ['decode', 'vae']);
  draft.wire(latent, ['decode', 'latent']);
  draft.add('preview', 'image/preview', [x + 220, 0], {});
  draft.wire(['decode', 'image'], ['preview', 'image']);
  reporter.remark(
    'AUTOMATIC1111 draws its noise on the graphics card by default: the same seed gives another picture here.',
  );
  for (const name of ['ADetailer model', 'ControlNet 0', 'Refiner', 'Tiling', 'Face restoration'])
    if (settings.has(name)) reporter.remark(`${name} was used, and is left out.`);
  for (const { id, type } of draft.nodes) reporter.count(true, type, id);
  return { document: documentOf(draft, options), report: reporter.report('AUTOMATIC1111 parameters') };
}

function documentOf({ nodes, wires }: Draft, { id, title }: ImportOptions): Document {
  return checkDocument({
    format: 'weft',
    version: 1,
    id,
    name: title.slice(0, 200),
    nodes,
    wires,
    subgraphs: parseDocument(samplerFile).subgraphs,
  });
}
