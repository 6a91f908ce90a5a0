import { fitParts } from '../canvas/reveal';
import { currentFlow } from '../canvas/view';
import type { Point } from '../document/nodes';
import { placeParts } from '../document/parts';
import { allOf } from '../document/recipe';
import { moveReroutes } from '../document/reroutes';
import { registry } from '../registry';
import { boxesOf, canvasStore, selectedParts } from '../state/canvas-store';
import { currentDocument, documentStore, edit } from '../state/document-store';
import { common } from '../text/common';
import { gestures } from '../text/gestures';
import { arrangeGraph, type SocketY } from './arrange-graph';
import { carriedReroutes } from './carry-reroutes';
import { glide } from './glide';

/** Where React Flow measured a socket. A node that is not drawn has it at a third of its height. */
const socketY: SocketY = (id, port, side) => {
  const node = currentFlow()?.getInternalNode(id);
  const socket = node?.internals.handleBounds?.[side]?.find((handle) => handle.id === port);
  return socket ? socket.y + socket.height / 2 : (node?.measured.height ?? 0) / 3;
};

/** Places the selected parts, or all where fewer than two are selected, from left to right along the wires. */
export function tidy() {
  const all = boxesOf(canvasStore.getState().nodes.map(({ id }) => id));
  const chosen = selectedParts();
  const some = chosen.length > 1;
  const before = currentDocument();
  const { at, sizes } = arrangeGraph(documentStore.getState().graph, registry, all, socketY, some ? chosen : undefined);
  const carried = carriedReroutes(before, all, at);
  edit(gestures.arrange(common.parts(at.size)), allOf(placeParts(at, sizes), moveReroutes(carried)));
  if (currentDocument() === before) return;
  const from = [...at.keys()].flatMap((id): [string, Point][] => {
    const box = all.get(id);
    return box ? [[id, [box.x, box.y]]] : [];
  });
  glide(new Map(from), () => fitParts([...(some ? at : all).keys()]));
}
