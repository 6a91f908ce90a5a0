import { IconChevronDown, IconChevronUp, IconSearch, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { fitParts, revealNode } from '../canvas/reveal';
import controls from '../controls.module.css';
import { registry } from '../registry';
import { selectNodes } from '../state/canvas-store';
import { uiStore } from '../state/ui-store';
import { useDocument } from '../state/use';
import { common } from '../text/common';
import { find } from '../text/find';
import css from './Find.module.css';
import { type Find, findInGraph } from './find-in-graph';

/** Searches the graph: names, types, values, and the words of prompts and notes. */
export default function FindBar() {
  const document = useDocument((state) => state.document);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const found = findInGraph(document, registry, query);
  const current = found[Math.min(at, found.length - 1)];
  const show = (find: Find | undefined) => {
    if (!find) return;
    selectNodes([find.id]);
    fitParts([find.id]);
  };
  const go = (step: number) => {
    if (!current) return;
    const next = (found.indexOf(current) + step + found.length) % found.length;
    setAt(next);
    show(found[next]);
  };
  const close = () => {
    uiStore.setState({ finding: false });
    if (current) requestAnimationFrame(() => revealNode(current.id));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') go(event.shiftKey ? -1 : 1);
    else if (event.key === 'ArrowDown') go(1);
    else if (event.key === 'ArrowUp') go(-1);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <search className={css.find} aria-label={find.title}>
      <div className={`${controls.typing} ${css.row}`}>
        <IconSearch size={14} stroke={1.6} aria-hidden />
        <input
          ref={field}
          type="search"
          data-find
          aria-label={find.title}
          placeholder={find.hint}
          value={query}
          onChange={(event) => {
            const typed = event.currentTarget.value;
            setQuery(typed);
            setAt(0);
            show(findInGraph(document, registry, typed)[0]);
          }}
          onKeyDown={onKeyDown}
        />
        <span role="status">
          {query.trim() && (current ? `${found.indexOf(current) + 1} of ${found.length}` : find.none)}
        </span>
        <button
          type="button"
          className={controls.icon}
          aria-label={find.previous}
          data-help={find.previous}
          disabled={!current}
          onClick={() => go(-1)}
        >
          <IconChevronUp size={14} stroke={1.6} aria-hidden />
        </button>
        <button
          type="button"
          className={controls.icon}
          aria-label={find.next}
          data-help={find.next}
          disabled={!current}
          onClick={() => go(1)}
        >
          <IconChevronDown size={14} stroke={1.6} aria-hidden />
        </button>
        <button
          type="button"
          className={controls.icon}
          aria-label={find.closeSearch}
          data-help={common.close}
          onClick={close}
        >
          <IconX size={14} stroke={1.6} aria-hidden />
        </button>
      </div>
      {current && (
        <p>
          <b>{current.title}</b> {current.where}
        </p>
      )}
    </search>
  );
}
