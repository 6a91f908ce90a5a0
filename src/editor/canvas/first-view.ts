import type { Viewport } from '@xyflow/react';
import { type Box, hull } from '../document/boxes';

/** Below this zoom the words on a node are too small to read, and sockets have none (Canvas.tsx, `levelOf`). */
const readable = 0.601;
/** What is much wider than the window is begun at this zoom, in which it is read with ease. */
const easy = 0.8;
/** What fits at no less than this share of a readable zoom is seen nearly whole. */
const nearly = 0.8;
/** Nothing is drawn larger than this for being alone. */
const largest = 1.25;
/** Free between the graph and the edges of the canvas, in pixels; half of it where that lets the graph fit. */
const margins = [
  { x: 20, y: 24 },
  { x: 10, y: 12 },
] as const;
type Margin = (typeof margins)[number];
/** As far as the canvas zooms out. */
const farthest = 0.1;
/** How much smaller each try is than the one before. */
const step = 0.98;

/** So much smaller everything may become to keep what covers the canvas off the nodes. */
const smaller = 0.8;

export interface Room {
  readonly width: number;
  readonly height: number;
  /** What lies over the canvas, in its pixels: overview and zoom. */
  readonly covers: readonly Box[];
}

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Where the graph lies in what is left of the room: in the middle, or at its beginning, which is away from the covers. */
const places = [
  [0.5, 0.5],
  [0.5, 0],
  [0, 0.5],
  [0, 0],
] as const;

/** The largest view between two zooms in which no box is covered; the largest of all where there is none. */
function clearView(boxes: readonly Box[], whole: Box, room: Room, most: number, least: number): Viewport {
  const at = (zoom: number, [x, y]: readonly [number, number], free: Margin): Viewport => ({
    x: free.x + Math.max(0, room.width - 2 * free.x - whole.width * zoom) * x - whole.x * zoom,
    y: free.y + Math.max(0, room.height - 2 * free.y - whole.height * zoom) * y - whole.y * zoom,
    zoom,
  });
  const clear = ({ x, y, zoom }: Viewport): boolean =>
    boxes.every((box) => {
      const drawn = { x: x + box.x * zoom, y: y + box.y * zoom, width: box.width * zoom, height: box.height * zoom };
      return !room.covers.some((cover) => overlap(cover, drawn));
    });
  for (let zoom = most; zoom >= least; zoom *= step)
    for (const free of margins)
      for (const place of places) {
        const view = at(zoom, place, free);
        if (clear(view)) return view;
      }
  return at(most, [0.5, 0.5], margins[0]);
}

const fittingZoom = (whole: Box, { width, height }: Room, free: Margin): number =>
  Math.min(largest, (width - 2 * free.x) / whole.width, (height - 2 * free.y) / whole.height);

/** All of a graph: `around` are its boxes with its frames, of which no more than a corner is covered at worst. */
export function wholeView(
  boxes: readonly Box[],
  around: readonly Box[],
  room: Room,
  free: Margin = margins[0],
): Viewport | undefined {
  const whole = hull(around);
  if (!whole) return undefined;
  const fitting = Math.max(farthest, fittingZoom(whole, room, free));
  return clearView(boxes, whole, room, fitting, Math.max(farthest, fitting * smaller));
}

/** What is seen first of a graph: all of it where it can be read then, else its beginning, as high as fits. */
export function firstView(boxes: readonly Box[], around: readonly Box[], room: Room): Viewport | undefined {
  const whole = hull(around);
  if (!whole) return undefined;
  const free = margins.find((margin) => fittingZoom(whole, room, margin) >= readable);
  if (free) return wholeView(boxes, around, room, free);
  const nearlyFits = fittingZoom(whole, room, margins[0]) >= nearly * readable;
  const high = nearlyFits ? readable : (room.height - 2 * margins[0].y) / whole.height;
  return clearView(boxes, whole, room, Math.min(easy, Math.max(readable, high)), readable);
}
