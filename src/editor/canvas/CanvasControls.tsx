import { IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react';
import { MiniMap, type Node, useReactFlow, useStore } from '@xyflow/react';
import { lazy, Suspense } from 'react';
import { createPortal } from 'react-dom';
import { documentStore } from '../state/document-store';
import { useDocument, useUi } from '../state/use';
import { canvas as words } from '../text/canvas';
import css from './Canvas.module.css';
import { fit } from './reveal';

const EmptyGraph = lazy(() => import('../templates/EmptyGraph'));

/** Pixels; React Flow scales the overview to what stands here and not to what CSS says. */
const overview = { width: 150, height: 92 };

/** The colour that the user gave to a node; a frame's would hide what lies in it. */
const colorOf = (id: string): string | undefined => documentStore.getState().graph.nodes.get(id)?.color;

const overviewColor = ({ id, selected, type }: Node): string =>
  selected && type !== 'frame'
    ? 'var(--ring)'
    : (colorOf(id) ?? (type === 'frame' ? 'var(--line-1)' : 'var(--text-4)'));

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
  const overviewShown = useUi((state) => state.overview);
  // Drawn again when a colour changes, which React Flow does not know of.
  const colors = useDocument(({ document }) =>
    [...document.nodes, ...document.frames].map(({ color }) => color ?? '').join(' '),
  );
  const gestured = empty ? canvas?.querySelector('.react-flow__renderer') : undefined;
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
      {!empty && overviewShown && (
        <MiniMap
          className={css.map ?? ''}
          ariaLabel={words.overview}
          style={overview}
          pannable
          zoomable
          key={colors}
          nodeColor={overviewColor}
          nodeBorderRadius={8}
          maskColor="var(--overlay)"
          bgColor="transparent"
        />
      )}
      <fieldset className={css.controls} aria-label={words.zoom}>
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
