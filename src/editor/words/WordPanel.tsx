import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useDocument } from '../state/use';
import { common } from '../text/common';
import { knownWords } from '../text/known-words';
import { AboutTiny } from './AboutTiny';
import { insertWord, returnToPrompt } from './caret';
import { neverSeen, useUnknownWords, useWordList } from './use-words';
import { type Entry, found, type Group, groupsOf, stands } from './word-list';
import css from './words.module.css';
import { wordsStore } from './words-store';

interface Props {
  readonly node: string;
  /** The parameter that holds the prompt. */
  readonly parameter: string;
}

const helpOf = ({ aliases, help }: Entry): string | undefined =>
  aliases.length ? knownWords.also(aliases.join(', ')) : help;

/** Arrow keys go from word to word; Tab leaves them. */
function onWordKey(event: KeyboardEvent<HTMLElement>) {
  const words = [...event.currentTarget.querySelectorAll<HTMLElement>('button')];
  const at = words.indexOf(event.target as HTMLElement);
  const last = words.length - 1;
  const to = {
    ArrowRight: Math.min(at + 1, last),
    ArrowDown: Math.min(at + 1, last),
    ArrowLeft: Math.max(at - 1, 0),
    ArrowUp: Math.max(at - 1, 0),
    Home: 0,
    End: last,
  }[event.key];
  if (to === undefined || at < 0) return;
  event.preventDefault();
  words[to]?.focus();
}

/** A group of words. Only one word of all is reached by Tab: the one that had the focus last. */
function Words({
  group,
  prompt,
  stop,
  insert,
  onFocus,
}: {
  readonly group: Group;
  readonly prompt: string;
  readonly stop: string;
  readonly insert: (entry: Entry, group: Group) => void;
  readonly onFocus: (text: string) => void;
}) {
  return (
    <div className={css.group}>
      <h4>
        {group.title} <span>{group.entries.length}</span>
      </h4>
      <ul>
        {group.entries.map((entry) => (
          <li key={entry.text}>
            <button
              type="button"
              tabIndex={`${group.title} ${entry.text}` === stop ? 0 : -1}
              data-help={helpOf(entry)}
              data-stands={stands(prompt, entry)}
              aria-description={helpOf(entry)}
              // The prompt keeps the focus and shows its caret.
              onMouseDown={(event) => event.preventDefault()}
              onFocus={() => onFocus(`${group.title} ${entry.text}`)}
              onClick={() => insert(entry, group)}
            >
              {entry.text}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The words that the built-in model knows, beside a prompt that it reads; a press puts one into the prompt. */
export default function WordPanel({ node, parameter }: Props) {
  const list = useWordList();
  const { open, wanted } = useStore(wordsStore);
  const text = useDocument(({ graph }) => String(graph.nodes.get(node)?.params[parameter] ?? ''));
  const unknown = useUnknownWords(node, text);
  const [query, setQuery] = useState('');
  const [focused, setFocused] = useState('');
  const [inserted, setInserted] = useState('');
  const search = useRef<HTMLInputElement>(null);
  const words = useRef<HTMLDivElement>(null);
  const groups = list ? found(groupsOf(list), query) : [];
  const total = list ? groupsOf(list).reduce((sum, { entries }) => sum + entries.length, 0) : 0;
  const names = groups.flatMap(({ title, entries }) => entries.map((entry) => `${title} ${entry.text}`));
  const stop = names.includes(focused) ? focused : (names[0] ?? '');

  useEffect(() => {
    if (wanted !== node || !list || !search.current) return;
    wordsStore.setState({ wanted: undefined });
    search.current.scrollIntoView({ block: 'nearest' });
    search.current.focus();
  }, [wanted, node, list]);

  const insert = (entry: Entry, { tag }: Group) => {
    insertWord(node, parameter, entry.text, tag);
    setInserted(entry.text);
  };
  const onSearchKey = (event: KeyboardEvent) => {
    const [first] = groups;
    const [entry] = first?.entries ?? [];
    if (event.key === 'Enter' && query && first && entry) insert(entry, first);
    else if (event.key === 'ArrowDown') words.current?.querySelector<HTMLElement>('button')?.focus();
    else return;
    event.preventDefault();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    if (query && event.target === search.current) setQuery('');
    else if (!returnToPrompt(node)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <section className={css.panel} aria-label={knownWords.wordsKnows} onKeyDown={onKeyDown}>
      <h3>
        <button
          type="button"
          className={css.toggle}
          aria-expanded={open}
          onClick={() => wordsStore.setState({ open: !open })}
        >
          <Chevron size={14} stroke={1.6} aria-hidden />
          {knownWords.title}
          {list && <span>{total}</span>}
        </button>
      </h3>
      {open && (
        <>
          <AboutTiny />
          <p className={css.verdict} data-unknown={unknown.length > 0}>
            {unknown.length > 0
              ? neverSeen(unknown.map(({ word }) => word))
              : text.trim()
                ? knownWords.seenAll
                : knownWords.press}
          </p>
          <input
            ref={search}
            type="search"
            className={css.search}
            aria-label={knownWords.searchLabel}
            placeholder={common.search}
            spellCheck={false}
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
            onKeyDown={onSearchKey}
          />
          <div ref={words} role="toolbar" aria-label={knownWords.words} onKeyDown={onWordKey}>
            {groups.map((group) => (
              <Words key={group.title} group={group} prompt={text} stop={stop} insert={insert} onFocus={setFocused} />
            ))}
          </div>
          {list && groups.length === 0 && <p className={css.verdict}>{knownWords.noWord(query.trim())}</p>}
          <p className={css.spoken} role="status">
            {inserted ? knownWords.inserted(inserted) : query && knownWords.count(names.length)}
          </p>
        </>
      )}
    </section>
  );
}
