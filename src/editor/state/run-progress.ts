import type { NodeRun, RunState } from './run-store';

/** Milliseconds that a node is thought to take when nothing is known of it: once, and in a zone, over all evaluations. */
const unknown = { once: 50, loop: 2000 } as const;

/** Milliseconds until a node is done; `known` when that was measured, in this run or an earlier one. */
function leftOf(state: RunState, id: string, run: NodeRun | undefined, now: number): { left: number; known: boolean } {
  if (run && run.state !== 'waiting' && run.state !== 'running') return { left: 0, known: true };
  if (run?.state === 'running' && run.done && run.of !== undefined && run.milliseconds !== undefined)
    return { left: (run.milliseconds / run.done) * (run.of - run.done), known: true };
  const earlier = state.times[id];
  const whole = earlier ?? (state.loops.has(id) ? unknown.loop : unknown.once);
  const spent = run?.state === 'running' && !state.loops.has(id) ? now - run.since : 0;
  return { left: Math.max(whole - spent, whole / 10), known: earlier !== undefined };
}

/** Milliseconds until the steps that go on are done, by the clock: what nodes say of themselves leaves out what lies between. */
function stepsLeft({ steps }: RunState, now: number): number {
  return steps && steps.done > 1 ? ((now - steps.since) / (steps.done - 1)) * (steps.of - steps.done) : 0;
}

/**
 * How far the run is at `now`, and the milliseconds that are left as far as they can be told. The part of the bar that is
 * left is spread over the time that is left: so it never goes back, whatever turns out to take longer than was thought.
 */
export function advanced(state: RunState, now: number): Pick<RunState, 'share' | 'left' | 'advancedAt'> {
  let [known, all, looping] = [0, 0, 0];
  let measured = false;
  for (const id of state.planned) {
    const { left, known: told } = leftOf(state, id, state.nodes[id], now);
    all += left;
    if (!told) continue;
    known += left;
    measured ||= left > 0;
    if (state.loops.has(id)) looping += left;
  }
  // Evaluations by the clock where they take longer than the nodes say.
  const between = Math.max(0, stepsLeft(state, now) - looping);
  const passed = Math.max(0, now - state.advancedAt);
  const part = all + between > 0 ? passed / (passed + all + between) : 0;
  return {
    share: state.share + (1 - state.share) * part,
    left: measured ? known + between : undefined,
    advancedAt: now,
  };
}
