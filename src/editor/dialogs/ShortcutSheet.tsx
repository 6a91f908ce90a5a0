import { IconArrowBackUp, IconPencil, IconSearch, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { commands } from '../all-commands';
import { canvasKeys } from '../canvas/keys';
import controls from '../controls.module.css';
import { isMac, keyWords, sectionTitles } from '../define-command';
import { search } from '../palette/search';
import { whyNot } from '../shortcuts/fixed-keys';
import { assign, combinationOf, keysIn, type NamedCommand, ownerOf, reset } from '../shortcuts/keymap';
import { keepKeys, keyStore } from '../state/key-store';
import { common } from '../text/common';
import { shortcuts } from '../text/shortcuts';
import { closeDialog, Dialog } from './Dialog';
import frame from './Dialog.module.css';
import css from './ShortcutSheet.module.css';

/** What the keys do, and where the user gives commands other keys. */
export default function ShortcutSheet() {
  const remapped = useStore(keyStore, (state) => state.remapped);
  const [query, setQuery] = useState('');
  const [changing, setChanging] = useState<string>();
  const shown = query.trim()
    ? search(commands, query, ({ title, keys, alsoCalled }) => [title, keys?.map(keyWords).join(' '), alsoCalled])
    : commands;
  const sections = [...Object.entries(sectionTitles), [undefined, shortcuts.more] as const];
  return (
    <Dialog label={shortcuts.title} className={css.sheet}>
      <div className={frame.head}>
        <h2>{shortcuts.title}</h2>
        {Object.keys(remapped).length > 0 && (
          <button type="button" className={css.all} onClick={() => keepKeys({})}>
            {shortcuts.resetAll}
          </button>
        )}
        <button type="button" className={controls.icon} aria-label={common.close} onClick={closeDialog}>
          <IconX size={16} stroke={1.6} aria-hidden />
        </button>
      </div>
      <div className={`${controls.search} ${css.search}`}>
        <IconSearch size={14} stroke={1.6} aria-hidden />
        <input
          type="search"
          aria-label={shortcuts.search}
          placeholder={shortcuts.search}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className={`${css.groups} ${controls.scroll}`} tabIndex={0} aria-label={shortcuts.shortcuts}>
        {sections.map(([section, title]) => {
          const list = shown
            .filter(({ menu }) => menu?.section === section)
            .sort((a, b) => (a.menu?.place ?? 0) - (b.menu?.place ?? 0));
          return (
            list.length > 0 && (
              <section key={title}>
                <h3>{title}</h3>
                <ul>
                  {list.map((command) => (
                    <Row
                      key={command.id}
                      command={command}
                      keys={keysIn(remapped, command)}
                      changed={remapped[command.id] !== undefined}
                      changing={changing === command.id}
                      onChange={setChanging}
                    />
                  ))}
                </ul>
              </section>
            )
          );
        })}
        {!query.trim() && (
          <section>
            <h3>{shortcuts.onCanvas}</h3>
            <ul>
              {canvasKeys.map(([name, keys]) => (
                <li key={name}>
                  <span>{name}</span>
                  <Keys keys={keys} />
                </li>
              ))}
            </ul>
          </section>
        )}
        {shown.length === 0 && <p>{shortcuts.none}</p>}
      </section>
    </Dialog>
  );
}

const Keys = ({ keys }: { readonly keys: readonly string[] }) => (
  <span className={css.keys}>
    {keys.map((combination) => (
      <kbd key={combination}>{keyWords(combination)}</kbd>
    ))}
  </span>
);

interface RowProps {
  readonly command: NamedCommand;
  readonly keys: readonly string[];
  readonly changed: boolean;
  readonly changing: boolean;
  readonly onChange: (id: string | undefined) => void;
}

function Row({ command, keys, changed, changing, onChange }: RowProps) {
  const button = useRef<HTMLButtonElement>(null);
  const done = () => {
    onChange(undefined);
    requestAnimationFrame(() => button.current?.focus());
  };
  const { title } = command;
  return (
    <li>
      <span>{title}</span>
      {changing ? (
        <Capture command={command} onDone={done} />
      ) : (
        <>
          <Keys keys={keys} />
          {changed && (
            <button
              type="button"
              className={css.act}
              aria-label={shortcuts.resetKeys(title)}
              data-help={shortcuts.reset}
              onClick={() => keepKeys(reset(commands, keyStore.getState().remapped, command))}
            >
              <IconArrowBackUp size={13} stroke={1.6} aria-hidden />
            </button>
          )}
          <button
            ref={button}
            type="button"
            className={css.act}
            aria-label={shortcuts.changeKeys(title)}
            data-help={shortcuts.change}
            onClick={() => onChange(command.id)}
          >
            <IconPencil size={13} stroke={1.6} aria-hidden />
          </button>
        </>
      )}
    </li>
  );
}

/** Waits for the new keys; where another command has them, asks before it takes them. */
function Capture({ command, onDone }: { readonly command: NamedCommand; readonly onDone: () => void }) {
  const [pressed, setPressed] = useState<string>();
  const field = useRef<HTMLButtonElement>(null);
  const { remapped } = keyStore.getState();
  const owner = pressed === undefined ? undefined : ownerOf(commands, remapped, pressed);
  const refusal = pressed && whyNot(pressed);
  const take = (keys: string | undefined) => {
    keepKeys(assign(commands, remapped, command, keys));
    onDone();
  };
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    const waiting = field.current;
    if (!waiting) return;
    // As the browser has it, so that no key of the page or the dialog acts on it first.
    const onKeyDown = (event: KeyboardEvent) => {
      event.preventDefault();
      event.stopPropagation();
      const keys = combinationOf(event, isMac);
      if (keys === 'escape') return onDone();
      if (keys === undefined) return;
      const other = ownerOf(commands, keyStore.getState().remapped, keys);
      if (whyNot(keys) === undefined && (!other || other.id === command.id)) take(keys);
      else setPressed(keys);
    };
    waiting.addEventListener('keydown', onKeyDown);
    return () => waiting.removeEventListener('keydown', onKeyDown);
  });
  return (
    <fieldset className={css.capture} aria-label={shortcuts.newKeys(command.title)}>
      <button ref={field} type="button" className={css.press}>
        {pressed ? keyWords(pressed) : shortcuts.press}
      </button>
      {pressed && <p role="alert">{refusal ?? shortcuts.taken(keyWords(pressed), owner?.title ?? '')}</p>}
      {pressed && !refusal && (
        <button type="button" className={css.button} onClick={() => take(pressed)}>
          {shortcuts.takeOver}
        </button>
      )}
      {!pressed && (
        <button type="button" className={css.button} onClick={() => take(undefined)}>
          {shortcuts.noKeys}
        </button>
      )}
      <button type="button" className={css.button} onClick={onDone}>
        {common.cancel}
      </button>
    </fieldset>
  );
}
