import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useState } from 'react';
import controls from '../controls.module.css';
import { search } from '../palette/search';
import { currentDocument } from '../state/document-store';
import { commandPalette } from '../text/command-palette';
import { common } from '../text/common';
import css from './CommandPalette.module.css';
import { closeDialog, Dialog } from './Dialog';
import { type Entry, entriesFor } from './entries';

/** More lines than anybody reads. */
const most = 80;

/** Everything that can be done, by typing what it is called. */
export default function CommandPalette() {
  const [entries, setEntries] = useState(() => entriesFor(currentDocument(), []));
  useEffect(() => {
    void import('../templates/templates').then(({ templates }) => setEntries(entriesFor(currentDocument(), templates)));
  }, []);
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState(0);
  const found = search(entries, query, ({ title, more, alsoCalled }) => [title, more, alsoCalled]).slice(0, most);
  // The group with what fits best comes first.
  const groups = [...new Set(found.map(({ group }) => group))];
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
    <Dialog label={commandPalette.groups.commands}>
      <div className={`${controls.typing} ${css.search}`}>
        <IconSearch size={16} stroke={1.6} aria-hidden />
        <input
          autoFocus
          role="combobox"
          aria-label={commandPalette.search}
          aria-expanded
          aria-controls="command-list"
          aria-activedescendant={current?.id}
          placeholder={commandPalette.placeholder}
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setChosen(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div
        className={`${css.list} ${controls.scroll}`}
        id="command-list"
        role="listbox"
        aria-label={commandPalette.list}
      >
        {shown.map((entry, i) => (
          <div key={entry.id} role="presentation">
            {entry.group !== shown[i - 1]?.group && (
              <div className={css.group} role="presentation">
                {commandPalette.groups[entry.group]}
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
        {shown.length === 0 && <p>{common.nothingCalled}</p>}
      </div>
    </Dialog>
  );
}
