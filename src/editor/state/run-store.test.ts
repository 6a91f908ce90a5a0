import { describe, expect, it } from 'vitest';
import { emptyDocument } from '../../core/document';
import type { RunEvent } from '../../engine/events';
import { footerOf } from '../canvas/footer';
import { progressOf } from '../topbar/progress';
import { after, begun, runStore } from './run-store';

const document = emptyDocument('d', 'D');
const calm = { stale: false, live: undefined, picture: undefined, culprit: undefined };

/** The state after these events, one second apart. */
const played = (...events: readonly RunEvent[]) =>
  events.reduce(
    (state, event, i) => after(state, event, 1000 * (i + 1)),
    begun(runStore.getInitialState(), document, 0),
  );

const words = (state: ReturnType<typeof played>, now: number) => progressOf(state, (id) => id.toUpperCase(), now);

describe('a run that goes on', () => {
  const step = (done: number): RunEvent => ({ type: 'progress', node: 'unet', done, of: 25 });
  const planned: RunEvent = { type: 'planned', nodes: ['a', 'unet', 'b'] };

  it('names the node that runs before the first step', () => {
    const state = played(planned, { type: 'started', node: 'a' });
    expect(words(state, 3000)).toEqual({ main: 'Running A', rest: '0 of 3 nodes', share: 0 });
  });

  it('counts steps and tells the time that is left from the time that the steps took', () => {
    const state = played(planned, step(1), step(2), step(3));
    // Two steps in the two seconds since the first ended: 22 more take 22 seconds.
    expect(words(state, 4000)).toEqual({ main: 'Step 3 of 25', rest: '22 s left', share: 3 / 25 });
    expect(footerOf(state.nodes.unet, calm)).toMatchObject({ text: 'Evaluating', right: '3 / 25', share: 3 / 25 });
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
      { type: 'planned', nodes: ['show'] },
      { type: 'shown', node: 'show', axes: [], pictures: [picture, picture] },
      { type: 'done', node: 'show', milliseconds: 0.4, runs: 48, cached: false },
      finished('done'),
    );
    expect(words(state, 9000)).toEqual({ main: 'Done in 4.6 s', rest: '2 pictures', share: undefined });
    expect(footerOf(state.nodes.show, calm)).toEqual({ text: '0.4 ms', right: '48 ×', icon: 'check' });
    expect(footerOf(state.nodes.show, { ...calm, stale: true })).toMatchObject({ text: 'changed' });
  });

  it('leaves no node running after it was stopped', () => {
    const state = played({ type: 'planned', nodes: ['a', 'b'] }, { type: 'started', node: 'a' }, finished('cancelled'));
    expect(state.nodes).toEqual({});
    expect(words(state, 0).main).toBe('Stopped');
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
