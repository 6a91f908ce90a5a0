import { describe, expect, it } from 'vitest';
import textToImage from '../../../graphs/text-to-image.weft.json?raw';
import { registry } from '../../../nodes/registry';
import { type Document, type DocumentNode, emptyDocument, parseDocument } from '../../core/document';
import { findProblems } from './find-problems';
import { fixFor } from './fix';

const template = parseDocument(textToImage);
const typed = (type: string) => template.nodes.find((node) => node.type === type) as DocumentNode;

/** The template with some nodes changed. */
const changed = (
  changes: Readonly<Record<string, Partial<DocumentNode>>>,
  extra: Partial<Document> = {},
): Document => ({
  ...template,
  nodes: template.nodes.map((node) => ({ ...node, ...changes[node.id] })),
  ...extra,
});

const node = (id: string, type: string, params: DocumentNode['params'] = {}): DocumentNode => ({
  id,
  type,
  version: registry.get(type)?.version ?? 1,
  at: [0, 0],
  params,
});
const wire = (text: string): Document['wires'][number] => {
  const [from, to] = text.split(' > ').map((end) => end.split('.') as [string, string]);
  return { from: from as [string, string], to: to as [string, string] };
};
const graph = (nodes: readonly DocumentNode[], wires: readonly string[]): Document => ({
  ...emptyDocument('g', 'G'),
  nodes: [...nodes],
  wires: wires.map(wire),
});

describe('a graph that can run', () => {
  it('has no problem, and all of its targets can run', () => {
    const { found, targets, runnable } = findProblems(template, registry);
    expect(found).toEqual([]);
    expect(runnable).toEqual(targets);
    expect(targets.length).toBeGreaterThan(0);
  });
});

describe('problems', () => {
  it('are found all at once, in every node, with what to do', () => {
    const noise = typed('latent/noise');
    const wires = template.wires.filter(({ to }) => to[0] !== typed('image/vae-decode').id);
    const { found, runnable } = findProblems(
      changed(
        {
          [noise.id]: { params: { ...noise.params, width: 500, height: 130 } },
          [typed('sampling/scheduler').id]: { params: { steps: 0, nonsense: 1 } },
          [typed('text/text-encoder').id]: { type: 'custom/glow-up' },
        },
        { wires },
      ),
      registry,
    );
    expect(runnable).toEqual([]);
    // Nobody needs what comes before the wires that were cut.
    expect(found.map(({ node: id, port, hint }) => `${id} ${port}${hint ? ', a hint' : ''}`).toSorted()).toEqual(
      [
        `${typed('image/vae-decode').id} vae`,
        `${typed('image/vae-decode').id} latent`,
        `${noise.id} width, a hint`,
        `${typed('sampling/scheduler').id} nonsense, a hint`,
        `${typed('text/text-encoder').id} undefined, a hint`,
      ].toSorted(),
    );
    expect(found.map(({ what }) => what)).toContain('Weft has no node of the type custom/glow-up.');
  });

  it('leave the targets alone that do not depend on them', () => {
    const document = graph(
      [
        node('load', 'image/load-image', { file: 'sha256:0/a.png' }),
        node('good', 'image/preview'),
        node('crop', 'image/crop'),
        node('bad', 'image/preview'),
      ],
      ['load.image > good.image', 'crop.image > bad.image'],
    );
    const { found, runnable } = findProblems(document, registry);
    expect(found).toMatchObject([{ node: 'crop', port: 'image', hint: false }]);
    expect(runnable).toEqual(['good']);
  });

  it('say that a model is not here, where it is known which ones are, and take the one that is built in', () => {
    const checkpoint = typed('models/checkpoint');
    const reference = { hash: `sha256:${'0'.repeat(64)}`, name: 'dreams.safetensors' };
    const document = changed({ [checkpoint.id]: { params: { model: reference } } });
    expect(findProblems(document, registry).found).toEqual([]);
    expect(findProblems(document, registry, { models: new Set([reference.hash]) }).found).toEqual([]);
    expect(findProblems(document, registry, { models: new Set() }).found).toMatchObject([
      {
        node: checkpoint.id,
        port: 'model',
        what: 'The model dreams.safetensors is not here.',
        fix: { do: 'set', label: 'Use tiny', params: { model: undefined } },
      },
    ]);
  });

  it('name the muted node that another one needs', () => {
    const { found, runnable } = findProblems(changed({ [typed('latent/noise').id]: { muted: true } }), registry);
    expect(found).toMatchObject([{ fix: { do: 'enable', label: 'Unmute', node: typed('latent/noise').id } }]);
    expect(runnable).toEqual([]);
  });

  it('count an empty prompt as a hint, and an empty negative one not at all', () => {
    const prompts = template.nodes.filter(({ type }) => type === 'text/prompt');
    const document = changed(Object.fromEntries(prompts.map(({ id }) => [id, { params: { text: ' ' } }])));
    const { found, runnable, targets } = findProblems(document, registry);
    expect(found).toMatchObject([{ hint: true, what: expect.stringMatching(/^Prompt is empty/) }]);
    expect(runnable).toEqual(targets);
  });
});

describe('sizes', () => {
  const size = (id: string, width: number, height: number) => node(id, 'latent/noise', { width, height });

  it('are rounded to what divides into latents', () => {
    const document = graph([size('noise', 500, 512), node('decode', 'image/vae-decode')], []);
    expect(findProblems(document, registry, { targets: ['noise'] }).found[0]).toMatchObject({
      node: 'noise',
      port: 'width',
      what: 'A width of 500 px does not divide into latents of 8 px.',
      fix: { do: 'set', label: 'Set 504', node: 'noise', params: { width: 504, height: 512 } },
    });
  });

  it('that arrive by wire are known where they come from a number', () => {
    const integer = node('side', 'numbers/integer', { value: 100 });
    const document = graph([integer, size('noise', 512, 512)], ['side.integer > noise.width']);
    const [found] = findProblems(document, registry, { targets: ['noise'] }).found;
    expect(found).toMatchObject({ port: 'width', what: 'A width of 100 px does not divide into latents of 8 px.' });
    expect(found?.fix).toBeUndefined();
  });

  it('are followed through pictures and latents to where two of them meet', () => {
    const document = graph(
      [
        size('a', 512, 512),
        size('b', 256, 384),
        node('up', 'latent/upscale', { scale: 2 }),
        node('both', 'latent/batch'),
      ],
      ['b.latent > up.latent', 'a.latent > both.first', 'up.latent > both.second'],
    );
    expect(findProblems(document, registry).found).toMatchObject([
      {
        node: 'both',
        port: 'second',
        what: 'The latents of a batch must have one size; here are 64 × 64 and 64 × 96 cells.',
      },
    ]);
  });

  it('of noise and picture are brought together at the node where the noise begins', () => {
    const document = graph(
      [
        node('load', 'image/load-image', { file: 'sha256:0/a.png' }),
        node('resize', 'image/resize-image', { width: 320, height: 256 }),
        node('models', 'models/checkpoint'),
        node('encode', 'image/vae-encode'),
        size('noise', 512, 512),
        node('schedule', 'sampling/scheduler'),
        node('start', 'sampling/denoise-start'),
        node('end', 'sampling/denoise-end'),
      ],
      [
        'load.image > resize.image',
        'resize.image > encode.image',
        'models.vae > encode.vae',
        'encode.latent > start.picture',
        'noise.latent > start.noise',
        'schedule.schedule > start.schedule',
        'start.latent > end.latent',
      ],
    );
    const zoned = { ...document, zones: [{ id: 'z', start: 'start', end: 'end' }] };
    expect(findProblems(zoned, registry).found).toMatchObject([
      {
        node: 'start',
        port: 'picture',
        fix: { do: 'set', node: 'noise', label: 'Set 320 × 256', params: { width: 320, height: 256 } },
      },
    ]);
    const odd = {
      ...zoned,
      nodes: zoned.nodes.map((n) => (n.id === 'resize' ? { ...n, params: { width: 300, height: 256 } } : n)),
    };
    expect(findProblems(odd, registry).found).toMatchObject([
      {
        node: 'encode',
        port: 'image',
        fix: { do: 'insert', type: 'image/resize-image', params: { width: 304, height: 256 } },
      },
    ]);
  });
});

describe('an input that is not wired', () => {
  const problem = { node: 'decode', port: 'vae', what: '' };

  it('gets the one node that fits, or a new one', () => {
    const decode = node('decode', 'image/vae-decode');
    expect(fixFor(graph([decode], []), registry, problem)).toMatchObject({
      do: 'add',
      type: 'models/checkpoint',
      output: 'vae',
    });
    expect(fixFor(graph([decode, node('models', 'models/checkpoint')], []), registry, problem)).toMatchObject({
      do: 'wire',
      label: 'Wire Checkpoint',
      from: ['models', 'vae'],
      to: ['decode', 'vae'],
    });
  });

  it('gets the one whose output nobody reads, where several fit', () => {
    const nodes = [
      node('first', 'models/checkpoint'),
      node('second', 'models/checkpoint'),
      node('other', 'image/vae-decode'),
      node('decode', 'image/vae-decode'),
    ];
    expect(fixFor(graph(nodes, ['first.vae > other.vae']), registry, problem)).toMatchObject({
      from: ['second', 'vae'],
    });
  });

  it.each([
    ['image/preview', 'image', 'image/load-image'],
    ['image/vae-decode', 'latent', 'latent/noise'],
    ['sampling/unet-step', 'conditioning', 'text/text-encoder'],
    ['text/text-encoder', 'text', 'text/prompt'],
    ['sampling/denoise-start', 'schedule', 'sampling/scheduler'],
  ])('of %s, %s, is fed by %s', (type, port, source) => {
    expect(fixFor(graph([node('it', type)], []), registry, { node: 'it', port, what: '' })).toMatchObject({
      type: source,
    });
  });
});

describe('a subgraph', () => {
  const inside: NonNullable<Document['subgraphs']>[number] = {
    id: 'pair',
    title: 'Pair',
    inputs: [{ name: 'picture', kind: 'image' }],
    outputs: [{ name: 'cut', kind: 'image' }],
    params: [],
    nodes: [
      node('in', 'subgraph/inputs'),
      node('crop', 'image/crop'),
      node('out', 'subgraph/outputs'),
      node('odd', 'who/knows'),
    ],
    wires: ['in.picture > crop.image', 'crop.image > out.cut'].map(wire),
    zones: [],
    frames: [],
  };

  it('tells of a missing input at its instance, and of nothing inside that no run needs', () => {
    const document = {
      ...graph([node('it', 'subgraph/pair'), node('show', 'image/preview')], ['it.cut > show.image']),
      subgraphs: [inside],
    };
    const { found, runnable } = findProblems(document, registry);
    expect(found.filter(({ hint }) => !hint)).toMatchObject([
      { node: 'it', port: 'picture', what: 'Pair: picture is not wired.' },
    ]);
    expect(runnable).toEqual([]);
    expect(fixFor(document, registry, { node: 'it', port: 'picture', what: '' })).toMatchObject({
      type: 'image/load-image',
    });
  });
});
