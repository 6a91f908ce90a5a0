import { useStoreApi } from '@xyflow/react';
import { useEffect, useState } from 'react';
import type { CanvasNode } from '../state/canvas-store';
import { far } from './detail';

/** What is worth drawing (UI.md, "Zoom levels"). */
const levelOf = (zoom: number): 'near' | 'middle' | 'far' => (zoom > 0.6 ? 'near' : zoom > far ? 'middle' : 'far');

/** How long a zoom takes no further step before it rests, and after how long a step is the first of another; milliseconds. */
const [rest, apart] = [250, 1000];
/** How long the cover stays after the last step: less than it takes to press something, longer only where steps are slow; milliseconds. */
const [covered, longest] = [120, 500];

/**
 * What is worth drawing at this zoom. It changes between the steps of a zoom, when everything on the canvas looks another and
 * is laid out anew, only where one stands alone; else when they are at rest.
 */
export function useLevel(): ReturnType<typeof levelOf> {
  const flow = useStoreApi<CanvasNode>();
  const [level, setLevel] = useState(() => levelOf(flow.getState().transform[2]));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let zoomedAt = Number.NEGATIVE_INFINITY;
    const settle = () => setLevel(levelOf(flow.getState().transform[2]));
    settle();
    const end = flow.subscribe(({ transform }, before) => {
      if (transform[2] === before.transform[2]) return;
      const now = performance.now();
      const gap = now - zoomedAt;
      zoomedAt = now;
      clearTimeout(timer);
      if (gap > apart) settle();
      else timer = setTimeout(settle, Math.max(rest, 3 * gap));
    });
    return () => {
      end();
      clearTimeout(timer);
    };
  }, [flow]);
  return level;
}

/**
 * Lays a cover over everything on the canvas while the wheel zooms, so that the browser need not look for what is under the
 * pointer at each of its steps. The pointer takes it away when it moves.
 */
export function coverWhileZooming(canvas: HTMLElement): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let coveredAt = Number.NEGATIVE_INFINITY;
  let at: readonly [x: number, y: number] = [0, 0];
  // On the element itself: were it on the canvas, all that is on it would be asked whether it looks another now.
  let pane: HTMLElement | null = null;
  const uncover = () => {
    clearTimeout(timer);
    timer = undefined;
    delete pane?.dataset.covered;
  };
  const onWheel = ({ target, clientX, clientY }: WheelEvent) => {
    // What scrolls by itself takes the wheel, unless a zoom is under way.
    if (!timer && target instanceof Element && target.closest('.nowheel')) return;
    clearTimeout(timer);
    const now = performance.now();
    timer = setTimeout(uncover, Math.min(longest, Math.max(covered, 3 * (now - coveredAt))));
    coveredAt = now;
    at = [clientX, clientY];
    pane = canvas.querySelector<HTMLElement>('.react-flow__pane');
    if (pane) pane.dataset.covered = '';
  };
  // The browser also tells of a pointer that only has something else under it.
  const onPointerMove = ({ clientX, clientY }: PointerEvent) => {
    if (timer && (clientX !== at[0] || clientY !== at[1])) uncover();
  };
  canvas.addEventListener('wheel', onWheel, { capture: true, passive: true });
  canvas.addEventListener('pointermove', onPointerMove, { capture: true, passive: true });
  return () => {
    uncover();
    canvas.removeEventListener('wheel', onWheel, true);
    canvas.removeEventListener('pointermove', onPointerMove, true);
  };
}
