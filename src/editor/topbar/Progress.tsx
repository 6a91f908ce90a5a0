import { useEffect, useState } from 'react';
import { insideOf } from '../document/subgraph-inside';
import { definitionsOf } from '../registry';
import { wholeDocument } from '../state/document-store';
import { useWholeRun } from '../state/use';
import { topbar } from '../text/topbar';
import { progressOf } from './progress';
import css from './TopBar.module.css';

/** What the user calls a node of the graph that is shown; nodes inside of subgraphs are called `instance/node`. */
export function titleOf(id: string): string {
  const document = wholeDocument();
  const path = id.split('/');
  const node = insideOf(document, path.slice(0, -1)).nodes.find((other) => other.id === path.at(-1));
  return node?.title ?? definitionsOf(document).get(node?.type ?? '')?.title ?? id;
}

/** How the run goes, in words. */
export function Progress() {
  const { main, rest } = useWholeRun((state) => progressOf(state, titleOf));
  return (
    <p className={css.progress}>
      <b>{main}</b>
      {rest && <span> · {rest}</span>}
    </p>
  );
}

/** The line under the bar: how far the run is. */
export function ProgressLine() {
  const share = useWholeRun((state) => progressOf(state, titleOf).share);
  return <div className={css.line}>{share !== undefined && <i style={{ transform: `scaleX(${share})` }} />}</div>;
}

/** At most every 5 seconds, so that a screen reader can finish its sentence. */
const pause = 5000;

/** Says how the run goes to those who do not see it. Failures are announced by their toast. */
export function SpokenProgress() {
  const phase = useWholeRun((state) => state.phase);
  const outcome = useWholeRun((state) => progressOf(state, titleOf).main);
  const [spoken, setSpoken] = useState('');
  useEffect(() => {
    if (phase === 'idle') return;
    const speak = () => setSpoken(topbar.spokenProgress(document.querySelector(`.${css.progress}`)?.textContent ?? ''));
    const timer = setInterval(speak, pause);
    return () => clearInterval(timer);
  }, [phase]);
  return (
    <div className={css.spoken} aria-live="polite" role="status" aria-label={topbar.run}>
      {phase === 'idle' ? outcome : spoken}
    </div>
  );
}
