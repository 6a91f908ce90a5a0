import { IconCopy, IconTrash, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { type DocumentEntry, keptDocuments } from '../../storage/documents';
import { deleteKept, duplicateKept, openKept } from '../files/session';
import { notifyFailure } from '../notify';
import { closeDialog, Dialog } from './Dialog';
import frame from './Dialog.module.css';
import css from './GraphsDialog.module.css';

const whenWords = (changed: number): string =>
  new Date(changed).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });

/** All graphs that this browser keeps. */
export default function GraphsDialog() {
  const [graphs, setGraphs] = useState<readonly DocumentEntry[]>();
  const look = () => void keptDocuments().then(setGraphs, notifyFailure);
  useEffect(look, []);
  const act = (done: Promise<void>) => void done.then(look);
  return (
    <Dialog label="Graphs in this browser">
      <div className={frame.head}>
        <h2>Graphs in this browser</h2>
        <button type="button" className={frame.close} aria-label="Close" onClick={closeDialog}>
          <IconX size={16} stroke={1.6} aria-hidden />
        </button>
      </div>
      <ul className={`${css.list} ${frame.scroll}`}>
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
              <span>{entry.name || 'Untitled'}</span>
              <em>{whenWords(entry.changed)}</em>
            </button>
            <button
              type="button"
              className={frame.close}
              aria-label={`Duplicate ${entry.name || 'Untitled'}`}
              data-help="Duplicate"
              onClick={() => act(duplicateKept(entry))}
            >
              <IconCopy size={14} stroke={1.6} aria-hidden />
            </button>
            <button
              type="button"
              className={frame.close}
              aria-label={`Delete ${entry.name || 'Untitled'}`}
              data-help="Delete"
              onClick={() => act(deleteKept(entry, look))}
            >
              <IconTrash size={14} stroke={1.6} aria-hidden />
            </button>
          </li>
        ))}
        {graphs?.length === 0 && <li className={css.none}>No graphs yet. Each one you make is kept here.</li>}
      </ul>
    </Dialog>
  );
}
