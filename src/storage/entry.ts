import { type Document, parseDocument } from '../core/document';

/** What a list of kept graphs needs to know of one. */
export interface LibraryEntry {
  readonly id: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly created: number;
  /** Milliseconds since 1970. */
  readonly changed: number;
  readonly tags: readonly string[];
  /** When it was put into the trash; milliseconds since 1970. */
  readonly trashed?: number;
  readonly nodes: number;
  /** Characters of its file. */
  readonly size: number;
  /** What it is found by besides its name: prompts, notes, titles and types of nodes; small letters. */
  readonly words: string;
  /** SHA-256 of the models and files that it names, hexadecimal. */
  readonly references: readonly string[];
}

/** Longer than the prompts of any graph, short enough that thousands of entries are read at once. */
const longestWords = 3000;

function textsIn(value: unknown, into: Set<string>): void {
  if (typeof value === 'string') into.add(value.toLowerCase());
  else if (value && typeof value === 'object') for (const part of Object.values(value)) textsIn(part, into);
}

const reference = /\bsha256:([0-9a-f]{64})\b/g;

/** The hashes of models and files that a graph's text names. */
const referencesIn = (text: string): string[] => [
  ...new Set([...text.matchAll(reference)].map(([, hash = '']) => hash)),
];

/** What is said of a graph in lists. What the user said of it stays as in `before`. */
export function entryOf(
  document: Document,
  text: string,
  changed: number,
  before: LibraryEntry | undefined,
): LibraryEntry {
  const words = new Set<string>();
  for (const { nodes, notes = [] } of [document, ...(document.subgraphs ?? [])]) {
    for (const { type, title } of nodes) textsIn([title ?? '', type], words);
    for (const { params } of nodes) textsIn(params, words);
    for (const note of notes) words.add(note.text.toLowerCase());
  }
  const found = [...words].filter((word) => word && !word.startsWith('sha256:')).join('\n');
  return {
    id: document.id,
    name: document.name,
    created: before?.created ?? changed,
    changed,
    tags: before?.tags ?? [],
    ...(before?.trashed !== undefined && { trashed: before.trashed }),
    nodes: document.nodes.length,
    size: text.length,
    words: found.slice(0, longestWords),
    references: referencesIn(text),
  };
}

interface OldRecord {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  readonly changed: number;
}

/** The same for what an older Weft kept; one that cannot be read is found by its name only. */
export function entryFromText({ id, name, text, changed }: OldRecord): LibraryEntry {
  try {
    return { ...entryOf(parseDocument(text), text, changed, undefined), id, name };
  } catch {
    const references = referencesIn(text);
    return { id, name, created: changed, changed, tags: [], nodes: 0, size: text.length, words: '', references };
  }
}
