import { produce } from 'immer';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type AnyNode, defineNode } from '../../core/define-node';
import { checkDocument, type Document, emptyDocument } from '../../core/document';
import { removal } from './bridge';
import { conversionBetween, convert } from './conversion';
import { fitsInto, insertion } from './insert';

const base = { version: 1, help: '', icon: '', params: z.object({}) };
const run = () => ({}) as never;
const registry = new Map<string, AnyNode>(
  [
    defineNode({ ...base, type: 't/noise', title: 'Noise', in: {}, out: { latent: 'latent' }, run }),
    defineNode({ ...base, type: 't/scale', title: 'Scale', in: { latent: 'latent' }, out: { latent: 'latent' }, run }),
    defineNode({
      ...base,
      type: 't/decode',
      title: 'Decode',
      in: { vae: 'vae', latent: 'latent' },
      out: { image: 'image' },
      run,
    }),
    defineNode({
      ...base,
      type: 't/decode-with',
      title: 'Decode with',
      in: { vae: 'vae', latent: 'latent', mask: 'mask' },
      out: { image: 'image' },
      run,
    }),
    defineNode({ ...base, type: 't/show', title: 'Show', in: { image: 'image' }, out: {}, run }),
  ].map((node) => [node.type, node]),
);

const graph = (ids: string[], wires: string[]): Document =>
  checkDocument({
    ...emptyDocument('d', 'D'),
    nodes: ids.map((name, i) => {
      const [id = '', type = id] = name.split(':');
      return { id, type: `t/${type}`, version: 1, at: [i * 100, 0], params: {} };
    }),
    wires: wires.map((wire) => {
      const [from, to] = wire.split(' > ').map((end) => end.split('.'));
      return { from, to };
    }),
  });
const wires = ({ wires: all }: Document) => all.map(({ from, to }) => `${from.join('.')} > ${to.join('.')}`);

describe('a node that is dropped on a wire', () => {
  const document = graph(['noise', 'decode', 'scale', 'show'], ['noise.latent > decode.latent']);

  it('stands in it', () => {
    const recipe = insertion(document, registry, 'decode latent', 'scale');
    expect(recipe && wires(produce(document, recipe))).toEqual([
      'noise.latent > scale.latent',
      'scale.latent > decode.latent',
    ]);
  });

  it('lies beside it where its kinds do not fit, or its input has a wire', () => {
    expect(insertion(document, registry, 'decode latent', 'show')).toBeUndefined();
    expect(fitsInto(document, registry, 'decode latent', registry.get('t/show') as AnyNode)).toBe(false);
    expect(fitsInto(document, registry, 'decode latent', registry.get('t/scale') as AnyNode)).toBe(true);
    const taken = graph(
      ['noise', 'decode', 'scale', 'other:noise'],
      ['noise.latent > decode.latent', 'other.latent > scale.latent'],
    );
    expect(insertion(taken, registry, 'decode latent', 'scale')).toBeUndefined();
  });

  it('makes no loop', () => {
    const behind = graph(
      ['noise', 'a:scale', 'b:scale', 'c:scale'],
      ['noise.latent > a.latent', 'a.latent > b.latent', 'c.latent > a.latent'].slice(1),
    );
    const recipe = insertion(behind, registry, 'a latent', 'b');
    expect(recipe).toBeUndefined();
  });
});

describe('a node that is deleted', () => {
  it('leaves what came to it to those it fed, through any number of nodes', () => {
    const document = graph(
      ['noise', 'a:scale', 'b:scale', 'decode'],
      ['noise.latent > a.latent', 'a.latent > b.latent', 'b.latent > decode.latent'],
    );
    expect(wires(produce(document, removal(document, registry, ['a', 'b'], new Set())))).toEqual([
      'noise.latent > decode.latent',
    ]);
    expect(wires(produce(document, removal(document, registry, ['noise'], new Set())))).toHaveLength(2);
    // A wire that is deleted with it passes nothing.
    expect(wires(produce(document, removal(document, registry, ['a'], new Set(['a latent']))))).toEqual([
      'b.latent > decode.latent',
    ]);
  });
});

describe('a conversion', () => {
  const document = graph(['noise', 'show'], []);

  it('is the node with one fitting input and a fitting output that needs the fewest wires', () => {
    const found = conversionBetween(document, registry, ['noise', 'latent'], ['show', 'image']);
    expect(found).toMatchObject({ definition: { type: 't/decode' }, input: 'latent', output: 'image' });
    const made = found && convert(document, registry, found, ['noise', 'latent'], ['show', 'image']);
    const converted = produce(document, made?.recipe ?? (() => {}));
    expect(wires(converted)).toEqual(['noise.latent > decode.latent', 'decode.image > show.image']);
    expect(converted.nodes[2]?.at).toEqual([50, 0]);
  });

  it('is not offered where the kinds fit already', () => {
    const fitting = graph(['noise', 'scale'], []);
    expect(conversionBetween(fitting, registry, ['noise', 'latent'], ['scale', 'latent'])).toBeUndefined();
  });
});
