import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { search } from '../palette/search';
import { currentDocument } from '../state/document-store';
import css from './CommandPalette.module.css';
import { closeDialog, Dialog } from './Dialog';
import frame from './Dialog.module.css';
import { type Entry, entriesFor } from './entries';

/** More lines than anybody reads. */
const most = 80;

const groups: readonly Entry['group'][] = ['Commands', 'In this graph', 'Add a node', 'Open graphs', 'Templates'];

/** Everything that can be done, by typing what it is called. */
export function CommandPalette() {
  const [entries, setEntries] = useState(() => entriesFor(currentDocument(), []));
  useEffect(() => {
    void import('../templates/templates').then(({ templates }) => setEntries(entriesFor(currentDocument(), templates)));
  }, []);
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState(0);
  const found = search(entries, query, ({ title, more }) => [title, more]).slice(0, most);
  const shown = groups.flatMap((group) => found.filter((entry) => entry.group === group));
  const current = shown[Math.min(chosen, shown.length - 1)];
  const act = (entry: Entry) => {
    closeDialog();
    // The page has the focus again when the dialog is gone; what acts may then move it.
    requestAnimationFrame(entry.run);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step && current) setChosen((shown.indexOf(current) + step + shown.length) % shown.length);
    else if (event.key === 'Enter' && current) act(current);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog label="Commands">
      <div className={css.search}>
        <IconSearch size={16} stroke={1.6} aria-hidden />
        <input
          autoFocus
          role="combobox"
          aria-label="Search commands and nodes"
          aria-expanded
          aria-controls="command-list"
          aria-activedescendant={current?.id}
          placeholder="What do you want to do?"
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setChosen(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div className={`${css.list} ${frame.scroll}`} id="command-list" role="listbox" aria-label="Commands and nodes">
        {shown.map((entry, i) => (
          <div key={entry.id} role="presentation">
            {entry.group !== shown[i - 1]?.group && (
              <div className={css.group} role="presentation">
                {entry.group}
              </div>
            )}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys */}
            <div
              id={entry.id}
              role="option"
              tabIndex={-1}
              aria-selected={entry === current}
              className={css.item}
              ref={(element) => {
                if (entry === current) element?.scrollIntoView({ block: 'nearest' });
              }}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => act(entry)}
            >
              {entry.icon}
              <span>{entry.title}</span>
              {entry.keys && <kbd>{entry.keys}</kbd>}
              {entry.hint && <em>{entry.hint}</em>}
            </div>
          </div>
        ))}
        {shown.length === 0 && <p>Nothing is called that.</p>}
      </div>
    </Dialog>
  );
}
