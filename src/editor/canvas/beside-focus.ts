import { inputSpec, outputSpec } from '../../core/graph';
import { registry } from '../registry';
import type { LooseEnd } from '../state/add-node';
import { documentStore } from '../state/document-store';
import type { Adding } from '../state/ui-store';

/** Room between the node with the focus and the one that is added, in pixels of the window. */
const gap = 140;

/** The socket with the focus; of a node with the focus its first output, or its first input that waits for a wire. */
function looseEnd(id: string, socket: HTMLElement | null): LooseEnd | undefined {
  const { graph } = documentStore.getState();
  const definition = registry.get(graph.nodes.get(id)?.type ?? '');
  if (!definition) return undefined;
  const wired = new Set(graph.into.get(id)?.map(({ to }) => to[1]));
  const output = Object.keys(definition.out)[0];
  const port = socket?.dataset.handleid ?? output ?? Object.keys(definition.in).find((name) => !wired.has(name));
  if (port === undefined) return undefined;
  const side = (socket ? socket.matches('.source') : output !== undefined) ? 'source' : 'target';
  const spec = side === 'source' ? outputSpec(definition, port) : inputSpec(definition, port);
  return { end: [id, port], side, kind: spec?.kind };
}

/** Where a node is added that belongs to what has the focus on the canvas, and the wire that waits for it. */
export function besideFocus(): Adding | undefined {
  const focused = document.activeElement;
  const node = focused?.closest<HTMLElement>('.react-flow__node');
  const id = node?.dataset.id;
  if (!node || id === undefined) return undefined;
  const loose = looseEnd(id, focused?.closest<HTMLElement>('.react-flow__handle') ?? null);
  const { left, right, top, height } = node.getBoundingClientRect();
  return { x: loose?.side === 'target' ? left - gap : right + gap, y: top + height / 2, loose, beside: true };
}
