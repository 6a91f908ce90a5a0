import { applyPatches, enablePatches, type Patch, produceWithPatches } from 'immer';
import type { Document } from '../../core/document';
import type { Recipe } from '../document/recipe';
import type { Path } from '../document/subgraph-inside';
import { dropUnused, refuseRecursion } from '../document/subgraph-use';

enablePatches();

/** One gesture of the user, as undo names it: "Move 3 nodes". */
interface Entry {
  readonly label: string;
  /** Changes that share it are one gesture: the letters typed into a field, the values passed while dragging one. */
  readonly gesture?: string;
  /** Where it was done: undo and redo go there, so that nobody changes what they do not see. */
  readonly path: Path;
  readonly patches: readonly Patch[];
  readonly inverse: readonly Patch[];
}

/** A graph and what was done to it. Outputs of runs are no part of it, so undo never loses a picture. */
export interface History {
  readonly document: Document;
  readonly past: readonly Entry[];
  readonly future: readonly Entry[];
}

const remembered = 500;

export const historyOf = (document: Document): History => ({ document, past: [], future: [] });

/** A graph after a recipe, without the subgraphs that it left unused. Throws a `ProblemError` where a subgraph would hold itself. */
function changed(before: Document, recipe: Recipe): [Document, Patch[], Patch[]] {
  const [document, patches, inverse] = produceWithPatches(before, recipe);
  if (!document.subgraphs || document === before) return [document, patches, inverse];
  refuseRecursion(document);
  const [pruned, more, back] = produceWithPatches(document, dropUnused);
  return [pruned, [...patches, ...more], [...back, ...inverse]];
}

/** Does `recipe`; `path` is what is open while it is done. A recipe that changes nothing leaves no entry. */
export function perform(history: History, label: string, recipe: Recipe, gesture?: string, path: Path = []): History {
  const [document, patches, inverse] = changed(history.document, recipe);
  if (patches.length === 0) return history;
  const last = history.past.at(-1);
  if (gesture !== undefined && last?.gesture === gesture) {
    const merged = { ...last, patches: [...last.patches, ...patches], inverse: [...inverse, ...last.inverse] };
    return { document, past: [...history.past.slice(0, -1), merged], future: [] };
  }
  const entry = { label, path, patches, inverse, ...(gesture !== undefined && { gesture }) };
  return { document, past: [...history.past.slice(1 - remembered), entry], future: [] };
}

export function undone(history: History): History {
  const entry = history.past.at(-1);
  if (!entry) return history;
  return {
    document: applyPatches(history.document, [...entry.inverse]),
    past: history.past.slice(0, -1),
    future: [entry, ...history.future],
  };
}

export function redone(history: History): History {
  const [entry, ...future] = history.future;
  if (!entry) return history;
  return { document: applyPatches(history.document, [...entry.patches]), past: [...history.past, entry], future };
}
