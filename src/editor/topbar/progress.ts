import type { RunState } from '../state/run-store';
import { countWords, durationWords, leftWords } from '../words';

export interface ProgressWords {
  /** "Step 12 of 25". */
  readonly main: string;
  /** "4 s left". */
  readonly rest: string;
  /** 0 to 1; undefined when nothing runs. */
  readonly share: number | undefined;
}

const nothing: ProgressWords = { main: '', rest: '', share: undefined };

function finished({ outcome, shown, planned }: RunState): ProgressWords {
  if (!outcome) return nothing;
  const pictures = planned.reduce((sum, id) => sum + (shown[id]?.pictures.length ?? 0), 0);
  const time = durationWords(outcome.milliseconds);
  if (outcome.outcome === 'cancelled') return { ...nothing, main: 'Stopped', rest: `after ${time}` };
  if (outcome.outcome === 'failed') return { ...nothing, main: 'Failed', rest: `after ${time}` };
  return { ...nothing, main: `Done in ${time}`, rest: pictures ? countWords(pictures, 'picture') : '' };
}

/** How the run goes, in words and as a share. `titleOf` names a node. */
export function progressOf(state: RunState, titleOf: (id: string) => string, now: number): ProgressWords {
  const { phase, nodes, planned, steps } = state;
  if (phase === 'idle') return finished(state);
  const settled = planned.filter((id) => !['waiting', 'running'].includes(nodes[id]?.state ?? 'waiting')).length;
  const running = planned.findLast((id) => nodes[id]?.state === 'running');
  const share = planned.length ? settled / planned.length : 0;
  if (!steps || steps.done === steps.of)
    return {
      main: running === undefined ? 'Preparing' : `Running ${titleOf(running)}`,
      rest: planned.length ? `${settled} of ${planned.length} nodes` : '',
      share,
    };
  const each = steps.done > 1 ? (now - steps.since) / (steps.done - 1) : undefined;
  const rest = each === undefined ? '' : `${leftWords(each * (steps.of - steps.done))} left`;
  return { main: `Step ${steps.done} of ${steps.of}`, rest, share: steps.done / steps.of };
}
