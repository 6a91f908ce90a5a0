import type { Document, Wire } from '../../core/document';
import { graphPoint } from '../canvas/reveal';
import { hull } from '../document/boxes';
import { excerpt, incomingOfExcerpt, incomingWires, pasteExcerpt, rewire } from '../document/clipboard';
import type { Point } from '../document/nodes';
import { partsOf } from '../document/parts';
import { allOf } from '../document/recipe';
import { registry } from '../registry';
import { common } from '../text/common';
import { gestures } from '../text/gestures';
import { selectedParts, selectNodes } from './canvas-store';
import { currentDocument, edit } from './document-store';

/** Between an original and its copy, in pixels. */
const aside = 24;

/** What was cut last, with the wires that came into it: they are gone from the graph by then. */
let cut: { readonly text: string; readonly wires: readonly Wire[] } | undefined;

export const rememberCut = (text: string) => {
  cut = { text, wires: incomingWires(currentDocument(), selectedParts()) };
};

const put = (gesture: (parts: string) => string, part: Document, by: Point, wires: readonly Wire[]) => {
  const { recipe, pasted, now } = pasteExcerpt(currentDocument(), part, by);
  edit(gesture(common.parts(pasted.length)), allOf(recipe, rewire(registry, wires, now)));
  selectNodes(pasted);
};

/** Puts a copy of the selection beside it, wired to itself only, or also to what feeds the originals. */
export function duplicate(wired: boolean) {
  const document = currentDocument();
  const ids = selectedParts();
  put(gestures.duplicate, excerpt(document, ids), [aside, aside], wired ? incomingWires(document, ids) : []);
}

/** The way to a place where no part lies on one that was pasted before: at a point of the window, or beside the original. */
function way(part: Document, at: { readonly x: number; readonly y: number } | undefined): Point {
  const parts = partsOf(part);
  const box = hull(parts.map(({ at: [x, y] }) => ({ x, y, width: 0, height: 0 })));
  if (!box) return [0, 0];
  const [x, y] = at ? graphPoint(at) : [box.x + aside, box.y + aside];
  const taken = new Set(partsOf(currentDocument()).map((other) => other.at.map(Math.round).join(' ')));
  let [right, down] = [Math.round(x - box.x), Math.round(y - box.y)];
  while (parts.some((other) => taken.has(`${Math.round(other.at[0] + right)} ${Math.round(other.at[1] + down)}`))) {
    right += aside;
    down += aside;
  }
  return [right, down];
}

/** Pastes nodes, wired to each other only, or also to what fed the originals. */
export function paste(text: string, part: Document, wired: boolean, at?: { readonly x: number; readonly y: number }) {
  const wires = !wired ? [] : cut?.text === text ? cut.wires : incomingOfExcerpt(currentDocument(), part);
  put(gestures.paste, part, way(part, at), wires);
}
