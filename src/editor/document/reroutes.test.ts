import { produce } from 'immer';
import { describe, expect, it } from 'vitest';
import { checkDocument, type Document, emptyDocument, parseDocument, writeDocument } from '../../core/document';
import { plan } from '../../engine/plan';
import { registry } from '../registry';
import { addReroute, feedReroute, moveReroutes, removeReroutes, reroutesOf } from './reroutes';

const node = (id: string, type: string) => ({ id, type, version: 1, at: [0, 0], params: {} });
const base = checkDocument({
  ...emptyDocument('d', 'D'),
  nodes: [
    node('load', 'image/load-image'),
    node('other', 'image/load-image'),
    node('a', 'image/preview'),
    node('b', 'image/preview'),
  ],
  wires: [
    { from: ['load', 'image'], to: ['a', 'image'] },
    { from: ['load', 'image'], to: ['b', 'image'] },
  ],
});
const points = ({ wires }: Document) => wires.map(({ to, via }) => [to[0], via]);

/** One point that both wires share, and one more that only the wire to `a` has. */
const led = produce(base, (draft) => {
  for (const wire of draft.wires) wire.via = [[100, 50]];
  addReroute('a image', 1, [200.4, 60])(draft);
});

describe('a reroute', () => {
  it('is shared by the wires of one output that are led to it the same way', () => {
    expect(points(led)).toEqual([
      [
        'a',
        [
          [100, 50],
          [200, 60],
        ],
      ],
      ['b', [[100, 50]]],
    ]);
    expect([...reroutesOf(led).values()].map(({ id, to }) => [id, to.map(([name]) => name)])).toEqual([
      ['reroute:a:image:0', ['a', 'b']],
      ['reroute:a:image:1', ['a']],
    ]);
  });

  it('takes all its wires along when it is moved, and keeps its id', () => {
    const moved = produce(led, moveReroutes(new Map([['reroute:a:image:0', [120, 40] as const]])));
    expect(points(moved)).toEqual([
      [
        'a',
        [
          [120, 40],
          [200, 60],
        ],
      ],
      ['b', [[120, 40]]],
    ]);
    expect([...reroutesOf(moved).keys()]).toEqual([...reroutesOf(led).keys()]);
  });

  it('stays shared when another one is put before it', () => {
    const longer = produce(led, addReroute('b image', 0, [50, 0]));
    expect(points(longer)).toEqual([
      [
        'a',
        [
          [50, 0],
          [100, 50],
          [200, 60],
        ],
      ],
      [
        'b',
        [
          [50, 0],
          [100, 50],
        ],
      ],
    ]);
  });

  it('leaves the wires without a trace when it is removed', () => {
    const without = produce(led, removeReroutes(['reroute:a:image:0', 'reroute:a:image:1']));
    expect(without).toEqual(base);
  });

  it('is fed from another output with all that leaves it', () => {
    const [shared] = reroutesOf(led).values();
    const fed = produce(led, shared ? feedReroute(shared, ['other', 'image'], [[9, 9]]) : () => {});
    expect(fed.wires).toEqual([
      {
        from: ['other', 'image'],
        to: ['a', 'image'],
        via: [
          [9, 9],
          [100, 50],
          [200, 60],
        ],
      },
      {
        from: ['other', 'image'],
        to: ['b', 'image'],
        via: [
          [9, 9],
          [100, 50],
        ],
      },
    ]);
  });

  it('is kept in files, and runs do not see it', () => {
    expect(parseDocument(writeDocument(led))).toEqual(led);
    expect(plan(led, registry)).toEqual(plan(base, registry));
  });
});
