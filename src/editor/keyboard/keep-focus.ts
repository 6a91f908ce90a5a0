import type { Graph } from '../../core/graph';
import { topologicalOrder } from '../../core/order';
import { canvasStore, selectedParts } from '../state/canvas-store';
import { documentStore } from '../state/document-store';
import { uiStore } from '../state/ui-store';
import { canvas, focusNode, focusSoon, isFocusPending, nodeElement } from './focus';
import { byKeys } from './modality';

/** Where the focus was, with what is needed to find a place near it when it is gone. */
interface Place {
  readonly element: HTMLElement;
  readonly around: readonly HTMLElement[];
  readonly label: string | null;
  readonly node: string | undefined;
  /** The last graph that had the node. */
  graph: Graph;
}

let place: Place | undefined;
/** Elements that had the focus, the last one first. */
let earlier: HTMLElement[] = [];

const focusable = 'button, input, select, textarea, a[href], [tabindex]';
const canTake = (element: HTMLElement) =>
  element.isConnected &&
  element.matches(focusable) &&
  !element.matches(':disabled') &&
  element.checkVisibility({ visibilityProperty: true }) &&
  !element.closest('[inert]');

/** The nodes near one that is gone: what it fed, what fed it, and those beside it in the order of Tab. */
function nearby(graph: Graph, id: string): string[] {
  const { order, cyclic } = topologicalOrder(graph.nodes.keys(), (node) =>
    (graph.into.get(node) ?? []).map(({ from }) => from[0]),
  );
  const all = [...order, ...cyclic];
  const at = all.indexOf(id);
  return [
    ...(graph.outOf.get(id) ?? []).map(({ to }) => to[0]),
    ...(graph.into.get(id) ?? []).map(({ from }) => from[0]),
    ...all.slice(at + 1),
    ...all.slice(0, Math.max(0, at)).reverse(),
  ];
}

function substitute({ around, label, node, graph }: Place): HTMLElement | undefined {
  const modal = document.querySelector<HTMLElement>('dialog[open]:modal');
  const allowed = (element: HTMLElement) => canTake(element) && (!modal || modal.contains(element));
  const near = around.find((element) => element.isConnected);
  // A field that was typed into is another element afterwards, which may be the one around it.
  const called = label === null ? undefined : `[aria-label="${CSS.escape(label)}"]`;
  const same = called && (near?.matches(called) ? near : near?.querySelector<HTMLElement>(called));
  if (same && near !== document.body && allowed(same)) return same;
  if (node !== undefined && !modal) {
    const { nodes } = documentStore.getState().graph;
    // What came in its place is selected.
    const [only, more] = selectedParts();
    const there = [node, ...(only !== undefined && more === undefined ? [only] : []), ...nearby(graph, node)].find(
      (id) => nodes.has(id),
    );
    const element = there === undefined ? null : nodeElement(there);
    if (element) return element;
  }
  const before = earlier.find(allowed);
  if (before) return before;
  const region = modal ?? near?.closest<HTMLElement>('aside, header');
  const inRegion = region && [...region.querySelectorAll<HTMLElement>(focusable)].find(allowed);
  // Nothing had the focus before: keys then act on the graph as a whole.
  return inRegion ?? (modal ? undefined : (canvas() ?? undefined));
}

/** Gives the focus to what is nearest, when what had it is gone. Whoever uses a pointer misses nothing. */
function recover() {
  if (!place || !byKeys() || isFocusPending() || (document.activeElement && document.activeElement !== document.body))
    return;
  if (canTake(place.element)) return;
  const next = substitute(place);
  if (next) focusSoon(() => next);
}

function remember(element: HTMLElement) {
  const around: HTMLElement[] = [];
  for (let parent = element.parentElement; parent; parent = parent.parentElement) around.push(parent);
  const node = element.closest<HTMLElement>('.react-flow__node')?.dataset.id;
  place = { element, around, label: element.getAttribute('aria-label'), node, graph: documentStore.getState().graph };
  earlier = [element, ...earlier.filter((other) => other !== element)].slice(0, 24);
}

/** Where the focus goes to a node that was just made, and where it stays because the user adds one after the other. */
const follows = () => !document.activeElement?.closest('aside, header, [role=tree]');

/** Keeps the focus from falling out of the page: after a deletion, an undo, a closed dialog, a button that went. */
export function keepFocus() {
  document.addEventListener('focusin', ({ target }) => target instanceof HTMLElement && remember(target));
  const check = () => requestAnimationFrame(recover);
  const root = document.getElementById('root');
  if (root) new MutationObserver(check).observe(root, { childList: true, subtree: true });
  // A panel that closes is hidden and not taken away.
  uiStore.subscribe(check);
  let known: Graph | undefined;
  documentStore.subscribe(({ graph, document }, before) => {
    if (place?.node !== undefined && graph.nodes.has(place.node)) place.graph = graph;
    known = document.id === before.document.id ? before.graph : graph;
  });
  canvasStore.subscribe(({ nodes }, before) => {
    if (nodes === before.nodes || !known || !byKeys()) return;
    const made = nodes.find(({ id, type, selected }) => selected && type === 'weft' && !known?.nodes.has(id));
    if (!made) return;
    known = documentStore.getState().graph;
    if (follows()) focusNode(made.id);
  });
}
