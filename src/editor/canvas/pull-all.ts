import { wireId } from '../document/wires';
import { documentStore } from '../state/document-store';

let pulled: readonly string[] = [];

/** The wires that move together with a wire of which React Flow moves the end: all of them after `pullAll`. */
export const pulledWith = (id: string): readonly string[] => (pulled.includes(id) ? pulled : [id]);

const letGo = () => {
  pulled = [];
};

/** Shift and a press on an output take all its wires off it, to be moved together. True where there are any. */
export function pullAll(target: EventTarget | null, { clientX, clientY }: MouseEvent): boolean {
  const socket = target instanceof Element && target.closest<HTMLElement>('.react-flow__handle.source');
  const { nodeid: id, handleid: port } = socket ? socket.dataset : {};
  const wires =
    documentStore
      .getState()
      .graph.outOf.get(id ?? '')
      ?.filter(({ from }) => from[1] === port) ?? [];
  const [first] = wires.map(({ to }) => wireId(to));
  const edge = document.querySelector(`.react-flow__edge[data-id="${CSS.escape(first ?? '')}"]`);
  const end = edge?.querySelector('.react-flow__edgeupdater-source');
  if (!end) return false;
  pulled = wires.map(({ to }) => wireId(to));
  document.addEventListener('mouseup', letGo, { once: true });
  const at = { clientX, clientY, button: 0, view: window };
  end.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, cancelable: true, ...at }));
  return true;
}
