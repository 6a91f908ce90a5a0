import { IconX } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { uiStore } from '../state/ui-store';
import { useRun, useUi } from '../state/use';
import { canvas } from '../text/canvas';
import { common } from '../text/common';
import css from './Enlarged.module.css';
import { PictureGrid } from './PictureGrid';
import { UseSeed } from './UseSeed';

const SweepView = lazy(() => import('../sweep/SweepView'));

const close = () => uiStore.setState({ enlarged: undefined });

/** The pictures of a node, as large as the window. */
export function Enlarged() {
  const id = useUi((state) => state.enlarged);
  const whole = useRun((state) => (id === undefined ? undefined : state.shown[id]));
  const cells = useRun((state) => (id === undefined ? undefined : state.cells[id]));
  const shown = cells ?? whole;
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
          {id !== undefined && shown.pictures.length > 1 ? (
            <Suspense>
              <SweepView id={id} shown={shown} plays={cells ? undefined : whole?.plays} />
            </Suspense>
          ) : (
            <div className={css.pictures}>
              <PictureGrid axes={shown.axes} pictures={shown.pictures} />
            </div>
          )}
          {id !== undefined && <UseSeed id={id} />}
        </>
      )}
    </dialog>
  );
}
