import { current, isDraft } from 'immer';
import { type Document, writeDocument } from '../../core/document';
import type { Recipe } from './recipe';

const content = ({ view: _, ...rest }: Document): Document => rest;

/** True where two graphs differ in nothing but where the user looks. */
export const sameContent = (a: Document, b: Document): boolean =>
  writeDocument(content(a)) === writeDocument(content(b));

/** Makes a graph what another one is. Where the user looks is no part of it. */
export const replaceContent =
  (next: Document): Recipe =>
  (document) => {
    const now = isDraft(document) ? current(document) : document;
    if (sameContent(now, next)) return;
    Object.assign(document, content(next));
    if (!next.notes) delete document.notes;
    if (!next.subgraphs) delete document.subgraphs;
  };
