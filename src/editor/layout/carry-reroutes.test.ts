import { expect, it } from 'vitest';
import { parseDocument } from '../../core/document';
import { carriedReroutes } from './carry-reroutes';

const node = (id: string, x: number) => ({ id, type: 'numbers/number', version: 1, at: [x, 0], params: {} });
const document = parseDocument(
  JSON.stringify({
    format: 'weft',
    version: 1,
    id: 'test',
    name: 'Test',
    nodes: [node('a', 0), node('b', 400)],
    wires: [{ from: ['a', 'number'], to: ['b', 'value'], via: [[150, 80]] }],
    zones: [],
    frames: [],
  }),
);
const boxes = new Map([
  ['a', { x: 0, y: 0, width: 100, height: 50 }],
  ['b', { x: 400, y: 0, width: 100, height: 50 }],
]);

it('a reroute goes along with what its wire joins, the more with the nearer end', () => {
  const carried = (at: readonly (readonly [string, [number, number]])[]) => [
    ...carriedReroutes(document, boxes, new Map(at)).values(),
  ];
  const all: [number, number] = [40, 8];
  expect(carried([])).toEqual([[150, 80]]);
  expect(
    carried([
      ['a', all],
      ['b', [440, 8]],
    ]),
  ).toEqual([[190, 88]]);
  // It lies a quarter of the way from a to b.
  expect(carried([['b', [500, 40]]])).toEqual([[175, 90]]);
});
