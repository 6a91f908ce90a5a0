import { IconCopy, IconTrash, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { LibraryEntry } from '../../storage/entry';
import controls from '../controls.module.css';
import { openKept } from '../files/session';
import { listKept } from '../keeping/listed';
import { duplicate, trash } from '../library/actions';
import { notifyFailure } from '../notify';
import { common } from '../text/common';
import { graphs as words } from '../text/graphs';
import { closeDialog, Dialog } from './Dialog';
import frame from './Dialog.module.css';
import css from './GraphsDialog.module.css';

const whenWords = (changed: number): string =>
  new Date(changed).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });

/** All graphs that this browser keeps. */
export default function GraphsDialog() {
  const [graphs, setGraphs] = useState<readonly LibraryEntry[]>();
  const look = () => void listKept().then(setGraphs, notifyFailure);
  useEffect(look, []);
  const act = (done: Promise<void>) => void done.then(look, notifyFailure);
  return (
    <Dialog label={words.title}>
      <div className={frame.head}>
        <h2>{words.title}</h2>
        <button type="button" className={controls.icon} aria-label={common.close} onClick={closeDialog}>
          <IconX size={16} stroke={1.6} aria-hidden />
        </button>
      </div>
      <ul className={`${css.list} ${controls.scroll}`}>
        {graphs?.map((entry) => (
          <li key={entry.id}>
            <button
              type="button"
              className={css.open}
              onClick={() => {
                closeDialog();
                void openKept(entry);
              }}
            >
              <span>{entry.name || common.untitled}</span>
              <em>{whenWords(entry.changed)}</em>
            </button>
            <button
              type="button"
              className={controls.icon}
              aria-label={words.duplicate(entry.name)}
              data-help={words.duplicateHelp}
              onClick={() => act(duplicate(entry))}
            >
              <IconCopy size={14} stroke={1.6} aria-hidden />
            </button>
            <button
              type="button"
              className={controls.icon}
              aria-label={words.delete(entry.name)}
              data-help={words.deleteHelp}
              onClick={() => act(trash([entry], look))}
            >
              <IconTrash size={14} stroke={1.6} aria-hidden />
            </button>
          </li>
        ))}
        {graphs?.length === 0 && <li className={css.none}>{words.none}</li>}
      </ul>
    </Dialog>
  );
}
