import { describe, expect, it } from 'vitest';
import { emptyDocument } from '../../core/document';
import type { RunEvent } from '../../engine/events';
import { footerOf } from '../canvas/footer';
import { progressOf } from '../topbar/progress';
import { begun, after as next, runStore } from './run-store';

const document = emptyDocument('d', 'D');
const calm = { stale: false, live: undefined, picture: undefined, culprit: undefined };

/** The state after these events, one second apart. */
const played = (...events: readonly RunEvent[]) =>
  events.reduce(
    (state, event, i) => next(state, event, 1000 * (i + 1)),
    begun(runStore.getInitialState(), document, 0),
  );

const words = (state: ReturnType<typeof played>) => progressOf(state, (id) => id.toUpperCase());

describe('a run that goes on', () => {
  const step = (done: number): RunEvent => ({ type: 'progress', node: 'unet', done, of: 25, milliseconds: 900 * done });
  const planned: RunEvent = { type: 'planned', nodes: ['a', 'unet', 'b'], loops: ['unet'] };
  const done = (node: string): RunEvent => ({ type: 'done', node, milliseconds: 500, runs: 1, cached: false });

  it('names the node that runs before the first step', () => {
    const state = played(planned, { type: 'started', node: 'a' });
    expect(words(state)).toMatchObject({ main: 'Running A', rest: '0 of 3 nodes' });
  });

  it('counts steps and tells the time that is left from the time that the steps took', () => {
    const state = played(planned, step(1), step(2), step(3));
    // Two steps in the two seconds since the first ended: 22 more take 22 seconds.
    expect(words(state)).toMatchObject({ main: 'Step 3 of 25', rest: '22 s left' });
    expect(footerOf(state.nodes.unet, calm)).toMatchObject({ text: 'Evaluating', right: '3 / 25', share: 3 / 25 });
  });

  it('counts the steps of a node that learns, and takes its word for how long they take', () => {
    const learned = (done: number, each?: number): RunEvent =>
      ({ ...step(done), node: 'a', of: 200, each }) as RunEvent;
    const losses: RunEvent = { type: 'lesson', node: 'a', losses: { at: 0, values: [1] } };
    // The first step made the session.
    const events = [planned, { type: 'started', node: 'a' } as const, losses, learned(1), learned(2, 400)];
    const state = played(...events);
    expect(words(state)).toMatchObject({ main: 'A, step 2 of 200', rest: '1 min 20 s left' });
    expect(words({ ...state, phase: 'paused' }).main).toBe('Paused at step 2 of 200');
  });

  it('tells the time that is left from the start where the nodes ran before', () => {
    const before = played(planned, done('a'), { ...done('unet'), milliseconds: 6000 } as RunEvent, done('b'));
    const again = next(begun(before, document, 10_000), planned, 10_000);
    expect(words(again).rest).toBe('7 s left');
    expect(
      words(next(again, { ...done('unet'), milliseconds: 0, runs: 0, cached: true } as RunEvent, 10_040)).rest,
    ).toBe('1 s left');
  });

  it('never goes back, also where steps follow many nodes and turn out to be slow', () => {
    const nodes = ['a', 'b', 'c', 'd', 'unet', 'decode', 'show'];
    const events: RunEvent[] = [
      { type: 'planned', nodes, loops: ['unet'] },
      ...['a', 'b', 'c', 'd'].flatMap((node): RunEvent[] => [{ type: 'started', node }, done(node)]),
      { type: 'started', node: 'unet' },
      ...Array.from({ length: 25 }, (_, i) => step(i + 1)),
      done('unet'),
      done('decode'),
      done('show'),
    ];
    let state = begun(runStore.getInitialState(), document, 0);
    const shares = events.map((event, i) => {
      state = next(state, event, i < 10 ? 200 * i : 2000 + 1000 * (i - 10));
      return state.share;
    });
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    // What comes before the steps takes little of the bar, however long it takes.
    expect(shares.at(9)).toBeLessThan(0.2);
    expect(shares.at(-1)).toBeGreaterThan(0.95);
    expect(shares.at(-1)).toBeLessThanOrEqual(1);
  });

  it('counts no time in which it stands still', () => {
    const going = [planned, step(1), step(2)].reduce(
      (state, event, i) => next(state, event, 1000 * (i + 1)),
      begun(runStore.getInitialState(), document, 0),
    );
    const still = next({ ...going, phase: 'pausing' }, { type: 'paused' }, 3500);
    expect(words(still)).toMatchObject({ main: 'Paused at step 2 of 25', share: going.share });
    const on = next(next(still, { type: 'resumed' }, 103_500), step(3), 104_000);
    expect(words(on)).toMatchObject({ main: 'Step 3 of 25', rest: '22 s left' });
  });

  it('counts the steps of a second zone anew', () => {
    const second: RunEvent = { type: 'progress', node: 'more', done: 1, of: 10, milliseconds: 1 };
    const state = played({ type: 'planned', nodes: ['unet', 'more'], loops: ['unet', 'more'] }, step(25), second);
    expect(words(state).main).toBe('Step 1 of 10');
  });
});

describe('a run that is over', () => {
  const picture = { width: 1, height: 1, pixels: new Uint8ClampedArray(4) };
  const finished = (outcome: 'done' | 'failed' | 'cancelled'): RunEvent => ({
    type: 'finished',
    outcome,
    milliseconds: 4600,
  });

  it('says how long it took and how many pictures it made', () => {
    const state = played(
      { type: 'planned', nodes: ['show'], loops: [] },
      { type: 'shown', node: 'show', axes: [], pictures: [picture, picture] },
      { type: 'done', node: 'show', milliseconds: 0.4, runs: 48, cached: false },
      finished('done'),
    );
    expect(words(state)).toEqual({ main: 'Done in 4.6 s', rest: '2 pictures', share: undefined });
    expect(footerOf(state.nodes.show, calm)).toEqual({ text: '0.4 ms', right: '48 ×', icon: 'check' });
    expect(footerOf(state.nodes.show, { ...calm, stale: true })).toMatchObject({ text: 'changed' });
  });

  it('leaves no node running after it was stopped', () => {
    const state = played(
      { type: 'planned', nodes: ['a', 'b'], loops: [] },
      { type: 'started', node: 'a' },
      finished('cancelled'),
    );
    expect(state.nodes).toEqual({});
    expect(words(state).main).toBe('Stopped');
  });

  it('keeps the pictures of the run before until others come', () => {
    const first = played({ type: 'shown', node: 'show', axes: [], pictures: [picture] }, finished('done'));
    const second = begun(first, document, 0);
    expect(second.shown.show?.pictures).toEqual([picture]);
    expect(footerOf(second.nodes.other, { ...calm, picture })).toMatchObject({ text: 'from an earlier run' });
  });

  it('says which node a skipped one waited for', () => {
    const state = played({ type: 'skipped', node: 'b', because: 'a' }, finished('failed'));
    expect(footerOf(state.nodes.b, { ...calm, culprit: 'Load image' }).text).toBe('skipped, Load image failed');
  });
});
