import {
  IconBookmark,
  IconChevronDown,
  IconHistory,
  IconPhoto,
  IconSearch,
  IconStar,
  IconStarFilled,
  IconX,
} from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { AnyNode } from '../../core/define-node';
import { shownKeysOf } from '../all-commands';
import { holdNode, nodeTransfer } from '../canvas/file-drop';
import { graphPoint } from '../canvas/reveal';
import controls from '../controls.module.css';
import { NodeIcon } from '../NodeIcon';
import { categoryOf, paletteTitle, registry } from '../registry';
import { addNode } from '../state/add-node';
import { keyStore } from '../state/key-store';
import { narrow, toggleFavourite, uiStore } from '../state/ui-store';
import { useUi } from '../state/use';
import { offered, useAddable, useSubgraphs } from '../subgraph/shelf';
import { palette } from '../text/palette';
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
  const { type } = definition;
  const title = paletteTitle(definition);
  const starred = useUi(({ favourites }) => favourites.includes(type));
  const offer = offered(definition);
  const own = offer?.own ? offer : undefined;
  const Star = starred ? IconStarFilled : IconStar;
  return (
    <li className={css.line}>
      <button
        type="button"
        className={css.entry}
        tabIndex={-1}
        draggable
        data-node-type={type}
        data-help-title={title}
        data-help={definition.help}
        data-help-formula={definition.formula}
        onClick={() => add(definition)}
        onDragStart={({ dataTransfer }) => {
          holdNode(definition);
          dataTransfer.setData(nodeTransfer, type);
          dataTransfer.effectAllowed = 'copy';
        }}
        onDragEnd={() => holdNode(undefined)}
      >
        <NodeIcon type={type} size={14} />
        {title}
      </button>
      <button
        type="button"
        className={css.star}
        tabIndex={-1}
        aria-label={palette.favourite}
        aria-description={title}
        data-beside
        aria-pressed={starred}
        data-help={starred ? palette.unstar : palette.star}
        onClick={() => toggleFavourite(type)}
      >
        <Star size={13} stroke={1.6} aria-hidden />
      </button>
      {own && (
        <button
          type="button"
          className={css.star}
          tabIndex={-1}
          aria-label={palette.forget}
          aria-description={title}
          data-beside
          data-help={palette.forgetHelp}
          onClick={() => void import('../subgraph/fill-shelf').then(({ takeFromPalette }) => takeFromPalette(own))}
        >
          <IconX size={13} stroke={1.6} aria-hidden />
        </button>
      )}
    </li>
  );
}

interface ShortListProps {
  readonly title: string;
  readonly icon: typeof IconStar;
  readonly nodes: readonly AnyNode[];
}

/** Nodes that stand above all categories. */
const ShortList = ({ title, icon: Sign, nodes }: ShortListProps) =>
  nodes.length > 0 && (
    <section>
      <h2 className={css.category}>
        <Sign size={12} stroke={1.6} aria-hidden />
        {title}
      </h2>
      <ul aria-label={title}>
        {nodes.map((definition) => (
          <Entry key={definition.type} definition={definition} />
        ))}
      </ul>
    </section>
  );

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

const shownRecent = 5;

/** All nodes, to click or to drag onto the canvas; `edge` makes it wider. */
export function Palette({ edge }: { readonly edge: ReactNode }) {
  const [query, setQuery] = useState('');
  const known = (types: readonly string[]) => types.flatMap((type) => registry.get(type) ?? []);
  const favourites = known(useUi((state) => state.favourites));
  const recent = known(useUi((state) => state.recent)).slice(0, shownRecent);
  const keys = useStore(keyStore, () => shownKeysOf('search-nodes'));
  const all = useAddable();
  const subgraphs = useSubgraphs();
  const found = query.trim() ? searchNodes(all, query) : undefined;
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
    <aside className={css.palette} aria-label={palette.nodes}>
      <div className={`${controls.search} ${css.search}`}>
        <IconSearch size={14} stroke={1.6} aria-hidden />
        <input
          type="search"
          aria-label={palette.searchNodes}
          placeholder={palette.searchNodes}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        {keys && <kbd>{keys}</kbd>}
      </div>
      <div ref={list} className={css.list} {...roving}>
        {found ? (
          <ul aria-label={palette.found}>
            {found.map((definition) => (
              <Entry key={definition.type} definition={definition} />
            ))}
            {found.length === 0 && <li className={css.none}>{palette.none}</li>}
          </ul>
        ) : (
          <>
            <ShortList title={palette.favourites} icon={IconStar} nodes={favourites} />
            <ShortList title={palette.recent} icon={IconHistory} nodes={recent} />
            {subgraphs.length > 0 && <Category name={palette.subgraphs} nodes={subgraphs} />}
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
        {palette.templates}
      </button>
      <button type="button" className={css.foot} onClick={() => uiStore.setState({ dialog: 'history' })}>
        <IconPhoto size={14} stroke={1.6} aria-hidden />
        {palette.history}
      </button>
      {edge}
    </aside>
  );
}
