import {
  IconCommand,
  IconLayoutSidebar,
  IconLayoutSidebarRight,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerStopFilled,
} from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { shownKeysOf } from '../all-commands';
import { pauseOrResume, stop } from '../engine/client';
import { run } from '../engine/run';
import { togglePanel, uiStore } from '../state/ui-store';
import { useRun, useUi } from '../state/use';
import { topbar } from '../text/topbar';
import { DevicePill } from './DevicePill';
import { MainMenu } from './MainMenu';
import { Progress, ProgressLine } from './Progress';
import { Tabs } from './Tabs';
import css from './TopBar.module.css';

const RunTools = lazy(() => import('./RunTools'));
const RunMenu = lazy(() => import('./RunTools').then((module) => ({ default: module.RunMenu })));

/** What a tooltip says of the keys of a command. */
const keys = (id: string) => {
  const shown = shownKeysOf(id);
  return shown ? `${shown}.` : '';
};

const Mark = () => (
  <svg
    width={20}
    height={20}
    viewBox="0 0 20 20"
    fill="none"
    stroke="currentColor"
    strokeWidth={2.4}
    strokeLinecap="round"
    aria-hidden="true"
  >
    <path d="M2.5 6.5h4M11 6.5h6.5M2.5 13.5H9M13.5 13.5h4M6.5 2.5V9M6.5 13.5v4M13.5 2.5v4M13.5 11v6.5" />
  </svg>
);

function RunButtons() {
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
        data-going={phase !== 'idle'}
        data-help={phase === 'idle' ? topbar.runHelp(keys('run')) : topbar.queueHelp(keys('run'))}
        onClick={() => void run()}
      >
        <IconPlayerPlayFilled size={14} aria-hidden />
        {topbar.run}
      </button>
      <Suspense>
        <RunMenu />
      </Suspense>
    </>
  );
}

/** Menu, graph, progress, device and Run. */
export function TopBar() {
  const { palette, inspector } = useUi((state) => ({ palette: state.palette, inspector: state.inspector }));
  return (
    <header className={css.bar}>
      <div className={css.logo}>
        <Mark />
        <span>Weft</span>
      </div>
      <MainMenu />
      <button
        type="button"
        className={css.panel}
        aria-label={topbar.palette}
        aria-expanded={palette}
        onClick={() => togglePanel('palette')}
      >
        <IconLayoutSidebar size={16} stroke={1.6} aria-hidden />
      </button>
      <Tabs />
      <Progress />
      <Suspense>
        <RunTools />
      </Suspense>
      <DevicePill />
      <button
        type="button"
        className={css.icon}
        aria-label={topbar.commands}
        data-help={topbar.commandsHelp(keys('command-palette'))}
        onClick={() => uiStore.setState({ dialog: 'commands' })}
      >
        <IconCommand size={16} stroke={1.6} aria-hidden />
      </button>
      <button
        type="button"
        className={css.panel}
        aria-label={topbar.inspector}
        aria-expanded={inspector}
        onClick={() => togglePanel('inspector')}
      >
        <IconLayoutSidebarRight size={16} stroke={1.6} aria-hidden />
      </button>
      <RunButtons />
      <ProgressLine />
    </header>
  );
}
