import { IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react';
import { MiniMap, useReactFlow, useStore } from '@xyflow/react';
import { lazy, Suspense } from 'react';
import { useDocument } from '../state/use';
import css from './Canvas.module.css';
import { fit } from './reveal';

const EmptyGraph = lazy(() => import('../templates/EmptyGraph'));

/** Pixels; React Flow scales the overview to what stands here and not to what CSS says. */
const overview = { width: 150, height: 92 };

/** Zoom, and what an empty canvas says. */
export function CanvasControls() {
  const { zoomIn, zoomOut, zoomTo } = useReactFlow();
  const zoom = useStore(({ transform }) => Math.round(transform[2] * 100));
  const empty = useDocument(
    ({ document }) => document.nodes.length === 0 && !document.notes?.length && document.frames.length === 0,
  );
  return (
    <>
      {empty && (
        <div className={css.empty}>
          <Suspense>
            <EmptyGraph />
          </Suspense>
        </div>
      )}
      {!empty && (
        <MiniMap
          className={css.map ?? ''}
          ariaLabel="Overview of the graph"
          style={overview}
          pannable
          zoomable
          nodeColor={({ selected, type }) =>
            type === 'frame' ? 'var(--line-1)' : selected ? 'var(--ring)' : 'var(--text-4)'
          }
          nodeBorderRadius={8}
          maskColor="var(--overlay)"
          bgColor="transparent"
        />
      )}
      <fieldset className={css.controls} aria-label="Zoom">
        <button type="button" aria-label="Zoom out" onClick={() => void zoomOut()}>
          <IconMinus size={14} stroke={1.6} aria-hidden />
        </button>
        <button
          type="button"
          className={css.zoom}
          aria-label={`Zoom is ${zoom} %, set to 100 %`}
          onClick={() => void zoomTo(1)}
        >
          {zoom} %
        </button>
        <button type="button" aria-label="Zoom in" onClick={() => void zoomIn()}>
          <IconPlus size={14} stroke={1.6} aria-hidden />
        </button>
        <button type="button" aria-label="Show the whole graph" onClick={fit}>
          <IconMaximize size={14} stroke={1.6} aria-hidden />
        </button>
      </fieldset>
    </>
  );
}
