import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import type { AnyNode } from '../../core/define-node';
import { graphPoint } from '../canvas/reveal';
import { SocketShape } from '../canvas/SocketShape';
import controls from '../controls.module.css';
import { fitsInto } from '../document/insert';
import { NodeIcon } from '../NodeIcon';
import { categoryOf, paletteTitle, registry } from '../registry';
import { addNode, portFor } from '../state/add-node';
import { currentDocument } from '../state/document-store';
import { type Adding, uiStore } from '../state/ui-store';
import { useUi } from '../state/use';
import { useAddable } from '../subgraph/shelf';
import { palette } from '../text/palette';
import css from './AddMenu.module.css';
import { searchNodes } from './search';

/** Room that the menu needs, in pixels, so that it opens inside the window. */
const size = { width: 296, height: 380 };

const close = () => uiStore.setState({ adding: undefined });

function OpenMenu({ x, y, loose, into, beside = false }: Adding) {
  const [query, setQuery] = useState('');
  const [all, setAll] = useState(loose === undefined && into === undefined);
  const [chosen, setChosen] = useState(0);
  const narrowed = loose !== undefined || into !== undefined;
  const fits = (definition: AnyNode) =>
    loose ? portFor(definition, loose) !== undefined : !into || fitsInto(currentDocument(), registry, into, definition);
  const addable = useAddable();
  const fitting = all ? addable : addable.filter(fits);
  const found = query.trim() ? searchNodes(fitting, query) : fitting;
  const current = found[Math.min(chosen, found.length - 1)];
  const add = (definition: AnyNode) => {
    close();
    addNode(definition, graphPoint({ x, y }), { loose, into, beside });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step) setChosen((found.indexOf(current as AnyNode) + step + found.length) % (found.length || 1));
    else if (event.key === 'Enter' && current) add(current);
    else if (event.key === 'Escape') close();
    else if (event.key === 'Tab' && narrowed) setAll(!all);
    else return;
    event.preventDefault();
  };
  const left = Math.max(8, Math.min(x, innerWidth - size.width - 8));
  const top = Math.max(8, Math.min(y, innerHeight - size.height - 8));
  return (
    <div className={css.menu} role="dialog" aria-label={palette.addNode} style={{ left, top }}>
      <div className={`${controls.search} ${css.search}`}>
        <IconSearch size={14} stroke={1.6} aria-hidden />
        <input
          // biome-ignore lint/a11y/noAutofocus: the menu was asked for, and it is for typing
          autoFocus
          role="combobox"
          aria-label={palette.searchToAdd}
          aria-expanded
          aria-controls="add-menu"
          aria-activedescendant={current && `add-${current.type.replace('/', '-')}`}
          placeholder={palette.searchNodes}
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setChosen(0);
          }}
          onKeyDown={onKeyDown}
          onBlur={close}
        />
        {narrowed && !all && (
          <span className={css.fits}>
            {loose && <SocketShape kind={loose.kind} />}
            {palette.fits}
          </span>
        )}
      </div>
      <div className={`${controls.scroll} ${css.list}`} id="add-menu" role="listbox" aria-label={palette.nodes}>
        {found.map((definition) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys
          <div
            key={definition.type}
            id={`add-${definition.type.replace('/', '-')}`}
            role="option"
            tabIndex={-1}
            aria-selected={definition === current}
            className={css.item}
            ref={(element) => {
              if (definition === current) element?.scrollIntoView({ block: 'nearest' });
            }}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => add(definition)}
          >
            <NodeIcon type={definition.type} size={16} />
            {paletteTitle(definition)}
            <em>{categoryOf(definition.type)}</em>
          </div>
        ))}
        {found.length === 0 && <p>{narrowed && !all ? palette.noneFits : palette.none}</p>}
      </div>
      {current && (
        <div className={css.help}>
          {current.help}
          {current.formula && <code>{current.formula}</code>}
        </div>
      )}
      <div className={css.keys}>
        <span>
          <kbd>↵</kbd> {narrowed ? palette.addWire : palette.add}
        </span>
        {narrowed && (
          <span>
            <kbd>⇥</kbd> {all ? palette.showFitting : palette.showAll}
          </span>
        )}
      </div>
    </div>
  );
}

/** The menu at the pointer that adds a node, and ends the wire there that was let go over nothing. */
export default function AddMenu() {
  const adding = useUi((state) => state.adding);
  return adding && <OpenMenu key={`${adding.x} ${adding.y}`} {...adding} />;
}
