import { IconPlus, IconX } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/shallow';
import { closeGraph, newGraph } from '../files/session';
import { showTab, tabsStore } from '../state/tabs';
import { useDocument } from '../state/use';
import { Crumbs } from '../subgraph/Crumbs';
import css from './Tabs.module.css';

const NotInFile = () => (
  <i role="img" aria-label="Kept in this browser, not in a file" data-help="Kept in this browser, not in a file." />
);

function Close({ id, name }: { readonly id: string; readonly name: string }) {
  return (
    <button
      type="button"
      className={css.close}
      aria-label={`Close ${name}`}
      data-help="Closes the graph. It stays in this browser: Menu, Graphs."
      onClick={() => closeGraph(id)}
    >
      <IconX size={12} stroke={1.6} aria-hidden />
    </button>
  );
}

/** The graph that is shown. The dot says that it is kept in this browser and not in a file. */
function ShownTab({ id }: { readonly id: string }) {
  const name = useDocument(({ history }) => history.document.name || 'Untitled');
  const inFile = useDocument(({ history, inFile: saved }) => history.document === saved);
  return (
    <li className={`${css.tab} ${css.shown}`} aria-current="page">
      <h1>
        {!inFile && <NotInFile />}
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
        name: aside?.history.document.name || 'Untitled',
        inFile: aside?.inFile === aside?.history.document,
        runs: aside !== undefined && aside.run.phase !== 'idle',
      };
    }),
  );
  return (
    <li className={css.tab}>
      <button type="button" onClick={() => showTab(id)}>
        {!inFile && <NotInFile />}
        <span>{name}</span>
        {runs && <em>running</em>}
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
    <nav className={css.tabs} aria-label="Open graphs">
      <ul>{order.map((id) => (id === shown ? <ShownTab key={id} id={id} /> : <ParkedTab key={id} id={id} />))}</ul>
      <button type="button" className={css.add} aria-label="New graph" data-help="New graph" onClick={newGraph}>
        <IconPlus size={14} stroke={1.6} aria-hidden />
      </button>
    </nav>
  );
}
