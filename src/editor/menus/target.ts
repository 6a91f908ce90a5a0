import type { Side } from '../state/wire-in-hand';

/** What a context menu can be opened on. */
export type MenuPlace = 'canvas' | 'node' | 'wire' | 'port' | 'selection' | 'frame' | 'note' | 'reroute' | 'picture';

/** What a context menu was opened on. Nodes, frames, notes and wires are also selected by it. */
export type MenuTarget = Thing & {
  /** Where it was opened, in pixels of the window. */
  readonly at?: { readonly x: number; readonly y: number };
};

type Thing =
  | { readonly place: 'canvas' | 'selection' }
  | { readonly place: 'node' | 'frame' | 'note' | 'reroute' | 'wire'; readonly id: string }
  | { readonly place: 'port'; readonly node: string; readonly port: string; readonly side: Side }
  /** `index` counts the pictures that the node shows. */
  | { readonly place: 'picture'; readonly node: string; readonly index: number };

/** What a line of the outline stands for. */
function inOutline({ dataset }: HTMLElement): MenuTarget | undefined {
  const { node, port, side } = dataset;
  if (node === undefined) return undefined;
  if (port !== undefined && (side === 'source' || side === 'target')) return { place: 'port', node, port, side };
  return { place: 'node', id: node };
}

/** What an element of the canvas or the outline stands for. */
export function targetOf(element: Element | null): MenuTarget {
  const line = element?.closest<HTMLElement>('[role=treeitem]');
  const listed = line ? inOutline(line) : undefined;
  if (listed) return listed;
  const part = element?.closest<HTMLElement>('.react-flow__node');
  const id = part?.dataset.id;
  const socket = element?.closest<HTMLElement>('.react-flow__handle');
  if (part && id !== undefined && socket?.dataset.handleid) {
    const side = socket.classList.contains('source') ? 'source' : 'target';
    return { place: 'port', node: id, port: socket.dataset.handleid, side };
  }
  const field = element?.closest<HTMLElement>('[data-parameter]')?.dataset.parameter;
  if (id !== undefined && field !== undefined) return { place: 'port', node: id, port: field, side: 'target' };
  const index = part ? Number(element?.closest<HTMLElement>('[data-picture]')?.dataset.picture ?? -1) : -1;
  if (id !== undefined && index >= 0) return { place: 'picture', node: id, index };
  if (part && id !== undefined) {
    const type = ['frame', 'note', 'reroute'].find((name) => part.classList.contains(`react-flow__node-${name}`));
    return { place: (type as 'frame' | 'note' | 'reroute' | undefined) ?? 'node', id };
  }
  const wire = element?.closest<HTMLElement>('.react-flow__edge')?.dataset.id;
  if (wire !== undefined) return { place: 'wire', id: wire };
  return { place: element?.closest('.react-flow__nodesselection') ? 'selection' : 'canvas' };
}
