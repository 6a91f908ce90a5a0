import { expect, test } from 'vitest';
import { emptyDocument } from '../../core/document';
import type { RunEvent } from '../../engine/events';
import { after, begun, idleRun, type RunState } from '../state/run-store';
import { pageSign } from './page-title';

const played = (start: number, ...events: readonly RunEvent[]): RunState =>
  events.reduce((state, event) => after(state, event, start), begun(idleRun, emptyDocument('d', 'D'), start));
const planned: RunEvent = { type: 'planned', nodes: ['a', 'unet'], loops: ['unet'] };
const finished = (outcome: 'done' | 'failed' | 'cancelled'): RunEvent => ({
  type: 'finished',
  outcome,
  milliseconds: 5,
});
const idle = { name: 'Shown', run: idleRun };

test('the title has the percent of the run that goes on, of the graph that is shown or of another', () => {
  const run = { ...played(0, planned), share: 0.367 };
  expect(pageSign({ name: 'A', run }, [], true)).toEqual({ title: '36 % · A · Weft', mark: 'running', percent: 36 });
  expect(pageSign(idle, [{ name: 'B', run }], true).title).toBe('36 % · B · Weft');
});

test('a run that ended leaves a mark until the user was on the page; one that was stopped leaves none', () => {
  const done = { name: 'A', run: played(0, planned, finished('done')) };
  expect(pageSign(done, [], false)).toMatchObject({ title: '✓ A · Weft', mark: 'done' });
  expect(pageSign(done, [], true)).toMatchObject({ title: 'A · Weft', mark: undefined });
  expect(pageSign({ name: '', run: played(0, finished('cancelled')) }, [], false).title).toBe('Untitled · Weft');
});

test('the mark is that of the run that ended last', () => {
  const first = { name: 'A', run: played(0, planned, finished('done')) };
  const last = { name: 'B', run: played(100, planned, finished('failed')) };
  expect(pageSign(first, [last], false)).toMatchObject({ title: '! B · Weft', mark: 'failed' });
  expect(pageSign(last, [first], false)).toMatchObject({ title: '! B · Weft' });
});
