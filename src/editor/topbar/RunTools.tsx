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
import { runTools } from '../text/run-tools';
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
      aria-label={runTools.problems(count)}
      data-help={runTools.problemsHelp}
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
      aria-label={waiting ? runTools.queueWaiting(waiting) : runTools.queue}
      data-help={runTools.queueHelp}
      onClick={() => toggle('queue')}
    >
      <IconStack2 size={16} stroke={1.6} aria-hidden />
      <span>{runTools.queue}</span>
      {waiting > 0 && <b>{waiting}</b>}
    </button>
  );
}

/** Shown pressed, and with its words, while every change runs the graph. */
function Live() {
  const { live, lesson } = useUi((state) => ({ live: state.live, lesson: state.lessonWaits }));
  const blocked = useStore(problemStore, ({ found }) => found.some(({ hint }) => !hint));
  const help = live && blocked ? runTools.liveWaitsHelp : live && lesson ? runTools.lessonWaitsText : runTools.liveHelp;
  return (
    <button
      type="button"
      className={css.tool}
      aria-pressed={live}
      aria-label={runTools.onEveryChange}
      data-help={help}
      onClick={() => runOnChange(!live)}
    >
      <IconRefresh size={16} stroke={1.6} aria-hidden />
      {live && <span>{blocked || lesson ? runTools.liveWaits : runTools.live}</span>}
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
        <button type="button" className={css.chevron} aria-label={runTools.waysRun}>
          <IconChevronDown size={14} stroke={1.8} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown className={css.menu}>
        <Menu.Item onClick={() => void run()}>{runTools.runOrQueue}</Menu.Item>
        <Menu.Item disabled={selectedNodes().length === 0} onClick={() => void run(selectedNodes())}>
          {runTools.runToSelected}
        </Menu.Item>
        <Menu.Item onClick={() => uiStore.setState({ flyout: 'queue' })}>{runTools.queueSeveral}</Menu.Item>
        <Menu.Item role="menuitemcheckbox" aria-checked={live} onClick={() => runOnChange(!live)}>
          {live ? runTools.stopOnEveryChange : runTools.onEveryChange}
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
