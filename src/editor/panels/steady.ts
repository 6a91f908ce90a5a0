import { currentFlow } from '../canvas/view';

/** Where the canvas begins, in pixels of the window. */
export const canvasLeft = (): number => document.querySelector('.react-flow')?.getBoundingClientRect().left ?? 0;

/** Keeps what the canvas shows where it was on the screen, after what is beside it took room or gave it back. */
export function holdView(before: number) {
  const by = canvasLeft() - before;
  const flow = currentFlow();
  if (!flow || by === 0) return;
  const { x, y, zoom } = flow.getViewport();
  void flow.setViewport({ x: x - by, y, zoom });
}
