import { IconBookmark, IconChevronDown, IconHistory, IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { AnyNode } from '../../core/define-node';
import { holdNode, nodeTransfer } from '../canvas/file-drop';
import { graphPoint } from '../canvas/reveal';
import { NodeIcon } from '../NodeIcon';
import { categoryOf, paletteTitle, registry } from '../registry';
import { addNode } from '../state/add-node';
import { narrow, uiStore } from '../state/ui-store';
import { useUi } from '../state/use';
import { definitions } from './definitions';
import css from './Palette.module.css';
import { useRoving } from './roving';
import { searchNodes } from './search';

/** Categories in the order in which a graph is built; ones that are new stand behind. */
const order = ['sampling', 'text', 'latent', 'image', 'lists', 'numbers', 'models'];
const rank = (category: string) => (order.includes(category) ? order.indexOf(category) : order.length);

const categories = [...new Set(definitions.map(({ type }) => categoryOf(type)))]
  .sort((a, b) => rank(a) - rank(b) || a.localeCompare(b))
  .map((name) => [name, definitions.filter(({ type }) => categoryOf(type) === name)] as const);

function add(definition: AnyNode) {
  addNode(definition, graphPoint(), { beside: true });
  if (innerWidth < narrow.palette) uiStore.setState({ palette: false });
}

function Entry({ definition }: { readonly definition: AnyNode }) {
  return (
    <li>
      <button
        type="button"
        className={css.entry}
        tabIndex={-1}
        draggable
        data-node-type={definition.type}
        data-help-title={paletteTitle(definition)}
        data-help={definition.help}
        data-help-formula={definition.formula}
        onClick={() => add(definition)}
        onDragStart={({ dataTransfer }) => {
          holdNode(definition);
          dataTransfer.setData(nodeTransfer, definition.type);
          dataTransfer.effectAllowed = 'copy';
        }}
        onDragEnd={() => holdNode(undefined)}
      >
        <NodeIcon type={definition.type} size={14} />
        {paletteTitle(definition)}
      </button>
    </li>
  );
}

function Category({ name, nodes }: { readonly name: string; readonly nodes: readonly AnyNode[] }) {
  const [open, setOpen] = useState(true);
  return (
    <section>
      <h2>
        <button
          type="button"
          className={css.category}
          tabIndex={-1}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <IconChevronDown size={12} stroke={1.6} aria-hidden />
          {name.replace(/^./, (c) => c.toUpperCase())}
          <span>{nodes.length}</span>
        </button>
      </h2>
      {open && (
        <ul>
          {nodes.map((definition) => (
            <Entry key={definition.type} definition={definition} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** All nodes, to click or to drag onto the canvas. */
export function Palette() {
  const [query, setQuery] = useState('');
  const recent = useUi((state) => state.recent).flatMap((type) => registry.get(type) ?? []);
  const found = query.trim() ? searchNodes(definitions, query) : undefined;
  const list = useRef<HTMLDivElement>(null);
  const roving = useRoving(list);
  const onKeyDown = (event: KeyboardEvent) => {
    const [first] = found ?? [];
    if (event.key === 'Escape') setQuery('');
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      list.current?.querySelector('button')?.focus();
    }
    if (event.key !== 'Enter' || !first) return;
    add(first);
    setQuery('');
  };
  return (
    <aside className={css.palette} aria-label="Nodes">
      <div className={css.search}>
        <IconSearch size={14} stroke={1.6} aria-hidden />
        <input
          type="search"
          aria-label="Search nodes"
          placeholder="Search nodes"
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <kbd>/</kbd>
      </div>
      <div ref={list} className={css.list} {...roving}>
        {found ? (
          <ul aria-label="Found nodes">
            {found.map((definition) => (
              <Entry key={definition.type} definition={definition} />
            ))}
            {found.length === 0 && <li className={css.none}>No node is called that.</li>}
          </ul>
        ) : (
          <>
            {recent.length > 0 && (
              <section>
                <h2 className={css.category}>
                  <IconHistory size={12} stroke={1.6} aria-hidden />
                  Recent
                </h2>
                <ul>
                  {recent.map((definition) => (
                    <Entry key={definition.type} definition={definition} />
                  ))}
                </ul>
              </section>
            )}
            {categories.map(([name, nodes]) => (
              <Category key={name} name={name} nodes={nodes} />
            ))}
          </>
        )}
      </div>
      <button
        type="button"
        className={css.foot}
        data-tour="templates"
        onClick={() => uiStore.setState({ dialog: 'templates' })}
      >
        <IconBookmark size={14} stroke={1.6} aria-hidden />
        Templates
      </button>
    </aside>
  );
}
