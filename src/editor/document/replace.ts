import { current, isDraft } from 'immer';
import { type Document, writeDocument } from '../../core/document';
import type { Recipe } from './recipe';

const content = ({ view: _, ...rest }: Document): Document => rest;

/** Makes a graph what another one is. Where the user looks is no part of it. */
export const replaceContent =
  (next: Document): Recipe =>
  (document) => {
    const now = isDraft(document) ? current(document) : document;
    if (writeDocument(content(now)) === writeDocument(content(next))) return;
    Object.assign(document, content(next));
    if (!next.notes) delete document.notes;
    if (!next.subgraphs) delete document.subgraphs;
  };
