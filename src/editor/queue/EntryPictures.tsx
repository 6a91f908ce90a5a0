import { IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import css from '../canvas/Enlarged.module.css';
import { PictureGrid } from '../canvas/PictureGrid';
import { UseSeedsOf } from '../canvas/UseSeed';
import { promptOf } from '../document/prompt';
import { queueStore } from '../engine/queue-store';
import { uiStore } from '../state/ui-store';
import { useDocument } from '../state/use';
import { common } from '../text/common';
import { queue } from '../text/queue';

const close = () => uiStore.setState({ lookedAt: undefined });

/** The pictures of an entry of the queue, as large as the window. */
export function EntryPictures({ id }: { readonly id: number }) {
  const entry = useStore(queueStore, ({ entries }) => entries.find((one) => one.id === id));
  const sameGraph = useDocument(({ history }) => history.document.id === entry?.graph.id);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className={css.enlarged} aria-label={queue.pictures} onClose={close}>
      <button type="button" aria-label={common.close} onClick={close}>
        <IconX size={18} stroke={1.6} aria-hidden />
      </button>
      <div className={css.pictures}>
        {Object.entries(entry?.shown ?? {}).map(([node, shown]) => (
          <div key={node}>
            <PictureGrid {...shown} title={shown.from && promptOf(shown.from, node)} />
            {sameGraph && <UseSeedsOf from={shown.from} id={node} />}
          </div>
        ))}
      </div>
    </dialog>
  );
}
