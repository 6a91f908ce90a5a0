import { IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react';
import { useReactFlow, useStore } from '@xyflow/react';
import { lazy, Suspense } from 'react';
import { createPortal } from 'react-dom';
import { useStore as useStoreOf } from 'zustand';
import { keepingStore } from '../state/keeping-store';
import { useDocument, useUi } from '../state/use';
import { canvas as words } from '../text/canvas';
import css from './Canvas.module.css';
import { Overview } from './Overview';
import { fit } from './reveal';

const EmptyGraph = lazy(() => import('../templates/EmptyGraph'));

function ZoomButton() {
  const { zoomTo } = useReactFlow();
  const zoom = useStore(({ transform }) => Math.round(transform[2] * 100));
  return (
    <button type="button" className={css.zoom} aria-label={words.zoomIs(zoom)} onClick={() => void zoomTo(1)}>
      {zoom} %
    </button>
  );
}

/** Zoom, and what an empty canvas says. */
export function CanvasControls() {
  const { zoomIn, zoomOut } = useReactFlow();
  const canvas = useStore(({ domNode }) => domNode);
  const empty = useDocument(
    ({ document }) => document.nodes.length === 0 && !document.notes?.length && document.frames.length === 0,
  );
  // What is not there yet is not nothing.
  const unread = useStoreOf(keepingStore, (state) => state.unread !== undefined);
  const overviewShown = useUi((state) => state.overview);
  const gestured = empty && !unread ? canvas?.querySelector('.react-flow__renderer') : undefined;
  return (
    <>
      {/* In what hears of pinches and the wheel: its cards cover most of a phone's canvas, and are no hole in it. */}
      {gestured &&
        createPortal(
          <div className={css.empty}>
            <Suspense>
              <EmptyGraph />
            </Suspense>
          </div>,
          gestured,
        )}
      {!empty && overviewShown && <Overview />}
      <fieldset className={css.controls} data-covers aria-label={words.zoom}>
        <button type="button" aria-label={words.zoomOut} onClick={() => void zoomOut()}>
          <IconMinus size={14} stroke={1.6} aria-hidden />
        </button>
        <ZoomButton />
        <button type="button" aria-label={words.zoomIn} onClick={() => void zoomIn()}>
          <IconPlus size={14} stroke={1.6} aria-hidden />
        </button>
        <button type="button" aria-label={words.fit} onClick={fit}>
          <IconMaximize size={14} stroke={1.6} aria-hidden />
        </button>
      </fieldset>
    </>
  );
}
