import template from '../graphs/text-to-image.weft.json?raw';
import { type Document, type DocumentNode, parseDocument, type WireEnd } from '../src/core/document';
import recorded from './reference/pictures/pictures.json';

/** Settings of a picture that reference/make_pictures.py recorded. */
export interface Case {
  readonly model: string;
  readonly sampler: string;
  readonly steps: number;
  readonly guidance: number;
  readonly negative: string;
  readonly width?: number;
  readonly height?: number;
  readonly karras?: boolean;
  readonly eta?: number;
  readonly count?: number;
  readonly seeds?: readonly string[];
  readonly rescale?: number;
  readonly strength?: number;
  readonly encode?: 'sample';
  readonly inpaint?: boolean;
}

export const caseNames = Object.keys(recorded.cases);

export type Params = DocumentNode['params'];

/** The template with parameters changed, wires added or moved, and nodes more. */
export class Sketch {
  readonly #nodes: DocumentNode[] = [];
  #wires: { from: WireEnd; to: WireEnd }[];
  readonly #base = parseDocument(template);

  constructor(edits: Readonly<Record<string, Params>>) {
    for (const node of this.#base.nodes) this.#nodes.push({ ...node, params: { ...node.params, ...edits[node.id] } });
    this.#wires = [...this.#base.wires];
  }

  /** `inputs`: port -> "node.port". */
  add(id: string, type: string, inputs: Readonly<Record<string, string>>, params: Params = {}): this {
    this.#nodes.push({ id, type, version: 1, at: [0, 0], params });
    for (const [port, from] of Object.entries(inputs)) this.wire(from, `${id}.${port}`);
    return this;
  }

  /** An input that has a wire already gets this one instead. */
  wire(from: string, to: string): this {
    this.unwire(to);
    this.#wires.push({ from: from.split('.') as [string, string], to: to.split('.') as [string, string] });
    return this;
  }

  unwire(to: string): this {
    this.#wires = this.#wires.filter((wire) => wire.to.join('.') !== to);
    return this;
  }

  get document(): Document {
    return { ...this.#base, nodes: this.#nodes, wires: this.#wires };
  }
}

/** The graph that makes what diffusers' pipeline made in the recorded case. */
export function graphFor(name: string): Document {
  const settings = (recorded.cases as Record<string, Case>)[name] as Case;
  return graphOf(settings, settings.model === 'inpainting-sharded');
}

/** The graph that makes what diffusers' pipeline makes with the same settings. `looksAtMask`: the UNet has 9 channels. */
export function graphOf(settings: Case, looksAtMask: boolean): Document {
  const { width = recorded.width, height = recorded.height, strength = 1 } = settings;
  const sketch = new Sketch({
    prompt: { text: recorded.prompt },
    negative: { text: settings.negative },
    checkpoint: { model: settings.model },
    noise: { seed: recorded.seed, seeds: settings.seeds?.join(', ') ?? '', width, height, count: settings.count ?? 1 },
    scheduler: {
      sampler: settings.sampler,
      steps: settings.steps,
      sigmas: settings.karras ? 'karras' : 'default',
      ...(settings.eta !== undefined && { eta: settings.eta }),
      strength,
    },
    cfg: { scale: settings.guidance, rescale: settings.rescale ?? 0 },
  });
  sketch.wire('checkpoint.vae', 'noise.vae').wire('checkpoint.unet', 'scheduler.unet');
  if (settings.strength === undefined) return sketch.document;

  const part = { width, height };
  sketch.add('load', 'image/load-image', {}, { file: 'pictures/start.png' });
  sketch.add('picture', 'image/crop', { image: 'load.image' }, { left: 0, top: 0, ...part });
  const draws = settings.encode === 'sample' || settings.inpaint;
  if (!looksAtMask || strength < 1) {
    // diffusers draws the encoder's sample first and goes on with the noise.
    const encoding = { take: draws ? 'sample' : 'mean', seed: recorded.seed };
    sketch.add('encode', 'image/vae-encode', { vae: 'checkpoint.vae', image: 'picture.image' }, encoding);
    sketch.wire('encode.latent', 'noise.after');
    if (settings.count) sketch.add('repeated', 'latent/repeat', { latent: 'encode.latent' }, { count: settings.count });
    if (strength < 1) sketch.wire(settings.count ? 'repeated.latent' : 'encode.latent', 'start.picture');
  }
  if (!settings.inpaint) return sketch.document;

  sketch.add('load-mask', 'mask/load-mask', {}, { file: 'pictures/mask.png' });
  sketch.add('mask-image', 'mask/to-image', { mask: 'load-mask.mask' });
  sketch.add('mask-part', 'image/crop', { image: 'mask-image.image' }, { left: 16, top: 4, ...part });
  sketch.add('mask', 'mask/from-image', { image: 'mask-part.image' }, { channel: 'red' });
  // Every inpainting pipeline encodes the greyed picture after the noise is drawn, also where nothing looks at it.
  sketch.add('grey', 'image/grey-out', { image: 'picture.image', mask: 'mask.mask' });
  sketch.add(
    'masked',
    'image/vae-encode',
    { vae: 'checkpoint.vae', image: 'grey.image', after: 'noise.latent' },
    { take: 'sample' },
  );
  sketch.add('streamed', 'latent/stream', { latent: 'noise.latent', after: 'masked.latent' });
  sketch.wire('streamed.latent', 'start.noise');
  if (looksAtMask) {
    for (const step of ['unet-prompt', 'unet-negative'])
      sketch.wire('mask.mask', `${step}.mask`).wire('masked.latent', `${step}.masked`);
  } else {
    sketch.add('kept', 'latent/add-noise', { latent: 'encode.latent', noise: 'noise.latent', step: 'start.step' });
    sketch.add('blend', 'latent/mask-blend', { outside: 'kept.latent', inside: 'sampler.latent', mask: 'mask.mask' });
    sketch.wire('blend.latent', 'end.latent');
  }
  return sketch.document;
}
