import type { Document } from '../../core/document';
import { graphOf, upstream } from '../../core/graph';
import { parametersOf } from '../../core/parameters';
import { registry } from '../registry';

/** The words that a node's pictures come from, for those who do not see them: the first prompt that leads to it. */
export function promptOf(document: Document, id: string): string | undefined {
  const before = upstream(graphOf(document), [id]);
  for (const node of document.nodes) {
    const definition = before.has(node.id) ? registry.get(node.type) : undefined;
    const lines = definition && parametersOf(definition).find(({ widget }) => widget === 'lines');
    const text = lines && node.params[lines.name];
    if (typeof text === 'string' && text) return text;
  }
  return undefined;
}
