import gallery from '../../../graphs/gallery.json';
import { type Document, parseDocument } from '../../core/document';

// Loaded when the first graph or the gallery opens: what comes with Weft is no part of the page's start.
const texts = import.meta.glob<string>('/graphs/*.weft.json', { eager: true, query: '?raw', import: 'default' });
const pictures = import.meta.glob<string>('/graphs/pictures/*.webp', { eager: true, query: '?url', import: 'default' });

/** A graph that comes with Weft, and what the gallery says of it. */
export interface Template {
  readonly document: Document;
  /** What it shows, in a sentence. */
  readonly idea: string;
  readonly tags: readonly string[];
  /** Types of the nodes that it explains. */
  readonly about: readonly string[];
  /** Address of its picture. */
  readonly picture: string | undefined;
}

/** The graphs that come with Weft, in the order in which they explain themselves. */
export const templates: readonly Template[] = gallery.flatMap(({ id, ...words }) => {
  const text = texts[`/graphs/${id}.weft.json`];
  return text ? [{ document: parseDocument(text), ...words, picture: pictures[`/graphs/pictures/${id}.webp`] }] : [];
});

/** What a first visitor sees. */
export const firstTemplate = (): Document | undefined => templates[0]?.document;

/** The templates that have a node of this type. */
export const templatesWith = (type: string): Template[] =>
  templates.filter(({ document }) => document.nodes.some((node) => node.type === type));
