import fc from 'fast-check';
import { expect, it } from 'vitest';
import { registry } from '../../../nodes/registry';
import { type Document, emptyDocument } from '../../core/document';
import { graphOf } from '../../core/graph';
import { type Box, holds } from '../document/boxes';
import { partsOf } from '../document/parts';
import { type Arranged, arrangeGraph } from './arrange-graph';
import { frameContents, wholeFrames } from './blocks';

interface Case {
  readonly document: Document;
  readonly boxes: ReadonlyMap<string, Box>;
}

const place = fc.tuple(fc.integer({ min: 0, max: 1600 }), fc.integer({ min: 0, max: 900 }));
const size = fc.tuple(fc.integer({ min: 60, max: 300 }), fc.integer({ min: 30, max: 260 }));

/** A graph without loops: wires go from earlier nodes to later ones, and some pairs of nodes are the ends of zones. */
const graphs = (frames: number, zones = 2): fc.Arbitrary<Case> =>
  fc
    .record({
      nodes: fc.array(fc.tuple(place, size), { minLength: 1, maxLength: 24 }),
      wires: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(3)), { maxLength: 40 }),
      zones: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: zones }),
      frames: fc.array(
        fc.tuple(place, fc.tuple(fc.integer({ min: 200, max: 1200 }), fc.integer({ min: 200, max: 900 }))),
        {
          maxLength: frames,
        },
      ),
      notes: fc.array(fc.tuple(place, size), { maxLength: 4 }),
    })
    .map(({ nodes, wires, zones: pairs, frames: rectangles, notes }) => {
      const ends = new Map<number, 'start' | 'end'>();
      const document = emptyDocument('test', 'Test');
      for (const [a, b] of pairs) {
        const [i, j] = [a % nodes.length, b % nodes.length].sort((x, y) => x - y) as [number, number];
        if (i === j || ends.has(i) || ends.has(j)) continue;
        ends.set(i, 'start').set(j, 'end');
        document.zones.push({ id: `zone-${i}`, start: `node-${i}`, end: `node-${j}` });
      }
      const boxes = new Map<string, Box>();
      const put = (id: string, [at, [width, height]]: readonly [[number, number], [number, number]]) => {
        boxes.set(id, { x: at[0], y: at[1], width, height });
        return { id, at, size: [width, height] as [number, number] };
      };
      for (const [i, drawn] of nodes.entries()) {
        const end = ends.get(i);
        const type = end ? `sampling/denoise-${end}` : 'numbers/number';
        document.nodes.push({ ...put(`node-${i}`, drawn), type, version: 1, params: {} });
      }
      for (const [a, b, port] of wires) {
        const [i, j] = [a % nodes.length, b % nodes.length].sort((x, y) => x - y);
        if (i !== j) document.wires.push({ from: [`node-${i}`, `out-${port}`], to: [`node-${j}`, `in-${b}`] });
      }
      for (const [i, drawn] of rectangles.entries())
        document.frames.push({ ...put(`frame-${i}`, drawn), title: 'Frame' });
      document.notes = notes.map((drawn, i) => ({ ...put(`note-${i}`, drawn), text: '' }));
      return { document, boxes };
    });

const arrange = ({ document, boxes }: Case, chosen?: Iterable<string>) =>
  arrangeGraph(graphOf(document), registry, boxes, (_, port) => 30 + 10 * (Number(port.at(-1)) || 0), chosen);

/** Where everything is afterwards. */
function after({ boxes }: Case, { at, sizes }: Arranged): Map<string, Box> {
  return new Map(
    [...boxes].map(([id, box]) => {
      const [[x, y], [width, height]] = [at.get(id) ?? [box.x, box.y], sizes.get(id) ?? [box.width, box.height]];
      return [id, { x, y, width, height }];
    }),
  );
}

const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const get = (boxes: ReadonlyMap<string, Box>, id: string): Box => {
  const box = boxes.get(id);
  if (!box) throw new Error(`${id} was not placed.`);
  return box;
};

it('places no two nodes over each other and none over a frame that it is not in', () => {
  fc.assert(
    fc.property(graphs(0), (given) => {
      const boxes = after(given, arrange(given));
      const nodes = given.document.nodes.map(({ id }) => id);
      for (const [i, a] of nodes.entries())
        for (const b of nodes.slice(i + 1)) expect(overlap(get(boxes, a), get(boxes, b)), `${a} ${b}`).toBe(false);
    }),
    { numRuns: 80 },
  );
  // Frames that overlap are moved as they are, with whatever lies over whatever in them.
  fc.assert(
    fc.property(graphs(1), (given) => {
      const boxes = after(given, arrange(given));
      const contents = frameContents(given.document, given.boxes);
      for (const { id: frame } of given.document.frames)
        for (const { id } of given.document.nodes)
          if (!contents.get(frame)?.has(id))
            expect(overlap(get(boxes, frame), get(boxes, id)), `${frame} ${id}`).toBe(false);
    }),
    { numRuns: 60 },
  );
});

it('keeps in every frame what was in it', () => {
  fc.assert(
    fc.property(graphs(4), (given) => {
      const boxes = after(given, arrange(given));
      for (const [frame, inside] of frameContents(given.document, given.boxes))
        for (const id of inside) expect(holds(get(boxes, frame), get(boxes, id)), `${frame} ${id}`).toBe(true);
    }),
    { numRuns: 120 },
  );
});

it('goes from left to right along every wire', () => {
  fc.assert(
    fc.property(graphs(0), (given) => {
      const boxes = after(given, arrange(given));
      for (const { from, to } of given.document.wires) {
        const [source, target] = [get(boxes, from[0]), get(boxes, to[0])];
        expect(source.x + source.width, `${from[0]} ${to[0]}`).toBeLessThan(target.x);
      }
    }),
    { numRuns: 80 },
  );
});

it('moves what was chosen, with the frames around it, and lays it over nothing else', () => {
  fc.assert(
    fc.property(graphs(2), fc.nat(), (given, step) => {
      const every = 2 + (step % 3);
      const chosen = given.document.nodes.filter((_, i) => i % every === 0).map(({ id }) => id);
      const moved = wholeFrames(chosen, frameContents(given.document, given.boxes));
      const arranged = arrange(given, chosen);
      expect([...arranged.at.keys()].filter((id) => !moved.has(id))).toEqual([]);
      const boxes = after(given, arranged);
      const parts = partsOf(given.document).map(({ id }) => id);
      for (const a of parts.filter((id) => moved.has(id)))
        for (const b of parts.filter((id) => !moved.has(id)))
          expect(overlap(get(boxes, a), get(boxes, b)), `${a} ${b}`).toBe(false);
    }),
    { numRuns: 60 },
  );
});

it('keeps a zone in one piece: nothing else lies within its bounds', () => {
  fc.assert(
    fc.property(graphs(0, 1), (given) => {
      const boxes = after(given, arrange(given));
      const zone = given.document.zones[0];
      if (!zone) return;
      const { start, end } = zone;
      const graph = graphOf(given.document);
      const reached = new Set([start]);
      for (const { id } of given.document.nodes)
        if ((graph.into.get(id) ?? []).some(({ from }) => reached.has(from[0]) && from[0] !== end)) reached.add(id);
      const behind = new Set([end]);
      for (const { id } of given.document.nodes)
        if ((graph.into.get(id) ?? []).some(({ from }) => behind.has(from[0]))) behind.add(id);
      const members = new Set([...reached].filter((id) => id === end || !behind.has(id)).concat(end));
      // Where a wire leaves the zone beside its end there is no zone to keep.
      const leaves = given.document.wires.some(
        ({ from, to }) => from[0] !== end && reached.has(from[0]) && behind.has(to[0]) && to[0] !== end,
      );
      if (leaves) return;
      const inside = [...members].map((id) => get(boxes, id));
      const bounds = {
        x: Math.min(...inside.map(({ x }) => x)),
        y: Math.min(...inside.map(({ y }) => y)),
        right: Math.max(...inside.map(({ x, width }) => x + width)),
        bottom: Math.max(...inside.map(({ y, height }) => y + height)),
      };
      const hull = { x: bounds.x, y: bounds.y, width: bounds.right - bounds.x, height: bounds.bottom - bounds.y };
      for (const { id } of given.document.nodes)
        if (!members.has(id)) expect(overlap(hull, get(boxes, id)), id).toBe(false);
    }),
    { numRuns: 80 },
  );
});

it('crosses fewer wires than the graph did before', () => {
  const { document, boxes } = layers();
  const now = after({ document, boxes }, arrange({ document, boxes }));
  expect(crossed(document, now)).toBeLessThan(crossed(document, boxes));
  expect(crossed(document, now)).toBe(0);
});

/** Four chains of four nodes, whose layers are drawn upside down every other time. */
function layers(): Case {
  const document = emptyDocument('test', 'Test');
  const boxes = new Map<string, Box>();
  for (let chain = 0; chain < 4; chain++)
    for (let step = 0; step < 4; step++) {
      const [id, y] = [`n-${chain}-${step}`, 200 * (step % 2 ? 3 - chain : chain)];
      document.nodes.push({ id, type: 'numbers/number', version: 1, at: [300 * step, y], params: {} });
      boxes.set(id, { x: 300 * step, y, width: 120, height: 80 });
      if (step > 0) document.wires.push({ from: [`n-${chain}-${step - 1}`, 'o'], to: [id, 'i'] });
    }
  // One component, or each would be placed by itself.
  document.nodes.push({ id: 'end', type: 'numbers/number', version: 1, at: [1300, 300], params: {} });
  boxes.set('end', { x: 1300, y: 300, width: 120, height: 80 });
  for (let chain = 0; chain < 4; chain++)
    document.wires.push({ from: [`n-${chain}-3`, 'o'], to: ['end', `i-${chain}`] });
  return { document, boxes };
}

/** Pairs of wires that cross when they are drawn straight. */
function crossed({ wires }: Document, boxes: ReadonlyMap<string, Box>): number {
  const lines = wires.map(({ from, to }) => {
    const [a, b] = [get(boxes, from[0]), get(boxes, to[0])];
    return [a.x + a.width, a.y + 30, b.x, b.y + 30 + (Number(to[1].at(-1)) || 0)] as const;
  });
  const turn = (x1: number, y1: number, x2: number, y2: number, x: number, y: number) =>
    Math.sign((x2 - x1) * (y - y1) - (y2 - y1) * (x - x1));
  let count = 0;
  for (const [i, [x1, y1, x2, y2]] of lines.entries())
    for (const [x3, y3, x4, y4] of lines.slice(i + 1))
      if (
        turn(x1, y1, x2, y2, x3, y3) * turn(x1, y1, x2, y2, x4, y4) < 0 &&
        turn(x3, y3, x4, y4, x1, y1) * turn(x3, y3, x4, y4, x2, y2) < 0
      )
        count++;
  return count;
}
