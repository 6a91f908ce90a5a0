import type { Document } from '../../core/document';
import { whole } from './boxes';
import { freeId, takenIds } from './ids';
import type { Point } from './nodes';
import type { Recipe } from './recipe';

/** As wide as a short paragraph reads well, in pixels. */
const size: Point = [220, 96];

export const newNoteId = (document: Document): string => freeId(takenIds(document), 'note');

export const addNote =
  (id: string, [x, y]: Point): Recipe =>
  (document) => {
    document.notes ??= [];
    document.notes.push({ id, at: whole(x, y), size: [...size], text: '' });
  };

export const writeNote =
  (id: string, text: string): Recipe =>
  (document) => {
    const note = document.notes?.find((other) => other.id === id);
    if (note) note.text = text;
  };
