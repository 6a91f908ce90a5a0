import { announceEdits } from '../announce/edits';
import { openLiveRegion } from '../announce/live';
import { announceRuns } from '../announce/runs';
import { documentStore } from '../state/document-store';
import { forgetWay, onCanvasKey } from './canvas-keys';
import { bringIntoView, canvas } from './focus';
import { keepFocus } from './keep-focus';
import { byKeys, watchModality } from './modality';
import { selectFocused } from './select';
import { dropWire } from './wire';

/** Whoever works by keyboard sees what has the focus, and commands act on it. */
function onFocus({ target }: FocusEvent) {
  if (!(target instanceof HTMLElement) || !byKeys()) return;
  const node = target.closest<HTMLElement>('.react-flow__node');
  if (node?.dataset.id !== undefined) {
    selectFocused(node.dataset.id);
    bringIntoView(target);
  } else if (!canvas()?.contains(target)) {
    dropWire();
    forgetWay();
  }
}

function onPointer() {
  dropWire();
  forgetWay();
}

/** All that the page does for those who use no pointer or see no screen. Fetched when the page stands. */
export function startKeyboard() {
  watchModality();
  openLiveRegion();
  announceEdits();
  announceRuns();
  keepFocus();
  // After React's own listeners at the same element, so that fields come first; before the commands, which listen further out.
  document.getElementById('root')?.addEventListener('keydown', onCanvasKey);
  document.addEventListener('focusin', onFocus);
  document.addEventListener('pointerdown', onPointer, true);
  documentStore.subscribe(({ document: now }, before) => now !== before.document && dropWire());
}
