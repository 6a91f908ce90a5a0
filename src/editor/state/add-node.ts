import { produce } from 'immer';
import type { AnyNode } from '../../core/define-node';
import type { DocumentNode } from '../../core/document';
import { portSpec } from '../../core/graph';
import { mayGive, takes } from '../../core/port-kinds';
import { openPlace } from '../document/boxes';
import { pasteExcerpt } from '../document/clipboard';
import { insertion } from '../document/insert';
import { addNodes, newNodes, type Point } from '../document/nodes';
import { allOf } from '../document/recipe';
import { connect } from '../document/wires';
import { registry } from '../registry';
import { offered } from '../subgraph/shelf';
import { gestures } from '../text/gestures';
import { boxOf, canvasStore, selectNodes } from './canvas-store';
import { currentDocument, edit } from './document-store';
import { rememberNode } from './ui-store';
import type { WireInHand } from './wire-in-hand';

/** The end of a wire that waits for a node. */
export type LooseEnd = Pick<WireInHand, 'end' | 'side' | 'kind'> & Partial<Pick<WireInHand, 'via'>>;

/** A place near `at` where no other node starts, so that nodes added in a row do not hide each other. */
function freePlace([x, y]: Point): Point {
  const taken = currentDocument().nodes.map(({ at }) => at);
  let offset = 0;
  while (taken.some((at) => Math.abs(at[0] - x - offset) < 12 && Math.abs(at[1] - y - offset) < 12)) offset += 24;
  return [x + offset, y + offset];
}

/** About what a node takes before it was drawn, in pixels of the graph. */
const usual = { width: 200, height: 200 };

/** A place for a node around `middle` where it hides no other, and is hidden by none. */
function besides(middle: Point): Point {
  const taken = canvasStore.getState().nodes.flatMap((node) => (node.type === 'frame' ? [] : [boxOf(node)]));
  return openPlace([middle[0] - usual.width / 2, middle[1] - usual.height / 2], usual, taken);
}

/** The socket of a definition that takes a loose end; ones of exactly its kind first. */
export function portFor(definition: AnyNode, { side, kind }: LooseEnd): string | undefined {
  if (!kind) return undefined;
  const ports = Object.keys(side === 'source' ? definition.in : definition.out);
  const specOf = (port: string) => portSpec((side === 'source' ? definition.in : definition.out)[port]);
  const suitable = (port: string) => (side === 'source' ? takes(specOf(port), kind) : mayGive(specOf(port), kind));
  return ports.find((port) => specOf(port).kind === kind) ?? ports.find(suitable);
}

interface Wishes {
  /** The user named no place: the node goes beside what is there. Otherwise it goes where the user pointed, whatever is there. */
  readonly beside?: boolean;
  readonly params?: DocumentNode['params'];
  /** A wire that is to end at the new node. */
  readonly loose?: LooseEnd | undefined;
  /** A wire that the node is to stand in, where it fits. */
  readonly into?: string | undefined;
}

/** What adding a definition makes: a node, or a subgraph from the shelf with an instance of it. */
function newParts(definition: AnyNode, at: Point, params: DocumentNode['params'] | undefined) {
  const document = currentDocument();
  const offer = offered(definition);
  if (offer) {
    const [x, y] = offer.excerpt.nodes[0]?.at ?? [0, 0];
    const { recipe, pasted } = pasteExcerpt(document, offer.excerpt, [at[0] - x, at[1] - y]);
    return { recipe, ids: pasted };
  }
  const nodes = newNodes(document, registry, definition, at, params);
  return { recipe: addNodes(nodes, registry), ids: nodes.map(({ id }) => id) };
}

/** Adds a node of a type, and the end of its zone if it starts one, and selects it. */
export function addNode(definition: AnyNode, at: Point, { beside, params, loose, into }: Wishes = {}) {
  const { ids, recipe } = newParts(definition, beside ? besides(at) : freePlace(at), params);
  const recipes = [recipe];
  const port = loose && portFor(definition, loose);
  const [first] = ids;
  if (loose && port !== undefined && first)
    recipes.push(
      loose.side === 'source' ? connect(loose.end, [first, port], loose.via) : connect([first, port], loose.end),
    );
  const added = produce(currentDocument(), allOf(...recipes));
  const insert = into !== undefined && first && insertion(added, registry, into, first);
  if (insert) recipes.push(insert);
  const add = () => {
    edit(gestures.add(definition.title), allOf(...recipes));
    rememberNode(definition.type);
    selectNodes(ids);
  };
  if (!loose || port !== undefined || !first) return add();
  // Chosen among all nodes: something may make of the wire what the node takes.
  void import('../document/conversion').then(({ conversionTo }) => {
    const convert = conversionTo(added, registry, loose.end, loose.side, first);
    if (convert) recipes.push(convert);
    add();
  });
}
