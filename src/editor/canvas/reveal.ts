import type { Box } from '../document/boxes';
import { registry } from '../registry';
import { scrubStore } from '../scrubber/scrub-store';
import { boxOf, canvasStore, selectNodes } from '../state/canvas-store';
import { documentStore, showInside } from '../state/document-store';
import { narrow } from '../state/ui-store';
import { firstView, type Room, wholeView } from './first-view';
import { currentFlow, takeFitWish } from './view';

/** 260 ms, or none for people who asked for less motion (tokens.css, `--m-camera`). */
const camera = () =>
  Number.parseInt(getComputedStyle(document.documentElement).getPropertyValue('--m-camera'), 10) || 0;

/** Below this zoom no word on a node can be read. */
const readable = 0.35;

/** Between the nodes and what lies over the canvas, in pixels. */
const gap = 6;

const isScreen = (id: string): boolean => {
  const type = documentStore.getState().graph.nodes.get(id)?.type;
  return registry.get(type ?? '')?.shows !== undefined;
};

const fitOptions = { padding: { x: '20px', top: '24px', bottom: '24px' }, maxZoom: 1.25, minZoom: 0.1 } as const;

/** What the strip of steps will take from the canvas when a zone runs, so that it covers no node; pixels. */
function roomForSteps(): number {
  const { shown, hidden } = scrubStore.getState();
  const some = documentStore.getState().document.zones.length > 0;
  return some && !shown && !hidden && innerWidth >= narrow.palette ? 116 : 0;
}

/** Where nodes and notes lie, and the same with frames, which nothing but nodes in them need be kept clear of. */
function boxesNow(): readonly [boxes: readonly Box[], around: readonly Box[]] {
  const all = canvasStore.getState().nodes.filter(({ measured }) => measured?.width);
  return [all.filter(({ type }) => type !== 'frame').map(boxOf), all.map(boxOf)];
}

/** The canvas without `below` at its lower edge, which something else will take. */
function roomNow(below: number): Room | undefined {
  const canvas = document.querySelector('.react-flow')?.getBoundingClientRect();
  if (!canvas) return undefined;
  const covers = [...document.querySelectorAll('[data-covers]')].flatMap((part) => {
    const { left, top, width, height } = part.getBoundingClientRect();
    const box = { x: left - canvas.left - gap, y: top - canvas.top - below - gap };
    return width ? [{ ...box, width: width + 2 * gap, height: height + 2 * gap }] : [];
  });
  return { width: canvas.width, height: canvas.height - below, covers };
}

/** Shows the whole graph. */
export function fit() {
  const room = roomNow(0);
  const view = room && wholeView(...boxesNow(), room);
  if (view) void currentFlow()?.setViewport(view, { duration: camera() });
}

/** Shows some nodes, frames and notes. */
export const fitParts = (ids: readonly string[]) =>
  void currentFlow()?.fitView({ ...fitOptions, duration: camera(), nodes: ids.map((id) => ({ id })) });

/** To be called when nodes were measured. */
export function fitIfWanted() {
  const { path, history } = documentStore.getState();
  // What the user puts into an empty graph is where the user looks; what was opened is to be seen whole.
  if (!takeFitWish() || (path.length === 0 && history.past.length > 0)) return;
  const flow = currentFlow();
  const room = roomNow(roomForSteps());
  if (!flow || !room) return;
  const [boxes, around] = boxesNow();
  const whole = wholeView(boxes, around, room);
  // On a phone a part as large as can be read is too small to tell anything: start at what shows the pictures.
  const screens = innerWidth < narrow.outline ? flow.getNodes().filter(({ id }) => isScreen(id)) : [];
  if (screens.length && whole && whole.zoom < readable) void flow.fitView({ ...fitOptions, nodes: screens });
  else void flow.setViewport(firstView(boxes, around, room) ?? flow.getViewport());
}

/** Selects a node and brings it into view. */
export function revealNode(id: string) {
  selectNodes([id]);
  void currentFlow()?.fitView({ nodes: [{ id }], maxZoom: 1, duration: camera() });
  document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
}

/** The same for a node by the name that the engine gives it, `instance/node`: what it is inside of is opened. */
export function revealInGraph(id: string) {
  const path = id.split('/');
  showInside(path.slice(0, -1));
  // What was opened is drawn first.
  requestAnimationFrame(() => revealNode(path.at(-1) ?? ''));
}

/** The middle of what is visible, or a point of the screen, in the graph's coordinates. */
export function graphPoint(screen?: { x: number; y: number }): [number, number] {
  const box = document.querySelector('.react-flow')?.getBoundingClientRect();
  const at = screen ?? { x: (box?.left ?? 0) + (box?.width ?? 0) / 2, y: (box?.top ?? 0) + (box?.height ?? 0) / 2 };
  const { x, y } = currentFlow()?.screenToFlowPosition(at) ?? at;
  return [x, y];
}
