import { type Document, parseDocument } from '../../core/document';

const texts = import.meta.glob<string>('/graphs/*.weft.json', { eager: true, query: '?raw', import: 'default' });

/** The graphs that come with Weft, by name. */
export const templates: readonly Document[] = Object.values(texts)
  .map(parseDocument)
  .sort((a, b) => a.name.localeCompare(b.name));

/** What a first visitor sees. */
export const firstTemplate = (): Document | undefined =>
  templates.find(({ id }) => id === 'text-to-image') ?? templates[0];
