import { type Box, hull, whole } from './boxes';
import { freeId, takenIds } from './ids';
import type { Recipe } from './recipe';

/** Between a frame and what it was drawn around, and above that for the title; pixels. */
const [pad, head] = [20, 28];

/** Draws a frame around boxes. What lies wholly in a frame moves with it; membership is not stored. */
export const frameAround =
  (boxes: readonly Box[], title: string): Recipe =>
  (document) => {
    const inside = hull(boxes);
    if (!inside) return;
    const at = whole(inside.x - pad, inside.y - pad - head);
    const size = whole(inside.width + 2 * pad, inside.height + 2 * pad + head);
    document.frames.push({ id: freeId(takenIds(document), 'frame'), title, at, size });
  };

export const retitleFrame =
  (id: string, title: string): Recipe =>
  (document) => {
    const frame = document.frames.find((other) => other.id === id);
    if (frame) frame.title = title;
  };
