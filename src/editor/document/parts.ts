import type { Document, DocumentNode, Frame, Note } from '../../core/document';
import { whole } from './boxes';
import type { Point } from './nodes';
import type { Recipe } from './recipe';

/** What lies on the canvas. Ids are unique among all of them. */
export type Part = DocumentNode | Frame | Note;

export const partsOf = (document: Document): Part[] => [
  ...document.nodes,
  ...document.frames,
  ...(document.notes ?? []),
];

export const moveParts =
  (positions: ReadonlyMap<string, Point>): Recipe =>
  (document) => {
    for (const part of partsOf(document)) {
      const at = positions.get(part.id);
      if (at) part.at = whole(at[0], at[1]);
    }
  };

/** Sets width and height; the height of a node follows its pictures, so it is 0 there. */
export const resizePart =
  (id: string, size: Point): Recipe =>
  (document) => {
    const part = partsOf(document).find((other) => other.id === id);
    if (part) part.size = whole(size[0], size[1]);
  };

/** Colours a frame, a note or a node's icon; `undefined` gives back the grey. */
export const colorPart =
  (id: string, color: string | undefined): Recipe =>
  (document) => {
    const part = partsOf(document).find((other) => other.id === id);
    if (!part) return;
    if (color) part.color = color;
    else delete part.color;
  };

/** Moves parts and gives frames new sizes, as one change. */
export const placeParts =
  (positions: ReadonlyMap<string, Point>, sizes: ReadonlyMap<string, Point>): Recipe =>
  (document) => {
    moveParts(positions)(document);
    for (const [id, size] of sizes) resizePart(id, size)(document);
  };
