import type { Side } from '../state/wire-in-hand';

/** What a context menu can be opened on. */
export type MenuPlace = 'canvas' | 'node' | 'wire' | 'port' | 'selection' | 'frame' | 'note' | 'picture';

/** What a context menu was opened on. Nodes, frames, notes and wires are also selected by it. */
export type MenuTarget =
  | { readonly place: 'canvas' | 'selection' }
  | { readonly place: 'node' | 'frame' | 'note' | 'wire'; readonly id: string }
  | { readonly place: 'port'; readonly node: string; readonly port: string; readonly side: Side }
  /** `index` counts the pictures that the node shows. */
  | { readonly place: 'picture'; readonly node: string; readonly index: number };

/** What an element of the canvas stands for. */
export function targetOf(element: Element | null): MenuTarget {
  const part = element?.closest<HTMLElement>('.react-flow__node');
  const id = part?.dataset.id;
  const socket = element?.closest<HTMLElement>('.react-flow__handle');
  if (part && id !== undefined && socket?.dataset.handleid) {
    const side = socket.classList.contains('source') ? 'source' : 'target';
    return { place: 'port', node: id, port: socket.dataset.handleid, side };
  }
  const index = part && element ? [...part.querySelectorAll('canvas[role=img]')].indexOf(element) : -1;
  if (id !== undefined && index >= 0) return { place: 'picture', node: id, index };
  if (part && id !== undefined) {
    const type = ['frame', 'note'].find((name) => part.classList.contains(`react-flow__node-${name}`));
    return { place: (type as 'frame' | 'note' | undefined) ?? 'node', id };
  }
  const wire = element?.closest<HTMLElement>('.react-flow__edge')?.dataset.id;
  if (wire !== undefined) return { place: 'wire', id: wire };
  return { place: element?.closest('.react-flow__nodesselection') ? 'selection' : 'canvas' };
}
