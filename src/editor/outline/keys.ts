import type { KeyboardEvent } from 'react';
import { announce } from '../announce/live';
import connect from '../commands/connect';
import { gather, selectOnly } from '../keyboard/select';
import { unwire } from '../keyboard/wire';
import { spoken } from '../text/spoken';
import { startRenaming } from './renaming';

const items = (tree: Element) => [...tree.querySelectorAll<HTMLElement>('[role=treeitem]')];
const parentOf = (item: HTMLElement) => item.parentElement?.closest<HTMLElement>('[role=treeitem]');
/** What belongs to a line itself and not to the lines in it. */
const own = <T extends HTMLElement>(item: HTMLElement, selector: string): T | undefined =>
  [...item.querySelectorAll<T>(selector)].find((found) => found.closest('[role=treeitem]') === item);

const field = 'input, textarea, select, button, [role=spinbutton], [role=slider]';

/** Opens or closes a line. */
const toggle = (item: HTMLElement) => own(item, '[data-toggle]')?.click();

/** Moves the tab stop of the tree. */
export function makeTabStop(tree: Element, item: HTMLElement | undefined) {
  for (const other of tree.querySelectorAll<HTMLElement>('[role=treeitem][tabindex="0"]'))
    if (other !== item) other.tabIndex = -1;
  if (item) item.tabIndex = 0;
}

/** Keeps one line of the tree within reach of Tab. */
export function ensureTabStop(tree: Element) {
  if (!tree.querySelector('[role=treeitem][tabindex="0"]')) makeTabStop(tree, items(tree)[0]);
}

function socketOf({ dataset: { node, port, side } }: HTMLElement) {
  if (node === undefined || port === undefined || (side !== 'source' && side !== 'target')) return undefined;
  return { end: [node, port] as [string, string], side } as const;
}

function enter(item: HTMLElement) {
  if (socketOf(item)) return connect.run();
  if (item.dataset.field !== undefined) {
    item.querySelector<HTMLElement>(field)?.focus();
    return;
  }
  if (item.getAttribute('aria-expanded') === 'false') toggle(item);
  requestAnimationFrame(() => item.querySelector<HTMLElement>('[role=treeitem]')?.focus());
}

/** What a key does at a line; false where it is not ours. */
function act(tree: Element, item: HTMLElement, { key, shiftKey }: KeyboardEvent): boolean {
  const { part } = item.dataset;
  if (shiftKey) {
    if (key !== ' ' || part === undefined) return false;
    gather(part);
    return true;
  }
  const all = items(tree);
  const at = all.indexOf(item);
  const opened = own(item, '[data-toggle]')?.dataset.toggle;
  const socket = socketOf(item);
  switch (key) {
    case 'ArrowDown':
      all[at + 1]?.focus();
      return true;
    case 'ArrowUp':
      all[at - 1]?.focus();
      return true;
    case 'Home':
      all[0]?.focus();
      return true;
    case 'End':
      all.at(-1)?.focus();
      return true;
    case 'ArrowRight':
      if (opened === 'closed') toggle(item);
      else if (opened === 'open') all[at + 1]?.focus();
      return true;
    case 'ArrowLeft':
      if (opened === 'open') toggle(item);
      else parentOf(item)?.focus();
      return true;
    case 'Enter':
      enter(item);
      return true;
    case 'Escape': {
      const parent = socket || item.dataset.field !== undefined ? parentOf(item) : undefined;
      parent?.focus();
      return parent !== undefined || (part !== undefined && selectOnly(part));
    }
    case 'F2':
      if (part === undefined || !own(item, '[data-name]')) return false;
      startRenaming(part);
      return true;
    case 'Delete':
    case 'Backspace':
      if (!socket) return false;
      if (!unwire(socket)) announce(spoken.notWired);
      return true;
    default:
      return false;
  }
}

/** Keys of the outline, as of any tree, and those of the canvas that act on sockets. */
export function onTreeKey(event: KeyboardEvent<HTMLElement>) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target as HTMLElement;
  const item = target.closest<HTMLElement>('[role=treeitem]');
  if (!item) return;
  if (target !== item) {
    if (event.key !== 'Escape') return;
    item.focus();
  } else if (!act(event.currentTarget, item, event)) return;
  event.preventDefault();
}
