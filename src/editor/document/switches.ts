import type { Document } from '../../core/document';
import type { Recipe } from './recipe';

/** What can be switched on at a node. A node is muted or bypassed, not both. */
export type Switch = 'muted' | 'bypassed' | 'collapsed';

export const isOn = (document: Document, ids: readonly string[], name: Switch): boolean => {
  const chosen = document.nodes.filter(({ id }) => ids.includes(id));
  return chosen.length > 0 && chosen.every((node) => node[name]);
};

/** Switches nodes: on where any is off, off where all are on. */
export const toggleNodes =
  (ids: readonly string[], name: Switch): Recipe =>
  (document) => {
    const on = !isOn(document, ids, name);
    for (const node of document.nodes) {
      if (!ids.includes(node.id)) continue;
      if (!on) delete node[name];
      else node[name] = true;
      if (on && name === 'muted') delete node.bypassed;
      if (on && name === 'bypassed') delete node.muted;
    }
  };
