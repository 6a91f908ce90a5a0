import { IconPlayerPauseFilled, IconPlayerPlayFilled, IconPlayerStopFilled } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { pauseOrResume, stop } from '../engine/client';
import { run } from '../engine/run';
import { useRun } from '../state/use';
import { topbar } from '../text/topbar';
import { keysOf } from './keys-of';
import css from './TopBar.module.css';

const RunMenu = lazy(() => import('./RunTools').then((module) => ({ default: module.RunMenu })));

/** Run, and Pause and Stop while something runs; `alone` without the menu of other ways, which would lie under a window. */
export function RunButtons({ alone = false }: { readonly alone?: boolean }) {
  const phase = useRun((state) => state.phase);
  const still = phase === 'paused' || phase === 'pausing';
  const Icon = still ? IconPlayerPlayFilled : IconPlayerPauseFilled;
  return (
    <>
      {phase !== 'idle' && (
        <>
          <button
            type="button"
            className={css.icon}
            aria-label={still ? topbar.resume : topbar.pause}
            data-help={still ? topbar.resumeHelp : topbar.pauseHelp}
            disabled={phase === 'stopping'}
            onClick={pauseOrResume}
          >
            <Icon size={15} aria-hidden />
          </button>
          <button type="button" className={css.stop} disabled={phase === 'stopping'} onClick={stop}>
            <IconPlayerStopFilled size={14} aria-hidden />
            <span>{phase === 'stopping' ? topbar.stopping : topbar.stop}</span>
          </button>
        </>
      )}
      <button
        type="button"
        className={css.run}
        data-tour="run"
        data-alone={alone}
        data-going={phase !== 'idle'}
        data-help={phase === 'idle' ? topbar.runHelp(keysOf('run')) : topbar.queueHelp(keysOf('run'))}
        onClick={() => void run()}
      >
        <IconPlayerPlayFilled size={14} aria-hidden />
        {topbar.run}
      </button>
      {!alone && (
        <Suspense>
          <RunMenu />
        </Suspense>
      )}
    </>
  );
}
