import { produce } from 'immer';
import { expect, it } from 'vitest';
import { registry } from '../../../nodes/registry';
import { checkDocument, type Document, type DocumentNode, emptyDocument } from '../../core/document';
import { findProblems } from '../../engine/problems/find-problems';
import { fixFor } from '../../engine/problems/fix';
import { mend } from './mend';

const node = (id: string, type: string, more: Partial<DocumentNode> = {}): DocumentNode => ({
  id,
  type,
  version: registry.get(type)?.version ?? 1,
  at: [0, 0],
  params: {},
  ...more,
});
const wire = (text: string): Document['wires'][number] => {
  const [from, to] = text.split(' > ').map((end) => end.split('.') as [string, string]);
  return { from: from as [string, string], to: to as [string, string] };
};

/** A picture that is encoded, decoded and shown. */
const graph = (nodes: readonly DocumentNode[], wires: readonly string[]): Document => ({
  ...emptyDocument('g', 'G'),
  nodes: [
    node('load', 'image/load-image', { params: { file: 'sha256:0/a.png' } }),
    node('models', 'models/checkpoint'),
    node('show', 'image/preview'),
    ...nodes,
  ],
  wires: wires.map(wire),
});

const round = [
  'load.image > resize.image',
  'resize.image > encode.image',
  'encode.latent > decode.latent',
  'decode.image > show.image',
];
const parts = (width: number) => [
  node('resize', 'image/resize-image', { params: { width, height: 64 } }),
  node('encode', 'image/vae-encode'),
  node('decode', 'image/vae-decode'),
];

it.each<[string, Document, string[]]>([
  [
    'a parameter that is out of bounds',
    graph(
      [node('crop', 'image/crop', { params: { width: 9999 } })],
      ['load.image > crop.image', 'crop.image > show.image'],
    ),
    ['Use its default'],
  ],
  [
    'a muted node',
    graph([node('crop', 'image/crop', { muted: true })], ['load.image > crop.image', 'crop.image > show.image']),
    ['Unmute'],
  ],
  [
    'a wire that goes nowhere, and the missing one',
    graph([], ['load.nothing > show.image']),
    ['Remove the wire', 'Wire Load image'],
  ],
  ['missing models', graph(parts(64), round), ['Wire Checkpoint', 'Wire Checkpoint']],
  [
    'a size that does not divide into latents',
    graph(parts(100), [...round, 'models.vae > encode.vae', 'models.vae > decode.vae']),
    ['Put Resize image before it'],
  ],
  ['a missing picture', { ...graph([], []), nodes: [node('show', 'image/preview')] }, ['Add Load image']],
])(
  '%s is mended, one change after the other, until nothing but what only a person knows is left',
  (_, broken, labels) => {
    let document = broken;
    const done: string[] = [];
    for (let i = 0; i < 4; i++) {
      const [problem] = findProblems(document, registry).found.filter(({ hint }) => !hint);
      const fix = problem && fixFor(document, registry, problem);
      if (!fix) break;
      document = checkDocument(produce(document, mend(fix, registry)));
      done.push(fix.label);
    }
    expect(done).toEqual(labels);
    const left = findProblems(document, registry).found.filter(({ hint }) => !hint);
    expect(left.map(({ what }) => what).filter((what) => what !== 'No picture is chosen.')).toEqual([]);
  },
);
