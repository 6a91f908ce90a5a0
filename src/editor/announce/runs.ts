import { registry } from '../registry';
import { documentStore } from '../state/document-store';
import { type RunState, runStore } from '../state/run-store';
import { spoken } from '../text/spoken';
import { titleIn } from './changes';
import { announce } from './live';

const titleOf = (id: string) => titleIn(documentStore.getState().graph, registry, id);

/** What came of a run, beside how long it took: where it failed, or how many pictures are where. */
function outcomeWords({ nodes, outcome, planned, shown }: RunState): string | undefined {
  if (outcome?.outcome === 'failed') {
    const failed = Object.keys(nodes).filter((id) => nodes[id]?.state === 'failed' && id !== '');
    return failed.length > 0 ? spoken.failedAt(failed.map(titleOf).join(', ')) : undefined;
  }
  const found = planned.flatMap((id) => {
    const count = shown[id]?.pictures.length ?? 0;
    return count > 0 ? [spoken.pictures(count, titleOf(id))] : [];
  });
  return found.length > 0 ? found.join(' ') : undefined;
}

/** Says that a run starts, pauses and goes on, and what came of it; how far it is says the progress itself. */
export function announceRuns() {
  runStore.subscribe((state, { phase: before }) => {
    const { phase } = state;
    if (phase === before) return;
    if (phase === 'running')
      announce(before === 'paused' || before === 'pausing' ? spoken.runGoesOn : spoken.runStarted);
    if (phase === 'paused') announce(spoken.runPaused);
    if (phase === 'stopping') announce(spoken.runStops);
    const words = phase === 'idle' && before !== 'idle' ? outcomeWords(state) : undefined;
    if (words) announce(words);
  });
}
