import { inputSpec } from '../../core/graph';
import { outputKind } from '../../core/port-kinds';
import { registry } from '../registry';
import type { LooseEnd } from '../state/add-node';
import { documentStore } from '../state/document-store';
import type { Adding } from '../state/ui-store';

/** Room between the node with the focus and the one that is added, in pixels of the window. */
const gap = 140;

type Socket = Pick<LooseEnd, 'side'> & { readonly port: string };

/** The socket with the focus; of a node with the focus its first output, or its first input that waits for a wire. */
function looseEnd(id: string, socket: Socket | undefined): LooseEnd | undefined {
  const { graph } = documentStore.getState();
  const definition = registry.get(graph.nodes.get(id)?.type ?? '');
  if (!definition) return undefined;
  const wired = new Set(graph.into.get(id)?.map(({ to }) => to[1]));
  const output = Object.keys(definition.out)[0];
  const port = socket?.port ?? output ?? Object.keys(definition.in).find((name) => !wired.has(name));
  if (port === undefined) return undefined;
  const side = socket?.side ?? (output === undefined ? 'target' : 'source');
  const kind = side === 'source' ? outputKind(graph, registry, [id, port]) : inputSpec(definition, port)?.kind;
  return { end: [id, port], side, kind };
}

const sideOf = (name: string | undefined) => (name === 'source' || name === 'target' ? name : undefined);

/** The node with the focus, on the canvas or in the outline, and its socket if that has it. */
function focused(): { readonly id: string; readonly socket: Socket | undefined } | undefined {
  const line = document.activeElement?.closest<HTMLElement>('[role=treeitem]')?.dataset;
  const handle = document.activeElement?.closest<HTMLElement>('.react-flow__handle');
  const id = line?.node ?? document.activeElement?.closest<HTMLElement>('.react-flow__node')?.dataset.id;
  const port = line?.port ?? handle?.dataset.handleid;
  const side = sideOf(line?.side) ?? (handle?.matches('.source') ? 'source' : 'target');
  return id === undefined ? undefined : { id, socket: port === undefined ? undefined : { port, side } };
}

/** Where a node is added that belongs to what has the focus, and the wire that waits for it. */
export function besideFocus(): Adding | undefined {
  const { id = '', socket } = focused() ?? {};
  const node = document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
  if (!node) return undefined;
  const loose = looseEnd(id, socket);
  const { left, right, top, height } = node.getBoundingClientRect();
  return { x: loose?.side === 'target' ? left - gap : right + gap, y: top + height / 2, loose, beside: true };
}
