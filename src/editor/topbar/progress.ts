import type { RunState } from '../state/run-store';
import { sweep } from '../text/sweep';
import { topbar } from '../text/topbar';
import { durationWords, leftWords } from '../words';

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
  if (outcome.outcome === 'cancelled') return { ...nothing, main: topbar.stopped, rest: topbar.after(time) };
  if (outcome.outcome === 'failed') return { ...nothing, main: topbar.failed, rest: topbar.after(time) };
  return { ...nothing, main: topbar.done(time), rest: pictures ? topbar.pictures(pictures) : '' };
}

/** "26 of 28 pictures", while a sweep goes on. */
function cellWords({ cells, ran }: RunState): string | undefined {
  const [first] = Object.values(cells)
    .filter(({ from }) => from === ran)
    .toSorted((a, b) => b.pictures.length - a.pictures.length);
  return first && sweep.progress(first.pictures.filter(Boolean).length, first.pictures.length);
}

/** How the run goes, in words and as a share. `titleOf` names a node. */
export function progressOf(state: RunState, titleOf: (id: string) => string): ProgressWords {
  const { phase, nodes, planned, steps, share, left, lessons } = state;
  if (phase === 'idle') return finished(state);
  const rest = left === undefined ? '' : topbar.left(leftWords(left));
  const running = planned.findLast((id) => nodes[id]?.state === 'running');
  const lesson = running !== undefined && lessons[running] ? nodes[running] : undefined;
  const { done, of } = (lesson?.state === 'running' ? lesson : steps) ?? {};
  const stepping = done !== undefined && of !== undefined && done < of ? topbar.step(done, of) : undefined;
  const sweeping = cellWords(state);
  if (sweeping && phase === 'running') return { main: sweeping, rest, share };
  if (sweeping && phase === 'paused') return { main: topbar.pausedSweep(sweeping), rest, share };
  if (phase === 'paused') return { main: stepping ? topbar.pausedAt(stepping) : topbar.paused, rest, share };
  if (phase === 'pausing') return { main: topbar.pausing, rest, share };
  if (stepping && lesson && running !== undefined)
    return { main: topbar.learning(titleOf(running), stepping), rest, share };
  if (stepping) return { main: stepping.replace(/^./, (letter) => letter.toUpperCase()), rest, share };
  const settled = planned.filter((id) => !['waiting', 'running'].includes(nodes[id]?.state ?? 'waiting')).length;
  const main = running === undefined ? topbar.preparing : topbar.runningNode(titleOf(running));
  return { main, rest: rest || (planned.length ? topbar.nodes(settled, planned.length) : ''), share };
}
