import type { AnyNode } from '../../core/define-node';
import type { DocumentNode } from '../../core/document';
import { addNodes, newNodes, type Point } from '../document/nodes';
import { registry } from '../registry';
import { selectNodes } from './canvas-store';
import { currentDocument, edit } from './document-store';
import { rememberNode } from './ui-store';

/** A place near `at` where no other node starts, so that nodes added in a row do not hide each other. */
function freePlace([x, y]: Point): Point {
  const taken = currentDocument().nodes.map(({ at }) => at);
  let offset = 0;
  while (taken.some((at) => Math.abs(at[0] - x - offset) < 12 && Math.abs(at[1] - y - offset) < 12)) offset += 24;
  return [x + offset, y + offset];
}

/** Adds a node of a type, and the end of its zone if it starts one, and selects it. */
export function addNode(definition: AnyNode, at: Point, params?: DocumentNode['params']) {
  const nodes = newNodes(currentDocument(), registry, definition, freePlace(at), params);
  edit(`Add ${definition.title}`, addNodes(nodes, registry));
  rememberNode(definition.type);
  selectNodes(nodes.map(({ id }) => id));
}
