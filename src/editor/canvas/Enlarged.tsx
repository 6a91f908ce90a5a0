import { IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { uiStore } from '../state/ui-store';
import { useRun, useUi } from '../state/use';
import { canvas } from '../text/canvas';
import { common } from '../text/common';
import css from './Enlarged.module.css';
import { PictureGrid } from './PictureGrid';
import { UseSeed } from './UseSeed';

const close = () => uiStore.setState({ enlarged: undefined });

/** The pictures of a node, as large as the window. */
export function Enlarged() {
  const id = useUi((state) => state.enlarged);
  const shown = useRun((state) => (id === undefined ? undefined : state.shown[id]));
  const dialog = useRef<HTMLDialogElement>(null);
  const open = shown !== undefined;
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog ref={dialog} className={css.enlarged} aria-label={canvas.pictures} onClose={close}>
      {shown && (
        <>
          <button type="button" aria-label={common.close} onClick={close}>
            <IconX size={18} stroke={1.6} aria-hidden />
          </button>
          <div className={css.pictures}>
            <PictureGrid {...shown} />
          </div>
          {id !== undefined && <UseSeed id={id} />}
        </>
      )}
    </dialog>
  );
}
