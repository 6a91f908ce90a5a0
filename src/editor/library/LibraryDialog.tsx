import { IconSearch, IconTrash, IconX } from '@tabler/icons-react';
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { LibraryEntry } from '../../storage/entry';
import controls from '../controls.module.css';
import cards from '../dialogs/Cards.module.css';
import { closeDialog, Dialog } from '../dialogs/Dialog';
import frame from '../dialogs/Dialog.module.css';
import { listAll } from '../keeping/listed';
import { notifyFailure } from '../notify';
import { common } from '../text/common';
import { graphs as words } from '../text/graphs';
import { forgetTrash } from './actions';
import { Card } from './Card';
import { findEntries, type Order, tagsOf } from './find';
import css from './Library.module.css';
import { LibraryFoot } from './LibraryFoot';

/** How many graphs are drawn at first, and how many more when the end comes into view. */
const portion = 48;

/** The end of the list: asks for more of it when it is seen. */
function More({ onSeen }: { readonly onSeen: () => void }) {
  const end = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (!end.current) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && onSeen(), { rootMargin: '600px' });
    observer.observe(end.current);
    return () => observer.disconnect();
  });
  return <li ref={end} className={css.more} aria-hidden />;
}

interface EmptyTrashProps {
  readonly entries: readonly LibraryEntry[];
  readonly onChange: () => void;
}

/** Deletes all of the trash for good, at the second press. */
function EmptyTrash({ entries, onChange }: EmptyTrashProps) {
  const [sure, setSure] = useState(false);
  return (
    <button
      type="button"
      className={`${css.button} ${sure ? css.danger : ''}`}
      disabled={entries.length === 0}
      onBlur={() => setSure(false)}
      onClick={() => {
        if (!sure) return setSure(true);
        setSure(false);
        void forgetTrash(entries).then(onChange, notifyFailure);
      }}
    >
      {sure ? words.emptyTrashSure(entries.length) : words.emptyTrash}
    </button>
  );
}

/** All graphs that this browser keeps: search, tags, the trash. */
export default function LibraryDialog() {
  const [entries, setEntries] = useState<readonly LibraryEntry[]>();
  const [text, setText] = useState('');
  const [tag, setTag] = useState<string>();
  const [bin, setBin] = useState(false);
  const [order, setOrder] = useState<Order>('changed');
  const [shown, setShown] = useState(portion);
  const wanted = useDeferredValue(text);
  const look = () => void listAll().then(setEntries, notifyFailure);
  useEffect(look, []);
  const tags = useMemo(() => tagsOf(entries ?? []), [entries]);
  const found = useMemo(
    () => findEntries(entries ?? [], { words: wanted, tag: bin ? undefined : tag, trash: bin, order }),
    [entries, wanted, tag, bin, order],
  );
  const trashed = useMemo(() => (entries ?? []).filter((entry) => entry.trashed !== undefined), [entries]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins at its beginning
  useEffect(() => setShown(portion), [wanted, tag, bin, order]);
  return (
    <Dialog label={words.title} className={cards.dialog}>
      <div className={frame.head}>
        <h2>
          {bin ? words.trash : words.title} <small aria-live="polite">{entries && words.count(found.length)}</small>
        </h2>
        <button type="button" className={controls.icon} aria-label={common.close} onClick={closeDialog}>
          <IconX size={16} stroke={1.6} aria-hidden />
        </button>
      </div>
      <div className={cards.filters}>
        <label className={`${controls.search} ${cards.search}`}>
          <IconSearch size={14} stroke={1.6} aria-hidden />
          <input
            type="search"
            aria-label={words.searchLabel}
            placeholder={words.search}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </label>
        {!bin && (
          <select
            aria-label={words.sort}
            className={css.select}
            value={order}
            onChange={(event) => setOrder(event.currentTarget.value as Order)}
          >
            {Object.entries(words.sorts).map(([key, label]) => (
              <option key={key} value={key}>
                {label}
              </option>
            ))}
          </select>
        )}
        {!bin && tags.length > 0 && (
          <fieldset className={cards.tags} aria-label={words.tags}>
            {tags.slice(0, 24).map((name) => (
              <button
                key={name}
                type="button"
                aria-pressed={tag === name}
                onClick={() => setTag(tag === name ? undefined : name)}
              >
                {name}
              </button>
            ))}
          </fieldset>
        )}
        <span className={css.grow} />
        {bin && <EmptyTrash entries={trashed} onChange={look} />}
        <button
          type="button"
          className={css.button}
          aria-pressed={bin}
          onClick={() => setBin(!bin)}
          aria-label={words.trashCount(trashed.length)}
        >
          <IconTrash size={15} stroke={1.6} aria-hidden />
          {trashed.length > 0 && <span>{trashed.length}</span>}
        </button>
      </div>
      <ul className={`${cards.cards} ${controls.scroll}`}>
        {found.slice(0, shown).map((entry, index) => (
          <Card key={entry.id} entry={entry} place={index + 1} of={found.length} onChange={look} />
        ))}
        {found.length > shown && <More onSeen={() => setShown(shown + portion)} />}
        {entries && found.length === 0 && (
          <li className={cards.none}>{wanted || tag ? words.noneFound : bin ? words.noneInTrash : words.none}</li>
        )}
      </ul>
      <LibraryFoot entries={entries ?? []} onChange={look} />
    </Dialog>
  );
}
