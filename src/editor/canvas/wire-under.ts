import { wireId } from '../document/wires';
import { currentDocument } from '../state/document-store';
import { currentFlow } from './view';

const idOf = (element: Element) => element.closest<SVGElement>('.react-flow__edge')?.dataset.id;

/** The wire that is drawn at a point of the window, whatever lies over it. */
export const wireAt = (x: number, y: number): string | undefined =>
  document
    .elementsFromPoint(x, y)
    .map(idOf)
    .find((id) => id !== undefined);

/**
 * The same for all that a drag of one node passes, of the wires that do not move along. Asking the browser what lies at a
 * point takes longer than all else in a frame of a drag, so the wires' lines are asked, and only those that run near it.
 */
export function wiresBeside(node: string): (x: number, y: number) => string | undefined {
  const apart = new Set(
    currentDocument().wires.flatMap(({ from, to }) => (from[0] === node || to[0] === node ? [] : [wireId(to)])),
  );
  const room = document.querySelector('.react-flow')?.getBoundingClientRect();
  const lines = [...document.querySelectorAll<SVGPathElement>('.react-flow__edge path.react-flow__edge-interaction')]
    .flatMap((line) => {
      const id = idOf(line);
      return id !== undefined && apart.has(id) ? [{ id, line, box: line.getBBox() }] : [];
    })
    .reverse();
  const [first] = lines;
  const reach = first ? Number.parseFloat(getComputedStyle(first.line).strokeWidth) / 2 : 0;
  return (x, y) => {
    if (!room || x < room.left || x >= room.right || y < room.top || y >= room.bottom) return undefined;
    const point = currentFlow()?.screenToFlowPosition({ x, y }, { snapToGrid: false });
    return (
      point &&
      lines.find(
        ({ line, box }) =>
          point.x >= box.x - reach &&
          point.x <= box.x + box.width + reach &&
          point.y >= box.y - reach &&
          point.y <= box.y + box.height + reach &&
          line.isPointInStroke(point),
      )?.id
    );
  };
}
