import { IconPlus, IconX } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/shallow';
import { closeGraph, newGraph } from '../files/session';
import { keepingStore } from '../state/keeping-store';
import { showTab, tabsStore } from '../state/tabs';
import { useDocument } from '../state/use';
import { Crumbs } from '../subgraph/Crumbs';
import { common } from '../text/common';
import { keeping as words } from '../text/keeping';
import { topbar } from '../text/topbar';
import css from './Tabs.module.css';

/** Says that a graph is kept in this browser and not in a file, or that its last changes are not kept. */
function NotInFile({ id }: { readonly id: string }) {
  const failing = useStore(keepingStore, ({ keeping }) => keeping[id] === 'failing');
  return failing ? (
    <i role="img" className={css.failing} aria-label={words.notKept} data-help={words.notKeptHelp} />
  ) : (
    <i role="img" aria-label={topbar.inBrowser} data-help={topbar.inBrowserHelp} />
  );
}

function Close({ id, name }: { readonly id: string; readonly name: string }) {
  return (
    <button
      type="button"
      className={css.close}
      aria-label={topbar.close(name)}
      data-help={topbar.closeHelp}
      onClick={() => closeGraph(id)}
    >
      <IconX size={12} stroke={1.6} aria-hidden />
    </button>
  );
}

/** The graph that is shown. The dot says that it is kept in this browser and not in a file. */
function ShownTab({ id }: { readonly id: string }) {
  const name = useDocument(({ history }) => history.document.name || common.untitled);
  const inFile = useDocument(({ history, inFile: saved }) => history.document === saved);
  const state = useStore(keepingStore, ({ keeping }) => keeping[id] ?? 'kept');
  return (
    <li className={`${css.tab} ${css.shown}`} aria-current="page" data-keeping={state}>
      <h1>
        {!inFile && <NotInFile id={id} />}
        <Crumbs />
      </h1>
      <Close id={id} name={name} />
    </li>
  );
}

function ParkedTab({ id }: { readonly id: string }) {
  const { name, inFile, runs } = useStore(
    tabsStore,
    useShallow(({ parked }) => {
      const aside = parked[id];
      return {
        name: aside?.history.document.name || common.untitled,
        inFile: aside?.inFile === aside?.history.document,
        runs: aside !== undefined && aside.run.phase !== 'idle',
      };
    }),
  );
  return (
    <li className={css.tab}>
      <button type="button" onClick={() => showTab(id)}>
        {!inFile && <NotInFile id={id} />}
        <span>{name}</span>
        {runs && <em>{topbar.running}</em>}
      </button>
      <Close id={id} name={name} />
    </li>
  );
}

/** The open graphs. */
export function Tabs() {
  const order = useStore(tabsStore, (state) => state.order);
  const shown = useDocument(({ history }) => history.document.id);
  return (
    <nav className={css.tabs} aria-label={topbar.openGraphs}>
      <ul>{order.map((id) => (id === shown ? <ShownTab key={id} id={id} /> : <ParkedTab key={id} id={id} />))}</ul>
      <button
        type="button"
        className={css.add}
        aria-label={topbar.newGraph}
        data-help={topbar.newGraph}
        onClick={newGraph}
      >
        <IconPlus size={14} stroke={1.6} aria-hidden />
      </button>
    </nav>
  );
}
