import type { useStoreApi } from '@xyflow/react';
import { useCallback, useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';
import type { DocumentNode, Wire } from '../../core/document';
import { areTold, problemStore } from '../problems/problem-store';
import { type CanvasNode, canvasStore } from '../state/canvas-store';
import { documentStore } from '../state/document-store';
import { runInside } from '../state/run-inside';
import { runStore } from '../state/run-store';
import { uiStore } from '../state/ui-store';
import { handStore } from '../state/wire-in-hand';
import { routeStore } from '../wires/route-store';
import { bringAllNear, bringNear, gatherFarWires } from './far-wires';

/**
 * Which nodes of a large graph are drawn with sockets and fields, and which as a box with a name. Whole are those in view and
 * near it, and what has the focus or the pointer; from far away, where fields cannot be read, only the latter. A box has the size
 * of its node, so that nothing else notices: wires, frames and the order of Tab stay as they are.
 */

type Flow = ReturnType<typeof useStoreApi<CanvasNode>>;

/** CSS lengths. */
interface Size {
  readonly width: string;
  readonly height: string;
}

/** Graphs with no more nodes than this are always drawn whole. */
const few = 40;

/** Below this zoom fields are hidden (WeftNode.module.css, `data-zoom`). */
export const far = 0.35;

/** How long nothing moves, or is zoomed, before the rest is drawn, and how long one frame of that may take; milliseconds. */
const rest = { move: 300, zoom: 500 };
const budget = 6;

/** Nodes of which so many become boxes at once, which is little work. */
const batch = 24;

/** What is drawn around the view, and what stays drawn there, in parts of the canvas. */
const [drawn, kept] = [0.12, 0.2];

const sketches = new Map<string, Size>();
const listeners = new Map<string, () => void>();
/** The boxes of nodes that are drawn whole. */
const boxes = new Map<string, HTMLElement>();
/** Nodes that became whole in this frame, with the sockets that they had before. */
const returned = new Set<string>();

/** The size of a node of which only a box is drawn; undefined where it is drawn whole. */
export function useSketch(id: string): Size | undefined {
  const subscribe = useCallback(
    (listener: () => void) => {
      listeners.set(id, listener);
      return () => void listeners.delete(id);
    },
    [id],
  );
  return useSyncExternalStore(subscribe, () => sketches.get(id));
}

/** To be given the box of a node that is drawn whole. */
export const useBox = (id: string) =>
  useCallback(
    (box: HTMLElement | null) => {
      if (box) boxes.set(id, box);
      else boxes.delete(id);
    },
    [id],
  );

export const isSketched = (id: string): boolean => sketches.has(id);

/** Whether a node has just been drawn whole again, as it was when its sockets were measured. */
export const isReturned = (id: string): boolean => returned.has(id) && !handStore.getState().hand;

function change(id: string, size: Size | undefined) {
  if (size) sketches.set(id, size);
  else if (sketches.delete(id)) bringNear(id);
  else return;
  listeners.get(id)?.();
}

function drawAll() {
  bringAllNear();
  for (const id of [...sketches.keys()]) change(id, undefined);
}

function complete(id: string) {
  if (returned.size === 0) requestAnimationFrame(() => returned.clear());
  returned.add(id);
  change(id, undefined);
}

/** Draws a node whole before this returns, for who needs its sockets or fields. */
export function drawWhole(id: string | undefined) {
  if (id !== undefined && sketches.has(id)) flushSync(() => complete(id));
}

/** What a node shows or says of itself can be seen from afar. */
function isTelling(id: string): boolean {
  const { nodes, shown, outputs } = runInside(runStore.getState(), documentStore.getState().path);
  const problems = problemStore.getState();
  return (
    shown[id] !== undefined ||
    nodes[id]?.state === 'failed' ||
    (areTold(problems) && problems.byNode.has(id)) ||
    Object.values(outputs[id] ?? {}).some(({ notes }) => notes?.length)
  );
}

let hovered: string | undefined;
let focused: string | undefined;

const isHeld = (id: string): boolean =>
  id === hovered || id === focused || id === uiStore.getState().renaming || isTelling(id);

/** Draws a node whole that the pointer came to. */
export function onNodeMouseEnter(_event: unknown, { id }: CanvasNode) {
  hovered = id;
  if (sketches.has(id)) complete(id);
}

const nodeAt = (target: EventTarget | null) =>
  target instanceof Element ? target.closest<HTMLElement>('.react-flow__node-weft')?.dataset.id : undefined;

/** Everything but the place of a node that decides how large it is. */
const sameShape = (a: DocumentNode, b: DocumentNode): boolean =>
  a === b ||
  (Object.keys({ ...a, ...b }) as (keyof DocumentNode)[]).every((name) => name === 'at' || a[name] === b[name]);

const endsOf = (wires: readonly Wire[], others: readonly Wire[]): string[] => {
  const known = new Set(others);
  return wires.flatMap((wire) => (known.has(wire) ? [] : [wire.from[0], wire.to[0]]));
};

/** Follows what is looked at and what changes. */
export function watchDetail(flow: Flow): () => void {
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let still = true;

  /** How far a node is from the middle of the view, in parts of half of it; below 1 it can be seen. */
  const distance = (id: string): number => {
    const { transform, width, height, nodeLookup } = flow.getState();
    const { internals, measured } = nodeLookup.get(id) ?? {};
    if (!internals || measured?.width === undefined || measured.height === undefined) return 0;
    const [x, y, zoom] = transform;
    const { x: left, y: top } = internals.positionAbsolute;
    const apart = (start: number, length: number, room: number) => {
      const middle = start + length / 2;
      return Math.max(0, Math.abs(middle - room / 2) - length / 2) / (room / 2 || 1);
    };
    return Math.max(
      apart(left * zoom + x, measured.width * zoom, width),
      apart(top * zoom + y, measured.height * zoom, height),
    );
  };
  const isFar = () => flow.getState().transform[2] <= far && !handStore.getState().hand;
  const isLarge = () => flow.getState().nodeLookup.size > few;

  const missing = (reach: number): string[] => {
    if (!isLarge()) return [...sketches.keys()];
    if (isFar()) return [];
    return [...sketches.keys()]
      .map((id) => ({ id, at: distance(id) }))
      .filter(({ at }) => at < reach)
      .sort((a, b) => a.at - b.at)
      .map(({ id }) => id);
  };

  const needless = (): string[] => {
    if (!isLarge()) return [];
    const reach = isFar() ? -1 : 1 + 2 * kept;
    return [...boxes.keys()].filter(
      (id) => flow.getState().nodeLookup.get(id)?.internals.handleBounds && distance(id) > reach && !isHeld(id),
    );
  };

  /** Does as much of it as a frame has time for. False if something is left. */
  const inTime = (ids: readonly string[], act: (id: string) => void): boolean => {
    const end = performance.now() + budget;
    return ids.every((id) => {
      if (performance.now() > end) return false;
      flushSync(() => act(id));
      return true;
    });
  };

  const work = () => {
    frame = 0;
    if (!still) return;
    if (!inTime(missing(1 + 2 * drawn), complete)) return plan();
    const spare = needless().slice(0, batch);
    if (spare.length === 0) {
      if (!gatherFarWires(flow.getState(), isSketched)) plan();
      return;
    }
    // All are measured before the first of them changes.
    const sizes = spare.map((id) => {
      const { width, height } = getComputedStyle(boxes.get(id) ?? document.body);
      // A little more than what is written, which is rounded, comes to the same part of a pixel again.
      const exact = (length: string) => `${Number.parseFloat(length) + 0.004}px`;
      return [id, { width: exact(width), height: exact(height) }] as const;
    });
    for (const [id, size] of sizes) change(id, size);
    plan();
  };
  const plan = () => {
    frame ||= requestAnimationFrame(work);
  };
  const settle = () => {
    still = true;
    plan();
  };
  const later = (pause = rest.move) => {
    clearTimeout(timer);
    timer = setTimeout(settle, pause);
  };
  let movedAt = 0;
  const onMove = (zoomed: boolean) => {
    still = false;
    const now = performance.now();
    // Where a step takes long, the time to the next of the same gesture is no rest.
    const gap = now - movedAt;
    movedAt = now;
    later(Math.max(zoomed ? rest.zoom : rest.move, gap < 1000 ? 3 * gap : 0));
  };

  const onFocus = ({ target }: FocusEvent) => {
    focused = nodeAt(target);
    if (focused !== undefined && sketches.has(focused)) complete(focused);
  };
  // A finger comes without warning, and what it means is looked for when it goes.
  const onPress = ({ target }: PointerEvent) => drawWhole(nodeAt(target));
  document.addEventListener('focusin', onFocus);
  document.addEventListener('pointerdown', onPress, true);
  const ends = [
    flow.subscribe(({ transform, width, height, nodeLookup }, before) => {
      if (transform !== before.transform || width !== before.width || height !== before.height)
        onMove(transform[2] !== before.transform[2]);
      else if (nodeLookup.size !== before.nodeLookup.size) later();
    }),
    documentStore.subscribe(({ document: now, graph }, before) => {
      if (now === before.document) return;
      later();
      if (sketches.size === 0) return;
      // The inside of a subgraph is a document of its own.
      if (now.id !== before.document.id) return drawAll();
      const ends =
        now.wires === before.document.wires
          ? []
          : [...endsOf(now.wires, before.document.wires), ...endsOf(before.document.wires, now.wires)];
      const wired = new Set(ends);
      for (const id of [...sketches.keys()]) {
        const [node, old] = [graph.nodes.get(id), before.graph.nodes.get(id)];
        if (!node || !old || wired.has(id) || !sameShape(node, old)) change(id, undefined);
      }
    }),
    canvasStore.subscribe(({ nodes }, before) => {
      // What is not measured, or has to be again, cannot be measured without its sockets.
      for (const { id, measured } of nodes) if (!measured && sketches.has(id)) change(id, undefined);
      if (nodes.length !== before.nodes.length) later();
    }),
    ...[runStore, problemStore].map((store) =>
      store.subscribe(() => {
        for (const id of [...sketches.keys()]) if (isTelling(id)) complete(id);
      }),
    ),
    routeStore.subscribe(() => later()),
    handStore.subscribe(({ hand }, before) => {
      if (!hand !== !before.hand) later();
    }),
    uiStore.subscribe(({ renaming }) => {
      if (renaming !== undefined && sketches.has(renaming)) complete(renaming);
    }),
  ];
  later();
  return () => {
    document.removeEventListener('focusin', onFocus);
    document.removeEventListener('pointerdown', onPress, true);
    for (const end of ends) end();
    clearTimeout(timer);
    cancelAnimationFrame(frame);
  };
}
