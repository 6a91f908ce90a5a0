import { IconCommand, IconLayoutSidebar, IconLayoutSidebarRight } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { usePhone } from '../phone/use-phone';
import { togglePanel, uiStore } from '../state/ui-store';
import { useUi } from '../state/use';
import { topbar } from '../text/topbar';
import { DevicePill } from './DevicePill';
import { keysOf } from './keys-of';
import { MainMenu } from './MainMenu';
import { Progress, ProgressLine } from './Progress';
import { RunButtons } from './RunButtons';
import { Tabs } from './Tabs';
import css from './TopBar.module.css';

const RunTools = lazy(() => import('./RunTools'));

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

/** Menu, graph, progress, device and Run. */
export function TopBar() {
  const { palette, inspector } = useUi((state) => ({ palette: state.palette, inspector: state.inspector }));
  const phone = usePhone();
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
        data-help={topbar.commandsHelp(keysOf('command-palette'))}
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
      {!phone && (
        <>
          <RunButtons />
          <ProgressLine />
        </>
      )}
    </header>
  );
}
