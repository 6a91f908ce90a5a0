import {
  IconArrowBackUp,
  IconCopy,
  IconPencil,
  type IconProps,
  IconTag,
  IconTrash,
  type Icon as TablerIcon,
} from '@tabler/icons-react';
import { type ComponentType, useState } from 'react';
import type { LibraryEntry } from '../../storage/entry';
import { closeDialog } from '../dialogs/Dialog';
import { openKept } from '../files/session';
import { notifyFailure } from '../notify';
import { isOpen } from '../state/tabs';
import { graphs as words } from '../text/graphs';
import { duplicate, forgetTrash, rename, restore, setTags, trash } from './actions';
import { tagsFrom } from './find';
import css from './Library.module.css';
import { Thumbnail } from './Thumbnail';

const when = (time: number): string => new Date(time).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });

interface ButtonProps {
  readonly icon: TablerIcon | ComponentType<IconProps>;
  readonly label: string;
  readonly help: string;
  readonly onPress: () => void;
}

const Button = ({ icon: Icon, label, help, onPress }: ButtonProps) => (
  <button type="button" aria-label={label} data-help={help} onClick={onPress}>
    <Icon size={15} stroke={1.6} aria-hidden />
  </button>
);

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
  readonly onDone: (value: string | undefined) => void;
}

/** A field in place of a line of the card: Enter takes what it holds, Escape leaves it as it was. */
function Field({ label, value, hint, onDone }: FieldProps) {
  const [text, setText] = useState(value);
  return (
    <input
      className={css.field}
      aria-label={label}
      placeholder={hint}
      value={text}
      // biome-ignore lint/a11y/noAutofocus: it was asked for by the press of a button
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => onDone(text)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onDone(text);
        else if (event.key === 'Escape') {
          // The window stays.
          event.preventDefault();
          onDone(undefined);
        } else return;
        event.stopPropagation();
      }}
    />
  );
}

interface Props {
  readonly entry: LibraryEntry;
  readonly place: number;
  readonly of: number;
  /** Called when the list has changed. */
  readonly onChange: () => void;
}

/** A graph as its picture, its name and what can be done with it. */
export function Card({ entry, place, of, onChange }: Props) {
  const [editing, setEditing] = useState<'name' | 'tags'>();
  const { id, name, tags, trashed, nodes, changed } = entry;
  const act = (done: Promise<unknown>) => void done.then(onChange, notifyFailure);
  const open = () => {
    closeDialog();
    void openKept(entry);
  };
  const about = `about-${id}`;
  const bin = trashed !== undefined;
  return (
    <li className={css.card} aria-setsize={of} aria-posinset={place}>
      <button
        type="button"
        className={css.open}
        aria-label={bin ? words.restore(name) : words.open(name)}
        aria-describedby={about}
        onClick={bin ? () => act(restore([entry])) : open}
      >
        <Thumbnail id={id} />
      </button>
      {editing === 'name' ? (
        <Field
          label={words.newName(name)}
          value={name}
          onDone={(value) => {
            setEditing(undefined);
            if (value !== undefined && value !== name) act(rename(entry, value));
          }}
        />
      ) : (
        <strong>{words.open(name)}</strong>
      )}
      {editing === 'tags' ? (
        <Field
          label={words.editTags(name)}
          value={tags.join(', ')}
          hint={words.tagsHint}
          onDone={(value) => {
            setEditing(undefined);
            if (value !== undefined) act(setTags(id, tagsFrom(value)));
          }}
        />
      ) : (
        <span id={about}>
          {words.about(nodes, when(trashed ?? changed))}
          {isOpen(id) && ` · ${words.isOpen}`}
          {tags.length > 0 && <em>{tags.join(' · ')}</em>}
        </span>
      )}
      <div className={css.acts}>
        {bin ? (
          <>
            <Button
              icon={IconArrowBackUp}
              label={words.bringBack(name)}
              help={words.restoreHelp}
              onPress={() => act(restore([entry]))}
            />
            <Button
              icon={IconTrash}
              label={words.forget(name)}
              help={words.forgetHelp}
              onPress={() => act(forgetTrash([entry]))}
            />
          </>
        ) : (
          <>
            <Button
              icon={IconPencil}
              label={words.rename(name)}
              help={words.renameHelp}
              onPress={() => setEditing('name')}
            />
            <Button
              icon={IconTag}
              label={words.editTags(name)}
              help={words.tagsHelp}
              onPress={() => setEditing('tags')}
            />
            <Button
              icon={IconCopy}
              label={words.duplicate(name)}
              help={words.duplicateHelp}
              onPress={() => act(duplicate(entry))}
            />
            <Button
              icon={IconTrash}
              label={words.delete(name)}
              help={words.deleteHelp}
              onPress={() => void trash([entry], onChange).catch(notifyFailure)}
            />
          </>
        )}
      </div>
    </li>
  );
}
