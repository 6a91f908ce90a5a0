import type { KeyboardEvent } from 'react';
import { selectNodes } from '../state/canvas-store';
import { documentStore } from '../state/document-store';
import { uiStore } from '../state/ui-store';

const nodeElement = (id: string) =>
  document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);

/** What `onCanvasKeyDown` does, for the shortcut sheet. */
export const canvasKeys: readonly (readonly [title: string, keys: readonly string[]])[] = [
  ['Next node', ['tab']],
  ['Along the wires', ['arrowleft', 'arrowright']],
  ['Sockets and parameters of a node', ['arrowup', 'arrowdown']],
  ['Edit, or hold a wire', ['enter']],
  ['Back to the node', ['escape']],
];

const typesText = (element: HTMLElement) => element.matches('input:not([type=checkbox]), textarea, select');

/** The node that the first wire into (or out of) a node leads to. */
function neighbour(id: string, direction: 'ArrowLeft' | 'ArrowRight'): string | undefined {
  const { graph } = documentStore.getState();
  return direction === 'ArrowLeft' ? graph.into.get(id)?.[0]?.from[0] : graph.outOf.get(id)?.[0]?.to[0];
}

/** Keys inside the canvas (UI.md, "Keyboard"): along wires, through a node's sockets and fields, in and out. */
export function onCanvasKeyDown(event: KeyboardEvent<HTMLElement>) {
  const target = event.target as HTMLElement;
  const node = target.closest<HTMLElement>('.react-flow__node');
  const id = node?.dataset.id;
  if (!node || !id || event.ctrlKey || event.metaKey || event.altKey || (event.shiftKey && target === node)) return;
  const stops = [...node.querySelectorAll<HTMLElement>('[data-stop]')];
  const done = () => {
    event.preventDefault();
    event.stopPropagation();
  };
  if (event.key === 'Escape' && target !== node) {
    node.focus();
    done();
  } else if (typesText(target)) return;
  else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    const at = stops.indexOf(target) + (event.key === 'ArrowDown' ? 1 : -1);
    (stops[at] ?? node).focus();
    done();
  } else if (target !== node) return;
  else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
    const next = neighbour(id, event.key);
    if (next === undefined) return;
    selectNodes([next]);
    nodeElement(next)?.focus();
    done();
  } else if (event.key === 'Enter') {
    selectNodes([id]);
    if (stops.length === 0) uiStore.setState({ renaming: id });
    stops.find((stop) => !stop.matches('.react-flow__handle'))?.focus();
    done();
  }
}
