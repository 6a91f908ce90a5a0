import { beforeEach, expect, it } from 'vitest';
import { emptyDocument } from '../../core/document';
import { append, move, nextEntry, queueStore, removeWhere, runningEntry, update } from './queue-store';

const graph = emptyDocument('g', 'G');
const add = (seed: string) =>
  append({
    graph,
    targets: undefined,
    seeds: [{ node: 'n', name: 'seed', value: seed }],
    before: [],
    gesture: '',
    live: false,
  });
const order = () => queueStore.getState().entries.map(({ seeds }) => seeds[0]?.value);
const idOf = (seed: string) => queueStore.getState().entries.find(({ seeds }) => seeds[0]?.value === seed)?.id ?? -1;

beforeEach(() => {
  queueStore.setState({ entries: [] });
  for (const seed of ['a', 'b', 'c', 'd']) add(seed);
  update(idOf('a'), { state: 'running' });
});

it('runs entries in the order in which they were asked for', () => {
  expect(runningEntry()?.id).toBe(idOf('a'));
  expect(nextEntry()?.id).toBe(idOf('b'));
});

it('moves what waits among what waits, and nothing before the entry that runs', () => {
  move(idOf('d'), -1);
  expect(order()).toEqual(['a', 'b', 'd', 'c']);
  move(idOf('b'), -1);
  expect(order()).toEqual(['a', 'b', 'd', 'c']);
  move(idOf('b'), 1);
  expect(order()).toEqual(['a', 'd', 'b', 'c']);
  move(idOf('a'), 1);
  expect(order()).toEqual(['a', 'd', 'b', 'c']);
});

it('removes what waits or is over, never the entry that runs', () => {
  removeWhere(() => true);
  expect(order()).toEqual(['a']);
});

it('keeps the pictures of the last runs only, by number and by bytes', () => {
  const picture = { width: 4096, height: 4096, pixels: new Uint8ClampedArray(4) };
  Object.defineProperty(picture.pixels, 'byteLength', { value: 100 * 2 ** 20 });
  const shown = { show: { from: graph, axes: [], pictures: [picture] } };
  for (const seed of ['a', 'b', 'c']) update(idOf(seed), { state: 'done', shown });
  expect(order()).toEqual(['b', 'c', 'd']);
  queueStore.setState({ entries: [] });
  for (let i = 0; i < 70; i++) add(String(i));
  for (let i = 0; i < 70; i++) update(idOf(String(i)), { state: 'done' });
  expect(order()).toHaveLength(60);
  expect(order()[0]).toBe('10');
});
