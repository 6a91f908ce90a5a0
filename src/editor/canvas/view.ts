import type { ReactFlowInstance, Viewport } from '@xyflow/react';
import type { Document } from '../../core/document';
import type { CanvasNode, CanvasWire } from '../state/canvas-store';

export type View = NonNullable<Document['view']>;
type Flow = ReactFlowInstance<CanvasNode, CanvasWire>;

/** A canvas of some size in pixels. */
interface Size {
  readonly width: number;
  readonly height: number;
}

/** What documents allow, and farther than anybody draws. */
const farthest = 1e6;
const whole = (value: number) => Math.round(Math.min(farthest, Math.max(-farthest, value))) + 0;

/** What is in the middle of a canvas, in whole pixels of the graph, so that it stays the same in a window of another size. */
export const viewOf = ({ x, y, zoom }: Viewport, { width, height }: Size): View => ({
  at: [whole((width / 2 - x) / zoom), whole((height / 2 - y) / zoom)],
  zoom: Math.round(zoom * 1000) / 1000,
});

export const viewportOf = ({ at: [x, y], zoom }: View, { width, height }: Size): Viewport => ({
  x: width / 2 - x * zoom,
  y: height / 2 - y * zoom,
  zoom,
});

let flow: Flow | undefined;
/** What is to be shown as soon as it can be: all of a graph whose nodes are not measured yet, or a part of it. */
let wanted: View | 'all' | undefined;

const size = (): Size | undefined => document.querySelector('.react-flow')?.getBoundingClientRect();

export const currentFlow = (): Flow | undefined => flow;

export function setFlow(instance: Flow) {
  flow = instance;
  if (typeof wanted === 'object') showView(wanted);
}

/** Where the user looks; undefined as long as the canvas does not show the graph yet. */
export function currentView(): View | undefined {
  const room = flow && !wanted && size();
  return flow && room ? viewOf(flow.getViewport(), room) : undefined;
}

/** Looks where a graph was looked at last, or at all of it as soon as its nodes are measured. */
export function showView(view: View | undefined) {
  wanted = view ?? 'all';
  const room = flow && size();
  if (!view || !flow || !room) return;
  wanted = undefined;
  void flow.setViewport(viewportOf(view, room));
}

/** True once after all of a graph was asked for. */
export function takeFitWish(): boolean {
  const fit = wanted === 'all';
  if (fit) wanted = undefined;
  return fit;
}
