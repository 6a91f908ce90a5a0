import type { RunEvent } from '../../engine/events';
import type { NodeRun, RunState } from './run-store';

/** How often all nodes are asked what is left of them, in milliseconds. */
const often = 30;

/** Milliseconds that a node is thought to take when nothing is known of it: once, and in a zone, over all evaluations. */
const unknown = { once: 50, loop: 2000 } as const;

/** Milliseconds until a node is done; `known` when that was measured, in this run or an earlier one. */
function leftOf(state: RunState, id: string, run: NodeRun | undefined, now: number): { left: number; known: boolean } {
  if (run && run.state !== 'waiting' && run.state !== 'running') return { left: 0, known: true };
  if (run?.state === 'running' && run.done && run.of !== undefined && run.milliseconds !== undefined) {
    const each = run.each ?? run.milliseconds / (run.done - (run.earlier ?? 0));
    return { left: each * (run.of - run.done), known: true };
  }
  const earlier = state.times[id];
  const whole = earlier ?? (state.loops.has(id) ? unknown.loop : unknown.once);
  const spent = run?.state === 'running' && !state.loops.has(id) ? now - run.since : 0;
  return { left: Math.max(whole - spent, whole / 10), known: earlier !== undefined };
}

/** Milliseconds until the steps that go on are done, by the clock: what nodes say of themselves leaves out what lies between. */
function stepsLeft({ steps }: RunState, now: number): number {
  return steps && steps.done > 1 ? ((now - steps.since) / (steps.done - 1)) * (steps.of - steps.done) : 0;
}

/** Milliseconds of work that an event tells to be done, by the same measure as what is left. */
function doneBy(before: RunState, event: RunEvent, now: number): number {
  if (event.type === 'done') return event.cached ? 0 : leftOf(before, event.node, before.nodes[event.node], now).left;
  if (event.type !== 'progress') return 0;
  const run = before.nodes[event.node];
  const earlier = event.earlier ?? 0;
  const already = run?.state === 'running' ? (run.done ?? earlier) : earlier;
  const each = event.each ?? event.milliseconds / (event.done - earlier);
  return each * Math.max(0, event.done - already);
}

/**
 * How far the run is after an event that made `before` into `state`, and the milliseconds that are left as far as they can be
 * told. The part of the bar that is left is spread over the work that is left: so it never goes back, whatever turns out to
 * take longer than was thought, and does not run ahead while something is loaded.
 */
export function advanced(
  before: RunState,
  state: RunState,
  event: RunEvent,
  now: number,
): Pick<RunState, 'share' | 'left' | 'lookedAt' | 'work'> {
  const part = doneBy(before, event, now);
  const share = (work: number) => (part > 0 ? state.share + (1 - state.share) * (part / (part + work)) : state.share);
  // A large graph has thousands of events; between two looks at all of it nodes are taken off.
  if (event.type === 'done' && now - state.lookedAt < often) {
    const gone = leftOf(before, event.node, before.nodes[event.node], now).left;
    const work = Math.max(0, state.work - gone);
    return { share: share(work), left: state.left, lookedAt: state.lookedAt, work };
  }
  let [known, work, looping] = [0, 0, 0];
  let measured = false;
  for (const id of state.planned) {
    const { left, known: told } = leftOf(state, id, state.nodes[id], now);
    work += left;
    if (!told) continue;
    known += left;
    measured ||= left > 0;
    if (state.loops.has(id)) looping += left;
  }
  // Evaluations by the clock where they take longer than the nodes say.
  const between = Math.max(0, stepsLeft(state, now) - looping);
  return { share: share(work), left: measured ? known + between : undefined, lookedAt: now, work };
}
