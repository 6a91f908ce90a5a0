import type { Point } from '../document/nodes';
import { type CanvasNode, canvasStore } from '../state/canvas-store';
import { currentDocument } from '../state/document-store';

/** In milliseconds; none for people who asked for less motion (tokens.css, `--m-camera`). */
const duration = () =>
  Number.parseInt(getComputedStyle(document.documentElement).getPropertyValue('--m-camera'), 10) || 0;

/** Lets parts move from where they were to where the document has them by now. Any further change puts them there at once. */
export function glide(from: ReadonlyMap<string, Point>, then: () => void) {
  const length = duration();
  const arrived = currentDocument();
  const to = new Map(canvasStore.getState().nodes.map(({ id, position: { x, y } }) => [id, [x, y] as const]));
  const start = performance.now();
  const step = (now: number) => {
    if (currentDocument() !== arrived) return;
    const share = length > 0 ? Math.min(1, Math.max(0, now - start) / length) : 1;
    const eased = 1 - (1 - share) ** 3;
    const moved = (node: CanvasNode): CanvasNode => {
      const [before, after] = [from.get(node.id), to.get(node.id)];
      if (!before || !after) return node;
      const [x, y] = [0, 1].map((i) => (before[i] ?? 0) + ((after[i] ?? 0) - (before[i] ?? 0)) * eased);
      return { ...node, position: { x: x ?? after[0], y: y ?? after[1] } };
    };
    canvasStore.setState(({ nodes }) => ({ nodes: nodes.map(moved) }));
    if (share < 1) requestAnimationFrame(step);
    else then();
  };
  step(start);
}
