import { Menu } from '@mantine/core';
import { IconAlertTriangle, IconChevronDown, IconRefresh, IconStack2 } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { runOnChange } from '../engine/live';
import { queueStore } from '../engine/queue-store';
import { run } from '../engine/run';
import { ProblemPanel } from '../problems/ProblemPanel';
import { problemStore } from '../problems/problem-store';
import { watchProblems } from '../problems/watch';
import { selectedNodes } from '../state/canvas-store';
import { uiStore } from '../state/ui-store';
import { useUi } from '../state/use';
import { countWords } from '../words';
import css from './RunTools.module.css';

const QueuePanel = lazy(() => import('../queue/QueuePanel').then((module) => ({ default: module.QueuePanel })));
const EntryPictures = lazy(() =>
  import('../queue/EntryPictures').then((module) => ({ default: module.EntryPictures })),
);

const toggle = (flyout: 'problems' | 'queue') =>
  uiStore.setState((state) => ({ flyout: state.flyout === flyout ? undefined : flyout }));

function Problems() {
  const count = useStore(problemStore, ({ found }) => found.filter(({ hint }) => !hint).length);
  const open = useUi((state) => state.flyout === 'problems');
  if (count === 0 && !open) return null;
  return (
    <button
      type="button"
      className={css.problems}
      aria-expanded={open}
      aria-label={countWords(count, 'problem')}
      data-help="What stands in the way of a run, with what to do."
      onClick={() => toggle('problems')}
    >
      <IconAlertTriangle size={15} stroke={1.6} aria-hidden />
      {count}
    </button>
  );
}

function Queue() {
  const waiting = useStore(queueStore, ({ entries }) => entries.filter(({ state }) => state === 'waiting').length);
  const open = useUi((state) => state.flyout === 'queue');
  return (
    <button
      type="button"
      className={css.tool}
      aria-expanded={open}
      aria-label={waiting ? `Queue, ${waiting} waiting` : 'Queue'}
      data-help="Runs that wait and runs that are over, with their pictures."
      onClick={() => toggle('queue')}
    >
      <IconStack2 size={16} stroke={1.6} aria-hidden />
      <span>Queue</span>
      {waiting > 0 && <b>{waiting}</b>}
    </button>
  );
}

/** Shown pressed, and with its words, while every change runs the graph. */
function Live() {
  const live = useUi((state) => state.live);
  const blocked = useStore(problemStore, ({ found }) => found.some(({ hint }) => !hint));
  return (
    <button
      type="button"
      className={css.tool}
      aria-pressed={live}
      aria-label="Run on every change"
      data-help={
        live && blocked
          ? 'Waits until the problems are mended.'
          : 'Every change runs what the graph shows. Nothing is saved by it, and seeds stay.'
      }
      onClick={() => runOnChange(!live)}
    >
      <IconRefresh size={16} stroke={1.6} aria-hidden />
      {live && <span>{blocked ? 'Waits' : 'On change'}</span>}
    </button>
  );
}

/** What else there is to do than to run everything once, now. */
export function RunMenu() {
  const live = useUi((state) => state.live);
  // What is selected matters when it opens.
  const [, setOpen] = useState(false);
  return (
    <Menu position="bottom-end" width={232} shadow="none" transitionProps={{ transition: 'fade' }} onChange={setOpen}>
      <Menu.Target>
        <button type="button" className={css.chevron} aria-label="Ways to run">
          <IconChevronDown size={14} stroke={1.8} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown className={css.menu}>
        <Menu.Item onClick={() => void run()}>Run, or queue what is here now</Menu.Item>
        <Menu.Item disabled={selectedNodes().length === 0} onClick={() => void run(selectedNodes())}>
          Run to the selected nodes
        </Menu.Item>
        <Menu.Item onClick={() => uiStore.setState({ flyout: 'queue' })}>Queue several…</Menu.Item>
        <Menu.Item role="menuitemcheckbox" aria-checked={live} onClick={() => runOnChange(!live)}>
          {live ? 'Stop running on every change' : 'Run on every change'}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Beside Run: problems, queue, runs on every change, and the panels that these open. */
export default function RunTools() {
  const { flyout, lookedAt } = useUi((state) => ({ flyout: state.flyout, lookedAt: state.lookedAt }));
  useEffect(watchProblems, []);
  return (
    <>
      <Problems />
      <Queue />
      <Live />
      <Suspense>
        {flyout === 'problems' && <ProblemPanel />}
        {flyout === 'queue' && <QueuePanel />}
        {lookedAt !== undefined && <EntryPictures key={lookedAt} id={lookedAt} />}
      </Suspense>
    </>
  );
}
